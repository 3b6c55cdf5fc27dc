//! Block Public Access: of the account, of a bucket with the account's above it, of access points.
//!
//! S3 user guide, "Blocking public access to your Amazon S3 storage": of account and bucket, the more
//! restrictive setting holds, switch by switch.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact, Observed, Unknown,
    s3::{
        AccessPoint, AccountBlock, Bucket, BucketBlock, MultiRegionAccessPoint, PublicAccessBlock,
    },
};
use serde_json::json;

/// One of the four switches.
#[derive(Clone, Copy)]
pub(super) struct Switch {
    /// Its name in the API.
    pub(super) name: &'static str,
    is_on: fn(&PublicAccessBlock) -> bool,
}

pub(super) const IGNORE_PUBLIC_ACLS: Switch =
    Switch { name: "IgnorePublicAcls", is_on: |block| block.ignore_public_acls };

const SWITCHES: [Switch; 4] = [
    Switch { name: "BlockPublicAcls", is_on: |block| block.block_public_acls },
    IGNORE_PUBLIC_ACLS,
    Switch { name: "BlockPublicPolicy", is_on: |block| block.block_public_policy },
    Switch { name: "RestrictPublicBuckets", is_on: |block| block.restrict_public_buckets },
];

pub(super) fn account(block: &Observed<AccountBlock>) -> Decision {
    own(block, |block| &block.0)
}

pub(super) fn access_point(point: &AccessPoint) -> Decision {
    own(&point.public_access_block, |block| &block.0)
}

pub(super) fn multi_region_access_point(point: &MultiRegionAccessPoint) -> Decision {
    own(&point.public_access_block, |block| &block.0)
}

/// A block that stands alone. None at all means that every switch is off.
fn own<F: Fact>(block: &Observed<F>, switches: fn(&F) -> &PublicAccessBlock) -> Decision {
    let off = PublicAccessBlock::default();
    let block = block.known()?.map_or(&off, switches);
    let states = SWITCHES.map(|switch| (switch.name, (switch.is_on)(block)));
    let faults = states.iter().filter(|(_, on)| !on);
    Ok(Verdict::faults(faults.map(|(name, on)| Evidence::of::<F>(*name, *on, "true")).collect()))
}

/// Where a switch stands that the account and the bucket both have.
pub(super) struct Effective {
    account: bool,
    bucket: bool,
}

impl Effective {
    pub(super) fn is_on(&self) -> bool {
        self.account || self.bucket
    }

    /// What was seen of the switch, at both places.
    pub(super) fn evidence(&self, switch: Switch) -> Evidence {
        Evidence::of::<BucketBlock>(
            switch.name,
            json!({ "account": self.account, "bucket": self.bucket }),
            "true for the account or the bucket",
        )
    }
}

/// A switch over account and bucket: one that is on decides, and so do two that are off.
pub(super) fn effective(
    account: &Observed<AccountBlock>,
    bucket: &Bucket,
    switch: Switch,
) -> Result<Effective, Unknown> {
    let above = account.known().map(|block| block.is_some_and(|block| (switch.is_on)(&block.0)));
    let own = bucket.public_access_block.known();
    let own = own.map(|block| block.is_some_and(|block| (switch.is_on)(&block.0)));
    match (above, own) {
        (Ok(account), Ok(bucket)) => Ok(Effective { account, bucket }),
        (Ok(true), Err(_)) => Ok(Effective { account: true, bucket: false }),
        (Err(_), Ok(true)) => Ok(Effective { account: false, bucket: true }),
        (_, Err(unknown)) | (Err(unknown), _) => Err(unknown),
    }
}

/// All four switches in effect; one that is off for certain decides, whatever the others are.
pub(super) fn bucket(account: &Observed<AccountBlock>, bucket: &Bucket) -> Decision {
    let states = SWITCHES.map(|switch| (switch, effective(account, bucket, switch)));
    let faults: Vec<Evidence> = states
        .iter()
        .filter_map(|(switch, state)| Some((switch, state.as_ref().ok()?)))
        .filter(|(_, state)| !state.is_on())
        .map(|(switch, state)| state.evidence(*switch))
        .collect();
    if faults.is_empty() {
        for (_, state) in states {
            state?;
        }
    }
    Ok(Verdict::faults(faults))
}
