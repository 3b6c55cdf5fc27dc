//! What else is set on a bucket: copies, origins, logs, pages, locks, ages, listeners, tags.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Toggle;
use crate::{AccountId, Arn, Observed, Region, macros::fact};

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
