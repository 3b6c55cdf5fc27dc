//! What the rules of all services ask of the policy core, and how its answers become evidence.

use awspect_findings::Evidence;
use awspect_inventory::{Fact, Reason, Unknown};
use awspect_policy::{
    AccountId, Action, ActionPattern, Answer, Budget, Facts, Instant, OutsideGrant, OutsideGrants,
    Outsider, Policy, Principal, Principals, Request, Statement, StatementRef, Subject, Witness,
    Zone,
};
use serde_json::{Value, json};

use crate::Scan;

/// A policy that was read, with what the core wants to know beside it.
pub(crate) struct Document {
    pub(crate) policy: Policy,
    pub(crate) facts: Facts,
    resource_type: &'static str,
    arn: String,
}

impl Document {
    pub(crate) fn read<F: Fact>(
        scan: Scan<'_>,
        text: &str,
        resource_type: &'static str,
        arn: &str,
    ) -> Result<Self, Unknown> {
        let policy = Policy::parse(text).map_err(|error| {
            Unknown::new(F::ACTION, Reason::Malformed).because(error.to_string())
        })?;
        Ok(Self { policy, facts: facts(scan), resource_type, arn: arn.to_owned() })
    }

    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            policy: &self.policy,
            trust: false,
            resource_type: self.resource_type,
            arn: Some(&self.arn),
            facts: &self.facts,
        }
    }
}

/// What the core wants to know beside a policy.
pub(crate) fn facts(scan: Scan<'_>) -> Facts {
    let account = &scan.inventory.account;
    let milliseconds = scan.inventory.collected_at.unix_timestamp().saturating_mul(1_000);
    Facts {
        partition: account.partition.as_str().to_owned(),
        // Both types hold twelve digits and nothing else.
        owner: AccountId::parse(account.id.as_str()).unwrap_or(AccountId::EXAMPLE),
        org: own_organization(scan),
        now: Instant(milliseconds),
    }
}

fn own_organization(scan: Scan<'_>) -> Option<String> {
    scan.inventory.organizations.organization.set().map(|organization| organization.id.clone())
}

/// Whose principals are no strangers.
pub(crate) fn zone(scan: Scan<'_>) -> Zone {
    let accounts = scan.settings.trusted_accounts.iter();
    Zone {
        accounts: accounts.filter_map(|account| AccountId::parse(account.as_str())).collect(),
        org: own_organization(scan),
    }
}

/// The policy with its denies and, of each allow, what it grants to some principals.
pub(crate) fn only(policy: &Policy, wanted: impl Fn(&Principal) -> bool) -> Policy {
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
pub(crate) fn is_open(statement: &Statement) -> bool {
    let unread = &statement.unsupported;
    unread.iter().any(|what| what.starts_with("principal "))
        || (statement.principals.is_none() && !unread.is_empty())
}

/// Grants to others that are known to be outside, and why some may not be.
///
/// Whose organization it is must be known before one of its members is called a stranger.
pub(crate) fn outside<F: Fact>(
    scan: Scan<'_>,
    all: OutsideGrants,
) -> (Vec<OutsideGrant>, Option<Unknown>) {
    let organization = &scan.inventory.organizations.organization;
    let (members, mut grants): (Vec<_>, Vec<_>) =
        all.grants.into_iter().partition(|grant| matches!(grant.who, Outsider::Organization(_)));
    let unknown = organization.known().err().filter(|_| !members.is_empty());
    if unknown.is_none() {
        grants.extend(members);
    }
    let open = all.open.into_iter().next();
    let open = open.map(|why| Unknown::new(F::ACTION, Reason::Undecided).because(why));
    (grants, unknown.or(open))
}

/// What a policy grants to those that it names outside of the own accounts. The public has rules of its own.
pub(crate) fn strangers<F: Fact>(
    scan: Scan<'_>,
    document: &Document,
) -> Result<Vec<Evidence>, Unknown> {
    let budget = Budget::default();
    let all = document.subject().outside_grants(&zone(scan), &budget);
    let (grants, open) = outside::<F>(scan, all);
    let named = grants.iter().filter(|grant| grant.who != Outsider::Anyone);
    let faults: Vec<Evidence> = named.map(granted::<F>).collect();
    match open {
        Some(unknown) if faults.is_empty() => Err(unknown),
        _ => Ok(faults),
    }
}

/// Why the policy core has no answer.
pub(crate) fn undecided<F: Fact>(answer: Answer) -> Unknown {
    let why = match answer {
        Answer::Depends(keys) => {
            format!("it depends on {}", keys.into_iter().collect::<Vec<_>>().join(", "))
        }
        Answer::Unknown(why) => why.join("; "),
        Answer::Yes(_) | Answer::No(_) => String::new(),
    };
    Unknown::new(F::ACTION, Reason::Undecided).because(why)
}

/// A request that gets through, and the statements that let it.
pub(crate) fn request<F: Fact>(witness: Option<&Witness>, expected: &'static str) -> Evidence {
    let (field, observed) = match witness {
        Some(witness) => {
            let places: Vec<String> = witness.statements.iter().map(place).collect();
            let field = if places.is_empty() { "Policy".to_owned() } else { places.join(", ") };
            (field, shown(&witness.request))
        }
        None => ("Policy".to_owned(), Value::Null),
    };
    Evidence::of::<F>(field, observed, expected)
}

/// What somebody outside may do.
pub(crate) fn granted<F: Fact>(grant: &OutsideGrant) -> Evidence {
    let places: Vec<String> = grant.statements.iter().map(place).collect();
    Evidence::of::<F>(
        places.join(", "),
        json!({
            "who": grant.who.to_string(),
            "actions": grant.actions,
            "request": shown(&grant.witness.request),
        }),
        "grants to accounts of your own",
    )
}

/// A request with its action as AWS spells it; policies compare actions without regard to case.
pub(crate) fn shown(request: &Request) -> Value {
    let mut shown = json!(request);
    if let (Some(action), Some(fields)) = (Action::find(&request.action), shown.as_object_mut()) {
        fields.insert("action".to_owned(), json!(format!("{}:{}", action.service, action.name)));
    }
    shown
}

/// Where a statement stands: its index from 0, and its Sid.
pub(crate) fn place(statement: &StatementRef) -> String {
    let policy = statement.policy.as_ref().map(|policy| format!("{policy}.")).unwrap_or_default();
    match &statement.sid {
        Some(sid) => format!("{policy}Statement[{}] ({sid})", statement.index),
        None => format!("{policy}Statement[{}]", statement.index),
    }
}

/// The actions of a statement, as it writes them.
pub(crate) fn described(policy: &Policy, statement: &StatementRef) -> Value {
    let Some(found) = policy.statements.iter().find(|it| it.index == statement.index) else {
        return Value::Null;
    };
    let element = if found.actions.is_negated() { "NotAction" } else { "Action" };
    let actions: Vec<&str> = found.actions.values().iter().map(ActionPattern::text).collect();
    json!({ element: actions })
}
