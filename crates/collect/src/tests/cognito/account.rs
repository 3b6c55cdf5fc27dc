//! What an account of one user pool and one identity pool in eu-west-1 answers where a test says nothing else.
//!
//! The pool has one client, threat protection, and sends text messages from eu-central-1.

use aws_smithy_cbor::Encoder;
use aws_smithy_types::DateTime;
use serde_json::{Value, json};

use super::*;
use crate::tests::{account::usual, stub::ok};

pub(super) const POOL_ID: &str = "eu-west-1_Shop";
pub(super) const CLIENT_ID: &str = "1shopclient";
pub(super) const IDENTITY_POOL_ID: &str = "eu-west-1:00000000-1111-2222-3333-444444444444";

pub(super) fn account(call: &Call) -> Answer {
    match call.operation.as_str() {
        LIST_POOLS if call.region == "eu-west-1" => user_pools(&[POOL_ID], None),
        POOL => json_answer(&json!({ "UserPool": pool(&call.member("UserPoolId")) })),
        MFA => json_answer(&json!({
            "MfaConfiguration": "OPTIONAL",
            "SmsMfaConfiguration": {
                "SmsAuthenticationMessage": "Your code is {####}.",
                "SmsConfiguration": sms(),
            },
            "SoftwareTokenMfaConfiguration": { "Enabled": true },
        })),
        RISK if call.member("ClientId").is_empty() => json_answer(&json!({
            "RiskConfiguration": {
                "UserPoolId": POOL_ID,
                "CompromisedCredentialsRiskConfiguration": {
                    "EventFilter": ["SIGN_IN"],
                    "Actions": { "EventAction": "BLOCK" },
                },
            },
        })),
        RISK => json_answer(&json!({
            "RiskConfiguration": { "UserPoolId": POOL_ID, "ClientId": call.member("ClientId") },
        })),
        LIST_CLIENTS => user_pool_clients(&[CLIENT_ID], None),
        CLIENT => json_answer(&json!({ "UserPoolClient": client(&call.member("ClientId")) })),
        PROVIDERS => json_answer(&json!({
            "Providers": [{ "ProviderName": "corp", "ProviderType": "SAML" }],
        })),
        LOGS => json_answer(&json!({
            "LogDeliveryConfiguration": { "UserPoolId": POOL_ID, "LogConfigurations": [] },
        })),
        WEB_ACL => ok("{}"),
        LIST_IDENTITY_POOLS if call.region == "eu-west-1" => {
            identity_pools(&[IDENTITY_POOL_ID], None)
        }
        IDENTITY_POOL => json_answer(&json!({
            "IdentityPoolId": call.member("IdentityPoolId"),
            "IdentityPoolName": "shop",
            "AllowUnauthenticatedIdentities": true,
            "AllowClassicFlow": false,
            "CognitoIdentityProviders": [{
                "ProviderName": "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Shop",
                "ClientId": CLIENT_ID,
                "ServerSideTokenCheck": true,
            }],
            "IdentityPoolTags": { "team": "blue" },
        })),
        ROLES => json_answer(&json!({
            "IdentityPoolId": call.member("IdentityPoolId"),
            "Roles": {
                "authenticated": "arn:aws:iam::111122223333:role/shopper",
                "unauthenticated": "arn:aws:iam::111122223333:role/guest",
            },
        })),
        ATTRIBUTES => {
            attributes(&[("MonthlySpendLimit", "50"), ("DefaultSMSType", "Transactional")])
        }
        SANDBOX => sandbox(true),
        LIMITS => json_answer(&json!({ "SpendLimits": [
            limit("VOICE_MESSAGE_MONTHLY_SPEND_LIMIT", 1),
            limit("TEXT_MESSAGE_MONTHLY_SPEND_LIMIT", 50),
        ] })),
        SPENT => figures(&[(7_200, 12.5)]),
        _ => usual(call),
    }
}

pub(super) fn json_answer(body: &Value) -> Answer {
    ok(body.to_string())
}

pub(super) fn user_pools(ids: &[&str], next: Option<&str>) -> Answer {
    let pools: Vec<Value> = ids.iter().map(|id| json!({ "Id": id, "Name": "shop" })).collect();
    json_answer(&json!({ "UserPools": pools, "NextToken": next }))
}

pub(super) fn user_pool_clients(ids: &[&str], next: Option<&str>) -> Answer {
    let clients: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "ClientId": id, "UserPoolId": POOL_ID, "ClientName": "web" }))
        .collect();
    json_answer(&json!({ "UserPoolClients": clients, "NextToken": next }))
}

pub(super) fn identity_pools(ids: &[&str], next: Option<&str>) -> Answer {
    let pools: Vec<Value> =
        ids.iter().map(|id| json!({ "IdentityPoolId": id, "IdentityPoolName": "shop" })).collect();
    json_answer(&json!({ "IdentityPools": pools, "NextToken": next }))
}

/// A pool as `DescribeUserPool` has it.
pub(super) fn pool(id: &str) -> Value {
    json!({
        "Id": id,
        "Name": "shop",
        "MfaConfiguration": "OPTIONAL",
        "UserPoolTier": "PLUS",
        "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" },
        "EstimatedNumberOfUsers": 42,
        "SmsConfiguration": sms(),
        "UserPoolTags": { "team": "blue" },
    })
}

pub(super) fn sms() -> Value {
    json!({
        "SnsCallerArn": "arn:aws:iam::111122223333:role/texts",
        "ExternalId": "shop-texts",
        "SnsRegion": "eu-central-1",
    })
}

/// A client as `DescribeUserPoolClient` has it.
pub(super) fn client(id: &str) -> Value {
    json!({
        "UserPoolId": POOL_ID,
        "ClientId": id,
        "ClientName": "web",
        "ClientSecret": "not for any inventory",
        "RefreshTokenValidity": 30,
    })
}

pub(super) fn limit(name: &str, dollars: i64) -> Value {
    json!({ "Name": name, "EnforcedLimit": dollars, "MaxLimit": 100, "Overridden": true })
}

pub(super) fn attributes(all: &[(&str, &str)]) -> Answer {
    let entries: Vec<String> = all
        .iter()
        .map(|(key, value)| format!("<entry><key>{key}</key><value>{value}</value></entry>"))
        .collect();
    let entries = entries.concat();
    ok(format!(
        "<GetSMSAttributesResponse><GetSMSAttributesResult><attributes>{entries}</attributes>\
         </GetSMSAttributesResult></GetSMSAttributesResponse>"
    ))
}

pub(super) fn sandbox(is_in: bool) -> Answer {
    ok(format!(
        "<GetSMSSandboxAccountStatusResponse><GetSMSSandboxAccountStatusResult>\
         <IsInSandbox>{is_in}</IsInSandbox></GetSMSSandboxAccountStatusResult>\
         </GetSMSSandboxAccountStatusResponse>"
    ))
}

/// Figures of CloudWatch by the second of their hour.
pub(super) fn figures(all: &[(i64, f64)]) -> Answer {
    let mut cbor = Encoder::new(vec![]);
    cbor.map(2).str("Label").str("SMSMonthToDateSpentUSD").str("Datapoints").array(all.len());
    for (at, dollars) in all {
        cbor.map(3).str("Timestamp").timestamp(&DateTime::from_secs(*at));
        cbor.str("Maximum").double(*dollars).str("Unit").str("None");
    }
    Answer::Binary(200, cbor.into_writer())
}
