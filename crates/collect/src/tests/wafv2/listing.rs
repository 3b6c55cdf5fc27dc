//! Scopes, regions and pages, and what one failure costs.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::stub::error;

/// Scope and region of each call.
fn asked(stub: &Stub, operation: &str) -> Vec<(String, String)> {
    let mut asked: Vec<_> =
        stub.calls(operation).into_iter().map(|call| (call.member("Scope"), call.region)).collect();
    asked.sort();
    asked
}

#[tokio::test]
async fn a_scan_of_another_region_has_what_is_for_cloudfront() {
    let stub = Stub::new(account).regions(["eu-west-1"]);
    let wafv2 = wafv2(&stub).await;
    assert_eq!(ids(&wafv2["web_acls"]), ["edge", "shop"]);
    assert_eq!(ids(&wafv2["rule_groups"]), ["edge", "shop"]);
    let found = wafv2["web_acls"]["found"].as_array().unwrap().iter();
    let places: Vec<_> = found.clone().map(|acl| (&acl["scope"], &acl["region"])).collect();
    assert_eq!(
        places,
        [(&json!("CLOUDFRONT"), &json!("us-east-1")), (&json!("REGIONAL"), &json!("eu-west-1")),]
    );
    assert!(found.clone().all(|acl| acl["settings"].get("set").is_some()));
    for operation in [LIST, ACL, GROUPS, GROUP] {
        let pairs = [("CLOUDFRONT", "us-east-1"), ("REGIONAL", "eu-west-1")];
        let pairs = pairs.map(|(scope, region)| (scope.to_owned(), region.to_owned()));
        assert_eq!(asked(&stub, operation), pairs, "{operation}");
    }
}

#[tokio::test]
async fn both_scopes_are_asked_where_us_east_1_is_looked_at() {
    let stub = Stub::new(account).regions(["us-east-1"]);
    assert_eq!(ids(&wafv2(&stub).await["web_acls"]), ["edge"]);
    assert_eq!(asked(&stub, LIST).len(), 2);
}

#[tokio::test]
async fn all_pages_are_read() {
    let all: Vec<String> = (0..230).map(|index| format!("acl{index}")).collect();
    let listed = all.clone();
    let stub = but(move |call| {
        if call.member("Scope") != "REGIONAL" {
            return None;
        }
        let (from, to, next) = match call.member("NextMarker").as_str() {
            "" => (0, 100, Some("100")),
            "100" => (100, 200, Some("200")),
            // AWS WAF may name a next page that has nothing.
            "200" => (200, 230, Some("230")),
            _ => (230, 230, None),
        };
        let arns: Vec<String> = listed[from..to].iter().map(|id| arn(id)).collect();
        let arns: Vec<&str> = arns.iter().map(String::as_str).collect();
        match call.operation.as_str() {
            LIST => Some(acls(&arns, next)),
            GROUPS => Some(groups(&arns, next)),
            _ => None,
        }
    });
    let wafv2 = wafv2(&stub).await;
    for kind in ["web_acls", "rule_groups"] {
        assert_eq!(ids(&wafv2[kind])[1..], all, "{kind}");
        assert_eq!(wafv2[kind]["gaps"], json!([]));
    }
    assert_eq!([ACL, GROUP].map(|it| stub.calls(it).len()), [231, 231]);
    assert!(stub.calls(LIST).iter().all(|call| call.body.contains(r#""Limit":100"#)));
}

#[tokio::test]
async fn one_places_refusal_costs_that_place_alone() {
    for (scope, region, arn, left) in [
        ("CLOUDFRONT", json!(null), "us-east-1:111122223333:global/webacl/*", "shop"),
        ("REGIONAL", json!("eu-west-1"), "eu-west-1:111122223333:regional/webacl/*", "edge"),
    ] {
        let stub = but(move |call| {
            (call.operation == LIST && call.member("Scope") == scope)
                .then(|| error(400, "AccessDeniedException"))
        });
        let listed = at(&stub, "/web_acls").await;
        assert_eq!(ids(&listed), [left]);
        let gap = &listed["gaps"][0];
        assert_eq!(gap["arn"], format!("arn:aws:wafv2:{arn}"));
        assert_eq!(gap["region"], region);
        assert_eq!(gap["unknown"]["action"], "wafv2:ListWebACLs");
        assert_eq!(gap["unknown"]["reason"], "access_denied");
    }
}

#[tokio::test]
async fn what_cannot_be_read_leaves_the_others() {
    let stub = but(|call| match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => Some(acls(&[&arn("a"), &arn("b")], None)),
        ACL if call.member("Id") == "a" => Some(error(400, "AccessDeniedException")),
        _ => None,
    });
    let listed = at(&stub, "/web_acls").await;
    assert_eq!(ids(&listed), ["edge", "a", "b"]);
    let of = |index: usize| -> &Value { &listed["found"][index]["settings"] };
    assert_eq!(of(1)["unknown"]["action"], "wafv2:GetWebACL");
    assert!(of(0).get("set").is_some() && of(2).get("set").is_some());
    assert!(listed["found"][1]["protects"].get("set").is_some());
}

#[tokio::test]
async fn where_the_regions_cannot_be_listed_there_may_be_more() {
    let stub = Stub::new(account).instead(|call| {
        (call.operation == "ec2:DescribeRegions").then(|| error(403, "UnauthorizedOperation"))
    });
    let wafv2 = wafv2(&stub).await;
    for (kind, arn) in [
        ("web_acls", "arn:aws:wafv2:*:111122223333:regional/webacl/*"),
        ("rule_groups", "arn:aws:wafv2:*:111122223333:regional/rulegroup/*"),
        ("classic_regional", "arn:aws:waf-regional:*:111122223333:webacl/*"),
    ] {
        let gap = &wafv2[kind]["gaps"][0];
        assert_eq!((&gap["arn"], &gap["region"]), (&json!(arn), &json!(null)));
        assert_eq!(gap["unknown"]["action"], "ec2:DescribeRegions");
    }
}
