//! Identities that a provider vouches for.

use std::collections::BTreeSet;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    iam::{PolicyDocument, TrustPolicy},
};
use awspect_policy::{AccessLevel, Answer, Budget, Outsider, Policy, Principal};
use serde_json::json;

use super::{Trust, faults_or, only, open, providers};
use crate::{
    iam::{evidence::request, providers::Claims},
    policy::{granted, undecided},
};

/// Whether a trust policy lets in whoever a provider vouches for.
pub(in crate::iam) fn names_provider(policy: &Policy, wanted: impl Fn(&str) -> bool) -> bool {
    providers(policy).any(wanted)
}

/// A provider of the account's own that speaks SAML.
pub(in crate::iam) fn is_saml(provider: &str) -> bool {
    provider.contains(":saml-provider/")
}

/// A provider that issues OIDC tokens, Cognito's identity pools apart, which have rules of their own.
pub(in crate::iam) fn is_oidc(provider: &str) -> bool {
    !is_saml(provider) && !is_cognito(provider)
}

/// Cognito's identity pools.
pub(in crate::iam) fn is_cognito(provider: &str) -> bool {
    // China's has its region in the name.
    provider.starts_with("cognito-identity.") && !provider.contains('/')
}

/// Only tokens of the account's own projects, repositories or workloads.
pub(in crate::iam) fn oidc_unscoped(trust: Trust<'_>) -> Decision {
    let part = only(
        trust.policy,
        |principal| matches!(principal, Principal::Federated(provider) if is_oidc(provider)),
    );
    let all = trust.outside(&part);
    let anyone = all.grants.iter().filter(|grant| grant.who == Outsider::Anyone);
    let expected = "a condition on the subject, `sub`, that names what may come";
    let strangers: Vec<_> = anyone
        .map(|grant| Evidence { expected: expected.into(), ..granted::<TrustPolicy>(grant) })
        .collect();
    if !strangers.is_empty() {
        return Ok(Verdict::faults(strangers));
    }
    let mut open = open(&all);
    let mut faults = vec![];
    let mut worst = None;
    for provider in distinct(trust.policy, is_oidc) {
        let claims = Claims::of(provider);
        for trial in claims.strangers(trust.policy) {
            let own: Vec<(&str, &str)> =
                trial.claims.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
            match trust.admits(provider, &own) {
                Answer::Yes(witness) => {
                    faults.push(request::<TrustPolicy>(witness.as_deref(), trial.expected));
                    worst = worst.max(Some(trial.severity));
                }
                Answer::No(_) => {}
                other => {
                    open.get_or_insert(undecided::<TrustPolicy>(other));
                }
            }
        }
    }
    let verdict = faults_or(open, faults)?;
    Ok(match worst {
        Some(severity) => verdict.severity(severity),
        None => verdict,
    })
}

fn distinct(policy: &Policy, wanted: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    providers(policy).filter(|provider| wanted(provider)).collect()
}

/// Whether what a claim is checked against is fixed: no made-up value gets in.
fn claim(
    trust: Trust<'_>,
    wanted: impl Fn(&str) -> bool,
    key: impl Fn(&str) -> String,
    value: &str,
    expected: &'static str,
) -> Decision {
    let mut faults = vec![];
    let mut open = None;
    for provider in distinct(trust.policy, wanted) {
        match trust.admits(provider, &[(&key(provider), value)]) {
            Answer::Yes(witness) => {
                faults.push(request::<TrustPolicy>(witness.as_deref(), expected));
            }
            Answer::No(_) => {}
            other => {
                open.get_or_insert(undecided::<TrustPolicy>(other));
            }
        }
    }
    faults_or(open, faults)
}

/// Only tokens that were issued for AWS.
pub(in crate::iam) fn oidc_audience(trust: Trust<'_>) -> Decision {
    let key = |provider: &str| format!("{}:aud", Claims::host(provider));
    claim(trust, is_oidc, key, "awspect-unnamed", "a condition on the audience, `aud`")
}

/// Only identities of pools that are named.
pub(in crate::iam) fn cognito_unscoped(trust: Trust<'_>) -> Decision {
    let key = |provider: &str| format!("{provider}:aud");
    let pool = "us-east-1:00000000-aaaa-4bbb-8ccc-awspect00000";
    claim(
        trust,
        is_cognito,
        key,
        pool,
        "a condition on the pool, cognito-identity.amazonaws.com:aud",
    )
}

/// Only assertions that are meant for AWS.
pub(in crate::iam) fn saml_audience(trust: Trust<'_>) -> Decision {
    let key = |_: &str| "SAML:aud".to_owned();
    claim(trust, is_saml, key, "https://awspect-unnamed.invalid/saml", "a condition on SAML:aud")
}

/// What Cognito's own wizard gives to guests: counting visits, and their own settings.
const HARMLESS: [&str; 3] = ["cognito-identity", "cognito-sync", "mobileanalytics"];

/// Guests of an identity pool can do nothing that matters.
pub(in crate::iam) fn cognito_guests(trust: Trust<'_>) -> Decision {
    let Some(provider) = distinct(trust.policy, is_cognito).into_iter().next() else {
        return Ok(Verdict::Pass(vec![]));
    };
    let amr = format!("{provider}:amr");
    let witness = match trust.admits(provider, &[(&amr, "unauthenticated")]) {
        Answer::Yes(witness) => witness,
        Answer::No(_) => return Ok(Verdict::Pass(vec![])),
        open => return Err(undecided::<TrustPolicy>(open)),
    };
    let mut evidence = vec![request::<TrustPolicy>(
        witness.as_deref(),
        "amr authenticated, or rights that everybody may have",
    )];
    let identities = trust.scan.identities();
    let Some(rights) = identities.roles.get(trust.index) else { return Ok(Verdict::Pass(vec![])) };
    if let Some(unread) = rights.unread() {
        return Err(unread.clone());
    }
    let (actions, open) = rights.identity(trust.facts).granted_actions(&Budget::default());
    let actions: Vec<_> =
        actions.into_iter().filter(|own| !HARMLESS.contains(&own.service)).collect();
    if actions.is_empty() {
        if let Some(action) = open.first() {
            return Err(Unknown::new(PolicyDocument::ACTION, Reason::Undecided)
                .because(format!("whether guests may {action}")));
        }
        return Ok(Verdict::Pass(evidence));
    }
    let levels: BTreeSet<AccessLevel> = actions.iter().map(|own| own.level).collect();
    let services: BTreeSet<&str> = actions.iter().map(|own| own.service).collect();
    let examples: Vec<String> = actions.iter().rev().take(5).map(ToString::to_string).collect();
    evidence.push(Evidence::of::<PolicyDocument>(
        "RoleDetailList[].RolePolicyList, AttachedManagedPolicies",
        json!({ "actions": actions.len(), "levels": levels, "services": services,
            "such as": examples }),
        "nothing that a stranger should not do",
    ));
    let reads_only =
        levels.iter().all(|level| matches!(level, AccessLevel::List | AccessLevel::Read));
    let severity = if reads_only { Severity::Medium } else { Severity::High };
    Ok(Verdict::faults(evidence).severity(severity))
}
