//! How the answers about identities become evidence.

use awspect_findings::Evidence;
use awspect_inventory::{Fact, iam::PolicyDocument};
use awspect_policy::{AccessLevel, Action, Request, StatementRef, Witness};
use serde_json::{Value, json};

use super::becoming::Step;
use crate::policy::{place, shown};

/// The places of statements, each policy by its name.
pub(super) fn places(statements: &[StatementRef]) -> String {
    statements.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// A request that a policy lets through.
pub(super) fn request<F: Fact>(witness: Option<&Witness>, expected: &'static str) -> Evidence {
    let field = witness.map_or_else(String::new, |witness| places(&witness.statements));
    let field = if field.is_empty() { "PolicyDocument".to_owned() } else { field };
    Evidence::of::<F>(field, witness.map_or(Value::Null, |own| shown(&own.request)), expected)
}

/// A step on the way to administrator rights.
pub(super) fn step(step: &Step) -> Evidence {
    let mut statements: Vec<StatementRef> =
        step.requests.iter().flat_map(|request| request.statements.clone()).collect();
    statements.sort_unstable();
    statements.dedup();
    let field = places(&statements);
    Evidence::of::<PolicyDocument>(
        if field.is_empty() { "AssumeRolePolicyDocument".to_owned() } else { field },
        json!({
            "from": step.from,
            "takes": step.to.as_deref().unwrap_or("administrator rights"),
            "way": step.path,
            "with": step.requests.iter().map(|own| brief(&own.request)).collect::<Vec<_>>(),
        }),
        "no way to administrator rights",
    )
}

/// A request in a line: `iam:PassRole on arn:… where iam:passedtoservice is lambda.amazonaws.com`.
fn brief(request: &Request) -> String {
    let context: Vec<String> = request
        .context
        .iter()
        // The caller is known, and with it its account.
        .filter(|(key, _)| key.as_str() != "aws:principalaccount")
        .map(|(key, values)| format!("{key} is {}", values.join(" and ")))
        .collect();
    let context =
        if context.is_empty() { String::new() } else { format!(" where {}", context.join(", ")) };
    format!("{} on {}{context}", request.action, request.resource)
}

/// What a grant of a whole service reaches: how many actions of each level, and those that grant permissions.
pub(super) fn reaches(service: &str) -> Value {
    const NAMED: usize = 5;
    let all: Vec<Action> = Action::of_service(service).collect();
    let count = |level| all.iter().filter(|action| action.level == level).count();
    let granting = all.iter().filter(|action| action.level == AccessLevel::PermissionsManagement);
    json!({
        "list": count(AccessLevel::List),
        "read": count(AccessLevel::Read),
        "write": count(AccessLevel::Write),
        "tagging": count(AccessLevel::Tagging),
        "permissions management": count(AccessLevel::PermissionsManagement),
        "such as": granting.take(NAMED).map(ToString::to_string).collect::<Vec<_>>(),
    })
}
