//! Access control lists: who they let in, and whether they count at all.
//!
//! S3 user guide, "Access control list (ACL) overview" and "Controlling ownership of objects".

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact, Observed, Reason, Unknown,
    s3::{AccountBlock, Acl, Bucket, Grant, Grantee, Group, Ownership, Permission},
};
use serde_json::{Value, json};

use super::block::{IGNORE_PUBLIC_ACLS, effective};
use crate::engine::unknown_value;

/// CloudFront's `awslogsdelivery` account, which standard logging adds to the ACL of its log bucket
/// (CloudFront developer guide, "Permissions required for standard logging").
const CLOUDFRONT_LOGS: &str = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0";

/// Permissions that show something.
pub(super) fn reads(permission: &Permission) -> bool {
    matches!(permission, Permission::Read | Permission::ReadAcp | Permission::FullControl)
}

/// Permissions that show which objects there are.
fn shows_names(permission: &Permission) -> bool {
    matches!(permission, Permission::Read | Permission::FullControl)
}

/// Permissions that change something.
pub(super) fn writes(permission: &Permission) -> bool {
    matches!(permission, Permission::Write | Permission::WriteAcp | Permission::FullControl)
}

/// No grant of these permissions to a public group is in effect.
pub(super) fn public(
    account: &Observed<AccountBlock>,
    bucket: &Bucket,
    grants: fn(&Permission) -> bool,
) -> Decision {
    to_group(account, bucket, is_public, grants)
}

/// Nobody in particular may see by the ACL which objects there are: neither everyone nor, where it is given, one canonical user.
pub(crate) fn lists(
    account: &Observed<AccountBlock>,
    bucket: &Bucket,
    canonical_user: Option<&str>,
) -> Decision {
    let Some(user) = canonical_user else {
        let everyone = |grantee: &Grantee| *grantee == Grantee::Group(Group::AllUsers);
        return to_group(account, bucket, everyone, shows_names);
    };
    if let Ok(Some(Ownership::BucketOwnerEnforced)) = bucket.ownership.known() {
        return Ok(Verdict::Pass(vec![acls_are_off()]));
    }
    let grants = bucket.acl.known()?.map(|acl| acl.grants.as_slice()).unwrap_or_default();
    let is_users = |grant: &&Grant| {
        grant.grantee == Grantee::CanonicalUser(user.to_owned()) && shows_names(&grant.permission)
    };
    let found: Vec<Evidence> = grants
        .iter()
        .filter(is_users)
        .map(|grant| evidence::<Acl>(grant, "no such grant to CloudFront"))
        .collect();
    if !found.is_empty() {
        known_ownership(bucket)?;
    }
    Ok(Verdict::faults(found))
}

/// No grant of these permissions to a group, which a public one is, is in effect.
///
/// Two things take the effect away, and either suffices: ownership that turns ACLs off, and
/// `IgnorePublicAcls`. `RestrictPublicBuckets` is about policies.
fn to_group(
    account: &Observed<AccountBlock>,
    bucket: &Bucket,
    who: fn(&Grantee) -> bool,
    grants: fn(&Permission) -> bool,
) -> Decision {
    if let Ok(Some(Ownership::BucketOwnerEnforced)) = bucket.ownership.known() {
        return Ok(Verdict::Pass(vec![acls_are_off()]));
    }
    let ignored = effective(account, bucket, IGNORE_PUBLIC_ACLS);
    let found = bucket.acl.known().and_then(|acl| grants_to::<Acl>(acl, who, grants));
    match (found, ignored) {
        (Ok(found), _) if found.is_empty() => Ok(Verdict::Pass(vec![])),
        (Ok(mut found), Ok(ignored)) if ignored.is_on() => {
            found.push(ignored.evidence(IGNORE_PUBLIC_ACLS));
            Ok(Verdict::Pass(found))
        }
        (Err(_), Ok(ignored)) if ignored.is_on() => {
            Ok(Verdict::Pass(vec![ignored.evidence(IGNORE_PUBLIC_ACLS)]))
        }
        (Err(unknown), _) => Err(unknown),
        (Ok(found), ignored) => {
            // None configured means that ACLs count; a setting this version does not know may turn them off.
            known_ownership(bucket)?;
            ignored?;
            Ok(Verdict::faults(found))
        }
    }
}

