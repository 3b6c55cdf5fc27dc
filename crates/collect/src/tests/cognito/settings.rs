//! The settings of a user pool.

use serde_json::{Value, json};

use super::{account::*, *};

/// The pool, where `DescribeUserPool` says this besides.
async fn settings(also: Value) -> Value {
    let stub = but(move |call| {
        (call.operation == POOL).then(|| {
            let mut pool = pool(POOL_ID);
            pool.as_object_mut().unwrap().extend(also.as_object().unwrap().clone());
            json_answer(&json!({ "UserPool": pool }))
        })
    });
    at(&stub, "/user_pools/found/0/settings").await
}

/// Holds that what `DescribeUserPool` says besides is read like this.
async fn assert_read(also: Value, expected: &Value) {
    let read = settings(also).await["set"].clone();
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
}

pub(super) fn texts() -> Value {
    json!({
        "service": "sns",
        "role": "arn:aws:iam::111122223333:role/texts",
        "external_id": "shop-texts",
        "region": "eu-central-1",
    })
}

#[tokio::test]
async fn a_pool_that_says_little_is_off_where_aws_has_it_off() {
    assert_eq!(
        settings(json!({})).await["set"],
        json!({
            "mfa": "OPTIONAL",
            "password_policy": null,
            "first_auth_factors": [],
            "tier": "PLUS",
            "threat_protection": "ENFORCED",
            "custom_auth_threat_protection": null,
            "deletion_protection": null,
            "auto_verified_attributes": [],
            "verified_before_update": [],
            "username_attributes": [],
            "alias_attributes": [],
            "usernames_case_sensitive": null,
            "custom_attributes": [],
            "immutable_attributes": [],
            "recovery": null,
            "admin_create_user_only": false,
            "unused_account_validity_days": null,
            "email": null,
            "sms": texts(),
            "sms_failure": null,
            "sms_authentication_message": false,
            "lambda_triggers": {},
            "devices": null,
            "estimated_users": 42,
            "domain": null,
            "custom_domain": null,
            "tags": { "team": "blue" },
        })
    );
}

#[tokio::test]
async fn how_users_sign_in_is_read() {
    assert_read(
        json!({
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 12,
                "RequireUppercase": true,
                "RequireLowercase": true,
                "RequireNumbers": false,
                "RequireSymbols": true,
                "TemporaryPasswordValidityDays": 3,
                "PasswordHistorySize": 5,
            },
            "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN", "BRAND_NEW"] },
        },
        "UserPoolAddOns": {
            "AdvancedSecurityMode": "AUDIT",
            "AdvancedSecurityAdditionalFlows": { "CustomAuthMode": "ENFORCED" },
        },
        "DeletionProtection": "INACTIVE",
        "AutoVerifiedAttributes": ["email", "phone_number"],
        "UserAttributeUpdateSettings": {
            "AttributesRequireVerificationBeforeUpdate": ["email"],
        },
        "UsernameAttributes": ["email"],
        "AliasAttributes": ["preferred_username"],
        "UsernameConfiguration": { "CaseSensitive": false },
        "SchemaAttributes": [
            { "Name": "email", "Mutable": true },
            { "Name": "sub", "Mutable": false },
            { "Name": "custom:role", "Mutable": true, "DeveloperOnlyAttribute": false },
            { "Name": "dev:custom:tenant", "Mutable": false, "DeveloperOnlyAttribute": true },
        ],
        "AccountRecoverySetting": { "RecoveryMechanisms": [
            { "Priority": 1, "Name": "verified_email" },
            { "Priority": 2, "Name": "verified_phone_number" },
        ] },
        }),
        &json!({
        "password_policy": {
            "minimum_length": 12,
            "uppercase": true,
            "lowercase": true,
            "numbers": false,
            "symbols": true,
            "temporary_validity_days": 3,
            "history": 5,
        },
        "first_auth_factors": ["PASSWORD", "WEB_AUTHN", "BRAND_NEW"],
        "threat_protection": "AUDIT",
        "custom_auth_threat_protection": "ENFORCED",
        "deletion_protection": "INACTIVE",
        "auto_verified_attributes": ["email", "phone_number"],
        "verified_before_update": ["email"],
        "username_attributes": ["email"],
        "alias_attributes": ["preferred_username"],
        "usernames_case_sensitive": false,
        "custom_attributes": [
            { "name": "custom:role", "mutable": true, "developer_only": false },
            { "name": "dev:custom:tenant", "mutable": false, "developer_only": true },
        ],
        "immutable_attributes": ["sub"],
        "recovery": [
            { "name": "verified_email", "priority": 1 },
            { "name": "verified_phone_number", "priority": 2 },
        ],
        }),
    )
    .await;
}

#[tokio::test]
async fn how_users_are_made_and_told_is_read() {
    let function = |name| format!("arn:aws:lambda:eu-west-1:111122223333:function:{name}");
    assert_read(
        json!({
        "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 7 },
        "EmailConfiguration": {
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:eu-west-1:111122223333:identity/example.com",
        },
        "SmsConfigurationFailure": "SNSSandbox",
        "SmsAuthenticationMessage": "Your code is {####}.",
        "LambdaConfig": {
            "PreSignUp": function("greet"),
            "PreTokenGeneration": function("old"),
            "PreTokenGenerationConfig": { "LambdaVersion": "V2_0", "LambdaArn": function("claims") },
            "CustomSMSSender": { "LambdaVersion": "V1_0", "LambdaArn": function("texts") },
        },
        "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": true,
            "DeviceOnlyRememberedOnUserPrompt": false,
        },
        "Domain": "shop",
        "CustomDomain": "login.example.com",
        }),
        &json!({
        "admin_create_user_only": true,
        "unused_account_validity_days": 7,
        "email": {
            "sending": "DEVELOPER",
            "source": "arn:aws:ses:eu-west-1:111122223333:identity/example.com",
        },
        "sms_failure": "SNSSandbox",
        "sms_authentication_message": true,
        "lambda_triggers": {
            "PreSignUp": function("greet"),
            "PreTokenGeneration": function("claims"),
            "CustomSMSSender": function("texts"),
        },
        "devices": {
            "challenge_required_on_new_device": true,
            "only_remembered_on_user_prompt": false,
        },
        "domain": "shop",
        "custom_domain": "login.example.com",
        }),
    )
    .await;
}

#[tokio::test]
async fn text_messages_may_go_without_sns() {
    let also = json!({ "SmsConfiguration": { "EumsSms": {
        "CallerArn": "arn:aws:iam::111122223333:role/own",
        "ExternalId": "own",
    } } });
    assert_eq!(
        settings(also).await["set"]["sms"],
        json!({
            "service": "end_user_messaging",
            "role": "arn:aws:iam::111122223333:role/own",
            "external_id": "own",
            "region": null,
        })
    );
}
