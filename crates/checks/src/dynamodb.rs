//! Rules of DynamoDB, of DAX in front of it, and of AWS Backup behind it.

mod dax;
mod encryption;
mod exports;
mod key;
mod policy;
mod protection;
mod recovery;
mod replicas;
mod scaling;
mod selection;
mod subjects;
mod vaults;

pub(crate) use subjects::Subjects;
use subjects::{holders, tables};

use crate::engine::{Rule, concerned, each, rule};

pub(crate) static RULES: [Rule; 15] = [
    rule!("dynamodb/table-pitr", |scan| {
        tables(scan, move |table| protection::point_in_time(scan, table))
    }),
    rule!("dynamodb/table-backup", |scan| {
        tables(scan, move |table| protection::backup(scan, table))
    }),
    rule!("dynamodb/table-encryption-cmk", |scan| {
        each(&scan.inventory.dynamodb.tables, move |table| encryption::own_key(scan, table))
    }),
    rule!("dynamodb/table-kms-key-inaccessible", |scan| {
        concerned(&scan.inventory.dynamodb.tables, move |table| {
            encryption::key_works(scan, table).transpose()
        })
    }),
    rule!("dynamodb/table-deletion-protection", |scan| { tables(scan, protection::from_deletion) }),
    rule!("dynamodb/table-policy-public", |scan| {
        holders(scan, move |holder| policy::public(scan, holder))
    }),
    rule!("dynamodb/table-policy-cross-account", |scan| {
        holders(scan, move |holder| policy::cross_account(scan, holder))
    }),
    rule!("dynamodb/table-autoscaling", |scan| {
        each(&scan.inventory.dynamodb.tables, move |table| scaling::scales(scan, table))
    }),
    rule!("dynamodb/global-table-replica-settings", |scan| {
        concerned(&scan.inventory.dynamodb.tables, move |table| {
            replicas::alike(scan, table).transpose()
        })
    }),
    rule!("dynamodb/export-target", |scan| {
        each(&scan.inventory.dynamodb.tables, move |table| exports::target(scan, table))
    }),
    rule!("dynamodb/dax-cluster-encryption-at-rest", |scan| {
        concerned(&scan.inventory.dynamodb.dax_clusters, dax::at_rest)
    }),
    rule!("dynamodb/dax-cluster-encryption-in-transit", |scan| {
        concerned(&scan.inventory.dynamodb.dax_clusters, dax::in_transit)
    }),
    rule!("dynamodb/dax-cluster-multi-az", |scan| {
        concerned(&scan.inventory.dynamodb.dax_clusters, dax::zones)
    }),
    rule!("dynamodb/backup-vault-exists", vaults::regions),
    rule!("dynamodb/backup-vault-encrypted", |scan| {
        concerned(&scan.inventory.backup.vaults, move |vault| vaults::encrypted(scan, vault))
    }),
];
