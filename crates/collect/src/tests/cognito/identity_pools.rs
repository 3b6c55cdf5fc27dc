//! What is read of an identity pool.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::{error, ok};

#[tokio::test]
async fn an_identity_pool_is_read_with_its_roles() {
    assert_eq!(
        at(&Stub::new(account), "/identity_pools/found").await,
        json!([{
            "arn": format!(
                "arn:aws:cognito-identity:eu-west-1:111122223333:identitypool/{IDENTITY_POOL_ID}"
            ),
            "id": IDENTITY_POOL_ID,
            "name": "shop",
            "region": "eu-west-1",
            "settings": { "set": {
                "allow_unauthenticated": true,
                "allow_classic_flow": false,
                "user_pools": [{
                    "provider": "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Shop",
                    "client": CLIENT_ID,
                    "server_side_token_check": true,
                }],
                "saml_providers": [],
                "oidc_providers": [],
                "login_providers": {},
                "developer_provider": null,
                "tags": { "team": "blue" },
            } },
            "roles": { "set": {
                "authenticated": "arn:aws:iam::111122223333:role/shopper",
                "unauthenticated": "arn:aws:iam::111122223333:role/guest",
                "mappings": {},
            } },
        }])
    );
}

#[tokio::test]
async fn every_kind_of_provider_is_read() {
    let saml = "arn:aws:iam::111122223333:saml-provider/corp";
    let oidc = "arn:aws:iam::111122223333:oidc-provider/login.example.com";
    let stub = with(
        IDENTITY_POOL,
        json_answer(&json!({
            "IdentityPoolId": IDENTITY_POOL_ID,
            "IdentityPoolName": "shop",
            "AllowUnauthenticatedIdentities": false,
            "SupportedLoginProviders": { "graph.facebook.com": "123" },
            "DeveloperProviderName": "login.shop",
            "OpenIdConnectProviderARNs": [oidc],
            "SamlProviderARNs": [saml],
        })),
    );
    assert_eq!(
        at(&stub, "/identity_pools/found/0/settings/set").await,
        json!({
            "allow_unauthenticated": false,
            "allow_classic_flow": null,
            "user_pools": [],
            "saml_providers": [saml],
            "oidc_providers": [oidc],
            "login_providers": { "graph.facebook.com": "123" },
            "developer_provider": "login.shop",
            "tags": {},
        })
    );
}

#[tokio::test]
async fn mappings_of_roles_are_read() {
    let provider = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Shop:1shopclient";
    let admin = "arn:aws:iam::111122223333:role/admin";
    let stub = with(
        ROLES,
        json_answer(&json!({
            "IdentityPoolId": IDENTITY_POOL_ID,
            "Roles": {},
            "RoleMappings": {
                provider: {
                    "Type": "Rules",
                    "AmbiguousRoleResolution": "Deny",
                    "RulesConfiguration": { "Rules": [{
                        "Claim": "isAdmin",
                        "MatchType": "Equals",
                        "Value": "yes",
                        "RoleARN": admin,
                    }] },
                },
                "graph.facebook.com": { "Type": "Token" },
            },
        })),
    );
    assert_eq!(
        at(&stub, "/identity_pools/found/0/roles/set").await,
        json!({
            "authenticated": null,
            "unauthenticated": null,
            "mappings": {
                provider: {
                    "kind": "Rules",
                    "ambiguous": "Deny",
                    "rules": [{
                        "claim": "isAdmin",
                        "matching": "Equals",
                        "value": "yes",
                        "role": admin,
                    }],
                },
                "graph.facebook.com": { "kind": "Token", "ambiguous": null, "rules": [] },
            },
        })
    );
}

#[tokio::test]
async fn an_identity_pool_may_hand_out_no_role() {
    for body in [r#"{"IdentityPoolId":"a","Roles":{}}"#, r#"{"IdentityPoolId":"a"}"#] {
        let stub = with(ROLES, ok(body));
        assert_eq!(at(&stub, "/identity_pools/found/0/roles").await, "not_set");
    }
}

#[tokio::test]
async fn roles_that_cannot_be_read_leave_the_other_pools() {
    let stub = but(|call| match call.operation.as_str() {
        LIST_IDENTITY_POOLS if call.region == "eu-west-1" => {
            Some(identity_pools(&["eu-west-1:a", "eu-west-1:b"], None))
        }
        ROLES if call.member("IdentityPoolId") == "eu-west-1:a" => {
            Some(error(400, "NotAuthorizedException"))
        }
        _ => None,
    });
    let pools = at(&stub, "/identity_pools").await;
    assert_eq!(ids(&pools), ["eu-west-1:a", "eu-west-1:b"]);
    let unknown = &pools["found"][0]["roles"]["unknown"];
    assert_eq!(unknown["action"], "cognito-identity:GetIdentityPoolRoles");
    assert_eq!(unknown["reason"], "access_denied");
    assert!(pools["found"][0]["settings"].get("set").is_some());
    assert!(pools["found"][1]["roles"].get("set").is_some());
}
