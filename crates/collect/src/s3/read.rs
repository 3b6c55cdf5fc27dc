//! Answers of S3 as facts. AWS leaves out what is off or empty; what it must say and does not is missing.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every reader takes an answer and may say that it is not usable"
)]

use std::collections::BTreeSet;

use aws_sdk_s3::{operation as op, types};
use aws_sdk_s3control::{operation as control, types::PublicAccessBlockConfiguration};
use awspect_inventory::{
    AccountId, Arn, Fact as _, Observed, Reason, Region, Unknown,
    s3::{
        AccessPointBlock, AccessPointPolicy, AccessPointPolicyStatus, AccountBlock, Acl, Algorithm,
        BucketBlock, BucketPolicy, BucketPolicyStatus, Cors, CorsRule, DestinationAccount,
        DestinationRegion, Encryption, EncryptionRule, Grant, Grantee, Lifecycle, LifecycleRule,
        Location, Logging, Notifications, ObjectAcl, ObjectLock, ObjectSample, Ownership,
        PublicAccessBlock, Replication, ReplicationRule, SampledObject, Tags, Toggle, Versioning,
        VersioningStatus, Website,
    },
};

use crate::{
    ask::{Missing, Read, not_yet},
    read::said,
};

/// A list that is never empty where there is an answer.
fn some<T>(list: Vec<T>, name: &'static str) -> Result<Vec<T>, Missing> {
    if list.is_empty() { Err(Missing(name)) } else { Ok(list) }
}

/// `GetBucketLocation` answers nothing for us-east-1 and `EU` for the oldest buckets of eu-west-1.
pub(super) fn location(answer: op::get_bucket_location::GetBucketLocationOutput) -> Read<Location> {
    let constraint =
        answer.location_constraint.as_ref().map_or("", |constraint| constraint.as_str());
    let region = match constraint {
        "" => "us-east-1",
        "EU" => "eu-west-1",
        other => other,
    };
    region.parse().map(|region| Some(Location(region))).map_err(|_| Missing("LocationConstraint"))
}

pub(super) fn destination_region(
    answer: op::head_bucket::HeadBucketOutput,
) -> Read<DestinationRegion> {
    let region = answer.bucket_region.as_deref().and_then(|region| region.parse().ok());
    region.map(|region| Some(DestinationRegion(region))).ok_or(Missing("x-amz-bucket-region"))
}

pub(super) fn acl(answer: op::get_bucket_acl::GetBucketAclOutput) -> Read<Acl> {
    acl_of(answer.owner, answer.grants).map(Some)
}

pub(super) fn object_acl(answer: op::get_object_acl::GetObjectAclOutput) -> Read<ObjectAcl> {
    acl_of(answer.owner, answer.grants).map(|acl| Some(ObjectAcl(acl)))
}

fn acl_of(owner: Option<types::Owner>, grants: Option<Vec<types::Grant>>) -> Result<Acl, Missing> {
    let grants = grants.ok_or(Missing("AccessControlList"))?;
    let grants = grants.into_iter().map(grant).collect::<Result<_, _>>()?;
    Ok(Acl { owner: owner.and_then(|owner| owner.id), grants })
}

fn grant(grant: types::Grant) -> Result<Grant, Missing> {
    let permission = grant.permission.ok_or(Missing("Permission"))?;
    let grantee = grant.grantee.ok_or(Missing("Grantee"))?;
    let grantee = match (grantee.uri, grantee.id, grantee.email_address) {
        (Some(uri), ..) => Grantee::Group(uri.as_str().into()),
        (None, Some(id), _) => Grantee::CanonicalUser(id),
        (None, None, Some(address)) => Grantee::Email(address),
        (None, None, None) => return Err(Missing("Grantee")),
    };
    Ok(Grant { grantee, permission: said(permission.as_str(), "Permission")?.into() })
}

pub(super) fn ownership(
    answer: op::get_bucket_ownership_controls::GetBucketOwnershipControlsOutput,
) -> Read<Ownership> {
    let controls = answer.ownership_controls.ok_or(Missing("OwnershipControls"))?;
    let rule = controls.rules.first().ok_or(Missing("Rule"))?;
    Ok(Some(said(rule.object_ownership.as_str(), "ObjectOwnership")?.into()))
}

