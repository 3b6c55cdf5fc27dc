//! Collects the tables of each region, their backups and exports, what scales them, and DAX in front of them.

mod backups;
mod dax;
mod exports;
mod scaling;
mod settings;
mod tables;

use std::collections::BTreeSet;

use awspect_inventory::{Region, dynamodb::DynamoDb};

pub(crate) use tables::{TableNames, names};

use crate::{
    Session,
    regions::{Regions, all},
};

/// How many tables or exports are read at once in a region.
///
/// DynamoDB answers ten calls a second for continuous backups and ten for tags, and no more; the SDK slows down where it is
/// told to.
const IN_FLIGHT: usize = 4;

/// The tables by these names, and all that goes with tables in the regions that may have some.
pub(crate) async fn collect(
    session: &Session,
    regions: &Regions,
    names: Vec<TableNames>,
    used: &BTreeSet<Region>,
) -> DynamoDb {
    let (tables, backups, exports, scalable_targets, dax_clusters) = futures::join!(
        Box::pin(all(names.into_iter().map(|names| tables::collect(session, names)))),
        all(used.iter().map(|region| backups::collect(session, region))),
        Box::pin(all(used.iter().map(|region| exports::collect(session, region)))),
        all(used.iter().map(|region| scaling::collect(session, region))),
        all(used.iter().map(|region| dax::collect(session, region))),
    );
    DynamoDb {
        tables: regions.confessed(session, tables, "dynamodb", "table/*"),
        backups: regions.confessed(session, backups, "dynamodb", "table/*/backup/*"),
        exports: regions.confessed(session, exports, "dynamodb", "table/*/export/*"),
        scalable_targets: regions.confessed(session, scalable_targets, "dynamodb", "table/*"),
        dax_clusters: regions.confessed(session, dax_clusters, "dax", "cache/*"),
    }
}
