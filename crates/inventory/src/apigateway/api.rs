//! HTTP and WebSocket APIs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ApiIntegration, ApiStage, Authorizer, Route};
use crate::{
    Arn, Cors, Listed, Observed, Region,
    macros::{fact, named, open_enum},
};

/// An HTTP or WebSocket API (`GetApis`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Its ARN, `arn:<partition>:apigateway:<region>::/apis/<id>`, which names no account.
    pub arn: Arn,
    /// Its id.
    pub id: String,
    /// The name that its owner gave it; several may have the same.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// Its settings, its tags among them.
    #[serde(default)]
    pub settings: Observed<ApiSettings>,
    /// Its routes.
    #[serde(default)]
    pub routes: Listed<Route>,
    /// Its stages, without which nobody can call it.
    #[serde(default)]
    pub stages: Listed<ApiStage>,
    /// Its authorizers, used or not.
    #[serde(default)]
    pub authorizers: Listed<Authorizer>,
    /// What its routes call.
    #[serde(default)]
    pub integrations: Listed<ApiIntegration>,
}
named!(Api, "apigateway:GET", "AWS::ApiGatewayV2::Api", |it| it
    .settings
    .set()
    .map(|settings| settings.tags.clone())
    .unwrap_or_default());

/// The settings of an HTTP or WebSocket API (`GetApis`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiSettings {
    /// What it speaks.
    pub protocol: Protocol,
    /// Its own address, `https://<id>.execute-api.<region>.amazonaws.com`.
    pub endpoint: Option<String>,
    /// Whether that address does not answer.
    pub disable_execute_api_endpoint: bool,
    /// What browsers may do from other origins, which holds for all routes; nothing where routes answer for themselves.
    pub cors: Option<Cors>,
    /// What of a message tells its route, `$request.body.action`; in an HTTP API always `$request.method $request.path`.
    pub route_selection: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
fact!(ApiSettings, "apigateway:GET");

open_enum! {
    /// What an API speaks.
    Protocol {
        /// HTTP.
        Http = "HTTP",
        /// WebSocket.
        WebSocket = "WEBSOCKET",
    }
}
