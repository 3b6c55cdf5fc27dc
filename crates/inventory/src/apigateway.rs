//! API Gateway: REST APIs, HTTP and WebSocket APIs, and the domain names in front of them.
//!
//! Field meanings are those of the API Gateway API reference (REST APIs, usage plans, domain names) and of the API Gateway V2
//! API reference (HTTP and WebSocket APIs). All of it is one action to IAM, `apigateway:GET`.

use serde::{Deserialize, Serialize};

use crate::Listed;

mod api;
mod authorizer;
mod domain;
mod integration;
mod method;
mod rest;
mod route;
mod settings;
mod stage;
mod stage_v2;
mod usage;

pub use api::*;
pub use authorizer::*;
pub use domain::*;
pub use integration::*;
pub use method::*;
pub use rest::*;
pub use route::*;
pub use settings::*;
pub use stage::*;
pub use stage_v2::*;
pub use usage::*;

/// What was learned about API Gateway in one account, over all regions asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApiGateway {
    /// REST APIs.
    pub rest_apis: Listed<RestApi>,
    /// HTTP and WebSocket APIs.
    pub apis: Listed<Api>,
    /// Domain names of the account's own, for APIs of all kinds.
    pub domain_names: Listed<DomainName>,
    /// Usage plans, of regions with REST APIs.
    pub usage_plans: Listed<UsagePlan>,
    /// What holds for a region as a whole, of regions with REST APIs.
    pub regions: Listed<ApiRegion>,
}

impl ApiGateway {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        self.rest_apis.gone + self.apis.gone + self.domain_names.gone
    }
}
