//! Who may take a role: its trust policy, judged part by part.

use std::collections::BTreeSet;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact, Reason, Unknown,
    iam::{OidcProvider, PolicyDocument, Role, SamlProvider, TrustPolicy},
};
use awspect_policy::{
    AccessLevel, Answer, Budget, Effect, Facts, OutsideGrant, Outsider, Policy, Principal,
    Principals, Statement, Subject as Question,
};
use serde_json::json;

use super::{evidence::request, noise, providers::Claims};
use crate::{
    Scan,
    engine::{Subject, gaps},
    policy::{granted, outside, place, undecided, zone},
};

/// A role's trust policy with all that its judgement needs.
#[derive(Clone, Copy)]
pub(super) struct Trust<'a> {
    scan: Scan<'a>,
    pub(super) role: &'a Role,
    index: usize,
    policy: &'a Policy,
    facts: &'a Facts,
}

/// Puts each role whose trust a rule is about to the rule. Service-linked roles trust whom AWS wants.
pub(super) fn each<'a>(
    scan: Scan<'a>,
    concerns: impl Fn(&Policy) -> bool,
    decide: impl Fn(Trust<'a>) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let (roles, identities) = (&scan.inventory.iam.roles, scan.identities());
    let own = roles.found.iter().zip(&identities.trusts).enumerate();
    let judged = own.filter(|(_, (role, _))| !noise::is_service_linked(role)).filter_map(
        |(index, (role, read))| {
            let decision = match read {
                Ok(policy) => {
                    let facts = &identities.facts;
                    concerns(policy).then(|| decide(Trust { scan, role, index, policy, facts }))?
                }
                Err(unknown) => Err(unknown.clone()),
            };
            Some((Subject::Resource(role), decision))
        },
    );
    judged.chain(gaps(roles)).collect()
}

/// Whether a trust policy lets principals of AWS in.
pub(super) fn names_principals(policy: &Policy) -> bool {
    policy.allows().any(|statement| match &statement.principals {
        Some(Principals::Of(named)) => named.iter().any(is_aws),
        _ => true,
    })
}

fn is_aws(principal: &Principal) -> bool {
    !matches!(principal, Principal::Service(_) | Principal::Federated(_))
}

/// Whether a trust policy lets in whoever a provider vouches for.
pub(super) fn names_provider(policy: &Policy, wanted: impl Fn(&str) -> bool) -> bool {
    providers(policy).any(wanted)
}

fn providers(policy: &Policy) -> impl Iterator<Item = &str> {
    policy.admitted().filter_map(|principal| match principal {
        Principal::Federated(provider) => Some(provider.as_str()),
        _ => None,
    })
}

/// A provider of the account's own that speaks SAML.
pub(super) fn is_saml(provider: &str) -> bool {
    provider.contains(":saml-provider/")
}

/// A provider that issues OIDC tokens, Cognito's identity pools apart, which have rules of their own.
pub(super) fn is_oidc(provider: &str) -> bool {
    !is_saml(provider) && !is_cognito(provider)
}

/// Cognito's identity pools.
pub(super) fn is_cognito(provider: &str) -> bool {
    provider == "cognito-identity.amazonaws.com"
}

