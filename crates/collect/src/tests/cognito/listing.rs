//! Pages, regions, and what one item's trouble costs.

use std::collections::BTreeSet;

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::error;

#[tokio::test]
async fn all_pages_of_pools_are_read() {
    let stub = but(|call| match (call.operation.as_str(), call.member("NextToken").as_str()) {
        (LIST_POOLS, "") if call.region == "eu-west-1" => {
            Some(user_pools(&["eu-west-1_A", "eu-west-1_B"], Some("more")))
        }
        (LIST_POOLS, "more") => Some(user_pools(&["eu-west-1_C"], None)),
        (LIST_IDENTITY_POOLS, "") if call.region == "eu-west-1" => {
            Some(identity_pools(&["eu-west-1:a"], Some("more")))
        }
        (LIST_IDENTITY_POOLS, "more") => Some(identity_pools(&["eu-west-1:b"], None)),
        _ => None,
    });
    let cognito = cognito(&stub).await;
    assert_eq!(ids(&cognito["user_pools"]), ["eu-west-1_A", "eu-west-1_B", "eu-west-1_C"]);
    assert_eq!(ids(&cognito["identity_pools"]), ["eu-west-1:a", "eu-west-1:b"]);
    for listing in [LIST_POOLS, LIST_IDENTITY_POOLS, LIST_CLIENTS, PROVIDERS] {
        for call in stub.calls(listing) {
            assert!(call.body.contains(r#""MaxResults":60"#), "{listing} {}", call.body);
        }
    }
}

#[tokio::test]
async fn all_clients_of_a_large_pool_are_read() {
    let all: Vec<String> = (0..70).map(|index| format!("client{index}")).collect();
    let listed = all.clone();
    let stub = but(move |call| {
        let (from, to, next) = match call.member("NextToken").as_str() {
            "" => (0, 60, Some("60")),
            _ => (60, 70, None),
        };
        let page: Vec<&str> = listed[from..to].iter().map(String::as_str).collect();
        (call.operation == LIST_CLIENTS).then(|| user_pool_clients(&page, next))
    });
    let clients = at(&stub, "/user_pools/found/0/clients").await;
    assert_eq!(ids(&clients), all);
    assert_eq!(clients["gaps"], json!([]));
    let asked = stub.calls(CLIENT).into_iter().map(|call| call.member("ClientId"));
    assert_eq!(asked.collect::<BTreeSet<_>>(), all.into_iter().collect());
    let known = clients["found"].as_array().unwrap().iter();
    assert_eq!(known.filter(|client| client["settings"].get("set").is_some()).count(), 70);
    assert_eq!(stub.calls(RISK).len(), 71);
}

#[tokio::test]
async fn a_page_that_fails_keeps_what_came_before_it() {
    let stub = but(|call| match (call.operation.as_str(), call.member("NextToken").as_str()) {
        (LIST_CLIENTS, "") => Some(user_pool_clients(&["a"], Some("more"))),
        (LIST_CLIENTS, _) => Some(error(400, "TooManyRequestsException")),
        _ => None,
    });
    let clients = at(&stub, "/user_pools/found/0/clients").await;
    assert_eq!(ids(&clients), ["a"]);
    let gap = &clients["gaps"][0];
    let pool = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop";
    assert_eq!(gap["arn"], format!("{pool}/client/*"));
    assert_eq!(gap["unknown"]["action"], "cognito-idp:ListUserPoolClients");
    assert_eq!(gap["unknown"]["reason"], "throttled");
}

#[tokio::test]
async fn one_regions_refusal_costs_that_region_alone() {
    let stub = but(|call| match (call.operation.as_str(), call.region.as_str()) {
        (LIST_POOLS | LIST_IDENTITY_POOLS, "us-east-1") => {
            Some(error(400, "AccessDeniedException"))
        }
        _ => None,
    });
    let cognito = cognito(&stub).await;
    for (kind, arn, action) in [
        (
            "user_pools",
            "cognito-idp:us-east-1:111122223333:userpool/*",
            "cognito-idp:ListUserPools",
        ),
        (
            "identity_pools",
            "cognito-identity:us-east-1:111122223333:identitypool/*",
            "cognito-identity:ListIdentityPools",
        ),
    ] {
        let listed = &cognito[kind];
        assert_eq!(listed["found"].as_array().unwrap().len(), 1);
        assert_eq!(listed["gaps"][0]["arn"], format!("arn:aws:{arn}"));
        assert_eq!(listed["gaps"][0]["region"], "us-east-1");
        assert_eq!(listed["gaps"][0]["unknown"]["action"], action);
        assert_eq!(listed["gaps"][0]["unknown"]["reason"], "access_denied");
        assert_eq!(listed["gaps"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_pool_that_cannot_be_described_leaves_the_others() {
    let stub = but(|call| match call.operation.as_str() {
        LIST_POOLS if call.region == "eu-west-1" => {
            Some(user_pools(&["eu-west-1_A", "eu-west-1_B"], None))
        }
        POOL if call.member("UserPoolId") == "eu-west-1_A" => {
            Some(error(400, "AccessDeniedException"))
        }
        _ => None,
    });
    let pools = at(&stub, "/user_pools").await;
    assert_eq!(ids(&pools), ["eu-west-1_A", "eu-west-1_B"]);
    let [first, second] = [0, 1].map(|index| &pools["found"][index]);
    assert_eq!(first["settings"]["unknown"]["action"], "cognito-idp:DescribeUserPool");
    assert!(second["settings"].get("set").is_some());
    for pool in [first, second] {
        assert!(pool["mfa"].get("set").is_some());
        assert_eq!(ids(&pool["clients"]), [CLIENT_ID]);
    }
}

#[tokio::test]
async fn a_client_that_cannot_be_described_leaves_the_others() {
    let stub = but(|call| match call.operation.as_str() {
        LIST_CLIENTS => Some(user_pool_clients(&["a", "b"], None)),
        CLIENT if call.member("ClientId") == "a" => Some(error(400, "AccessDeniedException")),
        _ => None,
    });
    let clients = at(&stub, "/user_pools/found/0/clients").await;
    assert_eq!(ids(&clients), ["a", "b"]);
    let unknown = &clients["found"][0]["settings"]["unknown"];
    assert_eq!(unknown["action"], "cognito-idp:DescribeUserPoolClient");
    assert!(clients["found"][1]["settings"].get("set").is_some());
}

#[tokio::test]
async fn where_the_regions_cannot_be_listed_there_may_be_more() {
    let cognito = cognito(&with("ec2:DescribeRegions", error(403, "UnauthorizedOperation"))).await;
    for (kind, arn) in [
        ("user_pools", "arn:aws:cognito-idp:*:111122223333:userpool/*"),
        ("identity_pools", "arn:aws:cognito-identity:*:111122223333:identitypool/*"),
        ("text_messages", "arn:aws:iam::111122223333:root"),
    ] {
        let gap = &cognito[kind]["gaps"][0];
        assert_eq!((&gap["arn"], &gap["region"]), (&json!(arn), &json!(null)));
        assert_eq!(gap["unknown"]["action"], "ec2:DescribeRegions");
        assert_eq!(cognito[kind]["found"].as_array().unwrap().len(), 1);
    }
}
