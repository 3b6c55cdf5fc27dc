//! AWS WAF for the fake AWS: web ACLs, rule groups, and where web ACLs log.

pub mod stand_in;

use serde_json::{Value, json};

use crate::json::Json;

/// AWS WAF of an account in one region, being filled.
#[derive(Debug)]
pub struct Waf<'a> {
    aws: Json<'a>,
}

impl<'a> Waf<'a> {
    /// Begins.
    pub fn new(aws: Json<'a>) -> Self {
        Self { aws }
    }

    fn call(&self, operation: &str, body: &Value) -> Value {
        self.aws.call("wafv2", &format!("AWSWAF_20190729.{operation}"), body)
    }

    fn made(&self, operation: &str, body: &Value) -> String {
        let answer = self.call(operation, body);
        let arn = answer.pointer("/Summary/ARN").and_then(Value::as_str);
        arn.unwrap_or_else(|| panic!("no ARN in {answer}")).to_owned()
    }

    /// Makes a web ACL that lets through what no rule stops, and gives its ARN.
    pub fn acl(&self, scope: &str, name: &str, metrics: bool, rules: &[Value]) -> String {
        let acl = json!({
            "Name": name, "Scope": scope, "DefaultAction": { "Allow": {} },
            "VisibilityConfig": visibility(name, metrics), "Rules": rules,
        });
        self.made("CreateWebACL", &acl)
    }

    /// Makes a rule group, and gives its ARN.
    pub fn group(&self, name: &str, rules: &[Value]) -> String {
        let group = json!({
            "Name": name, "Scope": "REGIONAL", "Capacity": 100,
            "VisibilityConfig": visibility(name, true), "Rules": rules,
        });
        self.made("CreateRuleGroup", &group)
    }

    /// Has a web ACL of the region log everything.
    pub fn log(&self, acl: &str) {
        let configuration = stand_in::logging(acl, self.aws.region(), self.aws.account());
        self.call("PutLoggingConfiguration", &json!({ "LoggingConfiguration": configuration }));
    }
}

fn visibility(name: &str, metrics: bool) -> Value {
    json!({
        "SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": metrics, "MetricName": name,
    })
}

/// A rule that does this to those who ask too often: `Block`.
pub fn rate(name: &str, action: &str) -> Value {
    json!({
        "Name": name, "Priority": 0, "Action": { action: {} },
        "Statement": { "RateBasedStatement": { "Limit": 1000, "AggregateKeyType": "IP" } },
        "VisibilityConfig": visibility(name, true),
    })
}

/// A rule that puts requests to a group of the account's.
pub fn refers(name: &str, group: &str) -> Value {
    json!({
        "Name": name, "Priority": 1, "OverrideAction": { "None": {} },
        "Statement": { "RuleGroupReferenceStatement": { "ARN": group } },
        "VisibilityConfig": visibility(name, true),
    })
}

/// A rule that puts requests to AWS's group of core rules, one of which only counts.
pub fn core(name: &str, counting: &str) -> Value {
    let action = json!({ "Name": counting, "ActionToUse": { "Count": {} } });
    json!({
        "Name": name, "Priority": 2, "OverrideAction": { "None": {} },
        "Statement": { "ManagedRuleGroupStatement": {
            "VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet",
            "RuleActionOverrides": [action],
        } },
        "VisibilityConfig": visibility(name, true),
    })
}
