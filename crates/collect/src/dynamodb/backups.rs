//! On-demand backups: of all tables of a region at once.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{BackupStatus, BackupSummary, BackupTypeFilter};
use awspect_inventory::{Arn, Gap, Listed, Region, dynamodb::OnDemandBackup};

use crate::{
    Session,
    ask::{Missing, turned},
    read::{arn, given, text, time},
};

/// The most that `ListBackups` gives in one page.
const PAGE: i32 = 100;

/// The youngest backup of each table of a region that can be restored.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<OnDemandBackup> {
    let listing = session.dynamodb(region).list_backups();
    let listing = listing.backup_type(BackupTypeFilter::User).limit(PAGE);
    let pages = turned(
        move |last| listing.clone().set_exclusive_start_backup_arn(last).send(),
        |page| page.last_evaluated_backup_arn.as_deref(),
    );
    let account = &session.account;
    let pattern =
        format!("arn:{}:dynamodb:{region}:{}:table/*/backup/*", account.partition, account.id);
    let listed = session
        .ask(region)
        .pages::<OnDemandBackup, _, _, _, _>(
            pages,
            |page| {
                let mut backups = page.backup_summaries.ok_or(Missing("BackupSummaries"))?;
                backups.retain(can_be_restored);
                Ok(backups)
            },
            |backup| read(region, backup),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    Listed { found: youngest(listed.found), ..listed }
}

fn can_be_restored(backup: &BackupSummary) -> bool {
    // Where AWS does not say, the item is read and its lack noted.
    backup.backup_status.as_ref().is_none_or(|status| *status == BackupStatus::Available)
}

fn read(region: &Region, backup: BackupSummary) -> Result<OnDemandBackup, Missing> {
    backup.backup_status.ok_or(Missing("BackupStatus"))?;
    let created = backup.backup_creation_date_time.and_then(time);
    Ok(OnDemandBackup {
        arn: arn(backup.backup_arn.as_deref(), "BackupArn")?,
        name: text(backup.backup_name, "BackupName")?,
        region: region.clone(),
        table: arn(backup.table_arn.as_deref(), "TableArn")?,
        table_id: given(backup.table_id),
        created: created.ok_or(Missing("BackupCreationDateTime"))?,
    })
}

fn youngest(backups: Vec<OnDemandBackup>) -> Vec<OnDemandBackup> {
    let mut youngest: BTreeMap<(Arn, Option<String>), OnDemandBackup> = BTreeMap::new();
    for backup in backups {
        let table = (backup.table.clone(), backup.table_id.clone());
        match youngest.get(&table) {
            Some(known) if known.created >= backup.created => {}
            _ => {
                youngest.insert(table, backup);
            }
        }
    }
    youngest.into_values().collect()
}
