//! What web ACLs protect.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::error;

const PATH: &str = "/web_acls/found/1/protects";

/// The kinds that were asked for in eu-west-1.
fn kinds(stub: &Stub) -> usize {
    stub.calls(RESOURCES).iter().filter(|call| call.region == "eu-west-1").count()
}

#[tokio::test]
async fn the_first_kind_that_is_protected_is_enough() {
    let stub = but(|call| match call.member("ResourceType").as_str() {
        "APPLICATION_LOAD_BALANCER" => Some(error(400, "AccessDeniedException")),
        "API_GATEWAY" => Some(json_answer(&json!({ "ResourceArns": [BALANCER] }))),
        _ => None,
    });
    assert_eq!(at(&stub, PATH).await, json!({ "set": [BALANCER] }));
    assert_eq!(kinds(&stub), 2);
}

#[tokio::test]
async fn a_web_acl_that_protects_nothing_is_asked_for_every_kind() {
    let stub = with(RESOURCES, json_answer(&json!({ "ResourceArns": [] })));
    assert_eq!(at(&stub, PATH).await, "not_set");
    assert_eq!(kinds(&stub), 7);
}

#[tokio::test]
async fn where_one_kind_is_refused_and_no_other_is_protected_nobody_knows() {
    let stub = but(|call| match call.member("ResourceType").as_str() {
        "API_GATEWAY" => Some(error(400, "AccessDeniedException")),
        "" => None,
        _ => Some(json_answer(&json!({ "ResourceArns": [] }))),
    });
    let fact = at(&stub, PATH).await;
    assert_eq!(fact["unknown"]["action"], "wafv2:ListResourcesForWebACL");
    assert_eq!(kinds(&stub), 7);
}

#[tokio::test]
async fn one_for_cloudfront_is_asked_for_what_does_not_name_it_itself() {
    let stub = Stub::new(account).regions(["eu-west-1"]);
    assert_eq!(at(&stub, "/web_acls/found/0/protects").await, "not_set");
    let calls = stub.calls(RESOURCES).into_iter().filter(|call| call.region == "us-east-1");
    assert_eq!(calls.map(|call| call.member("ResourceType")).collect::<Vec<_>>(), ["AMPLIFY"]);
}
