//! Policies as JSON.

use serde_json::{Value, json};

/// A policy of statements.
#[expect(clippy::needless_pass_by_value, reason = "statements are written where they are used")]
pub fn policy(statements: Value) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// Allows actions, one or a list, on a resource.
pub fn allow(actions: impl Into<Value>, resource: &str) -> Value {
    policy(json!([{ "Effect": "Allow", "Action": actions.into(), "Resource": resource }]))
}

/// All of everything.
pub fn everything() -> Value {
    allow("*", "*")
}

/// Trusts a principal.
pub fn trust(principal: &Value) -> Value {
    trust_if(principal, &json!({}))
}

/// Trusts a principal under conditions.
pub fn trust_if(principal: &Value, conditions: &Value) -> Value {
    let federated = principal.get("Federated").and_then(Value::as_str);
    let action = match federated {
        Some(provider) if provider.contains(":saml-provider/") => "sts:AssumeRoleWithSAML",
        Some(_) => "sts:AssumeRoleWithWebIdentity",
        None => "sts:AssumeRole",
    };
    let mut statement = json!({ "Effect": "Allow", "Principal": principal, "Action": action });
    if conditions.as_object().is_some_and(|all| !all.is_empty())
        && let Some(fields) = statement.as_object_mut()
    {
        fields.insert("Condition".to_owned(), conditions.clone());
    }
    policy(json!([statement]))
}

/// Trusts a service: `service("lambda")`.
pub fn service(name: &str) -> Value {
    trust(&json!({ "Service": format!("{name}.amazonaws.com") }))
}

/// Trusts an account to say who of it may come.
pub fn account(id: &str) -> Value {
    trust(&json!({ "AWS": format!("arn:aws:iam::{id}:root") }))
}
