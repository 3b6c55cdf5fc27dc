//! Collects DynamoDB, and what goes with its tables: backups of AWS Backup, and the keys of both.

use std::collections::BTreeSet;

use awspect_inventory::{Region, backup::Backup, dynamodb::DynamoDb, kms::Kms};

use crate::{
    Session, backup,
    dynamodb::{self, TableNames},
    kms,
    regions::Regions,
};

/// All of it in the regions that are looked at. A region that surely has no tables is asked about nothing but its backup
/// vaults.
pub(crate) async fn collect(session: &Session, regions: &Regions) -> (DynamoDb, Backup, Kms) {
    let tables = async {
        let names = dynamodb::names(session, regions).await;
        let used: BTreeSet<Region> =
            names.iter().filter(|names| names.are_some()).map(TableNames::region).collect();
        futures::join!(
            Box::pin(dynamodb::collect(session, regions, names, &used)),
            backup::protected_tables(session, regions, &used),
            Box::pin(backup::plans(session, regions, &used)),
        )
    };
    let ((dynamodb, protected_tables, plans), vaults) =
        futures::join!(Box::pin(tables), backup::vaults(session, regions));
    let kms = kms::collect(session, &dynamodb.tables, &vaults).await;
    (dynamodb, Backup { protected_tables, plans, vaults }, kms)
}
