//! The regions of an account.

use serde::{Deserialize, Serialize};

use crate::{Region, macros::fact};

/// The regions that the account has enabled (`DescribeRegions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EnabledRegions(pub Vec<Region>);
fact!(EnabledRegions, "ec2:DescribeRegions");