pub(super) fn bucket_block(
    answer: op::get_public_access_block::GetPublicAccessBlockOutput,
) -> Read<BucketBlock> {
    let block = answer
        .public_access_block_configuration
        .ok_or(Missing("PublicAccessBlockConfiguration"))?;
    Ok(Some(BucketBlock(PublicAccessBlock {
        block_public_acls: block.block_public_acls.unwrap_or(false),
        ignore_public_acls: block.ignore_public_acls.unwrap_or(false),
        block_public_policy: block.block_public_policy.unwrap_or(false),
        restrict_public_buckets: block.restrict_public_buckets.unwrap_or(false),
    })))
}

pub(super) fn account_block(
    answer: control::get_public_access_block::GetPublicAccessBlockOutput,
) -> Read<AccountBlock> {
    let block = answer
        .public_access_block_configuration
        .ok_or(Missing("PublicAccessBlockConfiguration"))?;
    Ok(Some(AccountBlock(control_block(&block))))
}

/// A block as S3 Control writes it.
pub(super) fn control_block(block: &PublicAccessBlockConfiguration) -> PublicAccessBlock {
    PublicAccessBlock {
        block_public_acls: block.block_public_acls.unwrap_or(false),
        ignore_public_acls: block.ignore_public_acls.unwrap_or(false),
        block_public_policy: block.block_public_policy.unwrap_or(false),
        restrict_public_buckets: block.restrict_public_buckets.unwrap_or(false),
    }
}

pub(super) fn access_point_block(
    answer: control::get_access_point::GetAccessPointOutput,
) -> Read<AccessPointBlock> {
    let block = answer
        .public_access_block_configuration
        .ok_or(Missing("PublicAccessBlockConfiguration"))?;
    Ok(Some(AccessPointBlock(control_block(&block))))
}

pub(super) fn access_point_policy(
    answer: control::get_access_point_policy::GetAccessPointPolicyOutput,
) -> Read<AccessPointPolicy> {
    answer.policy.map(|policy| Some(AccessPointPolicy(policy))).ok_or(Missing("Policy"))
}

pub(super) fn access_point_policy_status(
    answer: control::get_access_point_policy_status::GetAccessPointPolicyStatusOutput,
) -> Read<AccessPointPolicyStatus> {
    let status = answer.policy_status.ok_or(Missing("PolicyStatus"))?;
    Ok(Some(AccessPointPolicyStatus { is_public: status.is_public }))
}

pub(super) fn policy(answer: op::get_bucket_policy::GetBucketPolicyOutput) -> Read<BucketPolicy> {
    answer.policy.map(|policy| Some(BucketPolicy(policy))).ok_or(Missing("Policy"))
}

pub(super) fn policy_status(
    answer: op::get_bucket_policy_status::GetBucketPolicyStatusOutput,
) -> Read<BucketPolicyStatus> {
    let is_public = answer.policy_status.and_then(|status| status.is_public);
    is_public.map(|is_public| Some(BucketPolicyStatus { is_public })).ok_or(Missing("IsPublic"))
}

pub(super) fn encryption(
    answer: op::get_bucket_encryption::GetBucketEncryptionOutput,
) -> Read<Encryption> {
    let configuration = answer
        .server_side_encryption_configuration
        .ok_or(Missing("ServerSideEncryptionConfiguration"))?;
    let rules = some(configuration.rules, "Rule")?;
    let rules = rules.into_iter().map(encryption_rule).collect::<Result<_, _>>()?;
    Ok(Some(Encryption { rules }))
}

fn encryption_rule(rule: types::ServerSideEncryptionRule) -> Result<EncryptionRule, Missing> {
    let default = rule.apply_server_side_encryption_by_default;
    let blocked = rule.blocked_encryption_types.and_then(|blocked| blocked.encryption_type);
    let algorithm =
        default.as_ref().map(|default| said(default.sse_algorithm.as_str(), "SSEAlgorithm"));
    Ok(EncryptionRule {
        algorithm: algorithm.transpose()?.map(Algorithm::from),
        kms_key: default.and_then(|default| default.kms_master_key_id),
        bucket_key: rule.bucket_key_enabled.unwrap_or(false),
        blocked: blocked
            .unwrap_or_default()
            .iter()
            .map(|kind| kind.as_str().to_owned())
            .filter(|kind| kind != "NONE")
            .collect(),
    })
}

