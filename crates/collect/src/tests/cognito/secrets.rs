//! What is never asked for or kept.

use super::*;

#[tokio::test]
async fn no_secret_is_kept() {
    let text = cognito(&Stub::new(account)).await.to_string();
    assert!(text.contains("has_secret"));
    assert!(!text.contains("not for any inventory"));
}

#[tokio::test]
async fn the_details_of_providers_and_the_secrets_of_clients_are_not_asked_for() {
    let stub = Stub::new(account);
    cognito(&stub).await;
    for operation in ["DescribeIdentityProvider", "ListUserPoolClientSecrets"] {
        assert_eq!(stub.calls(&format!("cognitoidentityprovider:{operation}")).len(), 0);
    }
}
