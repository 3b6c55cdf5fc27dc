//! Who is let in to a bucket: access control list, ownership, block, policy.

use serde::{Deserialize, Serialize};

use super::PublicAccessBlock;
use crate::macros::{fact, open_enum};

/// The access control list (`GetBucketAcl`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acl {
    /// The canonical user id of the owner.
    pub owner: Option<String>,
    /// Who may do what.
    pub grants: Vec<Grant>,
}
fact!(Acl, "s3:GetBucketAcl");

/// One line of an access control list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Who.
    pub grantee: Grantee,
    /// What.
    pub permission: Permission,
}

/// Who an access control list may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grantee {
    /// An account, by its canonical user id.
    CanonicalUser(String),
    /// An account, by the address of its root user.
    Email(String),
    /// A predefined group.
    Group(Group),
}

open_enum! {
    /// The predefined groups, by their address.
    Group {
        /// Everyone, signed in or not.
        AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers",
        /// Everyone with credentials of any AWS account.
        AuthenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
        /// S3's own log delivery.
        LogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery",
    }
}

open_enum! {
    /// What an access control list may grant on a bucket.
    Permission {
        /// List the objects.
        Read = "READ",
        /// Create objects, overwrite and delete those of the grantee.
        Write = "WRITE",
        /// Read the access control list.
        ReadAcp = "READ_ACP",
        /// Write the access control list, and so grant oneself the rest.
        WriteAcp = "WRITE_ACP",
        /// All of it.
        FullControl = "FULL_CONTROL",
    }
}

open_enum! {
    /// S3 Object Ownership (`GetBucketOwnershipControls`).
    Ownership {
        /// ACLs are off.
        BucketOwnerEnforced = "BucketOwnerEnforced",
        /// ACLs count; uploads with a certain ACL belong to the bucket's owner.
        BucketOwnerPreferred = "BucketOwnerPreferred",
        /// ACLs count; uploads belong to the uploader.
        ObjectWriter = "ObjectWriter",
    }
}
fact!(Ownership, "s3:GetBucketOwnershipControls");

/// The bucket's own block (`GetPublicAccessBlock`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BucketBlock(pub PublicAccessBlock);
fact!(BucketBlock, "s3:GetBucketPublicAccessBlock");

/// The policy document, verbatim (`GetBucketPolicy`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BucketPolicy(pub String);
fact!(BucketPolicy, "s3:GetBucketPolicy");

/// AWS's own verdict on the policy (`GetBucketPolicyStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BucketPolicyStatus {
    /// Public by the definition of Block Public Access.
    pub is_public: bool,
}
fact!(BucketPolicyStatus, "s3:GetBucketPolicyStatus");
