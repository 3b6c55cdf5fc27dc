//! How the answers about identities become evidence.

use std::collections::BTreeSet;

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
pub(crate) fn request<F: Fact>(witness: Option<&Witness>, expected: &'static str) -> Evidence {
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

/// Actions that everybody knows what they mean, the ones that show the most first.
const TELLING: [&str; 24] = [
    "iam:CreateAccessKey",
    "iam:AttachRolePolicy",
    "iam:PassRole",
    "sts:AssumeRole",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "kms:Decrypt",
    "s3:PutBucketPolicy",
    "s3:DeleteObject",
    "s3:PutObject",
    "s3:GetObject",
    "s3:ListBucket",
    "dynamodb:DeleteItem",
    "dynamodb:PutItem",
    "dynamodb:Scan",
    "dynamodb:GetItem",
    "lambda:InvokeFunction",
    "ec2:RunInstances",
    "ec2:DescribeInstances",
    "sqs:SendMessage",
    "sns:Publish",
    "ses:SendEmail",
    "kinesis:PutRecord",
    "execute-api:Invoke",
];

/// The actions with those first that tell a reader the most.
pub(crate) fn tellingly(actions: &[Action]) -> Vec<Action> {
    let rank = |action: &Action| {
        let name = action.to_string();
        TELLING.iter().position(|own| *own == name).unwrap_or(TELLING.len())
    };
    let mut sorted = actions.to_vec();
    sorted.sort_by_cached_key(|action| (rank(action), action.to_string()));
    sorted
}

/// What a role may do, by access level: how many actions, and some of them.
pub(crate) fn by_level(actions: &[Action], expected: &'static str) -> Evidence {
    const NAMED: usize = 8;
    let levels: BTreeSet<AccessLevel> = actions.iter().map(|own| own.level).collect();
    let services: BTreeSet<&str> = actions.iter().map(|own| own.service).collect();
    let mut observed = serde_json::Map::new();
    observed.insert("actions".to_owned(), json!(actions.len()));
    let services = if services.len() > NAMED { json!(services.len()) } else { json!(services) };
    observed.insert("services".to_owned(), services);
    for level in levels {
        let own: Vec<Action> = actions.iter().filter(|own| own.level == level).copied().collect();
        let names: Vec<String> =
            tellingly(&own).iter().take(NAMED).map(ToString::to_string).collect();
        let shown = json!({ "actions": own.len(), "such as": names });
        observed.insert(level.to_string(), shown);
    }
    Evidence::of::<PolicyDocument>(
        "RoleDetailList[].RolePolicyList, AttachedManagedPolicies",
        observed,
        expected,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_the_most_exists_and_comes_first() {
        let find = |name: &str| Action::find(name).unwrap();
        assert!(TELLING.iter().all(|name| find(name).to_string() == *name));
        let sorted = tellingly(&["a2c:GetContainerizationJobDetails", "s3:GetObject"].map(find));
        assert_eq!(sorted.first().map(ToString::to_string).as_deref(), Some("s3:GetObject"));
    }
}
