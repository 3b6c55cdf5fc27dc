//! Where exports of tables went.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    dynamodb::{ExportSettings, ExportStatus, Table, TableExport},
    s3::Bucket,
};
use serde_json::json;
use time::format_description::well_known::Rfc3339;

use crate::{Scan, unread::gap};

/// The latest export of a table went to a bucket of the user's own.
pub(super) fn target(scan: Scan<'_>, table: &Table) -> Decision {
    let exports = &scan.inventory.dynamodb.exports;
    let (mut shown, mut faults) = (vec![], vec![]);
    let mut open = gap(exports, &table.region).cloned();
    for export in exports.found.iter().filter(|export| export.table == table.arn) {
        if export.status == ExportStatus::Failed {
            continue;
        }
        match settings(export) {
            Ok(settings) => match is_own(scan, settings) {
                Ok(true) => shown.push(evidence(scan, export, settings)),
                Ok(false) => faults.push(evidence(scan, export, settings)),
                Err(unknown) => open = Some(unknown),
            },
            Err(unknown) => open = Some(unknown),
        }
    }
    match open {
        _ if !faults.is_empty() => Ok(Verdict::faults(faults)),
        Some(unknown) => Err(unknown),
        None => Ok(Verdict::Pass(shown)),
    }
}

fn settings(export: &TableExport) -> Result<&ExportSettings, Unknown> {
    let without = || Unknown::new(ExportSettings::ACTION, Reason::Malformed);
    export.settings.known()?.ok_or_else(without)
}

/// Whether a bucket is the account's or a trusted one's: by the owner that S3 held the export to, or by the account's list.
fn is_own(scan: Scan<'_>, settings: &ExportSettings) -> Result<bool, Unknown> {
    if let Some(owner) = &settings.bucket_owner {
        let account = owner.parse().map_err(|_| {
            Unknown::new(ExportSettings::ACTION, Reason::Malformed)
                .because(format!("`S3BucketOwner` is `{}`", owner.escape_default()))
        })?;
        return Ok(scan.trusts(&account));
    }
    let buckets = &scan.inventory.s3.buckets;
    if buckets.found.iter().any(|bucket| bucket.name == settings.bucket) {
        return Ok(true);
    }
    Err(buckets.gaps.first().map_or_else(
        || {
            Unknown::new(Bucket::ACTION, Reason::Undecided).because(
                "the export names no owner of its bucket, which is none that the account has now",
            )
        },
        |gap| gap.unknown.clone(),
    ))
}

fn evidence(scan: Scan<'_>, export: &TableExport, settings: &ExportSettings) -> Evidence {
    let observed = json!({
        "ExportArn": export.arn,
        "S3Bucket": settings.bucket,
        "S3BucketOwner": settings.bucket_owner,
        "StartTime": settings.started.and_then(|at| at.format(&Rfc3339).ok()),
        "ExportStatus": export.status.as_str(),
    });
    let expected = format!("a bucket of account {} or a trusted one", scan.inventory.account.id);
    Evidence::of::<ExportSettings>("ExportDescription", observed, expected)
}
