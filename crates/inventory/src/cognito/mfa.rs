//! Whether and how users of a pool prove more than a password.

use serde::{Deserialize, Serialize};

use super::SmsConfiguration;
use crate::macros::{fact, open_enum};

/// The MFA of a user pool (`GetUserPoolMfaConfig`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mfa {
    /// Who has it.
    pub mode: MfaMode,
    /// How codes are sent by text message; nothing if they cannot be.
    pub sms: Option<SmsConfiguration>,
    /// Whether codes of authenticator apps are taken (`SoftwareTokenMfaConfiguration`).
    pub software_token: bool,
    /// Whether codes are sent by e-mail (`EmailMfaConfiguration`).
    pub email: bool,
    /// How passkeys are taken; nothing where the pool never said.
    pub web_authn: Option<WebAuthn>,
}
fact!(Mfa, "cognito-idp:GetUserPoolMfaConfig");

open_enum! {
    /// Who has MFA (`MfaConfiguration`).
    MfaMode {
        /// Nobody.
        Off = "OFF",
        /// Everybody but users of other identity providers.
        On = "ON",
        /// Whoever sets it up; threat protection may ask for it.
        Optional = "OPTIONAL",
    }
}

/// How passkeys are taken (`WebAuthnConfiguration`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebAuthn {
    /// The domain that they are for.
    pub relying_party: Option<String>,
    /// Whether the device must know its user.
    pub user_verification: Option<UserVerification>,
    /// Whether one is a second factor in itself.
    pub factor: Option<WebAuthnFactor>,
}

open_enum! {
    /// Whether the device of a passkey must know its user.
    UserVerification {
        /// It must.
        Required = "required",
        /// If it can.
        Preferred = "preferred",
    }
}

open_enum! {
    /// What a passkey counts for (`FactorConfiguration`).
    WebAuthnFactor {
        /// One factor.
        Single = "SINGLE_FACTOR",
        /// Two, if the device knew its user.
        MultiWithUserVerification = "MULTI_FACTOR_WITH_USER_VERIFICATION",
    }
}
