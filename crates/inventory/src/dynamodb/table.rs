//! Tables, and what stands around their settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::TableSettings;
use crate::{
    Arn, Observed, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// A table (`ListTables`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its ARN, `arn:<partition>:dynamodb:<region>:<account>:table/<name>`.
    pub arn: Arn,
    /// Its name, unique in account and region.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// Its settings.
    #[serde(default)]
    pub settings: Observed<TableSettings>,
    /// Whether it can be restored to a point in time.
    #[serde(default)]
    pub continuous_backups: Observed<ContinuousBackups>,
    /// Its resource-based policy.
    #[serde(default)]
    pub policy: Observed<ResourcePolicy>,
    /// The resource-based policy of its stream; not set as well where no stream is on.
    #[serde(default)]
    pub stream_policy: Observed<ResourcePolicy>,
    /// Its tags.
    #[serde(default)]
    pub tags: Observed<TableTags>,
}
fact!(Table, "dynamodb:ListTables");

impl Resource for Table {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::DynamoDB::Table")
    }

    fn tags(&self) -> BTreeMap<String, String> {
        self.tags.set().map(|TableTags(tags)| tags.clone()).unwrap_or_default()
    }
}

/// Whether a table can be restored to a point in time (`DescribeContinuousBackups`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContinuousBackups {
    /// Whether it can.
    pub point_in_time_recovery: PointInTimeRecovery,
    /// How many days back, 1 to 35; nothing where it cannot.
    pub recovery_days: Option<u32>,
    /// The earliest moment that it can be restored to.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub earliest: Option<OffsetDateTime>,
}
fact!(ContinuousBackups, "dynamodb:DescribeContinuousBackups");

open_enum! {
    /// Whether a table can be restored to a point in time (`PointInTimeRecoveryStatus`).
    PointInTimeRecovery {
        /// It can.
        Enabled = "ENABLED",
        /// It cannot.
        Disabled = "DISABLED",
    }
}

/// The resource-based policy of a table or a stream, verbatim (`GetResourcePolicy`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourcePolicy(pub String);
fact!(ResourcePolicy, "dynamodb:GetResourcePolicy");

/// The tags of a table (`ListTagsOfResource`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TableTags(pub BTreeMap<String, String>);
fact!(TableTags, "dynamodb:ListTagsOfResource");
