//! How a bucket keeps its objects: encryption and versions.

use serde::{Deserialize, Serialize};

use crate::macros::{fact, open_enum};

/// Default encryption (`GetBucketEncryption`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Encryption {
    /// One rule, as S3 stands.
    pub rules: Vec<EncryptionRule>,
}
fact!(Encryption, "s3:GetEncryptionConfiguration");

/// How new objects are encrypted where the request does not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EncryptionRule {
    /// The algorithm, where the rule names one.
    pub algorithm: Option<Algorithm>,
    /// The KMS key; without one S3 takes `aws/s3`.
    pub kms_key: Option<String>,
    /// Whether an S3 Bucket Key saves calls to KMS.
    pub bucket_key: bool,
    /// Encryption types that uploads may not ask for, `SSE-C`.
    pub blocked: Vec<String>,
}

open_enum! {
    /// Server-side encryption algorithms.
    Algorithm {
        /// SSE-S3.
        Aes256 = "AES256",
        /// SSE-KMS.
        Kms = "aws:kms",
        /// Dual-layer SSE-KMS.
        KmsDsse = "aws:kms:dsse",
    }
}

/// Versioning (`GetBucketVersioning`). AWS leaves both out where they were never set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Versioning {
    /// Whether new versions are kept.
    pub status: Option<VersioningStatus>,
    /// Whether a version's deletion needs the root user's MFA device.
    pub mfa_delete: Option<Toggle>,
}
fact!(Versioning, "s3:GetBucketVersioning");

open_enum! {
    /// States of versioning, once it was set.
    VersioningStatus {
        /// Versions are kept.
        Enabled = "Enabled",
        /// Old versions are kept, new ones are not.
        Suspended = "Suspended",
    }
}

open_enum! {
    /// On or off.
    Toggle {
        /// On.
        Enabled = "Enabled",
        /// Off.
        Disabled = "Disabled",
    }
}
