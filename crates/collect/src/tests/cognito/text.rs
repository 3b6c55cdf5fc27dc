//! Text messages, where pools send them from.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::stub::{error, ok};

const ALL: [&str; 4] = [ATTRIBUTES, SANDBOX, LIMITS, SPENT];

/// An account whose pool sends text messages like this.
fn sending(sms: Value) -> Stub {
    but(move |call| {
        let mut pool = pool(POOL_ID);
        pool["SmsConfiguration"] = sms.clone();
        (call.operation == POOL).then(|| json_answer(&json!({ "UserPool": pool })))
    })
}

#[tokio::test]
async fn the_region_that_a_pool_names_is_asked_and_no_other() {
    let stub = Stub::new(account);
    assert_eq!(
        at(&stub, "/text_messages").await,
        json!({
            "found": [{
                "arn": "arn:aws:iam::111122223333:root",
                "region": "eu-central-1",
                "attributes": { "set": {
                    "monthly_spend_limit": "50",
                    "default_sender": null,
                    "default_type": "Transactional",
                    "delivery_status_role": null,
                } },
                "sandbox": { "set": { "in_sandbox": true } },
                "spend_limits": { "set": [
                    {
                        "name": "VOICE_MESSAGE_MONTHLY_SPEND_LIMIT",
                        "enforced": 1,
                        "max": 100,
                        "overridden": true,
                    },
                    {
                        "name": "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT",
                        "enforced": 50,
                        "max": 100,
                        "overridden": true,
                    },
                ] },
                "spent": { "set": { "micro_usd": 12_500_000, "at": "1970-01-01T02:00:00Z" } },
            }],
            "gaps": [],
            "gone": 0,
        })
    );
    for operation in ALL {
        let calls = stub.calls(operation);
        let regions: Vec<_> = calls.iter().map(|call| call.region.as_str()).collect();
        assert_eq!(regions, ["eu-central-1"], "{operation}");
    }
}

#[tokio::test]
async fn a_pool_that_names_none_sends_from_its_own() {
    let stub = sending(json!({ "SnsCallerArn": "arn:aws:iam::111122223333:role/texts" }));
    let texts = at(&stub, "/text_messages").await;
    assert_eq!(texts["found"][0]["region"], "eu-west-1");
    assert_eq!(texts["found"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn where_no_pool_sends_any_nothing_is_asked() {
    let stub = sending(json!(null));
    assert_eq!(at(&stub, "/text_messages").await, json!({ "found": [], "gaps": [], "gone": 0 }));
    for operation in ALL {
        assert_eq!(stub.calls(operation).len(), 0, "{operation}");
    }
}

#[tokio::test]
async fn two_pools_of_one_region_cost_its_calls_once() {
    let stub = but(|call| {
        (call.operation == LIST_POOLS && call.region == "eu-west-1")
            .then(|| user_pools(&["eu-west-1_A", "eu-west-1_B"], None))
    });
    assert_eq!(at(&stub, "/text_messages/found").await.as_array().unwrap().len(), 1);
    for operation in ALL {
        assert_eq!(stub.calls(operation).len(), 1, "{operation}");
    }
}

#[tokio::test]
async fn the_mfa_tells_where_the_settings_do_not() {
    let stub = with(POOL, error(400, "AccessDeniedException"));
    let texts = at(&stub, "/text_messages").await;
    assert_eq!(texts["found"][0]["region"], "eu-central-1");
    assert_eq!(texts["gaps"], json!([]));
}

#[tokio::test]
async fn where_nobody_can_tell_is_a_gap() {
    let stub = but(|call| match (call.operation.as_str(), call.region.as_str()) {
        (POOL | MFA, _) | (LIST_POOLS, "us-east-1") => Some(error(400, "AccessDeniedException")),
        _ => None,
    });
    let texts = at(&stub, "/text_messages").await;
    assert_eq!(texts["found"], json!([]));
    let gaps: Vec<_> = texts["gaps"].as_array().unwrap().iter().collect();
    let of = |gap: &Value| (gap["region"].clone(), gap["unknown"]["action"].clone());
    assert_eq!(
        gaps.iter().map(|gap| of(gap)).collect::<Vec<_>>(),
        [
            (json!("us-east-1"), json!("cognito-idp:ListUserPools")),
            (json!("eu-west-1"), json!("cognito-idp:DescribeUserPool")),
        ]
    );
    assert!(gaps.iter().all(|gap| gap["arn"] == "arn:aws:iam::111122223333:root"));
}

#[tokio::test]
async fn what_was_never_set_is_left_out() {
    let path = "/text_messages/found/0/attributes/set/monthly_spend_limit";
    assert_eq!(at(&with(ATTRIBUTES, attributes(&[])), path).await, json!(null));
    let stub = with(SANDBOX, sandbox(false));
    assert_eq!(
        at(&stub, "/text_messages/found/0/sandbox").await,
        json!({ "set": { "in_sandbox": false } })
    );
}

#[tokio::test]
async fn all_pages_of_limits_are_read_and_a_nameless_one_is_malformed() {
    let stub = but(|call| match (call.operation.as_str(), call.member("NextToken").as_str()) {
        (LIMITS, "") => Some(json_answer(&json!({
            "SpendLimits": [limit("BRAND_NEW", 1)],
            "NextToken": "more",
        }))),
        (LIMITS, _) => Some(json_answer(&json!({
            "SpendLimits": [limit("TEXT_MESSAGE_MONTHLY_SPEND_LIMIT", 50)],
        }))),
        _ => None,
    });
    let limits = at(&stub, "/text_messages/found/0/spend_limits/set").await;
    assert_eq!((&limits[0]["name"], &limits[1]["enforced"]), (&json!("BRAND_NEW"), &json!(50)));
    let stub = with(LIMITS, ok(r#"{"SpendLimits":[{"EnforcedLimit":1}]}"#));
    let limits = at(&stub, "/text_messages/found/0/spend_limits").await;
    assert_eq!(limits["unknown"]["reason"], "malformed");
}
