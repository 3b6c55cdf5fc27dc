//! The settings of a user pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::MfaMode;
use crate::{
    Arn, Region,
    macros::{fact, open_enum},
};

/// The settings of a user pool (`DescribeUserPool`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserPoolSettings {
    /// Whether users have MFA; how they have it stands in [`Mfa`](super::Mfa).
    pub mfa: Option<MfaMode>,
    /// What passwords must be like.
    pub password_policy: Option<PasswordPolicy>,
    /// What users may sign in with first, where the pool offers a choice (`AllowedFirstAuthFactors`); otherwise a
    /// password.
    pub first_auth_factors: Vec<AuthFactor>,
    /// Its feature plan.
    pub tier: Option<Tier>,
    /// Threat protection of standard sign-in (`AdvancedSecurityMode`); nothing is off. It needs the plan `PLUS`.
    pub threat_protection: Option<ThreatProtection>,
    /// Threat protection of custom authentication (`CustomAuthMode`); nothing is off.
    pub custom_auth_threat_protection: Option<ThreatProtection>,
    /// Whether it can be deleted at once; nothing is that it can.
    pub deletion_protection: Option<DeletionProtection>,
    /// What users must prove to hold when they sign up: `email`, `phone_number`.
    pub auto_verified_attributes: Vec<String>,
    /// What users must prove to hold before a new value replaces the old one
    /// (`AttributesRequireVerificationBeforeUpdate`).
    pub verified_before_update: Vec<String>,
    /// What users sign in with in place of a user name: `email`, `phone_number`.
    pub username_attributes: Vec<String>,
    /// What users may sign in with beside a user name: `email`, `phone_number`, `preferred_username`.
    pub alias_attributes: Vec<String>,
    /// Whether `Alice` and `alice` are two; nothing where the pool never said, which is that they are.
    pub usernames_case_sensitive: Option<bool>,
    /// The attributes that its owner added.
    pub custom_attributes: Vec<CustomAttribute>,
    /// The standard attributes that cannot change after sign-up.
    pub immutable_attributes: Vec<String>,
    /// How a forgotten password is replaced, as AWS lists it; nothing where the pool never said, which is by text message
    /// before e-mail.
    pub recovery: Option<Vec<RecoveryMechanism>>,
    /// Whether only administrators make users; otherwise anybody may sign up.
    pub admin_create_user_only: bool,
    /// Days until an administrator's invitation expires, where it is not left to the password policy.
    pub unused_account_validity_days: Option<u32>,
    /// How it sends e-mail.
    pub email: Option<EmailConfiguration>,
    /// How it sends text messages; nothing if it cannot.
    pub sms: Option<SmsConfiguration>,
    /// What keeps it from sending text messages, as AWS found (`SmsConfigurationFailure`).
    pub sms_failure: Option<String>,
    /// Whether it has a text of its own for the text messages of MFA (`SmsAuthenticationMessage`).
    pub sms_authentication_message: bool,
    /// Functions that it calls, by the name of the trigger, `PreSignUp`, `CustomSMSSender`.
    pub lambda_triggers: BTreeMap<String, Arn>,
    /// Whether it remembers devices; nothing if it does not.
    pub devices: Option<DeviceTracking>,
    /// About how many users it has.
    pub estimated_users: u32,
    /// The prefix of its domain at Amazon Cognito's.
    pub domain: Option<String>,
    /// A domain of its owner's.
    pub custom_domain: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
fact!(UserPoolSettings, "cognito-idp:DescribeUserPool");

/// What passwords must be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the shape of the API")]
pub struct PasswordPolicy {
    /// The fewest characters, 6 to 99.
    pub minimum_length: Option<u32>,
    /// `RequireUppercase`
    pub uppercase: bool,
    /// `RequireLowercase`
    pub lowercase: bool,
    /// `RequireNumbers`
    pub numbers: bool,
    /// `RequireSymbols`
    pub symbols: bool,
    /// Days until a temporary password expires; nothing where AWS does not say.
    pub temporary_validity_days: Option<u32>,
    /// How many old passwords may not be used again.
    pub history: Option<u32>,
}

open_enum! {
    /// What a user may sign in with first.
    AuthFactor {
        /// A password.
        Password = "PASSWORD",
        /// A code by e-mail.
        EmailOtp = "EMAIL_OTP",
        /// A code by text message.
        SmsOtp = "SMS_OTP",
        /// A passkey.
        WebAuthn = "WEB_AUTHN",
        /// A code of an authenticator app.
        SoftwareToken = "SOFTWARE_TOKEN",
    }
}

open_enum! {
    /// A feature plan.
    Tier {
        /// The old features.
        Lite = "LITE",
        /// The new ones.
        Essentials = "ESSENTIALS",
        /// Threat protection too.
        Plus = "PLUS",
    }
}

open_enum! {
    /// Whether threat protection acts (`AdvancedSecurityMode`).
    ThreatProtection {
        /// It does not look.
        Off = "OFF",
        /// It looks and does nothing.
        Audit = "AUDIT",
        /// It does what the risk configuration says.
        Enforced = "ENFORCED",
    }
}

open_enum! {
    /// Whether a user pool can be deleted at once.
    DeletionProtection {
        /// Not before this is switched off.
        Active = "ACTIVE",
        /// It can.
        Inactive = "INACTIVE",
    }
}

/// An attribute of users that the pool's owner added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomAttribute {
    /// Its name with the prefix, `custom:role`.
    pub name: String,
    /// Whether its value can change after sign-up.
    pub mutable: bool,
    /// Whether only administrators can write it (`DeveloperOnlyAttribute`, which AWS has replaced by what clients may
    /// write).
    pub developer_only: bool,
}

/// One way to replace a forgotten password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryMechanism {
    /// Which.
    pub name: RecoveryOption,
    /// 1 is tried first.
    pub priority: u32,
}

open_enum! {
    /// How a forgotten password is replaced.
    RecoveryOption {
        /// By a code to the verified e-mail address.
        VerifiedEmail = "verified_email",
        /// By a code to the verified telephone number.
        VerifiedPhoneNumber = "verified_phone_number",
        /// By an administrator only.
        AdminOnly = "admin_only",
    }
}

/// How a user pool sends e-mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailConfiguration {
    /// By whose account.
    pub sending: Option<EmailSending>,
    /// The identity of SES that it sends by.
    pub source: Option<Arn>,
}

open_enum! {
    /// By whose account e-mail is sent (`EmailSendingAccount`).
    EmailSending {
        /// Amazon Cognito's, which sends few.
        CognitoDefault = "COGNITO_DEFAULT",
        /// The pool owner's SES.
        Developer = "DEVELOPER",
    }
}

/// How a user pool sends text messages (`SmsConfiguration`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsConfiguration {
    /// By which service.
    pub service: SmsService,
    /// The role that Amazon Cognito assumes for it (`SnsCallerArn`, or `CallerArn` of End User Messaging).
    pub role: Arn,
    /// The external id that Amazon Cognito assumes the role with; no secret, by IAM's own words.
    pub external_id: Option<String>,
    /// The region that they are sent from; nothing for the pool's own.
    pub region: Option<Region>,
}

/// By which service a user pool sends text messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsService {
    /// Simple Notification Service.
    Sns,
    /// End User Messaging SMS, without SNS (`EumsSms`).
    EndUserMessaging,
}

/// Whether a user pool remembers devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceTracking {
    /// Whether only new devices are asked for MFA.
    pub challenge_required_on_new_device: bool,
    /// Whether users choose which are remembered; otherwise all are.
    pub only_remembered_on_user_prompt: bool,
}
