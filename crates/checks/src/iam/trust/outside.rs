//! Principals of AWS that are not the account's own, and those that are no more.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _,
    iam::{OidcProvider, SamlProvider, TrustPolicy},
};
use awspect_policy::{Effect, OutsideGrant, Outsider, Policy, Principal, Principals};
use serde_json::json;

use super::{Trust, faults_or, federation::is_saml, only, open, providers};
use crate::{
    iam::noise,
    policy::{granted, outside, place},
};

/// Whether a trust policy lets principals of AWS in.
pub(in crate::iam) fn names_principals(policy: &Policy) -> bool {
    policy.allows().any(|statement| match &statement.principals {
        Some(Principals::Of(named)) => named.iter().any(is_aws),
        _ => true,
    })
}

fn is_aws(principal: &Principal) -> bool {
    !matches!(principal, Principal::Service(_) | Principal::Federated(_))
}

/// Nobody from outside the zone gets in unless he brings an external id or MFA.
fn without_guards(policy: &Policy) -> Policy {
    const GUARDS: &str = r#"{"Version":"2012-10-17","Statement":[
        {"Effect":"Deny","Principal":"*","Action":"*","Condition":{"Null":{"sts:ExternalId":"false"}}},
        {"Effect":"Deny","Principal":"*","Action":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}"#;
    let guards = Policy::parse(GUARDS).unwrap_or_default();
    debug_assert!(guards.statements.iter().all(|guard| guard.effect == Effect::Deny));
    let statements = policy.statements.iter().cloned().chain(guards.statements).collect();
    Policy { statements, ..policy.clone() }
}

/// Not whoever has an AWS account.
pub(in crate::iam) fn anyone(trust: Trust<'_>) -> Decision {
    let guarded = without_guards(trust.policy);
    // An external id or MFA stands in everybody's way: worth knowing, and judged with the other accounts.
    let all = trust.outside(&only(&guarded, is_aws));
    let anyone = all.grants.iter().filter(|grant| grant.who == Outsider::Anyone);
    faults_or(open(&all), anyone.map(granted::<TrustPolicy>).collect())
}

/// No account that is not the user's own.
pub(in crate::iam) fn external(trust: Trust<'_>) -> Decision {
    let (grants, open) =
        outside::<TrustPolicy>(trust.scan, trust.outside(&only(trust.policy, is_aws)));
    let strangers = grants.iter().filter(|grant| grant.who != Outsider::Anyone);
    let faults: Vec<_> = strangers.map(granted::<TrustPolicy>).collect();
    if faults.is_empty() {
        return faults_or(open, faults);
    }
    if let Some(severity) = noise::severity(trust.role) {
        return Ok(Verdict::faults(faults).severity(severity));
    }
    Ok(match trust.is_admin() {
        Ok(true) => Verdict::faults(faults).severity(Severity::High),
        _ => Verdict::faults(faults),
    })
}

/// No third party that can be made to use the role for somebody else.
pub(in crate::iam) fn no_external_id(trust: Trust<'_>) -> Decision {
    let guarded = without_guards(trust.policy);
    let all = trust.outside(&only(&guarded, is_aws));
    let stranger = |grant: &&OutsideGrant| {
        !matches!(grant.who, Outsider::Organization(_) | Outsider::Anyone | Outsider::Service(..))
    };
    let faults: Vec<Evidence> = all
        .grants
        .iter()
        .filter(stranger)
        .map(|grant| Evidence {
            expected: "sts:ExternalId, MFA or an organization in the conditions".into(),
            ..granted::<TrustPolicy>(grant)
        })
        .collect();
    let verdict = faults_or(open(&all), faults)?;
    Ok(match noise::severity(trust.role) {
        Some(severity) => verdict.severity(severity),
        None => verdict,
    })
}

/// Everybody whom the policy names is still there.
pub(in crate::iam) fn dead(trust: Trust<'_>) -> Decision {
    let expected = "principals that exist";
    let deleted = trust.policy.dead_principals().into_iter().map(|(id, statement)| {
        Evidence::of::<TrustPolicy>(format!("{}.Principal", place(&statement)), id, expected)
    });
    let mut faults: Vec<_> = deleted.collect();
    let iam = &trust.scan.inventory.iam;
    let mut open = None;
    let oidc = || iam.oidc_providers.found.iter().map(|provider| provider.arn.as_str());
    let saml = || iam.saml_providers.found.iter().map(|provider| provider.arn.as_str());
    for provider in providers(trust.policy).filter(|provider| provider.starts_with("arn:")) {
        let (listed, action, gap) = if is_saml(provider) {
            let gap = iam.saml_providers.gaps.first();
            (saml().any(|own| own == provider), SamlProvider::ACTION, gap)
        } else {
            let gap = iam.oidc_providers.gaps.first();
            (oidc().any(|own| own == provider), OidcProvider::ACTION, gap)
        };
        match gap {
            _ if listed => {}
            Some(gap) => {
                open.get_or_insert(gap.unknown.clone());
            }
            None => faults.push(Evidence {
                action,
                field: "AssumeRolePolicyDocument.Principal.Federated".into(),
                observed: json!(provider),
                expected: "a provider that exists".into(),
            }),
        }
    }
    faults_or(open, faults)
}
