//! How the demo's customers and staff sign in.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};

use super::ACCOUNT;
use crate::cognito::stand_in::{TextMessages, text_messages};

const HOME: &str = "eu-west-1";
/// Who buys.
pub(super) const CUSTOMERS: &str = "eu-west-1_Qk7Vn2Rxd";
const STAFF: &str = "eu-west-1_Bz4Lw9Tfm";
const APP: &str = "4f8h2k6m1q9s3v7x5z0b2d4f6h";
const OLD_APP: &str = "7p1r5t9w3y6a0c4e8g2j6l1n5q";
const DESK: &str = "2b6d0f4h8k2m6p0r4t8w2y6a0c";
/// Who may upload pictures, and look at prices before that.
pub(super) const VISITORS: &str = "eu-west-1:11111111-2222-4333-8444-555555555555";

/// Answers for Cognito, whose ids the fake AWS would throw dice for.
pub(super) fn stand_in(fake: &FakeAws) {
    for service in ["cognito-idp", "cognito-identity", "wafv2"] {
        fake.on(service, "*").answer_with(answer);
    }
    // Nobody thought of it, and the shop grows.
    let untouched = TextMessages { sandbox: false, told: None, allowed: 1, spent: Some(0.83) };
    text_messages(fake, HOME, untouched);
}

fn answer(request: &Request) -> Response {
    let sent: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let of = |field: &str| sent.get(field).and_then(Value::as_str).unwrap_or_default();
    let is_staff = of("UserPoolId") == STAFF;
    let body = match request.operation.as_str() {
        "ListUserPools" if request.region == HOME => json!({ "UserPools": [
            { "Id": CUSTOMERS, "Name": "shop-customers" },
            { "Id": STAFF, "Name": "shop-staff" },
        ] }),
        "ListUserPools" => json!({ "UserPools": [] }),
        "DescribeUserPool" if is_staff => json!({ "UserPool": staff() }),
        "DescribeUserPool" => json!({ "UserPool": customers() }),
        "GetUserPoolMfaConfig" if is_staff => json!({
            "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": { "Enabled": true },
        }),
        "GetUserPoolMfaConfig" => json!({
            "MfaConfiguration": "OPTIONAL",
            "SmsMfaConfiguration": { "SmsConfiguration": texts() },
        }),
        "ListUserPoolClients" if is_staff => json!({ "UserPoolClients": [
            { "ClientId": DESK, "UserPoolId": STAFF, "ClientName": "desk" },
        ] }),
        "ListUserPoolClients" => json!({ "UserPoolClients": [
            { "ClientId": APP, "UserPoolId": CUSTOMERS, "ClientName": "shop" },
            { "ClientId": OLD_APP, "UserPoolId": CUSTOMERS, "ClientName": "shop-2020" },
        ] }),
        "DescribeUserPoolClient" => json!({ "UserPoolClient": client(of("ClientId")) }),
        "ListIdentityProviders" => json!({ "Providers": [] }),
        "DescribeRiskConfiguration" => json!({ "RiskConfiguration": risk(of("ClientId")) }),
        "GetLogDeliveryConfiguration" => json!({ "LogDeliveryConfiguration": {
            "UserPoolId": of("UserPoolId"), "LogConfigurations": [],
        } }),
        "ListIdentityPools" if request.region == HOME => json!({ "IdentityPools": [
            { "IdentityPoolId": VISITORS, "IdentityPoolName": "shop visitors" },
        ] }),
        "ListIdentityPools" => json!({ "IdentityPools": [] }),
        "DescribeIdentityPool" => json!({
            "IdentityPoolId": VISITORS, "IdentityPoolName": "shop visitors",
            "AllowUnauthenticatedIdentities": true, "AllowClassicFlow": false,
            "CognitoIdentityProviders": [{
                "ProviderName": format!("cognito-idp.{HOME}.amazonaws.com/{CUSTOMERS}"),
                "ClientId": APP, "ServerSideTokenCheck": false,
            }],
        }),
        "GetIdentityPoolRoles" => json!({
            "IdentityPoolId": VISITORS,
            "Roles": {
                "authenticated": format!("arn:aws:iam::{ACCOUNT}:role/shop-customer"),
                "unauthenticated": format!("arn:aws:iam::{ACCOUNT}:role/shop-guest"),
            },
        }),
        _ => json!({}),
    };
    Response::new(200, "application/x-amz-json-1.1", body.to_string())
}

