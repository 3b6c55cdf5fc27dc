//! Principals of AWS that are not the account's own, and those that are no more.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _,
    iam::{OidcProvider, SamlProvider, TrustPolicy},
};
use awspect_policy::{Effect, OutsideGrant, Outsider, Policy, Principal, Principals};
use serde_json::json;

use super::{Trust, faults_or, federation::is_saml, open, providers};
use crate::{
    iam::noise,
    policy::{granted, is_open, only, outside, place},
};

/// Whether a trust policy lets principals of AWS in.
pub(in crate::iam) fn names_principals(policy: &Policy) -> bool {
    policy.allows().any(|statement| match &statement.principals {
        Some(Principals::Of(named)) => named.iter().any(is_aws) || is_open(statement),
        _ => true,
    })
}

fn is_aws(principal: &Principal) -> bool {
    !matches!(principal, Principal::Service(_) | Principal::Federated(_))
}

/// Takes away whoever brings an external id that was agreed upon: none, or one that nobody agreed upon, is left.
const EXTERNAL_ID: &str = r#"{"Effect":"Deny","Principal":"*","Action":"*","Condition":
    {"Null":{"sts:ExternalId":"false"},"StringNotEquals":{"sts:ExternalId":"awspect-unnamed"}}}"#;

/// Takes away whoever signed in with MFA, which a third party's program does not.
const MFA: &str = r#"{"Effect":"Deny","Principal":"*","Action":"*",
    "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}"#;

/// What a trust policy leaves to principals of AWS who bring none of these.
fn without(policy: &Policy, guards: &[&str]) -> Policy {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, guards.join(","));
    let guards = Policy::parse(&text).unwrap_or_default();
    debug_assert!(guards.statements.iter().all(|guard| guard.effect == Effect::Deny));
    let statements = policy.statements.iter().cloned().chain(guards.statements).collect();
    only(&Policy { statements, ..policy.clone() }, is_aws)
}

/// Not whoever has an AWS account. MFA is no bound: a stranger has a device too.
pub(in crate::iam) fn anyone(trust: Trust<'_>) -> Decision {
    let all = trust.outside(&without(trust.policy, &[EXTERNAL_ID]));
    let anyone = all.grants.iter().filter(|grant| grant.who == Outsider::Anyone);
    faults_or(open(&all), anyone.map(granted::<TrustPolicy>).collect())
}

/// No account that is not the user's own.
pub(in crate::iam) fn external(trust: Trust<'_>) -> Decision {
    let (grants, open) =
        outside::<TrustPolicy>(trust.scan, trust.outside(&only(trust.policy, is_aws)));
    // Whoever knows an external id is as good as an account, and anybody at all is judged by a rule of its own.
    let anybody = matches!(anyone(trust), Ok(Verdict::Fail { .. }));
    let strangers = grants.iter().filter(|grant| grant.who != Outsider::Anyone || !anybody);
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
    let all = trust.outside(&without(trust.policy, &[EXTERNAL_ID, MFA]));
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