pub(super) fn versioning(
    answer: op::get_bucket_versioning::GetBucketVersioningOutput,
) -> Read<Versioning> {
    let status = answer.status.as_ref().map(|status| said(status.as_str(), "Status"));
    let mfa_delete = answer.mfa_delete.as_ref().map(|status| said(status.as_str(), "MfaDelete"));
    Ok(Some(Versioning {
        status: status.transpose()?.map(VersioningStatus::from),
        mfa_delete: mfa_delete.transpose()?.map(Toggle::from),
    }))
}

pub(super) fn replication(
    answer: op::get_bucket_replication::GetBucketReplicationOutput,
) -> Read<Replication> {
    let configuration =
        answer.replication_configuration.ok_or(Missing("ReplicationConfiguration"))?;
    let rules = some(configuration.rules, "Rule")?;
    let rules = rules.into_iter().map(replication_rule).collect::<Result<_, _>>()?;
    Ok(Some(Replication { rules }))
}

fn replication_rule(rule: types::ReplicationRule) -> Result<ReplicationRule, Missing> {
    #[expect(deprecated, reason = "version 1 of the configuration has its prefix here")]
    let prefix = rule.prefix.is_some_and(|prefix| !prefix.is_empty());
    let filter = rule.filter.is_some_and(|filter| {
        filter.prefix.is_some_and(|prefix| !prefix.is_empty())
            || filter.tag.is_some()
            || filter.and.is_some()
    });
    let destination = rule.destination.ok_or(Missing("Destination"))?;
    let account = destination.account.map(|account| account.parse::<AccountId>()).transpose();
    Ok(ReplicationRule {
        id: rule.id,
        status: said(rule.status.as_str(), "Status")?.into(),
        filtered: prefix || filter,
        destination: destination
            .bucket
            .parse::<Arn>()
            .map_err(|_| Missing("Destination.Bucket"))?,
        account: match account.map_err(|_| Missing("Destination.Account"))? {
            Some(account) => Observed::Set(DestinationAccount(account)),
            None => Observed::NotSet,
        },
        region: Observed::Unknown(Unknown::new(DestinationRegion::ACTION, Reason::NotAsked)),
    })
}

pub(super) fn cors(answer: op::get_bucket_cors::GetBucketCorsOutput) -> Read<Cors> {
    let rules = some(answer.cors_rules.unwrap_or_default(), "CORSRule")?;
    let rules = rules.into_iter().map(cors_rule).collect::<Result<_, _>>()?;
    Ok(Some(Cors { rules }))
}

fn cors_rule(rule: types::CorsRule) -> Result<CorsRule, Missing> {
    Ok(CorsRule {
        id: rule.id,
        origins: some(rule.allowed_origins, "AllowedOrigin")?,
        methods: some(rule.allowed_methods, "AllowedMethod")?,
        headers: rule.allowed_headers.unwrap_or_default(),
    })
}

pub(super) fn logging(answer: op::get_bucket_logging::GetBucketLoggingOutput) -> Read<Logging> {
    let Some(enabled) = answer.logging_enabled else {
        return Ok(None);
    };
    let bucket = said(&enabled.target_bucket, "TargetBucket")?.to_owned();
    Ok(Some(Logging { bucket, prefix: enabled.target_prefix }))
}

pub(super) fn website(answer: op::get_bucket_website::GetBucketWebsiteOutput) -> Read<Website> {
    Ok(Some(Website {
        index: answer.index_document.map(|document| document.suffix),
        error: answer.error_document.map(|document| document.key),
        redirect_to: answer.redirect_all_requests_to.map(|redirect| redirect.host_name),
    }))
}

pub(super) fn object_lock(
    answer: op::get_object_lock_configuration::GetObjectLockConfigurationOutput,
) -> Read<ObjectLock> {
    let configuration =
        answer.object_lock_configuration.ok_or(Missing("ObjectLockConfiguration"))?;
    let enabled = match configuration.object_lock_enabled {
        Some(types::ObjectLockEnabled::Enabled) => true,
        None => false,
        Some(_) => return Err(Missing("ObjectLockEnabled")),
    };
    Ok(Some(ObjectLock {
        enabled,
        default_mode: configuration
            .rule
            .and_then(|rule| rule.default_retention)
            .and_then(|retention| retention.mode)
            .map(|mode| mode.as_str().to_owned()),
    }))
}

