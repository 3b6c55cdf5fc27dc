//! The stack by which the AWS CDK prepares an account and a region for its deployments.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudformation::{Stack, StackOutputs},
    s3::Bucket,
};
use serde_json::json;

use super::concern::is_empty;
use crate::Scan;

/// From this version on templates go to buckets of the account only.
const OWN_BUCKETS_ONLY: u32 = 21;

/// The outputs by which a bootstrap stack is told.
const OUTPUTS: [&str; 2] = ["BootstrapVersion", "BucketName"];

/// The bootstrap stack is of a version that uploads to the account's own buckets only.
pub(super) fn version(scan: Scan<'_>, stack: &Stack) -> Option<Decision> {
    if is_empty(stack) {
        return None;
    }
    let outputs = match stack.outputs.known() {
        Ok(outputs) => outputs?,
        Err(unknown) => return Some(Err(unknown)),
    };
    let has = |key: &&str| outputs.outputs.iter().any(|output| output.key == *key);
    OUTPUTS.iter().all(has).then(|| judged(scan, outputs))
}

fn judged(scan: Scan<'_>, outputs: &StackOutputs) -> Decision {
    let malformed = || {
        Unknown::new(StackOutputs::ACTION, Reason::Malformed)
            .because("the output `BootstrapVersion` is no number")
    };
    let version = outputs.bootstrap_version.ok_or_else(malformed)?;
    let version_shown = Evidence::of::<StackOutputs>(
        "Stacks[].Outputs[].OutputValue of BootstrapVersion",
        version,
        format!("at least {OWN_BUCKETS_ONLY}"),
    );
    let verdict = Verdict::holds(version >= OWN_BUCKETS_ONLY, version_shown);
    let Verdict::Fail { mut evidence, severity } = verdict else { return Ok(verdict) };
    let Some(gone) = outputs.bootstrap_bucket.as_deref().and_then(|name| gone(scan, name)) else {
        return Ok(Verdict::Fail { evidence, severity });
    };
    evidence.push(gone);
    Ok(Verdict::faults(evidence).severity(Severity::High))
}

/// Evidence that a bucket is none of the account's.
fn gone(scan: Scan<'_>, name: &str) -> Option<Evidence> {
    let buckets = &scan.inventory.s3.buckets;
    let is_listed = buckets.found.iter().any(|bucket| bucket.name == name);
    (!is_listed && buckets.gaps.is_empty()).then(|| {
        let observed = json!({ "output BucketName": name, "exists in the account": false });
        Evidence::of::<Bucket>("Buckets[].Name", observed, "the bucket that the stack made")
    })
}
