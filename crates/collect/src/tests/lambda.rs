//! Lambda as it is collected.

mod account;
mod calls;
mod functions;
mod layers;
mod policies;
mod urls;

use serde_json::Value;

use super::{
    stub::{Answer, Call, Stub},
    written,
};
use account::account;

const LIST: &str = "lambda:ListFunctions";
const ALIASES: &str = "lambda:ListAliases";
const URLS: &str = "lambda:ListFunctionUrlConfigs";
const POLICY: &str = "lambda:GetPolicy";
const LAYERS: &str = "lambda:ListLayers";
const VERSIONS: &str = "lambda:ListLayerVersions";
const LAYER_POLICY: &str = "lambda:GetLayerVersionPolicy";

/// An account where some calls get other answers.
fn but(other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    Stub::new(account).instead(other)
}

/// An account where one operation gets this answer, in the region that has functions.
fn with(operation: &'static str, answer: Answer) -> Stub {
    but(move |call| {
        (call.operation == operation && call.region == "eu-west-1").then(|| answer.clone())
    })
}

/// A part of Lambda as the snapshot has it.
async fn at(stub: &Stub, path: &str) -> Value {
    let lambda = written(stub.collect().await.lambda);
    lambda.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}

/// The names of what was found of one kind.
fn names(listed: &Value) -> Vec<&str> {
    let found = listed["found"].as_array().unwrap();
    found.iter().map(|item| item["name"].as_str().unwrap()).collect()
}
