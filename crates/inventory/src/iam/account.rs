//! What IAM says of the account as a whole.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Action, Arn, Fact, Place, Resource, macros::fact};

/// What the root user has (`GetAccountSummary`). A figure that AWS leaves out is nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Whether the root user has MFA (`AccountMFAEnabled`).
    pub mfa_enabled: Option<bool>,
    /// Whether the root user has access keys (`AccountAccessKeysPresent`).
    pub access_keys_present: Option<bool>,
    /// Whether the root user has signing certificates (`AccountSigningCertificatesPresent`).
    pub signing_certificates_present: Option<bool>,
    /// Whether the root user has a password (`AccountPasswordPresent`).
    pub password_present: Option<bool>,
}
fact!(Summary, "iam:GetAccountSummary");

/// What passwords must be like (`GetAccountPasswordPolicy`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the shape of the API")]
pub struct PasswordPolicy {
    /// The fewest characters (`MinimumPasswordLength`).
    pub minimum_length: Option<u32>,
    /// `RequireUppercaseCharacters`
    pub uppercase: bool,
    /// `RequireLowercaseCharacters`
    pub lowercase: bool,
    /// `RequireNumbers`
    pub numbers: bool,
    /// `RequireSymbols`
    pub symbols: bool,
    /// Days until a password expires (`MaxPasswordAge`); nothing where it does not.
    pub max_age: Option<u32>,
    /// How many old passwords may not be used again (`PasswordReusePrevention`).
    pub reuse_prevention: Option<u32>,
}
fact!(PasswordPolicy, "iam:GetAccountPasswordPolicy");

/// A TLS certificate kept in IAM (`ListServerCertificates`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerCertificate {
    /// Its ARN, with the path.
    pub arn: Arn,
    /// Its name.
    pub name: String,
    /// When it stops being valid.
    #[serde(with = "time::serde::rfc3339::option")]
    pub expires: Option<OffsetDateTime>,
}

impl Fact for ServerCertificate {
    const ACTION: Action = Action::new("iam:ListServerCertificates");
}

impl Resource for ServerCertificate {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }
}

/// What the organization manages centrally, `RootCredentialsManagement` and `RootSessions` (`ListOrganizationsFeatures`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrganizationFeatures(pub Vec<String>);
fact!(OrganizationFeatures, "iam:ListOrganizationsFeatures");
