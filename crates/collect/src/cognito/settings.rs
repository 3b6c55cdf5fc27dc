//! Reads the settings of a user pool.

use std::collections::BTreeMap;

use aws_sdk_cognitoidentityprovider::{
    operation::describe_user_pool::DescribeUserPoolOutput,
    types::{
        AccountRecoverySettingType, EmailConfigurationType, LambdaConfigType, PasswordPolicyType,
        SchemaAttributeType, SmsConfigurationType,
    },
};
use awspect_inventory::{
    Arn, Region,
    cognito::{
        CustomAttribute, DeviceTracking, EmailConfiguration, PasswordPolicy, RecoveryMechanism,
        SmsConfiguration, SmsService, UserPoolSettings,
    },
};

use super::read::{count, given, some_arn};
use crate::{
    ask::{Missing, Read},
    read::{arn, said, text},
};

/// How the names of attributes begin that a pool's owner added.
const CUSTOM: [&str; 2] = ["custom:", "dev:custom:"];

/// The settings of a user pool.
pub(super) fn read(answer: DescribeUserPoolOutput) -> Read<UserPoolSettings> {
    let pool = answer.user_pool.ok_or(Missing("UserPool"))?;
    text(pool.id, "Id")?;
    let (password_policy, sign_in) = match pool.policies {
        Some(policies) => (policies.password_policy, policies.sign_in_policy),
        None => (None, None),
    };
    let first_factors = sign_in.and_then(|policy| policy.allowed_first_auth_factors);
    let add_ons = pool.user_pool_add_ons.as_ref();
    let custom_auth = add_ons
        .and_then(|add_ons| add_ons.advanced_security_additional_flows.as_ref())
        .and_then(|flows| flows.custom_auth_mode.as_ref());
    let threat_protection = add_ons
        .map(|add_ons| said(add_ons.advanced_security_mode.as_str(), "AdvancedSecurityMode"))
        .transpose()?;
    let admin = pool.admin_create_user_config;
    let before_update = pool
        .user_attribute_update_settings
        .and_then(|settings| settings.attributes_require_verification_before_update);
    let (custom, standard) = attributes(pool.schema_attributes.unwrap_or_default());
    Ok(Some(UserPoolSettings {
        mfa: pool.mfa_configuration.map(|mode| mode.as_str().into()),
        password_policy: password_policy.as_ref().map(passwords),
        first_auth_factors: words(first_factors.unwrap_or_default(), |it| it.as_str().into()),
        tier: pool.user_pool_tier.map(|tier| tier.as_str().into()),
        threat_protection: threat_protection.map(Into::into),
        custom_auth_threat_protection: custom_auth.map(|mode| mode.as_str().into()),
        deletion_protection: pool.deletion_protection.map(|it| it.as_str().into()),
        auto_verified_attributes: words(pool.auto_verified_attributes.unwrap_or_default(), |it| {
            it.as_str().to_owned()
        }),
        verified_before_update: words(before_update.unwrap_or_default(), |it| {
            it.as_str().to_owned()
        }),
        username_attributes: words(pool.username_attributes.unwrap_or_default(), |it| {
            it.as_str().to_owned()
        }),
        alias_attributes: words(pool.alias_attributes.unwrap_or_default(), |it| {
            it.as_str().to_owned()
        }),
        usernames_case_sensitive: pool.username_configuration.map(|it| it.case_sensitive),
        custom_attributes: custom,
        immutable_attributes: standard,
        recovery: recovery(pool.account_recovery_setting)?,
        admin_create_user_only: admin.as_ref().is_some_and(|it| it.allow_admin_create_user_only),
        unused_account_validity_days: admin.and_then(|it| count(it.unused_account_validity_days)),
        email: pool.email_configuration.map(email).transpose()?,
        sms: pool.sms_configuration.map(sms).transpose()?,
        sms_failure: given(pool.sms_configuration_failure),
        sms_authentication_message: given(pool.sms_authentication_message).is_some(),
        lambda_triggers: pool.lambda_config.map(triggers).transpose()?.unwrap_or_default(),
        devices: pool.device_configuration.map(|devices| DeviceTracking {
            challenge_required_on_new_device: devices.challenge_required_on_new_device,
            only_remembered_on_user_prompt: devices.device_only_remembered_on_user_prompt,
        }),
        estimated_users: count(pool.estimated_number_of_users).unwrap_or_default(),
        domain: given(pool.domain),
        custom_domain: given(pool.custom_domain),
        tags: pool.user_pool_tags.unwrap_or_default().into_iter().collect(),
    }))
}

