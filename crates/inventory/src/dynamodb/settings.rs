//! The settings of a table.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    Arn, Region,
    macros::{fact, open_enum},
};

/// The settings of a table (`DescribeTable`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSettings {
    /// Its id, which another table of its name does not have.
    pub id: Option<String>,
    /// What it is doing.
    pub status: TableStatus,
    /// Whether it can be deleted at once (`DeletionProtectionEnabled`); nothing is that it can.
    pub deletion_protection: Option<bool>,
    /// How it is encrypted (`SSEDescription`); nothing is with a key that DynamoDB owns.
    pub encryption: Option<TableEncryption>,
    /// How its capacity is paid; nothing is by what is provisioned, for a table that never was on demand has no
    /// `BillingModeSummary`.
    pub billing: Option<BillingMode>,
    /// Its class; nothing is `STANDARD`.
    pub class: Option<TableClass>,
    /// Its global secondary indexes by name, whose capacity is their own.
    pub indexes: Vec<String>,
    /// Its stream, where one is on.
    pub stream: Option<Arn>,
    /// Its replicas in other regions, where it is a global table (`Replicas`). Each is a table of its region as well.
    pub replicas: Vec<Replica>,
    /// The version of global tables that it follows, `2019.11.21`.
    pub global_table_version: Option<String>,
}
fact!(TableSettings, "dynamodb:DescribeTable");

open_enum! {
    /// What a table is doing (`TableStatus`).
    TableStatus {
        /// It is being made.
        Creating = "CREATING",
        /// It is being changed.
        Updating = "UPDATING",
        /// It is being deleted.
        Deleting = "DELETING",
        /// It serves.
        Active = "ACTIVE",
        /// Its key has been out of reach, and it is not to be used until that is mended.
        InaccessibleEncryptionCredentials = "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
        /// It is being put away, since its key stayed out of reach for seven days.
        Archiving = "ARCHIVING",
        /// It was.
        Archived = "ARCHIVED",
        /// It may not replicate.
        ReplicationNotAuthorized = "REPLICATION_NOT_AUTHORIZED",
    }
}

/// How a table is encrypted, where not with a key that DynamoDB owns (`SSEDescription`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableEncryption {
    /// Whether it is so.
    pub status: Option<TableEncryptionStatus>,
    /// By what, `KMS`.
    pub kind: Option<TableEncryptionKind>,
    /// The key of KMS; whose it is stands with the key.
    pub key: Option<Arn>,
    /// When DynamoDB found that it could not use the key any more. After seven days it puts the table away.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub inaccessible_since: Option<OffsetDateTime>,
}

open_enum! {
    /// Whether a table is encrypted with a key of KMS (`SSEDescription.Status`).
    TableEncryptionStatus {
        /// It is about to be.
        Enabling = "ENABLING",
        /// It is.
        Enabled = "ENABLED",
        /// It is about to go back to a key that DynamoDB owns.
        Disabling = "DISABLING",
        /// It has gone back.
        Disabled = "DISABLED",
        /// It is getting another key.
        Updating = "UPDATING",
    }
}

open_enum! {
    /// By what a table is encrypted (`SSEType`).
    TableEncryptionKind {
        /// A key of KMS in the account.
        Kms = "KMS",
        /// A key that DynamoDB owns, in its old words.
        Aes256 = "AES256",
    }
}

open_enum! {
    /// How a table's capacity is paid (`BillingMode`).
    BillingMode {
        /// By what is provisioned, used or not.
        Provisioned = "PROVISIONED",
        /// By the request, on demand.
        PayPerRequest = "PAY_PER_REQUEST",
    }
}

open_enum! {
    /// The class of a table.
    TableClass {
        /// For what is used.
        Standard = "STANDARD",
        /// For what is kept more than used.
        StandardInfrequentAccess = "STANDARD_INFREQUENT_ACCESS",
    }
}

/// A replica of a global table in another region (`ReplicaDescription`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replica {
    /// Where it is.
    pub region: Region,
    /// Its ARN, where AWS says it; another account's table, where the global table spans accounts.
    pub arn: Option<Arn>,
    /// What it is doing.
    pub status: Option<ReplicaStatus>,
    /// The key of KMS that it is encrypted with (`KMSMasterKeyId`): an ARN, an id or an alias; nothing is the same kind
    /// of key as the table's, in its own region.
    pub key: Option<String>,
}

open_enum! {
    /// What a replica is doing (`ReplicaStatus`).
    ReplicaStatus {
        /// It is being made.
        Creating = "CREATING",
        /// That failed.
        CreationFailed = "CREATION_FAILED",
        /// It is being changed.
        Updating = "UPDATING",
        /// It is being deleted.
        Deleting = "DELETING",
        /// It serves.
        Active = "ACTIVE",
        /// Its region is not enabled for the account any more.
        RegionDisabled = "REGION_DISABLED",
        /// Its key is out of reach.
        InaccessibleEncryptionCredentials = "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
        /// It is being put away.
        Archiving = "ARCHIVING",
        /// It was.
        Archived = "ARCHIVED",
        /// It may not replicate.
        ReplicationNotAuthorized = "REPLICATION_NOT_AUTHORIZED",
    }
}
