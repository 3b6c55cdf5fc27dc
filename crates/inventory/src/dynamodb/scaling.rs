//! What scales the capacity of tables and indexes.

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// A dimension of a table or of an index that is scaled (`DescribeScalableTargets` of Application Auto Scaling).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScalableTarget {
    /// The table or the index, by its own ARN; `dimension` tells several targets of one apart.
    pub arn: Arn,
    /// `table/<name>`, or `table/<name>/index/<index>`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// What is scaled.
    pub dimension: ScalableDimension,
    /// The least.
    pub min: i32,
    /// The most.
    pub max: i32,
    /// Whether somebody has suspended that it grows.
    pub scale_out_suspended: bool,
    /// Whether somebody has suspended that it shrinks.
    pub scale_in_suspended: bool,
}
fact!(ScalableTarget, "application-autoscaling:DescribeScalableTargets");

impl Resource for ScalableTarget {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.id
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn part(&self) -> Option<&str> {
        Some(self.dimension.as_str())
    }
}

open_enum! {
    /// What is scaled (`ScalableDimension`).
    ScalableDimension {
        /// What a table reads.
        TableRead = "dynamodb:table:ReadCapacityUnits",
        /// What a table writes.
        TableWrite = "dynamodb:table:WriteCapacityUnits",
        /// What an index reads.
        IndexRead = "dynamodb:index:ReadCapacityUnits",
        /// What an index writes.
        IndexWrite = "dynamodb:index:WriteCapacityUnits",
    }
}
