//! How a table can be recovered: four facts, read together for all rules that ask.

use awspect_findings::Evidence;
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    backup::{BackupPlan, ProtectedTable, SelectionSettings},
    dynamodb::{ContinuousBackups, OnDemandBackup, PointInTimeRecovery, Table},
};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    selection::{Takes, takes},
    subjects::settings,
};
use crate::{
    Scan,
    engine::unknown_value,
    unread::{gap, missing},
};

/// As old as a backup may be: a monthly schedule has one of this age.
const RECENT: Duration = Duration::days(35);

const BACKUP: &str = "a backup that is at most 35 days old";
const PLAN: &str = "a plan that takes the table in and makes backups of it";

/// What is known of a table's recovery.
pub(super) struct Recovery<'a> {
    now: OffsetDateTime,
    /// Point-in-time recovery.
    continuous: Result<&'a ContinuousBackups, Unknown>,
    /// DynamoDB's own backups.
    pub(super) own: Latest,
    /// What AWS Backup made.
    pub(super) point: Latest,
    /// What AWS Backup is to make.
    pub(super) plan: Selected<'a>,
}

/// The latest backup of one kind.
pub(super) struct Latest {
    at: Option<OffsetDateTime>,
    /// Why there may be a later one.
    pub(super) open: Option<Unknown>,
    evidence: Evidence,
}

/// The plan that selects a table.
pub(super) struct Selected<'a> {
    by: Option<(Takes, &'a BackupPlan, &'a str)>,
    /// Why there may be another.
    pub(super) open: Option<Unknown>,
}

impl<'a> Recovery<'a> {
    pub(super) fn of(scan: Scan<'a>, table: &'a Table) -> Self {
        let now = scan.inventory.collected_at;
        Self {
            now,
            continuous: continuous(table),
            own: own(scan, table, now),
            point: point(scan, table, now),
            plan: plan(scan, table),
        }
    }

    /// The backups that surely are there and not too old.
    pub(super) fn recent(&self) -> Vec<Evidence> {
        let recent = |it: &&Latest| it.at.is_some_and(|at| is_recent(at, self.now));
        let all = [&self.own, &self.point].into_iter();
        all.filter(recent).map(|it| it.evidence.clone()).collect()
    }

    /// Whether the table surely has point-in-time recovery.
    pub(super) fn is_continuous(&self) -> bool {
        self.continuous.as_ref().is_ok_and(|it| is_on(it) == Ok(true))
    }

    /// All four facts.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        let (field, expected) =
            (CONTINUOUS, "either; it is no backup, since it ends with the table");
        let continuous = match &self.continuous {
            Ok(continuous) => shown(continuous, expected),
            Err(unknown) => missing(unknown, field, expected),
        };
        let own = [&self.own, &self.point].map(|it| it.evidence.clone());
        [continuous].into_iter().chain(own).chain([self.plan.evidence()]).collect()
    }
}

impl Latest {
    /// Whether there surely never was one.
    pub(super) fn is_none(&self) -> bool {
        self.at.is_none() && self.open.is_none()
    }
}

impl Selected<'_> {
    /// How the table is surely taken in, where it is.
    pub(super) fn takes(&self) -> Takes {
        self.by.map_or(Takes::Not, |(takes, ..)| takes)
    }

    fn evidence(&self) -> Evidence {
        let field = "BackupSelection";
        match (&self.by, &self.open) {
            (Some((_, plan, selection)), _) => {
                let observed = json!({ "BackupPlanName": plan.name, "SelectionName": selection });
                Evidence::of::<SelectionSettings>(field, observed, PLAN)
            }
            (None, Some(unknown)) => missing(unknown, field, PLAN),
            (None, None) => Evidence::of::<SelectionSettings>(field, Value::Null, PLAN),
        }
    }
}

const CONTINUOUS: &str = "ContinuousBackupsDescription.PointInTimeRecoveryDescription";

/// Whether a table has point-in-time recovery, which AWS says of every table.
pub(super) fn continuous(table: &Table) -> Result<&ContinuousBackups, Unknown> {
    let without = || Unknown::new(ContinuousBackups::ACTION, Reason::Malformed);
    table.continuous_backups.known()?.ok_or_else(without)
}

/// Whether it is on.
pub(super) fn is_on(continuous: &ContinuousBackups) -> Result<bool, Unknown> {
    match &continuous.point_in_time_recovery {
        PointInTimeRecovery::Enabled => Ok(true),
        PointInTimeRecovery::Disabled => Ok(false),
        PointInTimeRecovery::Other(other) => Err(unknown_value::<ContinuousBackups>(other)),
    }
}

