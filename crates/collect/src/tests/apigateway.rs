//! API Gateway as it is collected.

mod account;
mod calls;
mod domains;
mod gone;
mod listing;
mod malformed;
mod refused;
mod rest;
mod secrets;
mod v2;

use serde_json::Value;

use super::{
    stub::{Answer, Call, Stub},
    written,
};
use account::account;

const LIST_REST: &str = "apigateway:GetRestApis";
const REST: &str = "apigateway:GetRestApi";
const RESOURCES: &str = "apigateway:GetResources";
const STAGES: &str = "apigateway:GetStages";
const DEPLOYMENT: &str = "apigateway:GetDeployment";
const AUTHORIZERS: &str = "apigateway:GetAuthorizers";
const RESPONSES: &str = "apigateway:GetGatewayResponses";
const LIST_DOMAINS: &str = "apigateway:GetDomainNames";
const DOMAIN: &str = "apigateway:GetDomainName";
const BASE_PATHS: &str = "apigateway:GetBasePathMappings";
const PLANS: &str = "apigateway:GetUsagePlans";
const ACCOUNT: &str = "apigateway:GetAccount";
const LIST_APIS: &str = "apigatewayv2:GetApis";
const API: &str = "apigatewayv2:GetApi";
const ROUTES: &str = "apigatewayv2:GetRoutes";
const V2_STAGES: &str = "apigatewayv2:GetStages";
const V2_AUTHORIZERS: &str = "apigatewayv2:GetAuthorizers";
const INTEGRATIONS: &str = "apigatewayv2:GetIntegrations";
const MAPPINGS: &str = "apigatewayv2:GetApiMappings";

/// An account where some calls get other answers.
fn but(other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    Stub::new(account).instead(other)
}

/// An account where one operation gets this answer, in the region that has APIs.
fn with(operation: &'static str, answer: Answer) -> Stub {
    but(move |call| {
        (call.operation == operation && call.region == "eu-west-1").then(|| answer.clone())
    })
}

/// API Gateway as the snapshot has it.
async fn apigateway(stub: &Stub) -> Value {
    written(stub.collect().await.apigateway)
}

/// A part of it.
async fn at(stub: &Stub, path: &str) -> Value {
    apigateway(stub).await.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}

/// The names of what was found of one kind.
fn names(listed: &Value) -> Vec<&str> {
    let found = listed["found"].as_array().unwrap();
    found.iter().map(|item| item["name"].as_str().unwrap()).collect()
}
