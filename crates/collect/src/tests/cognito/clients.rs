//! What is read of an app client.

use serde_json::{Value, json};

use super::{account::*, *};

/// The client, where `DescribeUserPoolClient` says this besides.
async fn settings(also: Value) -> Value {
    let stub = but(move |call| {
        (call.operation == CLIENT).then(|| {
            let mut client = client(CLIENT_ID);
            client.as_object_mut().unwrap().extend(also.as_object().unwrap().clone());
            json_answer(&json!({ "UserPoolClient": client }))
        })
    });
    at(&stub, "/user_pools/found/0/clients/found/0/settings").await
}

#[tokio::test]
async fn a_client_is_read_and_its_secret_is_not_kept() {
    let pool = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop";
    assert_eq!(
        at(&Stub::new(account), "/user_pools/found/0/clients").await,
        json!({
            "found": [{
                "arn": format!("{pool}/client/1shopclient"),
                "id": CLIENT_ID,
                "name": "web",
                "region": "eu-west-1",
                "settings": { "set": {
                    "has_secret": true,
                    "auth_flows": null,
                    "oauth_enabled": false,
                    "oauth_flows": [],
                    "oauth_scopes": [],
                    "callback_urls": [],
                    "logout_urls": [],
                    "identity_providers": [],
                    "access_token_validity": null,
                    "id_token_validity": null,
                    "refresh_token_validity": 2_592_000,
                    "token_revocation": null,
                    "user_existence_errors": null,
                    "refresh_token_rotation": null,
                    "write_attributes": null,
                } },
                "risk": "not_set",
            }],
            "gaps": [],
            "gone": 0,
        })
    );
}

#[tokio::test]
async fn a_client_that_says_much_is_read_in_full() {
    let also = json!({
        "ClientSecret": null,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "BRAND_NEW"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["implicit"],
        "AllowedOAuthScopes": ["openid"],
        "CallbackURLs": ["http://example.com/back"],
        "LogoutURLs": ["https://example.com/bye"],
        "SupportedIdentityProviders": ["COGNITO", "corp"],
        "EnableTokenRevocation": false,
        "PreventUserExistenceErrors": "LEGACY",
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 },
        "WriteAttributes": ["custom:role"],
    });
    let read = settings(also).await["set"].clone();
    let expected = json!({
        "has_secret": false,
        "auth_flows": ["ALLOW_USER_PASSWORD_AUTH", "BRAND_NEW"],
        "oauth_enabled": true,
        "oauth_flows": ["implicit"],
        "oauth_scopes": ["openid"],
        "callback_urls": ["http://example.com/back"],
        "logout_urls": ["https://example.com/bye"],
        "identity_providers": ["COGNITO", "corp"],
        "token_revocation": false,
        "user_existence_errors": "LEGACY",
        "refresh_token_rotation": { "feature": "ENABLED", "grace_period": 10 },
        "write_attributes": ["custom:role"],
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
}

/// The seconds of access, ID and refresh token.
async fn validities(also: Value) -> [Value; 3] {
    let read = settings(also).await["set"].clone();
    ["access", "id", "refresh"].map(|token| read[format!("{token}_token_validity")].clone())
}

#[tokio::test]
async fn validities_come_out_in_seconds_whatever_their_unit() {
    let plain =
        json!({ "AccessTokenValidity": 2, "IdTokenValidity": 3, "RefreshTokenValidity": 4 });
    assert_eq!(validities(plain).await, [json!(7_200), json!(10_800), json!(345_600)]);
    let units = json!({
        "AccessTokenValidity": 5,
        "IdTokenValidity": 1,
        "RefreshTokenValidity": 90,
        "TokenValidityUnits": {
            "AccessToken": "minutes",
            "IdToken": "days",
            "RefreshToken": "seconds",
        },
    });
    assert_eq!(validities(units).await, [json!(300), json!(86_400), json!(90)]);
    let unset = json!({ "RefreshTokenValidity": 0 });
    assert_eq!(validities(unset).await, [Value::Null, Value::Null, Value::Null]);
    let long = json!({ "RefreshTokenValidity": i32::MAX });
    assert_eq!(validities(long).await[2], json!(i64::from(i32::MAX) * 86_400));
    let odd = json!({ "AccessTokenValidity": 1, "TokenValidityUnits": { "AccessToken": "weeks" } });
    assert_eq!(settings(odd).await["unknown"]["reason"], "malformed");
}