pub(super) fn lifecycle(
    answer: op::get_bucket_lifecycle_configuration::GetBucketLifecycleConfigurationOutput,
) -> Read<Lifecycle> {
    let rules = some(answer.rules.unwrap_or_default(), "Rule")?;
    let rules = rules.into_iter().map(lifecycle_rule).collect::<Result<_, _>>()?;
    Ok(Some(Lifecycle { rules }))
}

fn lifecycle_rule(rule: types::LifecycleRule) -> Result<LifecycleRule, Missing> {
    Ok(LifecycleRule {
        id: rule.id,
        status: said(rule.status.as_str(), "Status")?.into(),
        abort_uploads_after_days: rule
            .abort_incomplete_multipart_upload
            .and_then(|abort| abort.days_after_initiation),
    })
}

pub(super) fn notifications(
    answer: op::get_bucket_notification_configuration::GetBucketNotificationConfigurationOutput,
) -> Read<Notifications> {
    let topics = answer.topic_configurations.unwrap_or_default().into_iter().map(|to| to.topic_arn);
    let queues = answer.queue_configurations.unwrap_or_default().into_iter().map(|to| to.queue_arn);
    let functions = answer
        .lambda_function_configurations
        .unwrap_or_default()
        .into_iter()
        .map(|to| to.lambda_function_arn);
    let targets = topics.chain(queues).chain(functions);
    let targets =
        targets.map(|target| said(&target, "Topic, Queue or CloudFunction").map(str::to_owned));
    Ok(Some(Notifications {
        targets: targets.collect::<Result<_, _>>()?,
        event_bridge: answer.event_bridge_configuration.is_some(),
    }))
}

pub(super) fn tags(answer: op::get_bucket_tagging::GetBucketTaggingOutput) -> Read<Tags> {
    let tags = answer.tag_set.into_iter();
    let tags = tags.map(|tag| Ok((said(&tag.key, "Key")?.to_owned(), tag.value)));
    Ok(Some(Tags(tags.collect::<Result<_, _>>()?)))
}

/// A region as AWS spells it, where it is one.
pub(super) fn region(text: Option<String>) -> Option<Region> {
    text.and_then(|region| region.parse().ok())
}

/// How many objects of a page are looked at.
const SAMPLE: usize = 20;

/// The objects of a page of keys that are looked at, their lists still to come. An empty bucket has no keys, and says so.
pub(super) fn objects(answer: op::list_objects_v2::ListObjectsV2Output) -> Read<ObjectSample> {
    let more = answer.is_truncated.ok_or(Missing("IsTruncated"))?;
    let listed = answer.contents.unwrap_or_default();
    let keys = u32::try_from(listed.len()).map_err(|_| Missing("Contents"))?;
    if answer.key_count.and_then(|count| u32::try_from(count).ok()) != Some(keys) {
        return Err(Missing("KeyCount"));
    }
    let looked_at: BTreeSet<usize> = spread(listed.len()).collect();
    let objects = listed.into_iter().enumerate().filter(|(at, _)| looked_at.contains(at));
    let objects = objects.map(|(_, object)| {
        let key = object.key.ok_or(Missing("Key"))?;
        Ok(SampledObject { key, acl: not_yet() })
    });
    Ok(Some(ObjectSample { keys, more, objects: objects.collect::<Result<_, _>>()? }))
}

/// The first of so many, the last, and others evenly between.
fn spread(count: usize) -> impl Iterator<Item = usize> {
    let steps = count.min(SAMPLE).saturating_sub(1);
    let last = count.saturating_sub(1);
    (0..count.min(SAMPLE)).map(move |step| step * last / steps.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_the_first_the_last_and_some_between() {
        let of = |count| spread(count).collect::<Vec<_>>();
        assert_eq!(of(0), Vec::<usize>::new());
        assert_eq!(of(1), [0]);
        assert_eq!(of(3), [0, 1, 2]);
        assert_eq!(of(20), (0..20).collect::<Vec<_>>());
        let many = of(1_000);
        assert_eq!((many.len(), many.first(), many.last()), (20, Some(&0), Some(&999)));
        assert!(many.is_sorted_by(|a, b| a < b && b - a <= 53));
    }
}
