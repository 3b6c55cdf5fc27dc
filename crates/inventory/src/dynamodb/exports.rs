//! Exports of tables to S3.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    Arn, Observed, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// An export of a table to S3 (`ListExports`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableExport {
    /// Its ARN, its table's with `/export/<id>`.
    pub arn: Arn,
    /// The last part of its ARN.
    pub id: String,
    /// Where its table lives.
    pub region: Region,
    /// The table, which may be gone by now.
    pub table: Arn,
    /// How far it is.
    pub status: ExportStatus,
    /// Where it went.
    #[serde(default)]
    pub settings: Observed<ExportSettings>,
}
fact!(TableExport, "dynamodb:ListExports");

impl Resource for TableExport {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.id
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }
}

open_enum! {
    /// How far an export is (`ExportStatus`).
    ExportStatus {
        /// Under way.
        InProgress = "IN_PROGRESS",
        /// Done.
        Completed = "COMPLETED",
        /// Given up.
        Failed = "FAILED",
    }
}

/// Where an export went (`DescribeExport`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportSettings {
    /// The bucket.
    pub bucket: String,
    /// The account that the bucket is said to belong to (`S3BucketOwner`); nothing where the export did not say, which it
    /// must for another account's.
    pub bucket_owner: Option<String>,
    /// When it began.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub started: Option<OffsetDateTime>,
}
fact!(ExportSettings, "dynamodb:DescribeExport");
