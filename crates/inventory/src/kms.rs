//! Key Management Service: the keys that other resources name.
//!
//! Field meanings are those of the KMS API reference.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    Arn, Fact as _, Observed, Reason, Unknown,
    macros::{fact, open_enum},
};

/// What was learned about KMS in one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kms {
    /// The keys that tables are encrypted with, by their ARNs. Not set is a key that KMS does not know any more.
    pub keys: BTreeMap<Arn, Observed<KeySettings>>,
}

impl Kms {
    /// A key by its ARN, and nothing where KMS does not know it any more.
    pub fn key(&self, arn: &Arn) -> Result<Option<&KeySettings>, Unknown> {
        let key = self.keys.get(arn);
        key.ok_or(Unknown::new(KeySettings::ACTION, Reason::NotCollected))?.known()
    }
}

/// A key (`DescribeKey`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySettings {
    /// Who manages it; nothing where AWS does not say.
    pub manager: Option<KeyManager>,
    /// Whether it can be used.
    pub state: KeyState,
    /// When it will be deleted, where it waits for that.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub deletion: Option<OffsetDateTime>,
}
fact!(KeySettings, "kms:DescribeKey");

open_enum! {
    /// Who manages a key (`KeyManager`).
    KeyManager {
        /// A service of AWS, as `aws/dynamodb`: nobody can change its policy.
        Aws = "AWS",
        /// The account that it belongs to.
        Customer = "CUSTOMER",
    }
}

open_enum! {
    /// Whether a key can be used (`KeyState`).
    KeyState {
        /// Not yet.
        Creating = "Creating",
        /// It can.
        Enabled = "Enabled",
        /// Not until somebody enables it.
        Disabled = "Disabled",
        /// Not until its deletion is cancelled.
        PendingDeletion = "PendingDeletion",
        /// Not until it has its material.
        PendingImport = "PendingImport",
        /// Not until its replicas are deleted, and then not either.
        PendingReplicaDeletion = "PendingReplicaDeletion",
        /// Not while its key store is out of reach.
        Unavailable = "Unavailable",
        /// It can, and is being changed.
        Updating = "Updating",
    }
}
