//! Where web ACLs log.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::stub::error;

const PATH: &str = "/web_acls/found/1/logging";

/// An account where a listing of logging configurations gets this answer, by whose they are, for eu-west-1.
fn logging(answer: impl Fn(&str) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    but(move |call| {
        let is_ours = call.operation == LOGGING && call.region == "eu-west-1";
        is_ours.then(|| answer(&call.member("LogScope"))).flatten()
    })
}

fn scopes(stub: &Stub) -> Vec<String> {
    let calls = stub.calls(LOGGING).into_iter().filter(|call| call.region == "eu-west-1");
    calls.map(|call| call.member("LogScope")).collect()
}

fn filtered() -> Value {
    let mut log = log("shop");
    log["LoggingFilter"] = json!({
        "DefaultBehavior": "KEEP",
        "Filters": [{
            "Behavior": "DROP",
            "Requirement": "MEETS_ANY",
            "Conditions": [
                { "ActionCondition": { "Action": "BLOCK" } },
                { "LabelNameCondition": { "LabelName": "awswaf:a" } },
                { "BrandNewCondition": {} },
            ],
        }],
    });
    log
}

#[tokio::test]
async fn one_listing_is_enough_where_all_log_everything() {
    let stub = logging(|_| None);
    wafv2(&stub).await;
    assert_eq!(scopes(&stub), ["CUSTOMER"]);
}

#[tokio::test]
async fn others_than_the_owner_may_have_a_web_acl_log() {
    let stub = logging(|scope| match scope {
        "SECURITY_LAKE" => Some(logs(&[log("shop")], None)),
        _ => Some(logs(&[], None)),
    });
    assert_eq!(at(&stub, PATH).await["set"][0]["owner"], "SECURITY_LAKE");
    assert_eq!(scopes(&stub).len(), 3);
}

#[tokio::test]
async fn a_web_acl_that_is_in_no_listing_does_not_log() {
    assert_eq!(at(&logging(|_| Some(logs(&[], None))), PATH).await, "not_set");
    let none = |_: &str| Some(error(400, "WAFNonexistentItemException"));
    assert_eq!(at(&logging(none), PATH).await, "not_set");
}

#[tokio::test]
async fn a_filter_is_read() {
    let stub = logging(|scope| (scope == "CUSTOMER").then(|| logs(&[filtered()], None)));
    assert_eq!(
        at(&stub, PATH).await["set"][0]["filter"],
        json!({
            "rules": [{
                "behavior": "DROP",
                "requirement": "MEETS_ANY",
                "conditions": [{ "action": "BLOCK" }, { "label": "awswaf:a" }, "other"],
            }],
            "otherwise": "KEEP",
        })
    );
    assert_eq!(scopes(&stub).len(), 3);
}

#[tokio::test]
async fn what_could_not_be_listed_counts_for_those_that_are_not_known_to_log_everything() {
    let stub = but(|call| match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => Some(acls(&[&arn("shop"), &arn("b")], None)),
        LOGGING if call.region == "us-east-1" => None,
        LOGGING if call.member("NextMarker").is_empty() => Some(logs(&[log("shop")], Some("2"))),
        LOGGING => Some(error(400, "AccessDeniedException")),
        _ => None,
    });
    let acls = at(&stub, "/web_acls/found").await;
    assert!(acls[1]["logging"].get("set").is_some());
    assert_eq!(acls[2]["logging"]["unknown"]["action"], "wafv2:ListLoggingConfigurations");
    // Where another may have it log the rest, a filter decides nothing.
    let stub = logging(|scope| match scope {
        "CUSTOMER" => Some(logs(&[filtered()], None)),
        _ => Some(error(400, "AccessDeniedException")),
    });
    assert_eq!(at(&stub, PATH).await["unknown"]["reason"], "access_denied");
}
