//! Stacks as they are collected.

mod account;
mod calls;
mod gone;
mod listing;
mod malformed;
mod refused;
mod secrets;
mod stacks;
mod templates;

use serde_json::Value;

use super::{
    stub::{Answer, Call, Stub},
    written,
};
use account::account;

const STACKS: &str = "cloudformation:DescribeStacks";
const TEMPLATE: &str = "cloudformation:GetTemplate";
const POLICY: &str = "cloudformation:GetStackPolicy";

/// An account where some calls get other answers.
fn but(other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    Stub::new(account).instead(other)
}

/// An account where one operation gets this answer.
fn with(operation: &'static str, answer: Answer) -> Stub {
    but(move |call| (call.operation == operation).then(|| answer.clone()))
}

/// The stacks as the snapshot has them.
async fn stacks(stub: &Stub) -> Value {
    written(Box::pin(stub.collect()).await.cloudformation.stacks)
}

/// A part of them.
async fn at(stub: &Stub, path: &str) -> Value {
    stacks(stub).await.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}

/// The names of what was found.
fn names(listed: &Value) -> Vec<&str> {
    let found = listed["found"].as_array().unwrap();
    found.iter().map(|item| item["name"].as_str().unwrap()).collect()
}
