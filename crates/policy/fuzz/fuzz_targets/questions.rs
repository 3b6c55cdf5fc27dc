//! Parses whatever comes, and asks every question of what parses, with a small budget.
#![no_main]

use awspect_policy::{
    AccountId, BpaScope, Budget, Facts, Identity, Policy, Subject, Zone, percent_decode, s3_bpa_public,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = percent_decode(text);
    let Ok(policy) = Policy::parse_encoded(text) else { return };
    let facts = Facts::default();
    let budget = || Budget::new(20_000);
    let identity = Identity { boundary: Some(&policy), ..Identity::new(vec![&policy], &facts) };
    let _ = identity.grants_full_admin(&budget());
    let _ = identity.privilege_escalation(&budget());
    let _ = identity.denies_without_mfa(&budget());
    let _ = s3_bpa_public(&policy, BpaScope::Bucket);
    let _ = (policy.dead_principals(), policy.wildcard_grants("s3"));
    for (trust, resource_type) in [(false, "s3-bucket"), (false, "kms-key"), (true, "iam-role")] {
        let subject = Subject { policy: &policy, trust, resource_type, arn: None, facts: &facts };
        let (a, b, c, d, e, f) = (budget(), budget(), budget(), budget(), budget(), budget());
        let _ = subject.is_public(&a);
        let _ = subject.public_write(&b);
        let _ = subject.exposure(&c);
        let _ = subject.enforces_tls(&d);
        let _ = subject.confused_deputy_protected(&e);
        let zone = Zone { accounts: [AccountId::EXAMPLE].into(), org: None };
        let _ = subject.outside_grants(&zone, &f);
    }
});