/// The grants of these permissions to a public group, in the answer that carries the list.
pub(super) fn public_grants<F: Fact>(
    acl: Option<&Acl>,
    grants: fn(&Permission) -> bool,
) -> Result<Vec<Evidence>, Unknown> {
    grants_to::<F>(acl, is_public, grants)
}

fn grants_to<F: Fact>(
    acl: Option<&Acl>,
    who: fn(&Grantee) -> bool,
    grants: fn(&Permission) -> bool,
) -> Result<Vec<Evidence>, Unknown> {
    let all = acl.map(|acl| acl.grants.as_slice()).unwrap_or_default();
    let found: Vec<Evidence> = all
        .iter()
        .filter(|grant| who(&grant.grantee) && grants(&grant.permission))
        .map(|grant| evidence::<F>(grant, "no such grant to a public group"))
        .collect();
    // A grant in words that this version does not know decides nothing, where none that it knows does.
    let unreadable = all.iter().find(|grant| match &grant.grantee {
        Grantee::Group(Group::Other(_)) => true,
        grantee => who(grantee) && matches!(grant.permission, Permission::Other(_)),
    });
    match unreadable {
        Some(grant) if found.is_empty() => Err(unknown_value::<F>(&described(grant))),
        _ => Ok(found),
    }
}

fn is_public(grantee: &Grantee) -> bool {
    matches!(grantee, Grantee::Group(Group::AllUsers | Group::AuthenticatedUsers))
}

/// Object Ownership turns ACLs off.
pub(super) fn enabled(bucket: &Bucket) -> Decision {
    let ownership = known_ownership(bucket)?;
    let evidence = Evidence::of::<Ownership>(
        "ObjectOwnership",
        ownership.map(Ownership::as_str),
        "BucketOwnerEnforced",
    );
    Ok(Verdict::holds(ownership == Some(&Ownership::BucketOwnerEnforced), evidence))
}

/// No account but the owner's has a grant, AWS's log delivery apart.
pub(super) fn foreign_grantee(bucket: &Bucket) -> Decision {
    if let Ok(Some(Ownership::BucketOwnerEnforced)) = bucket.ownership.known() {
        return Ok(Verdict::Pass(vec![acls_are_off()]));
    }
    let Some(acl) = bucket.acl.known()? else {
        return Ok(Verdict::Pass(vec![]));
    };
    let foreign: Vec<Evidence> = acl
        .grants
        .iter()
        .filter(|grant| match &grant.grantee {
            Grantee::CanonicalUser(id) => acl.owner.as_ref() != Some(id) && id != CLOUDFRONT_LOGS,
            Grantee::Email(_) => true,
            Grantee::Group(_) => false,
        })
        .map(|grant| evidence::<Acl>(grant, "grants to the bucket's owner only"))
        .collect();
    if !foreign.is_empty() {
        if acl.owner.is_none() {
            return Err(Unknown::new(Acl::ACTION, Reason::Malformed)
                .because("the answer has no usable `Owner`"));
        }
        known_ownership(bucket)?;
    }
    Ok(Verdict::faults(foreign))
}

pub(super) fn known_ownership(bucket: &Bucket) -> Result<Option<&Ownership>, Unknown> {
    match bucket.ownership.known()? {
        Some(Ownership::Other(text)) => Err(unknown_value::<Ownership>(text)),
        ownership => Ok(ownership),
    }
}

pub(super) fn acls_are_off() -> Evidence {
    Evidence::of::<Ownership>(
        "ObjectOwnership",
        Ownership::BucketOwnerEnforced.as_str(),
        "BucketOwnerEnforced: no ACL counts",
    )
}

fn evidence<F: Fact>(grant: &Grant, expected: &'static str) -> Evidence {
    Evidence::of::<F>("Grants", observed(grant), expected)
}

fn observed(grant: &Grant) -> Value {
    let (kind, grantee) = parts(&grant.grantee);
    json!({ kind: grantee, "Permission": grant.permission.as_str() })
}

fn described(grant: &Grant) -> String {
    format!("{} for {}", grant.permission.as_str(), parts(&grant.grantee).1)
}

fn parts(grantee: &Grantee) -> (&'static str, &str) {
    match grantee {
        Grantee::CanonicalUser(id) => ("ID", id),
        Grantee::Email(address) => ("EmailAddress", address),
        Grantee::Group(group) => ("URI", group.as_str()),
    }
}
