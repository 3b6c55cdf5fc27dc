//! What is never asked for or kept.

use serde_json::json;

use super::{account::*, *};
use crate::tests::secret::{PLANTED, found};

#[tokio::test]
async fn no_value_of_a_variable_a_header_or_a_query_is_kept() {
    let text = apigateway(&Stub::new(account)).await.to_string();
    assert!(text.contains("TOKEN") && text.contains("backend.example.com"));
    for secret in ["any inventory", "any+inventory"] {
        assert!(!text.contains(secret));
    }
}

#[tokio::test]
async fn secrets_of_variables_are_told_and_not_kept() {
    let mut rest = stage("prod");
    rest["variables"] = json!({
        "apiToken": PLANTED,
        "db": format!("postgres://app:{PLANTED}@db.internal/shop"),
        "host": "backend.example.com",
    });
    rest["canarySettings"]["stageVariableOverrides"] = json!({ "apiToken": PLANTED });
    let mut http = v2_stage("$default");
    http["stageVariables"] = json!({ "DB_PASSWORD": PLANTED, "DB_PASSWORD_ARN": "arn:aws:ssm:::" });
    let stub = but(move |call| match call.operation.as_str() {
        STAGES => Some(items(&[rest.clone()])),
        V2_STAGES => Some(v2_items(&[http.clone()], None)),
        _ => None,
    });
    let all = apigateway(&stub).await;
    let stage = &all["rest_apis"]["found"][0]["stages"]["found"][0];
    let own = &stage["variables"]["set"];
    assert_eq!(own["names"], json!(["apiToken", "db", "host"]));
    assert_eq!(
        found(&own["secrets"]),
        [("variables.apiToken", "named_secret"), ("variables.db", "connection_string")]
    );
    let canary = &stage["canary"]["variables"]["set"]["secrets"];
    let place = "canarySettings.stageVariableOverrides.apiToken";
    assert_eq!(found(canary), [(place, "named_secret")]);
    let stage = &all["apis"]["found"][0]["stages"]["found"][0];
    let others = &stage["variables"]["set"]["secrets"];
    assert_eq!(found(others), [("StageVariables.DB_PASSWORD", "named_secret")]);
    // One and the same, wherever it lies.
    for secret in [&own["secrets"][1], &canary[0], &others[0]] {
        assert_eq!(secret["digest"], own["secrets"][0]["digest"]);
    }
    assert!(!all.to_string().contains(PLANTED));
}

#[tokio::test]
async fn no_api_key_is_asked_for() {
    let stub = Stub::new(account);
    apigateway(&stub).await;
    for operation in ["GetApiKeys", "GetApiKey", "GetUsagePlanKeys", "GetExport"] {
        assert_eq!(stub.calls(&format!("apigateway:{operation}")).len(), 0);
    }
}
