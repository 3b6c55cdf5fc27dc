//! What threat protection does, for a pool and for each client.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::stub::{error, ok};

const OF_POOL: &str = "/user_pools/found/0/risk";
const OF_CLIENT: &str = "/user_pools/found/0/clients/found/0/risk";

fn risk(parts: &Value) -> Answer {
    json_answer(&json!({ "RiskConfiguration": parts }))
}

#[tokio::test]
async fn a_client_may_have_a_configuration_of_its_own() {
    let stub = but(|call| {
        (call.operation == RISK && !call.member("ClientId").is_empty()).then(|| {
            risk(&json!({
                "UserPoolId": POOL_ID,
                "ClientId": CLIENT_ID,
                "CompromisedCredentialsRiskConfiguration": {
                    "Actions": { "EventAction": "NO_ACTION" },
                },
                "AccountTakeoverRiskConfiguration": {
                    "NotifyConfiguration": {
                        "SourceArn": "arn:aws:ses:eu-west-1:111122223333:identity/example.com",
                    },
                    "Actions": {
                        "LowAction": { "Notify": false, "EventAction": "NO_ACTION" },
                        "HighAction": { "Notify": true, "EventAction": "BLOCK" },
                    },
                },
                "RiskExceptionConfiguration": { "SkippedIPRangeList": ["192.0.2.0/24"] },
            }))
        })
    });
    let pool = at(&stub, "/user_pools/found/0").await;
    assert_eq!(pool["risk"]["set"]["compromised_credentials"]["action"], "BLOCK");
    assert_eq!(
        pool["clients"]["found"][0]["risk"]["set"],
        json!({
            "compromised_credentials": { "action": "NO_ACTION", "events": null },
            "account_takeover": {
                "low": { "action": "NO_ACTION", "notify": false },
                "medium": null,
                "high": { "action": "BLOCK", "notify": true },
                "notify_configured": true,
            },
            "exceptions": { "blocked": [], "skipped": ["192.0.2.0/24"] },
        })
    );
}

#[tokio::test]
async fn no_filter_of_events_is_all_events() {
    for filter in [json!(null), json!([])] {
        let stub = with(
            RISK,
            risk(&json!({ "CompromisedCredentialsRiskConfiguration": {
                "EventFilter": filter,
                "Actions": { "EventAction": "BLOCK" },
            } })),
        );
        assert_eq!(
            at(&stub, OF_POOL).await["set"]["compromised_credentials"],
            json!({ "action": "BLOCK", "events": null })
        );
    }
}

#[tokio::test]
async fn what_was_never_configured_is_not_set() {
    for answer in [
        risk(&json!({ "UserPoolId": POOL_ID })),
        ok("{}"),
        error(400, "UserPoolAddOnNotEnabledException"),
    ] {
        let stub = with(RISK, answer);
        assert_eq!([at(&stub, OF_POOL).await, at(&stub, OF_CLIENT).await], ["not_set", "not_set"]);
    }
}

#[tokio::test]
async fn where_threat_protection_is_off_nothing_is_asked() {
    for add_ons in [json!(null), json!({ "AdvancedSecurityMode": "OFF" })] {
        let stub = but(move |call| {
            let mut pool = pool(POOL_ID);
            pool["UserPoolAddOns"] = add_ons.clone();
            (call.operation == POOL).then(|| json_answer(&json!({ "UserPool": pool })))
        });
        assert_eq!([at(&stub, OF_POOL).await, at(&stub, OF_CLIENT).await], ["not_set", "not_set"]);
        assert_eq!(stub.calls(RISK).len(), 0);
    }
}

#[tokio::test]
async fn where_nobody_knows_whether_it_is_off_it_is_asked_for() {
    let stub = with(POOL, error(400, "AccessDeniedException"));
    assert!(at(&stub, OF_POOL).await.get("set").is_some());
    assert_eq!(stub.calls(RISK).len(), 2);
    let stub = but(|call| {
        let mut pool = pool(POOL_ID);
        pool["UserPoolAddOns"] = json!({ "AdvancedSecurityMode": "BRAND_NEW" });
        (call.operation == POOL).then(|| json_answer(&json!({ "UserPool": pool })))
    });
    assert!(at(&stub, OF_POOL).await.get("set").is_some());
}
