//! Stages of HTTP and WebSocket APIs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AccessLog, LoggingLevel, StageVariables};
use crate::{Arn, Observed, Region, macros::named};

/// A stage of an HTTP or WebSocket API (`GetStages`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiStage {
    /// Its ARN, the API's with `/stages/<name>`.
    pub arn: Arn,
    /// Its name; `$default` has no part in the path.
    pub name: String,
    /// Where its API lives.
    pub region: Region,
    /// The deployment that it serves, by its id.
    pub deployment: Option<String>,
    /// Whether it serves each change at once.
    pub auto_deploy: bool,
    /// The certificate that API Gateway shows to backends, by its id.
    pub client_certificate: Option<String>,
    /// Where it logs each request; nothing if it does not.
    pub access_log: Option<AccessLog>,
    /// What it does with requests for all routes.
    pub default_route_settings: Option<RouteSettings>,
    /// What it does instead with requests for some, by their route key.
    pub route_settings: BTreeMap<String, RouteSettings>,
    /// Its variables. A secret is at `StageVariables.<name>`.
    #[serde(default)]
    pub variables: Observed<StageVariables>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
named!(ApiStage, "apigateway:GET", "AWS::ApiGatewayV2::Stage", |it| it.tags.clone());

/// What a stage does with requests for a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteSettings {
    /// What it logs of how they went, in a WebSocket API.
    pub logging: Option<LoggingLevel>,
    /// Whether the log has requests and answers in full, in a WebSocket API.
    pub data_trace: bool,
    /// Requests at once; nothing for the account's.
    pub burst: Option<i64>,
    /// Thousandths of a request in a second; nothing for the account's.
    pub rate_milli: Option<i64>,
}
