//! What holds for a region as a whole.

use serde::{Deserialize, Serialize};

use super::Throttle;
use crate::{Arn, Observed, Place, Region, Resource, macros::fact};

/// A region with REST APIs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiRegion {
    /// The account's ARN.
    pub arn: Arn,
    /// The region.
    pub region: Region,
    /// What the account has there.
    #[serde(default)]
    pub settings: Observed<ApiRegionSettings>,
}
fact!(ApiRegion, "apigateway:GET");
fact!(ApiRegionSettings, "apigateway:GET");

impl Resource for ApiRegion {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        self.region.as_str()
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn part(&self) -> Option<&str> {
        Some(self.region.as_str())
    }
}

/// What an account has in a region (`GetAccount`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiRegionSettings {
    /// How many requests all APIs of the region let through together.
    pub throttle: Option<Throttle>,
    /// The role by which API Gateway writes logs of how requests went; without it there are none.
    pub cloudwatch_role: Option<Arn>,
}
