//! Identity providers.

use serde_json::json;

use super::{account::query, at, with};
use crate::tests::{
    account::usual,
    stub::{Stub, error},
};

#[tokio::test]
async fn providers_are_written_down() {
    let stub = Stub::new(usual);
    assert_eq!(
        at(&stub, "/oidc_providers/found").await,
        json!([{
            "arn": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
            "settings": { "set": {
                "client_ids": ["sts.amazonaws.com"],
                "thumbprints": ["6938fd4d98bab03faadb97b34396831e3780aea1"],
            } },
        }])
    );
    assert_eq!(
        at(&stub, "/saml_providers/found").await,
        json!([{
            "arn": "arn:aws:iam::111122223333:saml-provider/idp",
            "valid_until": "2030-01-01T00:00:00Z",
        }])
    );
}

#[tokio::test]
async fn a_provider_may_have_no_audience_but_has_a_url() {
    for (inner, settings) in [
        ("<Url>a</Url>", json!({ "set": { "client_ids": [], "thumbprints": [] } })),
        (
            "<ClientIDList/>",
            json!({ "unknown": {
                "action": "iam:GetOpenIDConnectProvider",
                "reason": "malformed",
                "message": "the answer has no usable `Url`",
            } }),
        ),
    ] {
        let stub =
            with("iam:GetOpenIDConnectProvider", || query("GetOpenIDConnectProvider", inner));
        assert_eq!(at(&stub, "/oidc_providers/found/0/settings").await, settings);
    }
}

#[tokio::test]
async fn a_provider_that_went_away_is_counted() {
    let stub = with("iam:GetOpenIDConnectProvider", || error(404, "NoSuchEntity"));
    let inventory = stub.collect().await;
    assert!(inventory.iam.oidc_providers.found.is_empty());
    assert!(inventory.iam.oidc_providers.gaps.is_empty());
    assert_eq!(inventory.gone(), 1);
}
