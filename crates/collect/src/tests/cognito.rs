//! Cognito as it is collected.

mod account;
mod calls;
mod clients;
mod gone;
mod identity_pools;
mod listing;
mod malformed;
mod pools;
mod refused;
mod risk;
mod secrets;
mod settings;
mod spent;
mod text;

use serde_json::Value;

use super::{
    stub::{Answer, Call, Stub},
    written,
};
use account::account;

const LIST_POOLS: &str = "cognitoidentityprovider:ListUserPools";
const POOL: &str = "cognitoidentityprovider:DescribeUserPool";
const MFA: &str = "cognitoidentityprovider:GetUserPoolMfaConfig";
const RISK: &str = "cognitoidentityprovider:DescribeRiskConfiguration";
const LIST_CLIENTS: &str = "cognitoidentityprovider:ListUserPoolClients";
const CLIENT: &str = "cognitoidentityprovider:DescribeUserPoolClient";
const PROVIDERS: &str = "cognitoidentityprovider:ListIdentityProviders";
const LOGS: &str = "cognitoidentityprovider:GetLogDeliveryConfiguration";
const WEB_ACL: &str = "wafv2:GetWebACLForResource";
const LIST_IDENTITY_POOLS: &str = "cognitoidentity:ListIdentityPools";
const IDENTITY_POOL: &str = "cognitoidentity:DescribeIdentityPool";
const ROLES: &str = "cognitoidentity:GetIdentityPoolRoles";
const ATTRIBUTES: &str = "sns:GetSMSAttributes";
const SANDBOX: &str = "sns:GetSMSSandboxAccountStatus";
const LIMITS: &str = "pinpointsmsvoicev2:DescribeSpendLimits";
const SPENT: &str = "cloudwatch:GetMetricStatistics";

/// An account where some calls get other answers.
fn but(other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    Stub::new(account).instead(other)
}

/// An account where one operation gets this answer.
fn with(operation: &'static str, answer: Answer) -> Stub {
    but(move |call| (call.operation == operation).then(|| answer.clone()))
}

/// Cognito as the snapshot has it.
async fn cognito(stub: &Stub) -> Value {
    written(stub.collect().await.cognito)
}

/// A part of it.
async fn at(stub: &Stub, path: &str) -> Value {
    cognito(stub).await.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}

/// The ids of what was found of one kind.
fn ids(listed: &Value) -> Vec<&str> {
    let found = listed["found"].as_array().unwrap();
    found.iter().map(|item| item["id"].as_str().unwrap()).collect()
}
