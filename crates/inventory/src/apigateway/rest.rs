//! REST APIs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Authorizer, Deployment, Method, RestStage};
use crate::{
    Arn, Listed, Observed, Region,
    macros::{fact, named, open_enum},
};

/// A REST API (`GetRestApis`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestApi {
    /// Its ARN, `arn:<partition>:apigateway:<region>::/restapis/<id>`, which names no account.
    pub arn: Arn,
    /// Its id.
    pub id: String,
    /// The name that its owner gave it; several may have the same.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// Its settings, its tags among them.
    #[serde(default)]
    pub settings: Observed<RestApiSettings>,
    /// Who may call it, as a resource policy.
    #[serde(default)]
    pub policy: Observed<RestApiPolicy>,
    /// The methods of all its resources, as they are edited; see [`RestApi::deployments`] for those in force. A gap's ARN is
    /// the API's with `/resources/*`.
    #[serde(default)]
    pub methods: Listed<Method>,
    /// Its stages, without which nobody can call it.
    #[serde(default)]
    pub stages: Listed<RestStage>,
    /// The deployments that a stage or its canary points at, and what of their methods is in force.
    #[serde(default)]
    pub deployments: Listed<Deployment>,
    /// Its authorizers, used or not.
    #[serde(default)]
    pub authorizers: Listed<Authorizer>,
    /// What API Gateway itself answers where it calls no backend.
    #[serde(default)]
    pub gateway_responses: Observed<GatewayResponses>,
}
named!(RestApi, "apigateway:GET", "AWS::ApiGateway::RestApi", |it| it
    .settings
    .set()
    .map(|settings| settings.tags.clone())
    .unwrap_or_default());

/// The settings of a REST API (`GetRestApis`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestApiSettings {
    /// From where it can be called.
    pub endpoint_types: Vec<EndpointType>,
    /// The VPC endpoints that a private API has names for. Others reach it all the same, as far as its policy lets them.
    pub vpc_endpoints: Vec<String>,
    /// Whether `https://<id>.execute-api.<region>.amazonaws.com` does not answer.
    pub disable_execute_api_endpoint: bool,
    /// Where an API key comes from, in the request or from an authorizer.
    pub api_key_source: Option<ApiKeySource>,
    /// Which TLS its own address speaks, `TLS_1_0` or newer; nothing where AWS does not say.
    pub security_policy: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
fact!(RestApiSettings, "apigateway:GET");
fact!(RestApiPolicy, "apigateway:GET");
fact!(GatewayResponses, "apigateway:GET");

/// The resource policy of a REST API, as a JSON document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RestApiPolicy(pub String);

open_enum! {
    /// From where an API or a domain name can be called.
    EndpointType {
        /// The Internet, through CloudFront.
        Edge = "EDGE",
        /// The Internet.
        Regional = "REGIONAL",
        /// Networks with an interface endpoint.
        Private = "PRIVATE",
    }
}

open_enum! {
    /// Where an API key comes from (`apiKeySource`).
    ApiKeySource {
        /// The header `X-API-Key`.
        Header = "HEADER",
        /// What an authorizer says.
        Authorizer = "AUTHORIZER",
    }
}

/// What API Gateway itself answers (`GetGatewayResponses`), kind by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GatewayResponses(pub Vec<GatewayResponse>);

/// What API Gateway answers in one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayResponse {
    /// In which case, `DEFAULT_4XX`, `UNAUTHORIZED`.
    pub kind: String,
    /// The status, if it is not the usual one.
    pub status: Option<String>,
    /// The headers of CORS that it sends, by their name in small letters. A fixed value is in single quotes, `'*'`.
    pub cors: BTreeMap<String, String>,
    /// Whether its owner left it as it is made.
    pub is_default: bool,
}
