//! Bucket names that everybody can compute for the account, and who took them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Region,
    iam::PolicyDocument,
    s3::{NameHolder, PredictableName},
};
use awspect_policy::{Scope, Statement};
use serde_json::json;

use crate::{
    Scan,
    engine::{cells, document},
};

/// Who takes a name, by the table of the rule's document.
static TAKERS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/s3/bucket-predictable-name-squat.md");
    let rows = document(text).rationale.lines().filter_map(cells);
    let names =
        rows.filter_map(|[name, who]| Some((name.strip_prefix('`')?.strip_suffix('`')?, who)));
    names.collect()
});

/// So many roles are named that use a bucket.
const SHOWN: usize = 10;

/// Nobody else holds one of the names.
pub(super) fn held(scan: Scan<'_>) -> Decision {
    let names = &scan.inventory.s3.predictable_names;
    let mut open = names.gaps.first().map(|gap| gap.unknown.clone());
    let (mut taken, mut free) = (vec![], vec![]);
    for name in &names.found {
        match name.holder.known() {
            Ok(Some(NameHolder::SomebodyElse(region))) => taken.push((name, region)),
            Ok(Some(NameHolder::Own)) => {}
            Ok(None) => free.push(name),
            Err(unknown) => open = open.or(Some(unknown)),
        }
    }
    let users = users(scan);
    if !taken.is_empty() {
        let is_used = taken.iter().any(|(name, _)| users.contains_key(name.name.as_str()));
        let faults = taken.iter().map(|(name, region)| stolen(name, region, &users));
        let verdict = Verdict::faults(faults.collect());
        return Ok(if is_used { verdict.severity(Severity::High) } else { verdict });
    }
    match open {
        Some(unknown) => Err(unknown),
        None => {
            Ok(Verdict::Pass(free.into_iter().filter_map(|name| tempting(name, &users)).collect()))
        }
    }
}

/// Roles by the names of buckets that their policies name in full.
type Users<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn stolen(name: &PredictableName, region: &Region, users: &Users<'_>) -> Evidence {
    let observed = json!({ "bucket": name.name, "for": taker(name), "owner": "another account",
        "region": region.as_str(), "named by roles": shown(name, users) });
    let expected = "no bucket of that name, or one of the account's own";
    Evidence::of::<NameHolder>("x-amz-bucket-region", observed, expected)
}

/// A name that is free, and worth taking since a role uses it.
fn tempting(name: &PredictableName, users: &Users<'_>) -> Option<Evidence> {
    users.contains_key(name.name.as_str()).then(|| {
        let observed = json!({ "bucket": name.name, "for": taker(name), "exists": false,
            "named by roles": shown(name, users) });
        let expected = "any; whoever makes the bucket first receives what these roles write";
        Evidence::of::<PolicyDocument>(
            "RoleDetailList[].RolePolicyList, AttachedManagedPolicies",
            observed,
            expected,
        )
    })
}

fn taker(name: &PredictableName) -> Option<&'static str> {
    TAKERS.get(name.pattern.as_str()).copied()
}

fn shown<'a>(name: &PredictableName, users: &Users<'a>) -> Vec<&'a str> {
    let roles = users.get(name.name.as_str()).into_iter().flatten();
    roles.take(SHOWN).copied().collect()
}

/// The roles that name buckets, as far as their policies could be read.
fn users(scan: Scan<'_>) -> Users<'_> {
    let (roles, identities) = (&scan.inventory.iam.roles.found, scan.identities());
    let mut users = Users::new();
    for (role, rights) in roles.iter().zip(&identities.roles) {
        for policy in rights.identity(&identities.facts).policies {
            for bucket in policy.allows().flat_map(buckets) {
                users.entry(bucket).or_default().insert(role.arn.as_str());
            }
        }
    }
    users
}

/// The buckets that a statement names in full.
fn buckets(statement: &Statement) -> impl Iterator<Item = &str> {
    let named = match &statement.resources {
        Some(Scope::In(templates)) => templates.as_slice(),
        Some(Scope::NotIn(_)) | None => &[],
    };
    named.iter().filter_map(|template| bucket(template.text()))
}

/// The bucket of an ARN, which has no wildcard before the key begins.
fn bucket(arn: &str) -> Option<&str> {
    let mut fields = arn.splitn(6, ':');
    let (service, resource) = (fields.nth(2)?, fields.nth(2)?);
    let name = resource.split('/').next()?;
    (service == "s3" && !name.is_empty() && !name.contains(['*', '?', '$'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use awspect_inventory::s3::PREDICTABLE_NAMES;

    use super::*;

    #[test]
    fn the_document_lists_what_is_asked_for() {
        assert!(TAKERS.keys().eq(&PREDICTABLE_NAMES), "{TAKERS:?}");
    }

    #[test]
    fn a_bucket_is_named_in_full_or_not_at_all() {
        for (arn, name) in [
            ("arn:aws:s3:::logs", Some("logs")),
            ("arn:aws:s3:::logs/*", Some("logs")),
            ("arn:*:s3:::logs/${aws:username}/*", Some("logs")),
            ("arn:aws:s3:::logs*", None),
            ("arn:aws:s3:::*/logs", None),
            ("arn:aws:sqs:::logs", None),
            ("arn:aws:s3:::", None),
            ("*", None),
        ] {
            assert_eq!(bucket(arn), name, "{arn}");
        }
    }
}
