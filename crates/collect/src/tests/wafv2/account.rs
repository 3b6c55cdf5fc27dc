//! What an account of one web ACL for CloudFront and one in eu-west-1 answers where a test says nothing else.
//!
//! Each has a rule, logs, and a rule group beside it.

use serde_json::{Value, json};

use super::*;
use crate::tests::{account::usual, stub::ok};

pub(super) fn account(call: &Call) -> Answer {
    let is_edge = call.member("Scope") == "CLOUDFRONT";
    let id = if is_edge { "edge" } else { "shop" };
    let is_here = is_edge || call.region == "eu-west-1";
    match call.operation.as_str() {
        LIST if is_here => acls(&[&arn(id)], None),
        ACL => json_answer(&json!({ "WebACL": acl(&call.member("Id")) })),
        LOGGING if call.member("LogScope") == "CUSTOMER" => logs(&[log(id)], None),
        LOGGING => logs(&[], None),
        RESOURCES if call.member("ResourceType") == "APPLICATION_LOAD_BALANCER" => {
            json_answer(&json!({ "ResourceArns": [BALANCER] }))
        }
        RESOURCES => json_answer(&json!({ "ResourceArns": [] })),
        GROUPS if is_here => groups(&[&arn(id).replace("webacl", "rulegroup")], None),
        GROUP => json_answer(&json!({ "RuleGroup": {
            "Name": "group",
            "Id": call.member("Id"),
            "ARN": arn("group").replace("webacl", "rulegroup"),
            "Capacity": 1,
            "VisibilityConfig": visibility(),
        } })),
        MANAGED => json_answer(&json!({ "Rules": [{ "Name": "a", "Action": { "Block": {} } }] })),
        _ => usual(call),
    }
}

pub(super) const BALANCER: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1";

pub(super) const LOG_GROUP: &str = "arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-a";

pub(super) fn json_answer(body: &Value) -> Answer {
    ok(body.to_string())
}

/// A web ACL by its id: `edge` is for CloudFront.
pub(super) fn arn(id: &str) -> String {
    let scope = if id == "edge" {
        "us-east-1:111122223333:global"
    } else {
        "eu-west-1:111122223333:regional"
    };
    format!("arn:aws:wafv2:{scope}/webacl/{id}-acl/{id}")
}

/// An item of a listing by its ARN.
fn named(arn: &str) -> Value {
    let mut parts = arn.rsplit('/');
    json!({ "ARN": arn, "Id": parts.next(), "Name": parts.next() })
}

pub(super) fn acls(arns: &[&str], next: Option<&str>) -> Answer {
    let all: Vec<Value> = arns.iter().map(|arn| named(arn)).collect();
    json_answer(&json!({ "WebACLs": all, "NextMarker": next }))
}

pub(super) fn groups(arns: &[&str], next: Option<&str>) -> Answer {
    let all: Vec<Value> = arns.iter().map(|arn| named(arn)).collect();
    json_answer(&json!({ "RuleGroups": all, "NextMarker": next }))
}

/// A web ACL as `GetWebACL` has it.
pub(super) fn acl(id: &str) -> Value {
    json!({
        "Name": format!("{id}-acl"),
        "Id": id,
        "ARN": arn(id),
        "DefaultAction": { "Allow": {} },
        "Rules": [rule(&json!({ "GeoMatchStatement": { "CountryCodes": ["AQ"] } }))],
        "VisibilityConfig": visibility(),
        "Capacity": 1,
    })
}

pub(super) fn rule(statement: &Value) -> Value {
    json!({
        "Name": "first",
        "Priority": 0,
        "Statement": statement,
        "Action": { "Block": {} },
        "VisibilityConfig": visibility(),
    })
}

pub(super) fn visibility() -> Value {
    json!({
        "SampledRequestsEnabled": true,
        "CloudWatchMetricsEnabled": true,
        "MetricName": "shop",
    })
}

pub(super) fn log(id: &str) -> Value {
    json!({ "ResourceArn": arn(id), "LogDestinationConfigs": [LOG_GROUP] })
}

pub(super) fn logs(all: &[Value], next: Option<&str>) -> Answer {
    json_answer(&json!({ "LoggingConfigurations": all, "NextMarker": next }))
}
