//! Amazon DynamoDB: tables, their backups and exports, what scales them, and the caches of DAX in front of them.
//!
//! Field meanings are those of the API references of DynamoDB, DynamoDB Accelerator and Application Auto Scaling.

use serde::{Deserialize, Serialize};

use crate::Listed;

mod backups;
mod dax;
mod exports;
mod scaling;
mod settings;
mod table;

pub use backups::*;
pub use dax::*;
pub use exports::*;
pub use scaling::*;
pub use settings::*;
pub use table::*;

/// What was learned about DynamoDB in one account, over all regions asked for.
///
/// Only of a region that has tables, or may have some, the rest is asked for: all of it is about tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DynamoDb {
    /// Tables, replicas of global tables among them, each in its region.
    pub tables: Listed<Table>,
    /// Of each table the youngest on-demand backup that can be restored.
    pub backups: Listed<OnDemandBackup>,
    /// Of each table the latest export to S3 of the last 90 days that has not failed.
    pub exports: Listed<TableExport>,
    /// What Application Auto Scaling scales of tables and indexes.
    pub scalable_targets: Listed<ScalableTarget>,
    /// Clusters of DAX.
    pub dax_clusters: Listed<DaxCluster>,
}

impl DynamoDb {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        self.tables.gone + self.exports.gone
    }
}
