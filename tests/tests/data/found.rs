//! What findings are about, and what they are not about.

use std::collections::BTreeSet;

use awspect_tests::{report::text, run::findings};
use serde_json::Value;

use crate::world::{FAR, HOME, STRANGER, report, statuses};

/// The finding of a rule on a table of the first region, or nothing.
fn finding(rule: &str, name: &str) -> &'static Value {
    let is_meant = |it: &&Value| {
        text(it, "/rule") == rule
            && text(it, "/resource/name") == name
            && text(it, "/resource/region") == HOME
    };
    findings(report()).iter().find(is_meant).unwrap_or(&Value::Null)
}

#[test]
fn the_key_that_aws_manages_is_no_customers() {
    let rule = "dynamodb/table-encryption-cmk";
    let found = finding(rule, "managed");
    assert_eq!((text(found, "/status"), text(found, "/severity")), ("fail", "info"));
    assert_eq!(found["evidence"][0]["observed"]["KeyManager"], "AWS");
    // A key of one's own counts, working or not: that is another rule's.
    assert_eq!(statuses(report(), rule, HOME, "locked"), ["pass"].into());
    // Without any setting DynamoDB's own key encrypts.
    assert_eq!(statuses(report(), rule, HOME, "careless"), ["fail"].into());
    let inaccessible = "dynamodb/table-kms-key-inaccessible";
    for table in ["managed", "careless"] {
        assert_eq!(statuses(report(), inaccessible, HOME, table), BTreeSet::new(), "{table}");
    }
}

#[test]
fn the_public_and_a_stranger_are_two_findings() {
    let cross_account = "dynamodb/table-policy-cross-account";
    let public = "dynamodb/table-policy-public";
    for (table, of_public, of_stranger) in
        [("careless", "fail", "pass"), ("guest", "pass", "fail"), ("tidy", "pass", "pass")]
    {
        assert_eq!(statuses(report(), public, HOME, table), [of_public].into(), "{table}");
        assert_eq!(statuses(report(), cross_account, HOME, table), [of_stranger].into(), "{table}");
    }
    assert_eq!(text(finding(public, "careless"), "/severity"), "critical");
    assert!(finding(cross_account, "guest")["evidence"].to_string().contains(STRANGER));
}

#[test]
fn a_stream_has_a_policy_of_its_own() {
    let rule = "dynamodb/table-policy-public";
    let own = findings(report())
        .iter()
        .filter(|it| text(it, "/rule") == rule && text(it, "/resource/name") == "watched");
    let told: BTreeSet<(bool, &str)> = own
        .map(|it| (text(it, "/resource/arn").contains("/stream/"), text(it, "/status")))
        .collect();
    assert_eq!(told, [(false, "pass"), (true, "fail")].into());
}

#[test]
fn an_export_without_an_owner_is_found_by_its_bucket() {
    let rule = "dynamodb/export-target";
    assert_eq!(statuses(report(), rule, HOME, "handed"), ["pass"].into());
    // And one that was never exported has nothing to show.
    assert_eq!(finding(rule, "scaled")["evidence"], Value::Array(vec![]));
}

#[test]
fn replicas_are_compared_with_each_other() {
    let rule = "dynamodb/global-table-replica-settings";
    for region in [HOME, FAR] {
        assert_eq!(statuses(report(), rule, region, "even"), ["pass"].into(), "{region}");
    }
    let evidence = finding(rule, "uneven")["evidence"].as_array().unwrap();
    let regions = ["ENABLED in", "true in"].map(|word| {
        let fact = evidence.iter().find_map(|it| it["observed"].get(word));
        fact.cloned().unwrap()
    });
    assert_eq!(regions, [serde_json::json!([FAR]), serde_json::json!([FAR])]);
    assert_eq!(statuses(report(), rule, HOME, "tidy"), BTreeSet::new());
}
