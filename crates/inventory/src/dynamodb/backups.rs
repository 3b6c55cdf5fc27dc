//! On-demand backups of tables.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Arn, Place, Region, Resource, macros::fact};

/// An on-demand backup of a table that can be restored (`ListBackups`, `BackupStatus` `AVAILABLE`).
///
/// Those of AWS Backup are not among them; they stand with what it protects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnDemandBackup {
    /// Its ARN, its table's with `/backup/<id>`.
    pub arn: Arn,
    /// The name that its owner gave it.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// The table that it was made of.
    pub table: Arn,
    /// That table's id; a table that was made anew under the same name has another.
    pub table_id: Option<String>,
    /// When it was asked for.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
}
fact!(OnDemandBackup, "dynamodb:ListBackups");

impl Resource for OnDemandBackup {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }
}
