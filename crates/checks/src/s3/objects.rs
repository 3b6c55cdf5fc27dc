//! Objects that their own access control lists make public, as far as a sample shows them.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Observed, Reason, Unknown,
    s3::{AccountBlock, Bucket, ObjectAcl, ObjectSample, Ownership, Permission, S3, SampledObject},
};
use serde_json::json;

use super::{
    acl::{acls_are_off, known_ownership, public_grants},
    block::{IGNORE_PUBLIC_ACLS, effective},
};
use crate::engine::{Subject, each};

/// Puts each bucket to the rule, if the scan was told to look at objects.
pub(super) fn sampled(s3: &S3) -> Vec<(Subject<'_>, Decision)> {
    if !s3.samples_objects {
        return vec![];
    }
    each(&s3.buckets, |bucket| none_public(&s3.account_block, bucket))
}

/// No object of the sample is public by its own list.
fn none_public(account: &Observed<AccountBlock>, bucket: &Bucket) -> Decision {
    if let Ok(Some(Ownership::BucketOwnerEnforced)) = bucket.ownership.known() {
        return Ok(Verdict::Pass(vec![acls_are_off()]));
    }
    let ignored = effective(account, bucket, IGNORE_PUBLIC_ACLS);
    if let Some(ignored) = ignored.as_ref().ok().filter(|ignored| ignored.is_on()) {
        return Ok(Verdict::Pass(vec![ignored.evidence(IGNORE_PUBLIC_ACLS)]));
    }
    let unasked = || Unknown::new(ObjectSample::ACTION, Reason::NotAsked);
    let sample = bucket.objects.known()?.ok_or_else(unasked)?;
    let (mut faults, mut open) = (vec![], None);
    for object in &sample.objects {
        match public(object, is_public) {
            Ok(found) => faults.extend(found),
            Err(unknown) => open = Some(unknown),
        }
    }
    if faults.is_empty() {
        return open.map_or_else(|| Ok(Verdict::Pass(vec![looked_at(sample)])), Err);
    }
    // Whether the lists count must be known before one of them is a fault.
    known_ownership(bucket)?;
    ignored?;
    let is_grave = |object| public(object, hands_out).is_ok_and(|found| !found.is_empty());
    let severity = sample.objects.iter().any(is_grave).then_some(Severity::High);
    faults.push(looked_at(sample));
    Ok(Verdict::Fail { evidence: faults, severity })
}

/// What a list may grant on an object.
fn is_public(permission: &Permission) -> bool {
    matches!(permission, Permission::Read | Permission::ReadAcp) || hands_out(permission)
}

/// What lets somebody grant himself the rest.
fn hands_out(permission: &Permission) -> bool {
    matches!(permission, Permission::WriteAcp | Permission::FullControl)
}

/// The grants of an object to everybody.
fn public(
    object: &SampledObject,
    grants: fn(&Permission) -> bool,
) -> Result<Vec<Evidence>, Unknown> {
    let acl = object.acl.known()?.map(|ObjectAcl(acl)| acl);
    let mut found = public_grants::<ObjectAcl>(acl, grants)?;
    for fields in found.iter_mut().filter_map(|evidence| evidence.observed.as_object_mut()) {
        fields.insert("Key".to_owned(), json!(object.key));
    }
    Ok(found)
}

fn looked_at(sample: &ObjectSample) -> Evidence {
    let ObjectSample { keys, more, objects } = sample;
    let observed = json!({ "keys on the first page": keys, "more pages": more,
        "objects looked at": objects.len() });
    let expected = "any; of the other objects nothing is known";
    Evidence::of::<ObjectSample>("Contents", observed, expected)
}
