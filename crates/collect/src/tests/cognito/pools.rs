//! What is read around a user pool's settings.

use serde_json::json;

use super::{account::*, settings::texts, *};
use crate::tests::stub::{error, ok};

#[tokio::test]
async fn a_pool_is_read_with_all_that_stands_around_it() {
    let mut pool = at(&Stub::new(account), "/user_pools/found/0").await;
    let pool = pool.as_object_mut().unwrap();
    assert_eq!(pool.remove("clients").unwrap()["found"].as_array().unwrap().len(), 1);
    assert!(pool.remove("settings").unwrap().get("set").is_some());
    assert_eq!(
        json!(pool),
        json!({
            "arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop",
            "id": POOL_ID,
            "name": "shop",
            "region": "eu-west-1",
            "mfa": { "set": {
                "mode": "OPTIONAL",
                "sms": texts(),
                "software_token": true,
                "email": false,
                "web_authn": null,
            } },
            "risk": { "set": {
                "compromised_credentials": { "action": "BLOCK", "events": ["SIGN_IN"] },
                "account_takeover": null,
                "exceptions": null,
            } },
            "identity_providers": { "set": [{ "name": "corp", "kind": "SAML" }] },
            "log_delivery": "not_set",
            "web_acl": "not_set",
        })
    );
}

#[tokio::test]
async fn every_kind_of_mfa_is_read() {
    let stub = with(
        MFA,
        json_answer(&json!({
            "MfaConfiguration": "ON",
            "EmailMfaConfiguration": { "Message": "Your code is {####}." },
            "SoftwareTokenMfaConfiguration": { "Enabled": false },
            "WebAuthnConfiguration": {
                "RelyingPartyId": "example.com",
                "UserVerification": "required",
                "FactorConfiguration": "SINGLE_FACTOR",
            },
        })),
    );
    assert_eq!(
        at(&stub, "/user_pools/found/0/mfa/set").await,
        json!({
            "mode": "ON",
            "sms": null,
            "software_token": false,
            "email": true,
            "web_authn": {
                "relying_party": "example.com",
                "user_verification": "required",
                "factor": "SINGLE_FACTOR",
            },
        })
    );
}

#[tokio::test]
async fn logs_and_web_acls_are_read() {
    let stub = but(|call| match call.operation.as_str() {
        LOGS => Some(json_answer(&json!({ "LogDeliveryConfiguration": {
            "UserPoolId": POOL_ID,
            "LogConfigurations": [{
                "LogLevel": "INFO",
                "EventSource": "userAuthEvents",
                "S3Configuration": { "BucketArn": "arn:aws:s3:::logs" },
            }],
        } }))),
        WEB_ACL => Some(json_answer(&json!({ "WebACL": {
            "Name": "front",
            "Id": "a",
            "ARN": "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/front/a",
            "DefaultAction": { "Allow": {} },
            "VisibilityConfig": {
                "SampledRequestsEnabled": true,
                "CloudWatchMetricsEnabled": true,
                "MetricName": "front",
            },
        } }))),
        _ => None,
    });
    let pool = at(&stub, "/user_pools/found/0").await;
    assert_eq!(
        pool["log_delivery"]["set"],
        json!([{
            "source": "userAuthEvents",
            "level": "INFO",
            "log_group": null,
            "bucket": "arn:aws:s3:::logs",
            "stream": null,
        }])
    );
    assert_eq!(pool["web_acl"]["set"]["name"], "front");
    let asked = stub.calls(WEB_ACL);
    assert_eq!(asked[0].member("ResourceArn"), pool["arn"].as_str().unwrap());
}

#[tokio::test]
async fn what_is_not_configured_is_not_set() {
    let stub = with(WEB_ACL, error(400, "WAFNonexistentItemException"));
    assert_eq!(at(&stub, "/user_pools/found/0/web_acl").await, "not_set");
    for empty in ["{}", r#"{"LogDeliveryConfiguration":null}"#] {
        let stub = with(LOGS, ok(empty));
        assert_eq!(at(&stub, "/user_pools/found/0/log_delivery").await, "not_set");
    }
}
