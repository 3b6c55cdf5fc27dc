//! What is never asked for or kept.

use super::*;

#[tokio::test]
async fn no_value_of_a_variable_a_header_or_a_query_is_kept() {
    let text = apigateway(&Stub::new(account)).await.to_string();
    assert!(text.contains("TOKEN") && text.contains("backend.example.com"));
    for secret in ["any inventory", "any+inventory"] {
        assert!(!text.contains(secret));
    }
}

#[tokio::test]
async fn no_api_key_is_asked_for() {
    let stub = Stub::new(account);
    apigateway(&stub).await;
    for operation in ["GetApiKeys", "GetApiKey", "GetUsagePlanKeys", "GetExport"] {
        assert_eq!(stub.calls(&format!("apigateway:{operation}")).len(), 0);
    }
}
