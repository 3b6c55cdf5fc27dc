//! Answers that lack what they must have.

use super::{account::*, *};
use crate::tests::stub::ok;
use serde_json::json;

#[tokio::test]
async fn an_answer_without_its_heart_is_malformed() {
    for (operation, path, lacks) in [
        (POOL, "/user_pools/found/0/settings", "UserPool"),
        (MFA, "/user_pools/found/0/mfa", "MfaConfiguration"),
        (CLIENT, "/user_pools/found/0/clients/found/0/settings", "UserPoolClient"),
        (IDENTITY_POOL, "/identity_pools/found/0/settings", "IdentityPoolId"),
        (LIMITS, "/text_messages/found/0/spend_limits", "SpendLimits"),
    ] {
        let unknown = at(&with(operation, ok("{}")), path).await["unknown"].clone();
        assert_eq!(unknown["reason"], "malformed", "{path}");
        assert_eq!(unknown["message"], format!("the answer has no usable `{lacks}`"));
    }
    for (operation, path) in [
        (LIST_POOLS, "/user_pools"),
        (LIST_IDENTITY_POOLS, "/identity_pools"),
        (LIST_CLIENTS, "/user_pools/found/0/clients"),
    ] {
        let listed = at(&with(operation, ok("{}")), path).await;
        assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed", "{path}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_malformed() {
    for body in ["<html>", "{", "[]", r#"{"UserPool":"#] {
        let settings = at(&with(POOL, ok(body)), "/user_pools/found/0/settings").await;
        assert_eq!(settings["unknown"]["reason"], "malformed", "{body}");
    }
}

#[tokio::test]
async fn an_item_without_an_id_is_a_gap_beside_the_others() {
    let stub = but(|call| match call.operation.as_str() {
        LIST_POOLS if call.region == "eu-west-1" => Some(json_answer(&json!({ "UserPools": [
            { "Name": "nameless" },
            { "Id": POOL_ID, "Name": "shop" },
        ] }))),
        LIST_CLIENTS => Some(json_answer(&json!({ "UserPoolClients": [
            { "ClientName": "nameless" },
            { "ClientId": CLIENT_ID, "ClientName": "web" },
        ] }))),
        _ => None,
    });
    let pools = at(&stub, "/user_pools").await;
    for listed in [&pools, &pools["found"][0]["clients"]] {
        assert_eq!(listed["found"].as_array().unwrap().len(), 1);
        assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed");
    }
}

#[tokio::test]
async fn what_is_no_arn_or_region_is_malformed() {
    for (field, value) in [
        ("SmsConfiguration", json!({ "SnsCallerArn": "texts" })),
        ("SmsConfiguration", json!({})),
        (
            "SmsConfiguration",
            json!({ "SnsCallerArn": "arn:aws:iam::1:role/a", "SnsRegion": "E U" }),
        ),
        ("LambdaConfig", json!({ "PreSignUp": "greet" })),
    ] {
        let stub = but(move |call| {
            let mut pool = pool(POOL_ID);
            pool[field] = value.clone();
            (call.operation == POOL).then(|| json_answer(&json!({ "UserPool": pool })))
        });
        let settings = at(&stub, "/user_pools/found/0/settings").await;
        assert_eq!(settings["unknown"]["reason"], "malformed", "{field}");
    }
    let roles = json!({ "IdentityPoolId": "a", "Roles": { "authenticated": "shopper" } });
    let stub = with(ROLES, json_answer(&roles));
    let roles = at(&stub, "/identity_pools/found/0/roles").await;
    assert_eq!(roles["unknown"]["reason"], "malformed");
}
