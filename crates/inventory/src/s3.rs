//! Simple Storage Service: buckets, access points, and the account's own block.
//!
//! Field meanings are those of the S3 and S3 Control API references.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AccountId, Action, Arn, Fact, Listed, Observed, Place, Region, Resource};

mod access;
mod bucket;
mod names;
mod objects;
mod protection;
mod settings;

pub use access::*;
pub use bucket::*;
pub use names::*;
pub use objects::*;
pub use protection::*;
pub use settings::*;

/// What was learned about S3 in one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// The account's block, which stands above every bucket's own.
    #[serde(default)]
    pub account_block: Observed<AccountBlock>,
    /// General purpose buckets of all regions asked for.
    #[serde(default)]
    pub buckets: Listed<Bucket>,
    /// Access points of all regions asked for.
    #[serde(default)]
    pub access_points: Listed<AccessPoint>,
    /// Multi-Region Access Points, which the account has once for all regions.
    #[serde(default)]
    pub multi_region_access_points: Listed<MultiRegionAccessPoint>,
    /// Bucket names that everybody can compute for this account.
    #[serde(default)]
    pub predictable_names: Listed<PredictableName>,
    /// Whether the scan was told to look at some objects of each bucket, which costs the account money.
    #[serde(default)]
    pub samples_objects: bool,
}

/// The four switches of Block Public Access. AWS leaves out those that are off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the shape of the API")]
pub struct PublicAccessBlock {
    /// Refuses new public ACLs.
    pub block_public_acls: bool,
    /// Makes public ACLs, old and new, grant nothing.
    pub ignore_public_acls: bool,
    /// Refuses new public policies.
    pub block_public_policy: bool,
    /// Cuts a public policy down to the account itself and AWS services.
    pub restrict_public_buckets: bool,
}

/// The block of the account (S3 Control `GetPublicAccessBlock`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountBlock(pub PublicAccessBlock);

impl Fact for AccountBlock {
    const ACTION: Action = Action::new("s3:GetAccountPublicAccessBlock");
}

/// An access point (`ListAccessPoints`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessPoint {
    /// Its ARN.
    pub arn: Arn,
    /// Its name, unique in account and region.
    pub name: String,
    /// Where it lives, which is where its bucket lives.
    pub region: Region,
    /// The bucket behind it.
    pub bucket: String,
    /// The account of the bucket behind it.
    pub bucket_account: Option<AccountId>,
    /// The VPC that it answers to, where it does not answer the Internet.
    pub vpc: Option<String>,
    /// Its own block, fixed at creation.
    #[serde(default)]
    pub public_access_block: Observed<AccessPointBlock>,
    /// Its policy, verbatim.
    #[serde(default)]
    pub policy: Observed<AccessPointPolicy>,
    /// Whether AWS calls that policy public.
    #[serde(default)]
    pub policy_status: Observed<AccessPointPolicyStatus>,
}

impl Fact for AccessPoint {
    const ACTION: Action = Action::new("s3:ListAccessPoints");
}

impl Resource for AccessPoint {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }
}

/// The block of an access point (`GetAccessPoint`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessPointBlock(pub PublicAccessBlock);

impl Fact for AccessPointBlock {
    const ACTION: Action = Action::new("s3:GetAccessPoint");
}

/// The policy document of an access point, verbatim (`GetAccessPointPolicy`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessPointPolicy(pub String);

impl Fact for AccessPointPolicy {
    const ACTION: Action = Action::new("s3:GetAccessPointPolicy");
}

/// AWS's own verdict on an access point's policy (`GetAccessPointPolicyStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessPointPolicyStatus {
    /// Public by the definition of Block Public Access.
    pub is_public: bool,
}

impl Fact for AccessPointPolicyStatus {
    const ACTION: Action = Action::new("s3:GetAccessPointPolicyStatus");
}

/// A Multi-Region Access Point (`ListMultiRegionAccessPoints`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MultiRegionAccessPoint {
    /// Its ARN, which ends in its alias.
    pub arn: Arn,
    /// Its name.
    pub name: String,
    /// `READY` and other states of its making.
    pub status: Option<String>,
    /// The buckets behind it, with their regions.
    pub buckets: BTreeMap<String, Option<Region>>,
    /// Its own block, fixed at creation.
    #[serde(default)]
    pub public_access_block: Observed<MultiRegionBlock>,
}

impl Fact for MultiRegionAccessPoint {
    const ACTION: Action = Action::new("s3:ListMultiRegionAccessPoints");
}

impl Resource for MultiRegionAccessPoint {
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

/// The block of a Multi-Region Access Point (`ListMultiRegionAccessPoints`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MultiRegionBlock(pub PublicAccessBlock);

impl Fact for MultiRegionBlock {
    const ACTION: Action = MultiRegionAccessPoint::ACTION;
}
