//! Stack policies: what updates may not do to the resources that keep data.
//!
//! CloudFormation user guide, "Prevent updates to stack resources". The grammar is that of IAM's policies: with a policy
//! everything is refused that no statement allows, and a Deny goes before an Allow.

use std::collections::BTreeMap;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudformation::{Stack, StackPolicy, TemplateResource},
};
use awspect_policy::{
    Caller, Condition, Family, Key, Policy, Quantifier, Request, Statement, applies,
};
use serde_json::{Value, json};

use super::{
    concern::{is_empty, keeper},
    stateful,
};
use crate::policy::place;

/// What an update may do to a resource that loses its data.
const LOSING: [&str; 2] = ["Update:Replace", "Update:Delete"];

/// The one key that stack policies know.
const TYPE: &str = "ResourceType";

const EXPECTED: &str = "a policy that refuses Update:Replace and Update:Delete of what keeps data";

/// The stack's policy keeps updates from what keeps data.
pub(super) fn protects(stack: &Stack) -> Option<Decision> {
    if stack.is_nested() || is_empty(stack) || keeper(stack).is_some() {
        return None;
    }
    match stateful::of(stack) {
        Ok(held) if held.is_empty() => None,
        Ok(held) => Some(judged(stack, &held)),
        Err(unknown) => Some(Err(unknown)),
    }
}

fn judged(stack: &Stack, held: &[&TemplateResource]) -> Decision {
    let shown = stateful::held(stack, held, "a stack policy that keeps updates from these");
    let Some(StackPolicy(text)) = stack.policy.known()? else {
        let none = Evidence::of::<StackPolicy>("StackPolicyBody", Value::Null, EXPECTED);
        return Ok(Verdict::faults(vec![none, shown]));
    };
    let policy = Policy::parse(text).map_err(|error| {
        Unknown::new(StackPolicy::ACTION, Reason::Malformed).because(error.to_string())
    })?;
    let (mut faults, mut open) = (vec![], None);
    for (resource, action) in held.iter().flat_map(|own| LOSING.map(|action| (own, action))) {
        match update(&policy, resource, action) {
            Update::Refused => {}
            Update::Allowed(statement) => {
                let observed = json!({ "resource": resource.id, "ResourceType": resource.kind,
                    "action": action });
                let field = place(&statement.reference());
                faults.push(Evidence::of::<StackPolicy>(field, observed, EXPECTED));
            }
            Update::Open(statement) => open = Some(statement),
        }
    }
    match open {
        _ if !faults.is_empty() => Ok(Verdict::faults(faults)),
        Some(statement) => Err(Unknown::new(StackPolicy::ACTION, Reason::Undecided)
            .because(format!("what {} means for what keeps data", place(&statement.reference())))),
        None => Ok(Verdict::Pass(vec![shown])),
    }
}

/// What a policy says of an update.
enum Update<'p> {
    Refused,
    /// By this statement.
    Allowed(&'p Statement),
    /// This statement is not understood, and decides.
    Open(&'p Statement),
}

fn update<'p>(policy: &'p Policy, resource: &TemplateResource, action: &str) -> Update<'p> {
    let request = Request {
        caller: Caller::Anonymous,
        action: action.to_owned(),
        resource: format!("LogicalResourceId/{}", resource.id),
        context: BTreeMap::from([(Key::new(TYPE), vec![resource.kind.clone()])]),
    };
    let speaking = |statement: &&Statement| applies(&understood(statement), &request);
    let first = |mut all: Vec<&'p Statement>| {
        all.sort_by_key(|statement| !is_understood(statement));
        all.first().copied().map(|first| (first, is_understood(first)))
    };
    let denied = first(policy.denies().filter(speaking).collect());
    let allowed = first(policy.allows().filter(speaking).collect());
    match (denied, allowed) {
        (Some((_, true)), _) | (_, None) => Update::Refused,
        (Some((deny, false)), Some(_)) => Update::Open(deny),
        (None, Some((allow, true))) => Update::Allowed(allow),
        (None, Some((allow, false))) => Update::Open(allow),
    }
}

fn is_understood(statement: &Statement) -> bool {
    statement.unsupported.is_empty() && statement.conditions.iter().all(is_on_type)
}

/// The statement without what is not understood of it, which may make it speak of less.
fn understood(statement: &Statement) -> Statement {
    let conditions = statement.conditions.iter().filter(|own| is_on_type(own)).cloned().collect();
    Statement { conditions, unsupported: vec![], ..statement.clone() }
}

/// Whether a condition is one that stack policies have: `StringEquals` or `StringLike` on the resource's type.
fn is_on_type(condition: &Condition) -> bool {
    let operator = condition.operator;
    condition.key == Key::new(TYPE)
        && matches!(operator.family, Family::Text { any_case: false, .. })
        && operator.quantifier == Quantifier::One
        && !operator.negated
        && !operator.if_exists
}
