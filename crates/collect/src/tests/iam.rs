//! IAM as it is collected, and what an account of one of each kind answers where a test says nothing else.

mod account;
mod calls;
mod details;
mod documents;
mod last_accessed;
mod malformed;
mod mfa;
mod providers;
mod refused;
mod report;
mod rows;
mod settings;

use serde_json::Value;

pub(super) use account::usual;

use super::{
    stub::{Answer, Stub},
    written,
};

/// An account where one operation gets this answer.
fn with(operation: &'static str, answer: impl Fn() -> Answer + Send + Sync + 'static) -> Stub {
    Stub::new(
        move |call| {
            if call.operation == operation { answer() } else { super::account::usual(call) }
        },
    )
}

/// An account where `GetAccountAuthorizationDetails` gets this answer for one kind.
fn with_details(kind: &'static str, answer: impl Fn() -> Answer + Send + Sync + 'static) -> Stub {
    Stub::new(move |call| match call.parameter("Filter.member.1") {
        filter if filter == kind => answer(),
        _ => super::account::usual(call),
    })
}

/// IAM as the snapshot has it.
async fn iam(stub: &Stub) -> Value {
    written(stub.collect().await.iam)
}

/// A part of it.
async fn at(stub: &Stub, path: &str) -> Value {
    iam(stub).await.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}