/// The trust policy with its denies and, of each allow, what it grants to some principals.
fn only(policy: &Policy, wanted: impl Fn(&Principal) -> bool) -> Policy {
    let narrow = |statement: &Statement| {
        if !statement.allows() {
            return Some(statement.clone());
        }
        let principals = match statement.principals.as_ref()? {
            Principals::Of(named) => {
                let named: Vec<_> = named.iter().filter(|own| wanted(own)).cloned().collect();
                (!named.is_empty()).then_some(Principals::Of(named))?
            }
            not @ Principals::Not(_) => not.clone(),
        };
        Some(Statement { principals: Some(principals), ..statement.clone() })
    };
    Policy { statements: policy.statements.iter().filter_map(narrow).collect(), ..policy.clone() }
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

impl Trust<'_> {
    fn question<'q>(&'q self, policy: &'q Policy) -> Question<'q> {
        Question {
            policy,
            trust: true,
            resource_type: "iam-role",
            arn: Some(self.role.arn.as_str()),
            facts: self.facts,
        }
    }

    /// What others than the account's own may do, by statements that name principals of AWS; and why more may be open.
    fn outside(&self, policy: &Policy) -> (Vec<OutsideGrant>, Option<Unknown>) {
        let part = only(policy, is_aws);
        let budget = Budget::default();
        let all = self.question(&part).outside_grants(&zone(self.scan), &budget);
        outside::<TrustPolicy>(self.scan, all)
    }

    /// Whether a provider's token or assertion with these claims gets in; nothing where no provider is of the kind.
    fn admits(&self, provider: &str, claims: &[(&str, &str)]) -> Answer {
        self.policy.admits_claims(provider, claims, self.facts, &Budget::default())
    }

    /// Whether the role holds administrator rights.
    fn is_admin(&self) -> Result<bool, Unknown> {
        let identities = self.scan.identities();
        match identities.roles.get(self.index) {
            Some(rights) => rights.is_admin(self.facts),
            None => Ok(false),
        }
    }
}

fn faults_or(open: Option<Unknown>, evidence: Vec<Evidence>) -> Decision {
    match (evidence.is_empty(), open) {
        (true, Some(unknown)) => Err(unknown),
        _ => Ok(Verdict::faults(evidence)),
    }
}

/// Not whoever has an AWS account.
pub(super) fn anyone(trust: Trust<'_>) -> Decision {
    let guarded = without_guards(trust.policy);
    let (grants, open) = trust.outside(&guarded);
    let anyone = grants.iter().filter(|grant| grant.who == Outsider::Anyone);
    let faults: Vec<_> = anyone.map(granted::<TrustPolicy>).collect();
    if !faults.is_empty() || open.is_some() {
        return faults_or(open, faults);
    }
    // An external id or MFA stands in everybody's way: worth knowing, and judged with the other accounts.
    Ok(Verdict::Pass(vec![]))
}

