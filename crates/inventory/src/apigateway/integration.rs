//! What is behind a method or a route.

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Region,
    macros::{named, open_enum},
};

/// What API Gateway calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// What kind of thing.
    pub kind: IntegrationKind,
    /// Where: an ARN; or of a URL its scheme and host, for paths and queries may hold secrets. `${stageVariables.host}` is one
    /// of the stage's variables.
    pub uri: Option<String>,
    /// By which method it is called.
    pub http_method: Option<String>,
    /// Over which network.
    pub connection: Option<Connection>,
    /// The VPC link, by its id.
    pub connection_id: Option<String>,
    /// The role that API Gateway assumes for the call; `arn:aws:iam::*:user/*` is the caller's own credentials.
    pub credentials: Option<Arn>,
    /// Whether any certificate of the backend will do (`insecureSkipVerification`), which only methods of REST APIs know.
    pub insecure_skip_verification: bool,
    /// The name that a backend's certificate must have, where it is not the host's (`ServerNameToVerify`).
    pub server_name: Option<String>,
}

open_enum! {
    /// What kind of thing API Gateway calls.
    IntegrationKind {
        /// An action of a service of AWS's.
        Aws = "AWS",
        /// A function, or an action of a service, as it comes.
        AwsProxy = "AWS_PROXY",
        /// A server.
        Http = "HTTP",
        /// A server, as it comes.
        HttpProxy = "HTTP_PROXY",
        /// Nothing; API Gateway answers by itself.
        Mock = "MOCK",
    }
}

open_enum! {
    /// Over which network an integration is called.
    Connection {
        /// The Internet.
        Internet = "INTERNET",
        /// A VPC link.
        VpcLink = "VPC_LINK",
    }
}

/// An integration of an HTTP or WebSocket API (`GetIntegrations`), which routes point at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiIntegration {
    /// Its ARN, the API's with `/integrations/<id>`.
    pub arn: Arn,
    /// Its id.
    pub name: String,
    /// Where its API lives.
    pub region: Region,
    /// What it calls.
    pub calls: Integration,
    /// The action of a service that it calls (`IntegrationSubtype`), `SQS-SendMessage`.
    pub subtype: Option<String>,
}
named!(ApiIntegration, "apigateway:GET", "AWS::ApiGatewayV2::Integration");
