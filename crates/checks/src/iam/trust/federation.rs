//! Identities that a provider vouches for.

use std::collections::BTreeSet;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::iam::TrustPolicy;
use awspect_policy::{AccessLevel, Action, Answer, Budget, Facts, Outsider, Policy, Principal};

use super::{Trust, faults_or, open, providers};
use crate::{
    iam::{
        evidence::{by_level, request},
        identities::Session,
        providers::Claims,
    },
    policy::{granted, only, undecided},
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
    // China's has its region in the name, GovCloud's begins with `cognito-identity-us-gov`.
    provider.starts_with("cognito-identity") && !provider.contains('/')
}

/// Whether a token of Cognito's gets in: of one identity pool or of any, and of this way to sign in, `unauthenticated` for none.
pub(in crate::iam) fn admits_cognito(
    trust: &Policy,
    pool: Option<&str>,
    way: &str,
    facts: &Facts,
) -> Answer {
    let mut answer = Answer::No(None);
    for provider in distinct(trust, is_cognito) {
        let (aud, amr) = (format!("{provider}:aud"), format!("{provider}:amr"));
        let aud = pool.map(|pool| (aud.as_str(), pool));
        let claims: Vec<(&str, &str)> = aud.into_iter().chain([(amr.as_str(), way)]).collect();
        match trust.admits_claims(provider, &claims, facts, &Budget::default()) {
            yes @ Answer::Yes(_) => return yes,
            Answer::No(_) => {}
            open => answer = open,
        }
    }
    answer
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

/// Whether an action does no harm, whoever takes it.
pub(crate) fn is_cognitos_own(action: Action) -> bool {
    HARMLESS.contains(&action.service)
}

/// Guests of an identity pool can do nothing that matters.
pub(in crate::iam) fn cognito_guests(trust: Trust<'_>) -> Decision {
    let witness = match admits_cognito(trust.policy, None, "unauthenticated", trust.facts) {
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
    let matters = |action| !is_cognitos_own(action);
    let actions = rights.granted(trust.facts, &Session::default(), matters)?;
    if actions.is_empty() {
        return Ok(Verdict::Pass(evidence));
    }
    evidence.push(by_level(&actions, "nothing that a stranger should not do"));
    let reads_only =
        actions.iter().all(|own| matches!(own.level, AccessLevel::List | AccessLevel::Read));
    let severity = if reads_only { Severity::Medium } else { Severity::High };
    Ok(Verdict::faults(evidence).severity(severity))
}
