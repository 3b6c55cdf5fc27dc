//! S3 rules.

mod acl;
mod block;
mod cors;
mod names;
mod objects;
mod policy;
mod protection;
mod replication;

pub(crate) use acl::lists;
pub(crate) use policy::{of_bucket, outsiders, unless_restricted};

use crate::engine::{Rule, each, one, rule};

/// The rule that needs to know who holds the bucket names that everybody can compute.
pub const NAMES_RULE: &str = "s3/bucket-predictable-name-squat";

pub(crate) static RULES: [Rule; 30] = [
    rule!("s3/account-public-access-block", |scan| {
        let account = &scan.inventory.account;
        one(account, block::account(&scan.inventory.s3.account_block))
    }),
    rule!("s3/bucket-public-access-block", |scan| {
        let s3 = &scan.inventory.s3;
        each(&s3.buckets, |bucket| block::bucket(&s3.account_block, bucket))
    }),
    rule!("s3/bucket-policy-public", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| policy::public_read(scan, bucket))
    }),
    rule!("s3/bucket-policy-public-write", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| policy::public_write(scan, bucket))
    }),
    rule!("s3/bucket-acl-public-read", |scan| {
        let s3 = &scan.inventory.s3;
        each(&s3.buckets, |bucket| acl::public(&s3.account_block, bucket, acl::reads))
    }),
    rule!("s3/bucket-acl-public-write", |scan| {
        let s3 = &scan.inventory.s3;
        each(&s3.buckets, |bucket| acl::public(&s3.account_block, bucket, acl::writes))
    }),
    rule!("s3/bucket-acl-enabled", |scan| each(&scan.inventory.s3.buckets, acl::enabled)),
    rule!("s3/bucket-acl-foreign-grantee", |scan| {
        each(&scan.inventory.s3.buckets, acl::foreign_grantee)
    }),
    rule!("s3/bucket-policy-cross-account", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| policy::cross_account(scan, bucket))
    }),
    rule!("s3/bucket-policy-wildcard-actions", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| policy::wildcard_actions(scan, bucket))
    }),
    rule!("s3/bucket-policy-tls-only", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| policy::tls_only(scan, bucket))
    }),
    rule!("s3/bucket-policy-min-tls-1-2", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| policy::tls_1_2(scan, bucket))
    }),
    rule!("s3/bucket-policy-dead-principal", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| policy::dead_principal(scan, bucket))
    }),
    rule!("s3/bucket-encryption-default", |scan| {
        each(&scan.inventory.s3.buckets, protection::encryption_default)
    }),
    rule!("s3/bucket-encryption-kms", |scan| {
        each(&scan.inventory.s3.buckets, protection::encryption_kms)
    }),
    rule!("s3/bucket-versioning", |scan| {
        each(&scan.inventory.s3.buckets, protection::versioning)
    }),
    rule!("s3/bucket-mfa-delete", |scan| {
        each(&scan.inventory.s3.buckets, protection::mfa_delete)
    }),
    rule!("s3/bucket-replication-cross-region", |scan| {
        each(&scan.inventory.s3.buckets, replication::cross_region)
    }),
    rule!("s3/bucket-replication-destination-external", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| replication::external(scan, bucket))
    }),
    rule!("s3/bucket-cors-wildcard-origin", |scan| {
        each(&scan.inventory.s3.buckets, cors::wildcard_origin)
    }),
    rule!("s3/bucket-logging", |scan| each(&scan.inventory.s3.buckets, protection::logging)),
    rule!("s3/bucket-website-public", |scan| {
        each(&scan.inventory.s3.buckets, move |bucket| policy::website(scan, bucket))
    }),
    rule!("s3/bucket-object-lock", |scan| {
        each(&scan.inventory.s3.buckets, protection::object_lock)
    }),
    rule!("s3/bucket-lifecycle", |scan| each(&scan.inventory.s3.buckets, protection::lifecycle)),
    rule!("s3/bucket-event-notifications", |scan| {
        each(&scan.inventory.s3.buckets, protection::event_notifications)
    }),
    rule!("s3/bucket-public-object-sample", |scan| objects::sampled(&scan.inventory.s3)),
    rule!("s3/bucket-predictable-name-squat", |scan| {
        one(&scan.inventory.account, names::held(scan))
    }),
    rule!("s3/access-point-public-access-block", |scan| {
        each(&scan.inventory.s3.access_points, block::access_point)
    }),
    rule!("s3/access-point-policy-public", |scan| {
        each(&scan.inventory.s3.access_points, move |point| policy::access_point(scan, point))
    }),
    rule!("s3/mrap-public-access-block", |scan| {
        each(&scan.inventory.s3.multi_region_access_points, block::multi_region_access_point)
    }),
];

#[cfg(test)]
mod tests {
    use super::{NAMES_RULE, RULES};

    #[test]
    fn the_rule_that_needs_the_names_is_there() {
        assert!(RULES.iter().any(|rule| rule.id == NAMES_RULE));
    }
}
