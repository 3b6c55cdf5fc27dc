//! What users sign in with.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Action, Arn, Fact, Place, Resource, macros::fact};

/// One row of the credential report (`GetCredentialReport`), of a user or of the root user.
///
/// AWS makes a new report at most every four hours, so that a row can be that much behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// When AWS made the report.
    #[serde(with = "time::serde::rfc3339")]
    pub reported: OffsetDateTime,
    /// Whether there is a password for the console (`password_enabled`); nothing where AWS says `not_supported`.
    pub password: Option<bool>,
    /// When the password was last used (`password_last_used`); nothing where it never was, as far as AWS knows.
    #[serde(with = "time::serde::rfc3339::option")]
    pub password_last_used: Option<OffsetDateTime>,
    /// When the password was last set (`password_last_changed`).
    #[serde(with = "time::serde::rfc3339::option")]
    pub password_last_changed: Option<OffsetDateTime>,
    /// Whether an MFA device is active (`mfa_active`).
    pub mfa: bool,
    /// The access keys that there are; at most two.
    pub access_keys: Vec<AccessKey>,
    /// How many X.509 signing certificates are active (`cert_1_active`, `cert_2_active`).
    pub signing_certificates: u8,
}
fact!(Credentials, "iam:GetCredentialReport");

/// An access key, as the credential report shows it: without its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKey {
    /// The ARN of its user.
    pub arn: Arn,
    /// The name of its user.
    pub user: String,
    /// Which of the two that a user can have.
    pub slot: KeySlot,
    /// Whether it works (`access_key_1_active`).
    pub active: bool,
    /// When it was created (`access_key_1_last_rotated`).
    #[serde(with = "time::serde::rfc3339::option")]
    pub created: Option<OffsetDateTime>,
    /// When it was last used (`access_key_1_last_used_date`); nothing where it never was, as far as AWS knows.
    #[serde(with = "time::serde::rfc3339::option")]
    pub last_used: Option<OffsetDateTime>,
    /// The service that it was last used with (`access_key_1_last_used_service`).
    pub last_used_service: Option<String>,
}

/// The place of an access key in the credential report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeySlot {
    /// `access_key_1`
    First,
    /// `access_key_2`
    Second,
}

impl KeySlot {
    /// What the report's columns begin with.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "access_key_1",
            Self::Second => "access_key_2",
        }
    }
}

impl Fact for AccessKey {
    const ACTION: Action = Credentials::ACTION;
}

impl Resource for AccessKey {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.user
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }

    fn part(&self) -> Option<&str> {
        Some(self.slot.as_str())
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::IAM::AccessKey")
    }
}

/// The serial numbers of a user's MFA devices (`ListMFADevices`): an ARN, or a number for a hardware token.
///
/// The first part of an ARN's resource tells the kind: `mfa/` is virtual, `u2f/` a security key or passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MfaDevices(pub Vec<String>);
fact!(MfaDevices, "iam:ListMFADevices");

/// A virtual MFA device (`ListVirtualMFADevices`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VirtualMfaDevice {
    /// Its serial number, which is an ARN.
    pub arn: Arn,
    /// Who uses it, if anybody: a user, or the root user.
    pub user: Option<Arn>,
}

impl Fact for VirtualMfaDevice {
    const ACTION: Action = Action::new("iam:ListVirtualMFADevices");
}

impl Resource for VirtualMfaDevice {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        self.arn.resource().rsplit('/').next().unwrap_or_default()
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }
}
