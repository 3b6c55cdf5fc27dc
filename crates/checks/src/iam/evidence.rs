//! How the answers about identities become evidence.

use awspect_findings::Evidence;
use awspect_inventory::{Fact, iam::PolicyDocument};
use awspect_policy::{AccessLevel, Action, StatementRef, Witness};
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
    let requests: Vec<Value> = step
        .requests
        .iter()
        .map(|witness| {
            let mut request = shown(&witness.request);
            if let Some(fields) = request.as_object_mut() {
                fields.remove("caller");
            }
            request
        })
        .collect();
    let field = places(&statements);
    Evidence::of::<PolicyDocument>(
        if field.is_empty() { "AssumeRolePolicyDocument".to_owned() } else { field },
        json!({
            "from": step.from,
            "to": step.to.as_deref().unwrap_or("administrator rights"),
            "by": step.path,
            "requests": requests,
        }),
        "no way to administrator rights",
    )
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