fn texts() -> Value {
    json!({
        "SnsCallerArn": format!("arn:aws:iam::{ACCOUNT}:role/shop-texts"),
        "ExternalId": "shop-customers",
    })
}

/// As the wizard of five years ago left it, and since then nobody.
fn customers() -> Value {
    json!({
        "Id": CUSTOMERS, "Name": "shop-customers", "MfaConfiguration": "OPTIONAL",
        "Policies": { "PasswordPolicy": {
            "MinimumLength": 8, "RequireUppercase": true, "RequireLowercase": true,
            "RequireNumbers": true, "RequireSymbols": false, "TemporaryPasswordValidityDays": 7,
        } },
        "UserPoolTier": "ESSENTIALS",
        "DeletionProtection": "INACTIVE",
        "AutoVerifiedAttributes": ["email"],
        "UsernameAttributes": ["email", "phone_number"],
        "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": false },
        "SmsConfiguration": texts(),
        "EstimatedNumberOfUsers": 18_420,
        "UserPoolTags": { "app": "shop", "env": "prod" },
    })
}

fn staff() -> Value {
    json!({
        "Id": STAFF, "Name": "shop-staff", "MfaConfiguration": "ON",
        "Policies": { "PasswordPolicy": {
            "MinimumLength": 14, "RequireUppercase": true, "RequireLowercase": true,
            "RequireNumbers": true, "RequireSymbols": true, "TemporaryPasswordValidityDays": 3,
        } },
        "UserPoolTier": "PLUS",
        "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" },
        "DeletionProtection": "ACTIVE",
        "AutoVerifiedAttributes": ["email"],
        "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true },
        "AccountRecoverySetting": { "RecoveryMechanisms": [
            { "Name": "verified_email", "Priority": 1 },
        ] },
        "EstimatedNumberOfUsers": 23,
        "UserPoolTags": { "app": "shop", "env": "prod" },
    })
}

fn client(id: &str) -> Value {
    let (pool, name, callback) = match id {
        DESK => (STAFF, "desk", "https://desk.shop.example.com/signed-in"),
        APP => (CUSTOMERS, "shop", "https://shop.example.com/signed-in"),
        _ => (CUSTOMERS, "shop-2020", "https://shop.example.com/login"),
    };
    let is_old = id == OLD_APP;
    json!({
        "UserPoolId": pool, "ClientId": id, "ClientName": name,
        "ExplicitAuthFlows": if is_old {
            json!(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
        } else {
            json!(["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
        },
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": [if is_old { "implicit" } else { "code" }],
        "AllowedOAuthScopes": ["openid", "email"],
        "CallbackURLs": [callback],
        "SupportedIdentityProviders": ["COGNITO"],
        "PreventUserExistenceErrors": if is_old { "LEGACY" } else { "ENABLED" },
        "EnableTokenRevocation": true,
        "RefreshTokenValidity": if is_old { 3_650 } else { 30 },
        "WriteAttributes": ["email", "name", "phone_number"],
    })
}

/// The staff's pool refuses stolen passwords and strange sign-ins, for all of its clients.
fn risk(client: &str) -> Value {
    if !client.is_empty() {
        return json!({ "UserPoolId": STAFF, "ClientId": client });
    }
    let block = json!({ "EventAction": "BLOCK", "Notify": false });
    json!({
        "UserPoolId": STAFF,
        "CompromisedCredentialsRiskConfiguration": { "Actions": { "EventAction": "BLOCK" } },
        "AccountTakeoverRiskConfiguration": { "Actions": {
            "HighAction": block, "MediumAction": block,
        } },
    })
}
