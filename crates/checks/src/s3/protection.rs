//! What keeps a bucket's objects safe and its changes known: encryption, versions, locks, logs.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::s3::{
    Algorithm, Bucket, Encryption, EncryptionRule, Lifecycle, Logging, Notifications, ObjectLock,
    Toggle, Versioning, VersioningStatus,
};
use serde_json::json;

use crate::engine::unknown_value;

/// S3 encrypts new objects by default.
pub(super) fn encryption_default(bucket: &Bucket) -> Decision {
    let rule = default_encryption(bucket)?;
    let algorithm = rule.and_then(|rule| rule.algorithm.as_ref());
    let evidence = Evidence::of::<Encryption>(
        "Rules[0]",
        json!({ "SSEAlgorithm": algorithm.map(Algorithm::as_str),
            "BlockedEncryptionTypes": rule.map(|rule| &rule.blocked) }),
        "an SSEAlgorithm",
    );
    Ok(Verdict::holds(algorithm.is_some(), evidence))
}

/// New objects are encrypted under a KMS key.
pub(super) fn encryption_kms(bucket: &Bucket) -> Decision {
    let rule = default_encryption(bucket)?;
    let algorithm = rule.and_then(|rule| rule.algorithm.as_ref());
    let kms = match algorithm {
        Some(Algorithm::Kms | Algorithm::KmsDsse) => true,
        Some(Algorithm::Aes256) | None => false,
        Some(Algorithm::Other(other)) => return Err(unknown_value::<Encryption>(other)),
    };
    let observed = json!({
        "SSEAlgorithm": algorithm.map(Algorithm::as_str),
        // Without a key of the bucket's own, S3 takes the AWS managed one.
        "KMSMasterKeyID": rule.filter(|_| kms)
            .map(|rule| rule.kms_key.as_deref().unwrap_or("alias/aws/s3")),
        "BucketKeyEnabled": rule.filter(|_| kms).map(|rule| rule.bucket_key),
    });
    Ok(Verdict::holds(
        kms,
        Evidence::of::<Encryption>("Rules[0]", observed, "SSEAlgorithm aws:kms or aws:kms:dsse"),
    ))
}

fn default_encryption(
    bucket: &Bucket,
) -> Result<Option<&EncryptionRule>, awspect_inventory::Unknown> {
    Ok(bucket.encryption.known()?.and_then(|encryption| encryption.rules.first()))
}

/// Old versions of objects are kept. Suspended keeps those that are, and no new ones.
pub(super) fn versioning(bucket: &Bucket) -> Decision {
    let status = bucket.versioning.known()?.and_then(|versioning| versioning.status.as_ref());
    if let Some(VersioningStatus::Other(other)) = status {
        return Err(unknown_value::<Versioning>(other));
    }
    let evidence =
        Evidence::of::<Versioning>("Status", status.map(VersioningStatus::as_str), "Enabled");
    Ok(Verdict::holds(status == Some(&VersioningStatus::Enabled), evidence))
}

/// The deletion of a version needs the root user's MFA device.
pub(super) fn mfa_delete(bucket: &Bucket) -> Decision {
    let setting = bucket.versioning.known()?.and_then(|versioning| versioning.mfa_delete.as_ref());
    if let Some(Toggle::Other(other)) = setting {
        return Err(unknown_value::<Versioning>(other));
    }
    let evidence = Evidence::of::<Versioning>("MFADelete", setting.map(Toggle::as_str), "Enabled");
    Ok(Verdict::holds(setting == Some(&Toggle::Enabled), evidence))
}

/// Requests are written to another bucket.
pub(super) fn logging(bucket: &Bucket) -> Decision {
    let target = bucket.logging.known()?.map(|logging| logging.bucket.as_str());
    let evidence = Evidence::of::<Logging>("LoggingEnabled.TargetBucket", target, "a bucket");
    Ok(Verdict::holds(target.is_some(), evidence))
}

/// Objects can be locked against deletion.
pub(super) fn object_lock(bucket: &Bucket) -> Decision {
    let lock = bucket.object_lock.known()?;
    let enabled = lock.is_some_and(|lock| lock.enabled);
    let observed = json!({ "ObjectLockEnabled": enabled,
        "DefaultRetention.Mode": lock.and_then(|lock| lock.default_mode.as_deref()) });
    Ok(Verdict::holds(
        enabled,
        Evidence::of::<ObjectLock>("ObjectLockConfiguration", observed, "ObjectLockEnabled true"),
    ))
}

/// A lifecycle rule is in force.
pub(super) fn lifecycle(bucket: &Bucket) -> Decision {
    let rules = bucket.lifecycle.known()?.map(|it| it.rules.as_slice()).unwrap_or_default();
    let enabled = rules.iter().any(|rule| rule.status == Toggle::Enabled);
    if let (false, Some(Toggle::Other(other))) = (
        enabled,
        rules.iter().map(|rule| &rule.status).find(|status| matches!(status, Toggle::Other(_))),
    ) {
        return Err(unknown_value::<Lifecycle>(other));
    }
    let observed: Vec<_> = rules
        .iter()
        .map(|rule| {
            json!({ "ID": rule.id, "Status": rule.status.as_str(),
                "AbortIncompleteMultipartUpload.DaysAfterInitiation": rule.abort_uploads_after_days })
        })
        .collect();
    Ok(Verdict::holds(
        enabled,
        Evidence::of::<Lifecycle>("Rules", observed, "a rule with the status Enabled"),
    ))
}

/// Something hears of changes.
pub(super) fn event_notifications(bucket: &Bucket) -> Decision {
    let (targets, event_bridge) = bucket
        .notifications
        .known()?
        .map_or((&[][..], false), |it| (it.targets.as_slice(), it.event_bridge));
    let observed = json!({ "targets": targets, "EventBridge": event_bridge });
    Ok(Verdict::holds(
        event_bridge || !targets.is_empty(),
        Evidence::of::<Notifications>(
            "NotificationConfiguration",
            observed,
            "a topic, queue, function or EventBridge",
        ),
    ))
}
