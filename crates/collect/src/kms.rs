//! Collects the keys that other resources name.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_kms::{Client, operation::describe_key::DescribeKeyOutput};
use awspect_inventory::{
    Arn, Listed, Observed, Region,
    backup::BackupVault,
    dynamodb::Table,
    kms::{KeySettings, Kms},
};
use futures::{StreamExt as _, stream};

use crate::{
    Session,
    ask::{Missing, Read},
    read::{said, time},
};

/// How many keys are asked about at once.
const IN_FLIGHT: usize = 16;

/// The keys that these tables and vaults are encrypted with, each once.
pub(crate) async fn collect(
    session: &Session,
    tables: &Listed<Table>,
    vaults: &Listed<BackupVault>,
) -> Kms {
    let of_tables = tables.found.iter().filter_map(key_of);
    let of_vaults = vaults.found.iter().filter_map(key_of_vault);
    let keys: BTreeSet<(Region, Arn)> = of_tables.chain(of_vaults).collect();
    let clients: BTreeMap<Region, Client> =
        keys.iter().map(|(region, _)| (region.clone(), session.kms(region))).collect();
    let read = stream::iter(keys)
        .map(|(region, arn)| {
            let client = clients.get(&region);
            async move {
                let call = client?.describe_key().key_id(arn.as_str()).send();
                let key = session.ask(&region).fact(&["NotFoundException"], call, read).await;
                Some((arn, key))
            }
        })
        .buffered(IN_FLIGHT);
    let read: Vec<Option<(Arn, Observed<KeySettings>)>> = read.collect().await;
    Kms { keys: read.into_iter().flatten().collect() }
}

/// The key of a table, which is in the table's region.
fn key_of(table: &Table) -> Option<(Region, Arn)> {
    let key = table.settings.set()?.encryption.as_ref()?.key.clone()?;
    Some((table.region.clone(), key))
}

/// The key of a vault, which is in the vault's region.
fn key_of_vault(vault: &BackupVault) -> Option<(Region, Arn)> {
    Some((vault.region.clone(), vault.key.clone()?))
}

fn read(answer: DescribeKeyOutput) -> Read<KeySettings> {
    let key = answer.key_metadata.ok_or(Missing("KeyMetadata"))?;
    let state = key.key_state.ok_or(Missing("KeyState"))?;
    Ok(Some(KeySettings {
        manager: key.key_manager.map(|it| it.as_str().into()),
        state: said(state.as_str(), "KeyState")?.into(),
        deletion: key.deletion_date.and_then(time),
    }))
}
