//! A bucket and everything that S3 tells about one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PublicAccessBlock;
use crate::{AccountId, Action, Arn, Fact, Observed, Place, Region, Resource};

/// A general purpose bucket (`ListBuckets`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bucket {
    /// Its ARN, which has neither region nor account.
    pub arn: Arn,
    /// Its name, unique in its partition.
    pub name: String,
    /// Where it lives.
    #[serde(default)]
    pub location: Observed<Location>,
    /// Its access control list.
    #[serde(default)]
    pub acl: Observed<Acl>,
    /// Who owns uploaded objects, and with it whether ACLs count.
    #[serde(default)]
    pub ownership: Observed<Ownership>,
    /// The bucket's own block.
    #[serde(default)]
    pub public_access_block: Observed<BucketBlock>,
    /// Its policy, verbatim.
    #[serde(default)]
    pub policy: Observed<BucketPolicy>,
    /// Whether AWS calls that policy public.
    #[serde(default)]
    pub policy_status: Observed<BucketPolicyStatus>,
    /// What new objects are encrypted with.
    #[serde(default)]
    pub encryption: Observed<Encryption>,
    /// Versions and MFA Delete.
    #[serde(default)]
    pub versioning: Observed<Versioning>,
    /// Copies to other buckets.
    #[serde(default)]
    pub replication: Observed<Replication>,
    /// What browsers may do from other origins.
    #[serde(default)]
    pub cors: Observed<Cors>,
    /// Server access logs.
    #[serde(default)]
    pub logging: Observed<Logging>,
    /// Static website hosting.
    #[serde(default)]
    pub website: Observed<Website>,
    /// Write once, read many.
    #[serde(default)]
    pub object_lock: Observed<ObjectLock>,
    /// Expiry and transitions.
    #[serde(default)]
    pub lifecycle: Observed<Lifecycle>,
    /// Who hears of changes.
    #[serde(default)]
    pub notifications: Observed<Notifications>,
    /// Its tags.
    #[serde(default)]
    pub tags: Observed<Tags>,
}

impl Fact for Bucket {
    const ACTION: Action = Action::new("s3:ListAllMyBuckets");
}

impl Resource for Bucket {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        self.location.set().map_or(Place::Unknown, |Location(region)| Place::Region(region))
    }

    fn tags(&self) -> BTreeMap<String, String> {
        self.tags.set().map(|Tags(tags)| tags.clone()).unwrap_or_default()
    }
}

/// A fact of one answer, with the action that it comes from.
macro_rules! fact {
    ($name:ident, $action:literal) => {
        impl Fact for $name {
            const ACTION: Action = Action::new($action);
        }
    };
}

/// A value of AWS's that may grow: the spellings we know, and whatever else AWS says.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)+
            /// A value that this version does not know.
            #[serde(untagged)]
            Other(String),
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl $name {
            /// The value as AWS spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }
    };
}

/// The bucket's region (`ListBuckets`, `GetBucketLocation` or `HeadBucket`, the first that tells).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Location(pub Region);
fact!(Location, "s3:GetBucketLocation");

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

/// Replication (`GetBucketReplication`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replication {
    /// What goes where.
    pub rules: Vec<ReplicationRule>,
}
fact!(Replication, "s3:GetReplicationConfiguration");

/// One replication rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplicationRule {
    /// Its name.
    pub id: Option<String>,
    /// Whether it is in force.
    pub status: Toggle,
    /// Whether it takes only some objects, by prefix or tag.
    pub filtered: bool,
    /// The bucket that receives the copies.
    pub destination: Arn,
    /// The account of that bucket; not set where it is none of this account's and AWS does not say whose.
    #[serde(default)]
    pub account: Observed<DestinationAccount>,
    /// The region of that bucket.
    #[serde(default)]
    pub region: Observed<DestinationRegion>,
}

/// The account that receives the copies: the one in the rule, or this one where it owns the bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DestinationAccount(pub AccountId);
fact!(DestinationAccount, "s3:ListAllMyBuckets");

/// The region of a bucket that is known by name (`HeadBucket`, whose header tells it even where access is refused).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DestinationRegion(pub Region);
fact!(DestinationRegion, "s3:ListBucket");

/// Cross-origin resource sharing (`GetBucketCors`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cors {
    /// S3 takes the first that matches.
    pub rules: Vec<CorsRule>,
}
fact!(Cors, "s3:GetBucketCORS");

/// One rule of cross-origin resource sharing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorsRule {
    /// Its name.
    pub id: Option<String>,
    /// Origins, with at most one `*` each.
    pub origins: Vec<String>,
    /// HTTP methods.
    pub methods: Vec<String>,
    /// Request headers.
    pub headers: Vec<String>,
}

/// Server access logging (`GetBucketLogging`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logging {
    /// The bucket that receives the logs.
    pub bucket: String,
    /// What their keys begin with.
    pub prefix: String,
}
fact!(Logging, "s3:GetBucketLogging");

/// Static website hosting (`GetBucketWebsite`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Website {
    /// The document of a directory.
    pub index: Option<String>,
    /// The document of an error.
    pub error: Option<String>,
    /// The host that all requests are sent on to.
    pub redirect_to: Option<String>,
}
fact!(Website, "s3:GetBucketWebsite");

/// Object Lock (`GetObjectLockConfiguration`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectLock {
    /// Whether the bucket may lock objects.
    pub enabled: bool,
    /// `GOVERNANCE` or `COMPLIANCE`, where new objects are locked by default.
    pub default_mode: Option<String>,
}
fact!(ObjectLock, "s3:GetBucketObjectLockConfiguration");

/// Lifecycle (`GetBucketLifecycleConfiguration`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifecycle {
    /// What happens to objects as they age.
    pub rules: Vec<LifecycleRule>,
}
fact!(Lifecycle, "s3:GetLifecycleConfiguration");

/// One lifecycle rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifecycleRule {
    /// Its name.
    pub id: Option<String>,
    /// Whether it is in force.
    pub status: Toggle,
    /// After how many days unfinished uploads are removed, where they are.
    pub abort_uploads_after_days: Option<i32>,
}

/// Event notifications (`GetBucketNotificationConfiguration`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notifications {
    /// The ARNs of topics, queues and functions that hear of events.
    pub targets: Vec<String>,
    /// Whether EventBridge hears of all events.
    pub event_bridge: bool,
}
fact!(Notifications, "s3:GetBucketNotification");

/// Tags (`GetBucketTagging`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tags(pub BTreeMap<String, String>);
fact!(Tags, "s3:GetBucketTagging");
