//! Buckets for the fake AWS: one as it should be, one as it should not, and what both need.

use aws_sdk_s3::{
    Client,
    types::{
        AbortIncompleteMultipartUpload, AccessControlPolicy, BucketLifecycleConfiguration,
        BucketLoggingStatus, BucketVersioningStatus, CorsConfiguration, CorsRule,
        DeleteMarkerReplication, DeleteMarkerReplicationStatus, Destination, ExpirationStatus,
        Grant, Grantee, IndexDocument, LifecycleRule, LifecycleRuleFilter, LoggingEnabled,
        NotificationConfiguration, ObjectCannedAcl, ObjectOwnership, Owner, OwnershipControls,
        OwnershipControlsRule, Permission, PublicAccessBlockConfiguration, QueueConfiguration,
        ReplicationConfiguration, ReplicationRule, ReplicationRuleFilter, ReplicationRuleStatus,
        ServerSideEncryption, ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration,
        ServerSideEncryptionRule, Tag, Tagging, Type, VersioningConfiguration,
        WebsiteConfiguration,
    },
};

use crate::seed::Seed;

/// The group of everybody.
pub const ALL_USERS: &str = "http://acs.amazonaws.com/groups/global/AllUsers";

/// A bucket being set up. Each method sets one thing.
#[derive(Debug)]
pub struct Bucket<'a> {
    seed: &'a Seed<'a>,
    client: Client,
    name: String,
}

/// Sends a call and stops the test where the fake AWS refuses it.
macro_rules! send {
    ($bucket:ident, $call:expr) => {
        $bucket.seed.run(async {
            if let Err(error) = $call.bucket(&$bucket.name).send().await {
                panic!("{}: {error:?}", $bucket.name);
            }
        })
    };
}

#[expect(clippy::missing_panics_doc, reason = "all of them do where the fake AWS refuses")]
#[expect(clippy::return_self_not_must_use, reason = "the calls are made when the methods run")]
impl<'a> Bucket<'a> {
    /// Makes a bucket with nothing set.
    pub fn new(seed: &'a Seed<'a>, region: &str, name: &str) -> Self {
        let client = seed.run(seed.bucket(region, name, false));
        Self { seed, client, name: name.to_owned() }
    }

    /// Makes a bucket that can lock its objects.
    pub fn with_object_lock(seed: &'a Seed<'a>, region: &str, name: &str) -> Self {
        let client = seed.run(seed.bucket(region, name, true));
        Self { seed, client, name: name.to_owned() }
    }

    /// The four switches, in the order of the API.
    pub fn block(self, on: [bool; 4]) -> Self {
        let [block_acls, ignore_acls, block_policy, restrict] = on;
        let block = PublicAccessBlockConfiguration::builder()
            .block_public_acls(block_acls)
            .ignore_public_acls(ignore_acls)
            .block_public_policy(block_policy)
            .restrict_public_buckets(restrict)
            .build();
        send!(self, self.client.put_public_access_block().public_access_block_configuration(block));
        self
    }

    /// Object Ownership, `BucketOwnerEnforced`.
    pub fn ownership(self, ownership: &str) -> Self {
        let rule = OwnershipControlsRule::builder()
            .object_ownership(ObjectOwnership::from(ownership))
            .build()
            .expect("complete");
        let controls = OwnershipControls::builder().rules(rule).build().expect("complete");
        send!(self, self.client.put_bucket_ownership_controls().ownership_controls(controls));
        self
    }

    /// Grants to groups (by address) and accounts (by canonical user id).
    pub fn grants(self, grants: &[(&str, &str)]) -> Self {
        let owner = self.seed.run(self.client.get_bucket_acl().bucket(&self.name).send());
        let owner: Option<Owner> = owner.expect("an ACL").owner;
        let grants = grants.iter().map(|(who, what)| {
            let grantee = if who.starts_with("http") {
                Grantee::builder().r#type(Type::Group).uri(*who)
            } else {
                Grantee::builder().r#type(Type::CanonicalUser).id(*who)
            };
            let grantee = grantee.build().expect("complete");
            Grant::builder().grantee(grantee).permission(Permission::from(*what)).build()
        });
        let policy =
            AccessControlPolicy::builder().set_owner(owner).set_grants(Some(grants.collect()));
        send!(self, self.client.put_bucket_acl().access_control_policy(policy.build()));
        self
    }

    /// Default encryption, `aws:kms` or `AES256`.
    pub fn encryption(self, algorithm: &str) -> Self {
        let default = ServerSideEncryptionByDefault::builder()
            .sse_algorithm(ServerSideEncryption::from(algorithm))
            .build()
            .expect("complete");
        let rule = ServerSideEncryptionRule::builder()
            .apply_server_side_encryption_by_default(default)
            .bucket_key_enabled(true)
            .build();
        let rules =
            ServerSideEncryptionConfiguration::builder().rules(rule).build().expect("complete");
        send!(
            self,
            self.client.put_bucket_encryption().server_side_encryption_configuration(rules)
        );
        self
    }

