//! Block Public Access: of the account, of a bucket with the account's above it, of access points.
//!
//! S3 user guide, "Blocking public access to your Amazon S3 storage": of account and bucket, the more
//! restrictive setting holds, switch by switch.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact, Observed, Reason, Unknown,
    s3::{
        AccessPoint, AccessPointBlock, AccountBlock, Bucket, BucketBlock, MultiRegionAccessPoint,
        PublicAccessBlock,
    },
};
use serde_json::json;

use crate::Scan;

/// One of the four switches.
#[derive(Clone, Copy)]
pub(super) struct Switch {
    /// Its name in the API.
    pub(super) name: &'static str,
    is_on: fn(&PublicAccessBlock) -> bool,
}

pub(super) const IGNORE_PUBLIC_ACLS: Switch =
    Switch { name: "IgnorePublicAcls", is_on: |block| block.ignore_public_acls };

pub(super) const RESTRICT_PUBLIC_BUCKETS: Switch =
    Switch { name: "RestrictPublicBuckets", is_on: |block| block.restrict_public_buckets };

const SWITCHES: [Switch; 4] = [
    Switch { name: "BlockPublicAcls", is_on: |block| block.block_public_acls },
    IGNORE_PUBLIC_ACLS,
    Switch { name: "BlockPublicPolicy", is_on: |block| block.block_public_policy },
    RESTRICT_PUBLIC_BUCKETS,
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

    /// The evidence of a switch that is on.
    pub(super) fn when_on(self, switch: Switch) -> Option<Evidence> {
        self.is_on().then(|| self.evidence(switch))
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

/// `RestrictPublicBuckets` for an access point: its own, its bucket's or the account's.
///
/// Of a bucket in another account nothing can be seen from here, and nothing is assumed.
pub(super) fn restricts_access_point(
    scan: Scan<'_>,
    point: &AccessPoint,
) -> Result<Option<Evidence>, Unknown> {
    let switch = RESTRICT_PUBLIC_BUCKETS;
    let own = point.public_access_block.known();
    let own = own.map(|block| block.is_some_and(|block| (switch.is_on)(&block.0)));
    if own == Ok(true) {
        let expected = "true for the access point, its bucket or the account";
        return Ok(Some(Evidence::of::<AccessPointBlock>(switch.name, true, expected)));
    }
    let s3 = &scan.inventory.s3;
    let is_ours = point.bucket_account.as_ref().is_none_or(|it| *it == scan.inventory.account.id);
    let behind = match s3.buckets.found.iter().find(|bucket| bucket.name == point.bucket) {
        Some(bucket) => effective(&s3.account_block, bucket, switch),
        None if is_ours => Err(Unknown::new(Bucket::ACTION, Reason::NotAsked)
            .because(format!("the bucket `{}` was not looked at", point.bucket))),
        None => Ok(Effective { account: false, bucket: false }),
    };
    match (own, behind) {
        (_, Ok(behind)) if behind.is_on() => Ok(Some(behind.evidence(switch))),
        (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
        (Ok(_), Ok(_)) => Ok(None),
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
