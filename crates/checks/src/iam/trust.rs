//! Who may take a role: its trust policy, judged part by part.

pub(super) mod federation;
pub(super) mod outside;
pub(super) mod services;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    iam::{Role, TrustPolicy},
};
use awspect_policy::{
    Answer, Budget, Facts, OutsideGrants, Policy, Principal, Principals, Statement,
    Subject as Question,
};

use super::noise;
use crate::{
    Scan,
    engine::{Subject, gaps},
    policy::zone,
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

fn providers(policy: &Policy) -> impl Iterator<Item = &str> {
    policy.admitted().filter_map(|principal| match principal {
        Principal::Federated(provider) => Some(provider.as_str()),
        _ => None,
    })
}

/// The trust policy with its denies and, of each allow, what it grants to some principals.
fn only(policy: &Policy, wanted: impl Fn(&Principal) -> bool) -> Policy {
    let narrow = |statement: &Statement| {
        if !statement.allows() || is_open(statement) {
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

/// Whether something that is not understood leaves open whom a statement is about.
fn is_open(statement: &Statement) -> bool {
    let unread = &statement.unsupported;
    unread.iter().any(|what| what.starts_with("principal "))
        || (statement.principals.is_none() && !unread.is_empty())
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

    /// What others than the account's own may do by a part of the policy.
    fn outside(&self, policy: &Policy) -> OutsideGrants {
        let budget = Budget::default();
        self.question(policy).outside_grants(&zone(self.scan), &budget)
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

/// Why more may be granted than is known.
fn open(all: &OutsideGrants) -> Option<Unknown> {
    let why = all.open.iter().next()?;
    Some(Unknown::new(TrustPolicy::ACTION, Reason::Undecided).because(why))
}

fn faults_or(open: Option<Unknown>, evidence: Vec<Evidence>) -> Decision {
    match (evidence.is_empty(), open) {
        (true, Some(unknown)) => Err(unknown),
        _ => Ok(Verdict::faults(evidence)),
    }
}
