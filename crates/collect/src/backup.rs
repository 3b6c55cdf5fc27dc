//! Collects what AWS Backup protects of tables, its plans and its vaults.

mod plans;

use std::collections::BTreeSet;

use aws_sdk_backup::types::{BackupVaultListMember, ProtectedResource};
use awspect_inventory::{
    Gap, Listed, Region,
    backup::{BackupPlan, BackupVault, ProtectedTable},
};

use crate::{
    Session,
    ask::Missing,
    read::{arn, some_arn, text, time},
    regions::{Regions, all},
};

/// The most that a listing of AWS Backup gives in one page.
const PAGE: i32 = 1_000;

/// The tables that it has backed up, in the regions that may have tables.
pub(crate) async fn protected_tables(
    session: &Session,
    regions: &Regions,
    used: &BTreeSet<Region>,
) -> Listed<ProtectedTable> {
    let listed = all(used.iter().map(|region| protected_in(session, region))).await;
    regions.confessed(session, listed, "dynamodb", "table/*")
}

/// The plans, in the regions that may have tables.
pub(crate) async fn plans(
    session: &Session,
    regions: &Regions,
    used: &BTreeSet<Region>,
) -> Listed<BackupPlan> {
    let listed = all(used.iter().map(|region| plans::collect(session, region))).await;
    regions.confessed(session, listed, "backup", "backup-plan:*")
}

/// The vaults of all regions.
pub(crate) async fn vaults(session: &Session, regions: &Regions) -> Listed<BackupVault> {
    let listed = all(regions.looked_at.iter().map(|region| vaults_in(session, region))).await;
    regions.confessed(session, listed, "backup", "backup-vault:*")
}

async fn protected_in(session: &Session, region: &Region) -> Listed<ProtectedTable> {
    let pages = session.backup(region).list_protected_resources();
    let account = &session.account;
    let pattern = format!("arn:{}:dynamodb:{region}:{}:table/*", account.partition, account.id);
    session
        .ask(region)
        .pages::<ProtectedTable, _, _, _, _>(
            pages.into_paginator().page_size(PAGE).send(),
            |page| {
                let mut resources = page.results.ok_or(Missing("Results"))?;
                resources.retain(is_table);
                Ok(resources)
            },
            |resource| protected_table(region, &resource),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await
}

/// Of what kind a resource is that does not say so, nobody knows.
fn is_table(resource: &ProtectedResource) -> bool {
    resource.resource_type.as_deref().is_none_or(|kind| kind == "DynamoDB")
}

fn protected_table(
    region: &Region,
    resource: &ProtectedResource,
) -> Result<ProtectedTable, Missing> {
    text(resource.resource_type.clone(), "ResourceType")?;
    Ok(ProtectedTable {
        arn: arn(resource.resource_arn.as_deref(), "ResourceArn")?,
        region: region.clone(),
        last_backup: resource.last_backup_time.and_then(time),
        last_vault: some_arn(resource.last_backup_vault_arn.clone(), "LastBackupVaultArn")?,
    })
}

async fn vaults_in(session: &Session, region: &Region) -> Listed<BackupVault> {
    let pages = session.backup(region).list_backup_vaults();
    let account = &session.account;
    let pattern =
        format!("arn:{}:backup:{region}:{}:backup-vault:*", account.partition, account.id);
    session
        .ask(region)
        .pages::<BackupVault, _, _, _, _>(
            pages.into_paginator().page_size(PAGE).send(),
            |page| page.backup_vault_list.ok_or(Missing("BackupVaultList")),
            |vault| read_vault(region, vault),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await
}

fn read_vault(region: &Region, vault: BackupVaultListMember) -> Result<BackupVault, Missing> {
    Ok(BackupVault {
        arn: arn(vault.backup_vault_arn.as_deref(), "BackupVaultArn")?,
        name: text(vault.backup_vault_name, "BackupVaultName")?,
        region: region.clone(),
        kind: vault.vault_type.map(|it| it.as_str().into()),
        key: some_arn(vault.encryption_key_arn, "EncryptionKeyArn")?,
        key_kind: vault.encryption_key_type.map(|it| it.as_str().into()),
        locked: vault.locked,
        recovery_points: vault.number_of_recovery_points.try_into().unwrap_or_default(),
    })
}
