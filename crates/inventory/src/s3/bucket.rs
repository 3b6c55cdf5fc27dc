//! A bucket and everything that S3 tells about one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Acl, BucketBlock, BucketPolicy, BucketPolicyStatus, Cors, Encryption, Lifecycle, Logging,
    Notifications, ObjectLock, ObjectSample, Ownership, Replication, Tags, Versioning, Website,
};
use crate::{Action, Arn, Fact, Observed, Place, Region, Resource, macros::fact};

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
    /// Some of its objects, where the scan was told to look; not set where their access control lists surely do not count.
    #[serde(default)]
    pub objects: Observed<ObjectSample>,
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

/// The bucket's region (`ListBuckets`, `GetBucketLocation` or `HeadBucket`, the first that tells).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Location(pub Region);
fact!(Location, "s3:GetBucketLocation");
