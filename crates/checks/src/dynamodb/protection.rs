//! What keeps a table's items: recovery, backups, and a switch against deletion.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    backup::SelectionSettings,
    dynamodb::{Table, TableSettings},
};

use super::{
    recovery::{Recovery, continuous, is_on, shown},
    selection::Takes,
    subjects::settings,
};
use crate::Scan;

/// A table can be restored to a point in time.
pub(super) fn point_in_time(scan: Scan<'_>, table: &Table) -> Decision {
    let continuous = continuous(table)?;
    let evidence = shown(continuous, "PointInTimeRecoveryStatus ENABLED");
    if is_on(continuous)? {
        return Ok(Verdict::Pass(vec![evidence]));
    }
    let backups = Recovery::of(scan, table).recent();
    let has_backup = !backups.is_empty();
    let verdict = Verdict::faults([evidence].into_iter().chain(backups).collect());
    Ok(if has_backup { verdict.severity(Severity::Low) } else { verdict })
}

/// A table has a backup that is not too old, or a plan that is about to make the first.
pub(super) fn backup(scan: Scan<'_>, table: &Table) -> Decision {
    let recovery = Recovery::of(scan, table);
    if !recovery.recent().is_empty() {
        return Ok(Verdict::Pass(recovery.evidence()));
    }
    // A plan whose last backup is too old is none that works.
    let is_first = recovery.point.is_none();
    let takes = recovery.plan.takes();
    if is_first && takes == Takes::ByName {
        return Ok(Verdict::Pass(recovery.evidence()));
    }
    if let Some(unknown) = recovery.own.open.as_ref().or(recovery.point.open.as_ref()) {
        return Err(unknown.clone());
    }
    match (&recovery.plan.open, takes) {
        (_, Takes::IfOn) if is_first => return Err(switch()),
        (Some(unknown), Takes::Not) if is_first => return Err(unknown.clone()),
        _ => {}
    }
    let verdict = Verdict::faults(recovery.evidence());
    Ok(if recovery.is_continuous() { verdict.severity(Severity::Low) } else { verdict })
}

fn switch() -> Unknown {
    let why = "a selection takes the table in, but by no ARN of DynamoDB's: whether it does depends on \
               AWS Backup being switched on for DynamoDB in the region, which is not asked for";
    Unknown::new(SelectionSettings::ACTION, Reason::Undecided).because(why)
}

/// A table is not deleted by one call.
pub(super) fn from_deletion(table: &Table) -> Decision {
    let protection = settings(table)?.deletion_protection;
    let field = "Table.DeletionProtectionEnabled";
    let evidence = Evidence::of::<TableSettings>(field, protection, "true");
    Ok(Verdict::holds(protection == Some(true), evidence))
}
