//! What each answer is read as.

use serde_json::{Value, json};

use super::{account::usual, stub::Stub, written};

/// A fact by its field, the operation that tells it, the IAM action, and the codes for "not configured".
pub(super) struct Row {
    pub(super) field: &'static str,
    pub(super) operation: &'static str,
    pub(super) action: &'static str,
    pub(super) not_configured: &'static [&'static str],
}

macro_rules! rows {
    ($($field:literal $operation:literal $action:literal $($code:literal)?;)*) => {
        [$(Row {
            field: $field,
            operation: $operation,
            action: $action,
            not_configured: &[$($code)?],
        }),*]
    };
}

/// The facts of a bucket.
pub(super) const BUCKET: [Row; 15] = rows! {
    "acl" "s3:GetBucketAcl" "s3:GetBucketAcl";
    "ownership" "s3:GetBucketOwnershipControls" "s3:GetBucketOwnershipControls"
        "OwnershipControlsNotFoundError";
    "public_access_block" "s3:GetPublicAccessBlock" "s3:GetBucketPublicAccessBlock"
        "NoSuchPublicAccessBlockConfiguration";
    "policy" "s3:GetBucketPolicy" "s3:GetBucketPolicy" "NoSuchBucketPolicy";
    "policy_status" "s3:GetBucketPolicyStatus" "s3:GetBucketPolicyStatus" "NoSuchBucketPolicy";
    "encryption" "s3:GetBucketEncryption" "s3:GetEncryptionConfiguration"
        "ServerSideEncryptionConfigurationNotFoundError";
    "versioning" "s3:GetBucketVersioning" "s3:GetBucketVersioning";
    "replication" "s3:GetBucketReplication" "s3:GetReplicationConfiguration"
        "ReplicationConfigurationNotFoundError";
    "cors" "s3:GetBucketCors" "s3:GetBucketCORS" "NoSuchCORSConfiguration";
    "logging" "s3:GetBucketLogging" "s3:GetBucketLogging";
    "website" "s3:GetBucketWebsite" "s3:GetBucketWebsite" "NoSuchWebsiteConfiguration";
    "object_lock" "s3:GetObjectLockConfiguration" "s3:GetBucketObjectLockConfiguration"
        "ObjectLockConfigurationNotFoundError";
    "lifecycle" "s3:GetBucketLifecycleConfiguration" "s3:GetLifecycleConfiguration"
        "NoSuchLifecycleConfiguration";
    "notifications" "s3:GetBucketNotificationConfiguration" "s3:GetBucketNotification";
    "tags" "s3:GetBucketTagging" "s3:GetBucketTagging" "NoSuchTagSet";
};

/// The facts of an access point.
pub(super) const ACCESS_POINT: [Row; 3] = rows! {
    "public_access_block" "s3control:GetAccessPoint" "s3:GetAccessPoint";
    "policy" "s3control:GetAccessPointPolicy" "s3:GetAccessPointPolicy" "NoSuchAccessPointPolicy";
    "policy_status" "s3control:GetAccessPointPolicyStatus" "s3:GetAccessPointPolicyStatus"
        "NoSuchAccessPointPolicy";
};

/// The facts of the account.
pub(super) const ACCOUNT: [Row; 1] = rows! {
    "account_block" "s3control:GetPublicAccessBlock" "s3:GetAccountPublicAccessBlock"
        "NoSuchPublicAccessBlockConfiguration";
};

/// Each fact of an account, where the snapshot has it.
pub(super) fn all() -> Vec<(String, &'static Row)> {
    let under = |path: &'static str, rows: &'static [Row]| {
        rows.iter().map(move |row| (format!("{path}/{}", row.field), row))
    };
    under("/buckets/found/0", &BUCKET)
        .chain(under("/access_points/found/0", &ACCESS_POINT))
        .chain(under("", &ACCOUNT))
        .collect()
}

#[tokio::test]
async fn every_answer_of_a_bucket_becomes_its_fact() {
    let bucket = written(&Stub::new(usual).collect().await.s3.buckets.found[0]);
    let set = |value: Value| json!({ "set": value });
    assert_eq!(
        bucket,
        json!({
            "arn": "arn:aws:s3:::data",
            "name": "data",
            "location": set(json!("eu-west-1")),
            "acl": set(json!({ "owner": "me", "grants": [
                { "grantee": { "canonical_user": "me" }, "permission": "FULL_CONTROL" },
            ] })),
            "ownership": set(json!("BucketOwnerEnforced")),
            "public_access_block": set(json!({
                "block_public_acls": true,
                "ignore_public_acls": true,
                "block_public_policy": false,
                "restrict_public_buckets": false,
            })),
            "policy": set(json!("{}")),
            "policy_status": set(json!({ "is_public": true })),
            "encryption": set(json!({ "rules": [
                { "algorithm": "aws:kms", "kms_key": "k", "bucket_key": true, "blocked": ["SSE-C"] },
            ] })),
            "versioning": set(json!({ "status": "Enabled", "mfa_delete": "Disabled" })),
            "replication": set(json!({ "rules": [{
                "id": "all",
                "status": "Enabled",
                "filtered": false,
                "destination": "arn:aws:s3:::data",
                "account": set(json!("111122223333")),
                "region": set(json!("eu-west-1")),
            }] })),
            "cors": set(json!({ "rules": [
                { "id": null, "origins": ["*"], "methods": ["GET"], "headers": [] },
            ] })),
            "logging": set(json!({ "bucket": "logs", "prefix": "b/" })),
            "website": set(json!({ "index": "index.html", "error": null, "redirect_to": null })),
            "object_lock": set(json!({ "enabled": true, "default_mode": "GOVERNANCE" })),
            "lifecycle": set(json!({ "rules": [
                { "id": "old", "status": "Enabled", "abort_uploads_after_days": 7 },
            ] })),
            "notifications": set(json!({ "targets": ["arn:aws:sns:::t"], "event_bridge": true })),
            "objects": { "unknown": { "action": "s3:ListBucket", "reason": "not_asked" } },
            "tags": set(json!({ "team": "blue" })),
        })
    );
}

#[tokio::test]
async fn what_aws_leaves_out_where_nothing_is_set_is_no_fault() {
    let s3 = Stub::new(|call| match call.name() {
        "GetBucketVersioning" => super::stub::ok("<VersioningConfiguration/>"),
        "GetBucketLogging" => super::stub::ok("<BucketLoggingStatus/>"),
        "GetBucketNotificationConfiguration" => super::stub::ok("<NotificationConfiguration/>"),
        "GetPublicAccessBlock" => super::stub::ok("<PublicAccessBlockConfiguration/>"),
        _ => usual(call),
    })
    .collect()
    .await
    .s3;
    let bucket = &s3.buckets.found[0];
    assert_eq!(
        written(&bucket.versioning),
        json!({ "set": { "status": null, "mfa_delete": null } })
    );
    assert_eq!(written(&bucket.logging), "not_set");
    assert_eq!(
        written(&bucket.notifications),
        json!({ "set": { "targets": [], "event_bridge": false } })
    );
    let off = json!({ "set": {
        "block_public_acls": false,
        "ignore_public_acls": false,
        "block_public_policy": false,
        "restrict_public_buckets": false,
    } });
    assert_eq!(written(&bucket.public_access_block), off);
    assert_eq!(written(&s3.account_block), off);
}
