//! A few objects of a bucket, and who may read them.

use serde::{Deserialize, Serialize};

use super::Acl;
use crate::{Observed, macros::fact};

/// Some of the objects on the first page of a bucket's keys (`ListObjectsV2`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectSample {
    /// How many keys the page has.
    pub keys: u32,
    /// Whether the bucket has more.
    pub more: bool,
    /// The first of them, the last and some between; without those that went away meanwhile.
    pub objects: Vec<SampledObject>,
}
fact!(ObjectSample, "s3:ListBucket");

/// An object that was looked at, in its current version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampledObject {
    /// Its key.
    pub key: String,
    /// Its access control list.
    #[serde(default)]
    pub acl: Observed<ObjectAcl>,
}

/// The access control list of an object (`GetObjectAcl`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ObjectAcl(pub Acl);
fact!(ObjectAcl, "s3:GetObjectAcl");
