//! What is read of a web ACL and of its rules.

use serde_json::{Value, json};

use super::{account::*, *};

/// The settings of the web ACL in eu-west-1, with these members besides.
async fn settings(also: Value) -> Value {
    let stub = but(move |call| {
        (call.operation == ACL).then(|| {
            let mut acl = acl("shop");
            acl.as_object_mut().unwrap().extend(also.as_object().unwrap().clone());
            json_answer(&json!({ "WebACL": acl }))
        })
    });
    at(&stub, "/web_acls/found/1/settings").await
}

/// A statement of AWS's as it is read.
async fn statement(statement: Value) -> Value {
    let settings = settings(json!({ "Rules": [rule(&statement)] })).await;
    settings["set"]["rules"][0]["statement"].clone()
}

#[tokio::test]
async fn a_web_acl_is_read() {
    let seen = json!({ "metrics": true, "metric_name": "shop", "samples": true });
    assert_eq!(
        at(&Stub::new(account).regions(["eu-west-1"]), "/web_acls/found/1").await,
        json!({
            "arn": arn("shop"),
            "id": "shop",
            "name": "shop-acl",
            "scope": "REGIONAL",
            "region": "eu-west-1",
            "settings": { "set": {
                "default_action": "ALLOW",
                "rules": [{
                    "name": "first",
                    "priority": 0,
                    "statement": { "match": "GeoMatchStatement" },
                    "action": "BLOCK",
                    "override_action": null,
                    "visibility": seen,
                }],
                "first_groups": [],
                "last_groups": [],
                "visibility": seen,
                "managed_by_firewall_manager": false,
            } },
            "overridden_groups": [],
            "logging": { "set": [{
                "owner": "CUSTOMER",
                "destinations": [LOG_GROUP],
                "managed_by_firewall_manager": false,
                "filter": null,
            }] },
            "protects": { "set": [BALANCER] },
        })
    );
}

#[tokio::test]
async fn nested_statements_are_read_without_what_they_look_for() {
    let bytes = json!({ "ByteMatchStatement": {
        "SearchString": "bm90IGZvciBhbnkgaW52ZW50b3J5",
        "FieldToMatch": { "SingleHeader": { "Name": "x-from" } },
        "TextTransformations": [{ "Priority": 0, "Type": "NONE" }],
        "PositionalConstraint": "EXACTLY",
    } });
    let read = statement(json!({ "RateBasedStatement": {
        "Limit": 100,
        "AggregateKeyType": "IP",
        "ScopeDownStatement": { "AndStatement": { "Statements": [
            { "NotStatement": { "Statement": bytes } },
            { "OrStatement": { "Statements": [
                { "RegexMatchStatement": {
                    "RegexString": "not for any inventory",
                    "FieldToMatch": { "UriPath": {} },
                    "TextTransformations": [],
                } },
                { "BrandNewStatement": {} },
            ] } },
        ] } },
    } }))
    .await;
    assert_eq!(
        read,
        json!({ "rate_based": {
            "limit": 100,
            "window": null,
            "aggregate": "IP",
            "scope_down": { "and": [
                { "not": { "match": "ByteMatchStatement" } },
                { "or": [{ "match": "RegexMatchStatement" }, "other"] },
            ] },
        } })
    );
}

#[tokio::test]
async fn groups_are_read_with_what_is_overridden() {
    assert_eq!(
        statement(json!({ "ManagedRuleGroupStatement": {
            "VendorName": "AWS",
            "Name": "AWSManagedRulesCommonRuleSet",
            "Version": "Version_1.0",
            "ExcludedRules": [{ "Name": "old" }],
            "RuleActionOverrides": [
                { "Name": "a", "ActionToUse": { "Count": {} } },
                { "Name": "b", "ActionToUse": { "BrandNew": {} } },
            ],
        } }))
        .await,
        json!({ "managed_rule_group": {
            "vendor": "AWS",
            "name": "AWSManagedRulesCommonRuleSet",
            "version": "Version_1.0",
            "excluded": ["old"],
            "overrides": [{ "rule": "a", "action": "COUNT" }, { "rule": "b", "action": "UNKNOWN" }],
            "scope_down": null,
        } })
    );
    let group = arn("group").replace("webacl", "rulegroup");
    assert_eq!(
        statement(json!({ "RuleGroupReferenceStatement": { "ARN": group } })).await,
        json!({ "rule_group": { "arn": group, "excluded": [], "overrides": [] } })
    );
}

#[tokio::test]
async fn a_managed_group_is_asked_about_once_where_rules_of_it_are_overridden() {
    let group = |name: &str, overrides: Value| {
        rule(&json!({ "ManagedRuleGroupStatement": {
            "VendorName": "AWS",
            "Name": name,
            "RuleActionOverrides": overrides,
        } }))
    };
    let stub = but(move |call| {
        (call.operation == ACL).then(|| {
            let count = json!([{ "Name": "a", "ActionToUse": { "Count": {} } }]);
            let changed = group("changed", count);
            let mut acl = acl(&call.member("Id"));
            acl["Rules"] = json!([group("plain", json!([])), changed, changed]);
            json_answer(&json!({ "WebACL": acl }))
        })
    })
    .only(["wafv2:DescribeManagedRuleGroup"]);
    assert_eq!(
        at(&stub, "/web_acls/found/1/overridden_groups").await,
        json!([{
            "vendor": "AWS",
            "name": "changed",
            "version": null,
            "rules": { "set": [{ "name": "a", "action": "BLOCK" }] },
        }])
    );
    let asked = stub.calls(MANAGED);
    assert_eq!(asked.len(), 2);
    assert!(asked.iter().all(|call| call.member("Name") == "changed"));
}

#[tokio::test]
async fn what_firewall_manager_put_in_is_read() {
    let group = |name: &str| {
        json!([{
            "Name": name,
            "Priority": 1,
            "FirewallManagerStatement": {
                "ManagedRuleGroupStatement": { "VendorName": "AWS", "Name": "set" },
            },
            "OverrideAction": { "Count": {} },
            "VisibilityConfig": visibility(),
        }])
    };
    let read = settings(json!({
        "Rules": null,
        "DefaultAction": { "Block": {} },
        "PreProcessFirewallManagerRuleGroups": group("before"),
        "PostProcessFirewallManagerRuleGroups": group("behind"),
        "ManagedByFirewallManager": true,
    }))
    .await;
    let read = &read["set"];
    assert_eq!((&read["rules"], &read["default_action"]), (&json!([]), &json!("BLOCK")));
    for (place, name) in [("first_groups", "before"), ("last_groups", "behind")] {
        let group = &read[place][0];
        assert_eq!((&group["name"], &group["override_action"]), (&json!(name), &json!("COUNT")));
        assert_eq!(group["statement"]["managed_rule_group"]["vendor"], "AWS");
    }
    assert_eq!(read["managed_by_firewall_manager"], true);
}
