//! EC2 as it is collected, and what an account answers where a test says nothing else.

mod account;
mod calls;
mod closed;
mod endpoints;
mod filters;
mod interfaces;
mod kinds;
mod listing;
mod lists;
mod malformed;
mod networks;
mod settings;
mod templates;

use serde_json::Value;

pub(super) use account::{response, usual};

use super::{
    stub::{Answer, Call, Stub},
    written,
};

/// An account with a VPC and an interface in eu-west-1, where one operation of EC2 gets this answer there.
fn with(operation: &'static str, answer: impl Fn() -> Answer + Send + Sync + 'static) -> Stub {
    answering(move |call| (call.name() == operation).then(&answer))
}

/// The same account, where EC2 gives other answers to some calls.
fn answering(other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    let is_here = |call: &Call| call.service() == "ec2" && call.region == "eu-west-1";
    Stub::new(move |call| {
        let other = if is_here(call) { other(call) } else { None };
        other.unwrap_or_else(|| account::inhabited(call))
    })
    .regions(["eu-west-1"])
}

/// EC2 as the snapshot has it.
async fn ec2(stub: &Stub) -> Value {
    written(stub.collect().await.ec2)
}

/// A part of it.
async fn at(stub: &Stub, path: &str) -> Value {
    ec2(stub).await.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}
