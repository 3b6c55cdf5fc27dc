//! Routes of HTTP and WebSocket APIs.

use serde::{Deserialize, Serialize};

use super::Authorization;
use crate::{Arn, Region, macros::named};

/// A route (`GetRoutes`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Its ARN, the API's with `/routes/<id>`.
    pub arn: Arn,
    /// Its key: `GET /pets`, `ANY /{proxy+}`, `$default`; of a WebSocket API `$connect`, `$disconnect`, or what a message says.
    pub name: String,
    /// Where its API lives.
    pub region: Region,
    /// Who is let in. In a WebSocket API only `$connect` asks.
    pub authorization: Authorization,
    /// The authorizer that says who is, by its id.
    pub authorizer: Option<String>,
    /// The scopes of OAuth of which a caller's token has one.
    pub scopes: Vec<String>,
    /// Whether a caller needs an API key, in a WebSocket API.
    pub api_key_required: bool,
    /// What it calls, `integrations/<id>`.
    pub target: Option<String>,
}
named!(Route, "apigateway:GET", "AWS::ApiGatewayV2::Route");