    /// Versioning, `Enabled` or `Suspended`.
    pub fn versioning(self, status: &str) -> Self {
        let versioning =
            VersioningConfiguration::builder().status(BucketVersioningStatus::from(status)).build();
        send!(self, self.client.put_bucket_versioning().versioning_configuration(versioning));
        self
    }

    /// One replication rule for all objects. Both buckets must have versions.
    pub fn replication(self, to: &str, account: Option<&str>) -> Self {
        let destination = Destination::builder()
            .bucket(format!("arn:aws:s3:::{to}"))
            .set_account(account.map(str::to_owned))
            .build()
            .expect("complete");
        let rule = ReplicationRule::builder()
            .id("all")
            .priority(1)
            .status(ReplicationRuleStatus::Enabled)
            .filter(ReplicationRuleFilter::builder().prefix("").build())
            .delete_marker_replication(
                DeleteMarkerReplication::builder()
                    .status(DeleteMarkerReplicationStatus::Disabled)
                    .build(),
            )
            .destination(destination)
            .build()
            .expect("complete");
        let configuration = ReplicationConfiguration::builder()
            .role("arn:aws:iam::111122223333:role/replication")
            .rules(rule)
            .build()
            .expect("complete");
        send!(self, self.client.put_bucket_replication().replication_configuration(configuration));
        self
    }

    /// One CORS rule.
    pub fn cors(self, origins: &[&str], methods: &[&str]) -> Self {
        let owned = |list: &[&str]| Some(list.iter().map(ToString::to_string).collect::<Vec<_>>());
        let rule = CorsRule::builder()
            .set_allowed_origins(owned(origins))
            .set_allowed_methods(owned(methods))
            .build()
            .expect("complete");
        let rules = CorsConfiguration::builder().cors_rules(rule).build().expect("complete");
        send!(self, self.client.put_bucket_cors().cors_configuration(rules));
        self
    }

    /// Server access logs to another bucket.
    pub fn logging(self, to: &str) -> Self {
        let enabled = LoggingEnabled::builder()
            .target_bucket(to)
            .target_prefix(format!("{}/", self.name))
            .build()
            .expect("complete");
        let status = BucketLoggingStatus::builder().logging_enabled(enabled).build();
        send!(self, self.client.put_bucket_logging().bucket_logging_status(status));
        self
    }

    /// A lifecycle rule that removes unfinished uploads.
    pub fn lifecycle(self, status: &str) -> Self {
        let rule = LifecycleRule::builder()
            .id("unfinished")
            .status(ExpirationStatus::from(status))
            .filter(LifecycleRuleFilter::builder().prefix("").build())
            .abort_incomplete_multipart_upload(
                AbortIncompleteMultipartUpload::builder().days_after_initiation(7).build(),
            )
            .build()
            .expect("complete");
        let rules = BucketLifecycleConfiguration::builder().rules(rule).build().expect("complete");
        send!(
            self,
            self.client.put_bucket_lifecycle_configuration().lifecycle_configuration(rules)
        );
        self
    }

    /// A queue that hears of new objects.
    pub fn notifications(self, queue: &str) -> Self {
        let queue = QueueConfiguration::builder()
            .queue_arn(queue)
            .events("s3:ObjectCreated:*".into())
            .build()
            .expect("complete");
        let all = NotificationConfiguration::builder().queue_configurations(queue).build();
        send!(
            self,
            self.client
                .put_bucket_notification_configuration()
                .notification_configuration(all)
                .skip_destination_validation(true)
        );
        self
    }

    /// The policy, as text.
    pub fn policy(self, policy: &str) -> Self {
        send!(self, self.client.put_bucket_policy().policy(policy));
        self
    }

    /// The policy that lets S3 write its logs into this bucket.
    pub fn receives_logs(self) -> Self {
        let policy = serde_json::json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": { "Service": "logging.s3.amazonaws.com" },
                "Action": ["s3:PutObject"],
                "Resource": format!("arn:aws:s3:::{}/*", self.name),
            }],
        });
        self.policy(&policy.to_string())
    }

    /// Static website hosting.
    pub fn website(self) -> Self {
        let index = IndexDocument::builder().suffix("index.html").build().expect("complete");
        let website = WebsiteConfiguration::builder().index_document(index).build();
        send!(self, self.client.put_bucket_website().website_configuration(website));
        self
    }

    /// An object with a canned ACL, `public-read`.
    pub fn object(self, key: &str, acl: &str) -> Self {
        let acl = ObjectCannedAcl::from(acl);
        send!(self, self.client.put_object().key(key).acl(acl));
        self
    }

    /// Tags.
    pub fn tags(self, tags: &[(&str, &str)]) -> Self {
        let tags = tags
            .iter()
            .map(|(key, value)| Tag::builder().key(*key).value(*value).build().expect("complete"));
        let set = Tagging::builder().set_tag_set(Some(tags.collect())).build().expect("complete");
        send!(self, self.client.put_bucket_tagging().tagging(set));
        self
    }
}