fn words<A, B>(all: Vec<A>, word: impl Fn(A) -> B) -> Vec<B> {
    all.into_iter().map(word).collect()
}

fn passwords(policy: &PasswordPolicyType) -> PasswordPolicy {
    PasswordPolicy {
        minimum_length: policy.minimum_length.and_then(count),
        uppercase: policy.require_uppercase,
        lowercase: policy.require_lowercase,
        numbers: policy.require_numbers,
        symbols: policy.require_symbols,
        temporary_validity_days: count(policy.temporary_password_validity_days),
        history: policy.password_history_size.and_then(count),
    }
}

/// The attributes that the owner added, and those of the others that cannot change.
fn attributes(all: Vec<SchemaAttributeType>) -> (Vec<CustomAttribute>, Vec<String>) {
    let (mut custom, mut immutable) = (vec![], vec![]);
    for attribute in all {
        let Some(name) = attribute.name else { continue };
        if CUSTOM.iter().any(|start| name.starts_with(start)) {
            custom.push(CustomAttribute {
                name,
                mutable: attribute.mutable.unwrap_or_default(),
                developer_only: attribute.developer_only_attribute.unwrap_or_default(),
            });
        } else if attribute.mutable == Some(false) {
            immutable.push(name);
        }
    }
    (custom, immutable)
}

fn recovery(
    setting: Option<AccountRecoverySettingType>,
) -> Result<Option<Vec<RecoveryMechanism>>, Missing> {
    let Some(mechanisms) = setting.and_then(|setting| setting.recovery_mechanisms) else {
        return Ok(None);
    };
    let read = mechanisms.into_iter().map(|mechanism| {
        Ok(RecoveryMechanism {
            name: said(mechanism.name.as_str(), "RecoveryMechanisms")?.into(),
            priority: count(mechanism.priority).ok_or(Missing("Priority"))?,
        })
    });
    read.collect::<Result<Vec<_>, _>>().map(Some)
}

fn email(configuration: EmailConfigurationType) -> Result<EmailConfiguration, Missing> {
    Ok(EmailConfiguration {
        sending: configuration.email_sending_account.map(|account| account.as_str().into()),
        source: some_arn(configuration.source_arn, "SourceArn")?,
    })
}

/// How text messages are sent, by SNS or without it.
pub(super) fn sms(configuration: SmsConfigurationType) -> Result<SmsConfiguration, Missing> {
    if let Some(own) = configuration.eums_sms {
        return Ok(SmsConfiguration {
            service: SmsService::EndUserMessaging,
            role: arn(Some(&own.caller_arn), "CallerArn")?,
            external_id: given(own.external_id),
            region: region(own.region, "Region")?,
        });
    }
    Ok(SmsConfiguration {
        service: SmsService::Sns,
        role: arn(Some(&configuration.sns_caller_arn), "SnsCallerArn")?,
        external_id: given(configuration.external_id),
        region: region(configuration.sns_region, "SnsRegion")?,
    })
}

fn region(text: Option<String>, name: &'static str) -> Result<Option<Region>, Missing> {
    given(text).map(|text| text.parse().map_err(|_| Missing(name))).transpose()
}

/// The functions by the trigger's name. A trigger that has versions says its function twice at most.
fn triggers(config: LambdaConfigType) -> Result<BTreeMap<String, Arn>, Missing> {
    let versioned = config.pre_token_generation_config.map(|it| it.lambda_arn);
    let all = [
        ("PreSignUp", config.pre_sign_up),
        ("CustomMessage", config.custom_message),
        ("PostConfirmation", config.post_confirmation),
        ("PreAuthentication", config.pre_authentication),
        ("PostAuthentication", config.post_authentication),
        ("DefineAuthChallenge", config.define_auth_challenge),
        ("CreateAuthChallenge", config.create_auth_challenge),
        ("VerifyAuthChallengeResponse", config.verify_auth_challenge_response),
        ("PreTokenGeneration", versioned.or(config.pre_token_generation)),
        ("UserMigration", config.user_migration),
        ("CustomSMSSender", config.custom_sms_sender.map(|it| it.lambda_arn)),
        ("CustomEmailSender", config.custom_email_sender.map(|it| it.lambda_arn)),
        ("InboundFederation", config.inbound_federation.map(|it| it.lambda_arn)),
    ];
    let mut triggers = BTreeMap::new();
    for (name, function) in all {
        if let Some(function) = some_arn(function, name)? {
            triggers.insert(name.to_owned(), function);
        }
    }
    Ok(triggers)
}
