//! AWS WAF as it is collected.

mod account;
mod calls;
mod classic;
mod gone;
mod listing;
mod logging;
mod malformed;
mod protects;
mod refused;
mod rules;

use serde_json::Value;

use super::{
    stub::{Answer, Call, Stub},
    written,
};
use account::account;

const LIST: &str = "wafv2:ListWebACLs";
const ACL: &str = "wafv2:GetWebACL";
const LOGGING: &str = "wafv2:ListLoggingConfigurations";
const RESOURCES: &str = "wafv2:ListResourcesForWebACL";
const GROUPS: &str = "wafv2:ListRuleGroups";
const GROUP: &str = "wafv2:GetRuleGroup";
const MANAGED: &str = "wafv2:DescribeManagedRuleGroup";
const CLASSIC: &str = "waf:ListWebACLs";
const CLASSIC_REGIONAL: &str = "wafregional:ListWebACLs";

/// An account where some calls get other answers.
fn but(other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    Stub::new(account).regions(["eu-west-1"]).instead(other)
}

/// An account where one operation gets this answer.
fn with(operation: &'static str, answer: Answer) -> Stub {
    but(move |call| (call.operation == operation).then(|| answer.clone()))
}

/// AWS WAF as the snapshot has it.
async fn wafv2(stub: &Stub) -> Value {
    written(stub.collect().await.wafv2)
}

/// A part of it.
async fn at(stub: &Stub, path: &str) -> Value {
    wafv2(stub).await.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}

/// The ids of what was found of one kind.
fn ids(listed: &Value) -> Vec<&str> {
    let found = listed["found"].as_array().unwrap();
    found.iter().map(|item| item["id"].as_str().unwrap()).collect()
}
