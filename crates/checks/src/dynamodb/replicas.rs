//! Replicas of global tables, compared with each other.

use awspect_findings::{Evidence, Verdict};
use awspect_inventory::{
    Arn, Fact as _, Reason, Region, Unknown,
    dynamodb::{ContinuousBackups, Replica, ReplicaStatus, Table, TableSettings, TableStatus},
};
use serde_json::json;

use super::{
    recovery::{continuous, is_on},
    subjects::settings,
};
use crate::{Scan, unread::gap};

/// A replica has the protections that another replica of its global table has. Other tables are not concerned.
pub(super) fn alike(scan: Scan<'_>, table: &Table) -> Result<Option<Verdict>, Unknown> {
    let own = settings(table)?;
    let others: Vec<&Region> = own
        .replicas
        .iter()
        .filter(|replica| replica.region != table.region && counts(scan, replica))
        .map(|replica| &replica.region)
        .collect();
    if others.is_empty() || [TableStatus::Creating, TableStatus::Deleting].contains(&own.status) {
        return Ok(None);
    }
    let recovery = lacks(scan, table, &others, recovers);
    let recovery = recovery.map(|regions| {
        regions.map(|regions| {
            let field = "PointInTimeRecoveryDescription.PointInTimeRecoveryStatus";
            let observed = json!({ "here": "DISABLED", "ENABLED in": regions });
            Evidence::of::<ContinuousBackups>(field, observed, "ENABLED")
        })
    });
    let protection = lacks(scan, table, &others, is_protected).map(|regions| {
        regions.map(|regions| {
            let observed = json!({ "here": false, "true in": regions });
            Evidence::of::<TableSettings>("Table.DeletionProtectionEnabled", observed, "true")
        })
    });
    let mut faults = vec![];
    let mut open = None;
    for fault in [recovery, protection] {
        match fault {
            Ok(fault) => faults.extend(fault),
            Err(unknown) => open = open.or(Some(unknown)),
        }
    }
    match open {
        Some(unknown) if faults.is_empty() => Err(unknown),
        _ => Ok(Some(Verdict::faults(faults))),
    }
}

/// Whether a replica is the account's own, and there.
fn counts(scan: Scan<'_>, replica: &Replica) -> bool {
    let account = replica.arn.as_ref().and_then(Arn::account);
    let is_own = account.is_none_or(|account| account == scan.inventory.account.id);
    let is_there = !matches!(
        replica.status,
        Some(ReplicaStatus::Creating | ReplicaStatus::CreationFailed | ReplicaStatus::Deleting)
    );
    is_own && is_there
}

fn recovers(table: &Table) -> Result<bool, Unknown> {
    is_on(continuous(table)?)
}

fn is_protected(table: &Table) -> Result<bool, Unknown> {
    Ok(settings(table)?.deletion_protection == Some(true))
}

/// Where others have what a table lacks; nothing where it lacks nothing that another has.
fn lacks<'r>(
    scan: Scan<'_>,
    table: &Table,
    others: &[&'r Region],
    has: fn(&Table) -> Result<bool, Unknown>,
) -> Result<Option<Vec<&'r Region>>, Unknown> {
    let own = has(table);
    if own == Ok(true) {
        return Ok(None);
    }
    let (mut regions, mut open) = (vec![], None);
    for region in others {
        match replica(scan, table, region).and_then(has) {
            Ok(true) => regions.push(*region),
            Ok(false) => {}
            Err(unknown) => open = open.or(Some(unknown)),
        }
    }
    match (own, open) {
        (Ok(_), _) if !regions.is_empty() => Ok(Some(regions)),
        (Ok(_), Some(unknown)) => Err(unknown),
        (Err(unknown), open) if !regions.is_empty() || open.is_some() => Err(unknown),
        // What none of the others has is nobody's fault here.
        (Ok(_) | Err(_), _) => Ok(None),
    }
}

/// The replica in another region, which is a table of the same name.
fn replica<'a>(scan: Scan<'a>, table: &Table, region: &Region) -> Result<&'a Table, Unknown> {
    let tables = &scan.inventory.dynamodb.tables;
    let found = tables.found.iter().find(|it| it.region == *region && it.name == table.name);
    found.ok_or_else(|| {
        gap(tables, region).cloned().unwrap_or_else(|| {
            let why =
                format!("the replica in {region} is not among the tables that were looked at");
            Unknown::new(Table::ACTION, Reason::NotAsked).because(why)
        })
    })
}
