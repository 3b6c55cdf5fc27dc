//! Collects DynamoDB, and what only counts for its tables: backups of AWS Backup and keys of KMS.

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
        let dynamodb = async {
            let dynamodb = dynamodb::collect(session, regions, names, &used).await;
            let keys = kms::collect(session, &dynamodb.tables).await;
            (dynamodb, keys)
        };
        let ((dynamodb, keys), protected_tables, plans) = futures::join!(
            Box::pin(dynamodb),
            backup::protected_tables(session, regions, &used),
            Box::pin(backup::plans(session, regions, &used)),
        );
        (dynamodb, keys, protected_tables, plans)
    };
    let ((dynamodb, kms, protected_tables, plans), vaults) =
        futures::join!(Box::pin(tables), backup::vaults(session, regions));
    (dynamodb, Backup { protected_tables, plans, vaults }, kms)
}