/// No account that is not the user's own.
pub(super) fn external(trust: Trust<'_>) -> Decision {
    let (grants, open) = trust.outside(trust.policy);
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
pub(super) fn no_external_id(trust: Trust<'_>) -> Decision {
    let guarded = without_guards(trust.policy);
    let (grants, open) = trust.outside(&guarded);
    let stranger = |grant: &&OutsideGrant| {
        !matches!(grant.who, Outsider::Organization(_) | Outsider::Anyone | Outsider::Service(..))
    };
    let faults: Vec<Evidence> = grants
        .iter()
        .filter(stranger)
        .map(|grant| Evidence {
            expected: "sts:ExternalId, MFA or an organization in the conditions".into(),
            ..granted::<TrustPolicy>(grant)
        })
        .collect();
    let verdict = faults_or(open, faults)?;
    Ok(match noise::severity(trust.role) {
        Some(severity) => verdict.severity(severity),
        None => verdict,
    })
}

/// Only tokens of the account's own projects, repositories or workloads.
pub(super) fn oidc_unscoped(trust: Trust<'_>) -> Decision {
    let part = only(
        trust.policy,
        |principal| matches!(principal, Principal::Federated(provider) if is_oidc(provider)),
    );
    let budget = Budget::default();
    let all = trust.question(&part).outside_grants(&zone(trust.scan), &budget);
    let anyone = all.grants.iter().filter(|grant| grant.who == Outsider::Anyone);
    let expected = "a condition on the subject, `sub`, that names what may come";
    let strangers: Vec<_> = anyone
        .map(|grant| Evidence { expected: expected.into(), ..granted::<TrustPolicy>(grant) })
        .collect();
    if !strangers.is_empty() {
        return Ok(Verdict::faults(strangers));
    }
    let why = all.open.into_iter().next();
    let mut open = why.map(|why| Unknown::new(TrustPolicy::ACTION, Reason::Undecided).because(why));
    let mut faults = vec![];
    let mut worst = None;
    for provider in distinct(trust.policy, is_oidc) {
        let claims = Claims::of(provider);
        for (severity, subject, expected) in claims.strangers(trust.policy) {
            match trust.admits(provider, &[(&claims.key("sub"), &subject)]) {
                Answer::Yes(witness) => {
                    faults.push(request::<TrustPolicy>(witness.as_deref(), expected));
                    worst = worst.max(Some(severity));
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
pub(super) fn oidc_audience(trust: Trust<'_>) -> Decision {
    let key = |provider: &str| format!("{}:aud", Claims::host(provider));
    claim(trust, is_oidc, key, "awspect-unnamed", "a condition on the audience, `aud`")
}

/// Only identities of pools that are named.
pub(super) fn cognito_unscoped(trust: Trust<'_>) -> Decision {
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
pub(super) fn saml_audience(trust: Trust<'_>) -> Decision {
    let key = |_: &str| "SAML:aud".to_owned();
    claim(trust, is_saml, key, "https://awspect-unnamed.invalid/saml", "a condition on SAML:aud")
}

/// What Cognito's own wizard gives to guests: counting visits, and their own settings.
const HARMLESS: [&str; 3] = ["cognito-identity", "cognito-sync", "mobileanalytics"];

/// Guests of an identity pool can do nothing that matters.
pub(super) fn cognito_guests(trust: Trust<'_>) -> Decision {
    let provider = "cognito-identity.amazonaws.com";
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

/// Services that act for whoever asks them, and say for whom (each service's guide, "cross-service confused deputy").
///
/// EC2, Lambda and ECS take a role only from callers of its own account who may pass it, and send no source.
const DEPUTIES: [&str; 26] = [
    "amplify.amazonaws.com",
    "apigateway.amazonaws.com",
    "appsync.amazonaws.com",
    "backup.amazonaws.com",
    "batchoperations.s3.amazonaws.com",
    "bedrock.amazonaws.com",
    "cloudformation.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "cognito-idp.amazonaws.com",
    "config.amazonaws.com",
    "connect.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "dms.amazonaws.com",
    "events.amazonaws.com",
    "firehose.amazonaws.com",
    "iot.amazonaws.com",
    "kinesisanalytics.amazonaws.com",
    "logs.amazonaws.com",
    "pipes.amazonaws.com",
    "s3.amazonaws.com",
    "scheduler.amazonaws.com",
    "sns.amazonaws.com",
    "states.amazonaws.com",
    "stacksets.cloudformation.amazonaws.com",
    "transfer.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
];

/// Whether a trust policy names a service that acts for others.
pub(super) fn names_deputy(policy: &Policy) -> bool {
    policy.admitted().any(is_deputy)
}

fn is_deputy(principal: &Principal) -> bool {
    matches!(principal, Principal::Service(name) if DEPUTIES.contains(&name.as_str()))
}

/// A service that acts for others takes the role for the account's own resources only.
pub(super) fn confused_deputy(trust: Trust<'_>) -> Decision {
    let part = only(trust.policy, is_deputy);
    let budget = Budget::default();
    match trust.question(&part).confused_deputy_protected(&budget) {
        Answer::Yes(_) => Ok(Verdict::Pass(vec![])),
        Answer::No(witness) => Ok(Verdict::faults(vec![request::<TrustPolicy>(
            witness.as_deref(),
            "aws:SourceAccount, aws:SourceArn or aws:SourceOrgID of your own",
        )])),
        open => Err(undecided::<TrustPolicy>(open)),
    }
}

/// Everybody whom the policy names is still there.
pub(super) fn dead(trust: Trust<'_>) -> Decision {
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