/// Point-in-time recovery with its window.
pub(super) fn shown(continuous: &ContinuousBackups, expected: &'static str) -> Evidence {
    let observed = json!({
        "PointInTimeRecoveryStatus": continuous.point_in_time_recovery.as_str(),
        "RecoveryPeriodInDays": continuous.recovery_days,
        "EarliestRestorableDateTime": continuous.earliest.and_then(|at| at.format(&Rfc3339).ok()),
    });
    Evidence::of::<ContinuousBackups>(CONTINUOUS, observed, expected)
}

fn is_recent(at: OffsetDateTime, now: OffsetDateTime) -> bool {
    now - at <= RECENT
}

fn own(scan: Scan<'_>, table: &Table, now: OffsetDateTime) -> Latest {
    let backups = &scan.inventory.dynamodb.backups;
    let mut open = gap(backups, &table.region).cloned();
    let mut latest: Option<&OnDemandBackup> = None;
    for backup in backups.found.iter().filter(|backup| backup.table == table.arn) {
        match is_of(backup, table) {
            Ok(true) if latest.is_none_or(|it| it.created < backup.created) => {
                latest = Some(backup);
            }
            Err(unknown) if is_recent(backup.created, now) => open = open.or(Some(unknown)),
            Ok(_) | Err(_) => {}
        }
    }
    let field = "BackupSummaries";
    let evidence = match (latest, &open) {
        (None, Some(unknown)) => missing(unknown, field, BACKUP),
        _ => Evidence::of::<OnDemandBackup>(
            field,
            json!(latest.map(|backup| json!({
                "BackupName": backup.name,
                "BackupCreationDateTime": backup.created.format(&Rfc3339).ok(),
                "days": (now - backup.created).whole_days(),
            }))),
            BACKUP,
        ),
    };
    Latest { at: latest.map(|backup| backup.created), open, evidence }
}

/// Whether a backup is of this table, and not of an earlier one of its name.
fn is_of(backup: &OnDemandBackup, table: &Table) -> Result<bool, Unknown> {
    match (&backup.table_id, &settings(table)?.id) {
        (Some(of), Some(id)) => Ok(of == id),
        _ => Err(Unknown::new(OnDemandBackup::ACTION, Reason::Malformed)
            .because("AWS gives no `TableId` that would tell which table of the name it is of")),
    }
}

fn point(scan: Scan<'_>, table: &Table, now: OffsetDateTime) -> Latest {
    let protected = &scan.inventory.backup.protected_tables;
    let found = protected.found.iter().find(|it| it.arn == table.arn);
    let at = found.and_then(|it| it.last_backup);
    let open = match found {
        Some(_) => at.is_none().then(|| {
            Unknown::new(ProtectedTable::ACTION, Reason::Malformed)
                .because("the answer has no `LastBackupTime`")
        }),
        None => gap(protected, &table.region).cloned(),
    };
    let field = "Results";
    let evidence = match &open {
        Some(unknown) => missing(unknown, field, BACKUP),
        None => Evidence::of::<ProtectedTable>(
            field,
            json!(found.zip(at).map(|(it, at)| json!({
                "LastBackupTime": at.format(&Rfc3339).ok(),
                "LastBackupVaultArn": it.last_vault,
                "days": (now - at).whole_days(),
            }))),
            BACKUP,
        ),
    };
    Latest { at, open, evidence }
}

/// Plans select in their own region alone.
fn plan<'a>(scan: Scan<'a>, table: &Table) -> Selected<'a> {
    let plans = &scan.inventory.backup.plans;
    let mut selected = Selected { by: None, open: gap(plans, &table.region).cloned() };
    for plan in plans.found.iter().filter(|plan| plan.region == table.region) {
        let unlisted = plan.selections.gaps.first().map(|gap| gap.unknown.clone());
        selected.open = selected.open.or(unlisted);
        for selection in &plan.selections.found {
            let without = || Unknown::new(SelectionSettings::ACTION, Reason::Malformed);
            let settings = selection.settings.known().and_then(|it| it.ok_or_else(without));
            match settings.and_then(|settings| takes(settings, table)) {
                Ok(Takes::Not) => {}
                Ok(how) if selected.takes() != Takes::ByName => {
                    selected.by = Some((how, plan, &selection.name));
                }
                Ok(_) => {}
                Err(unknown) => selected.open = selected.open.or(Some(unknown)),
            }
        }
    }
    selected
}
