//! Methods of REST APIs, as they are edited and as they are deployed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Integration;
use crate::{
    Arn, Observed, Region,
    macros::{fact, named, open_enum},
};

/// A method of a resource of a REST API (`GetResources`), as it is edited.
///
/// It is in force only as far as a deployment of a stage has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Its ARN, the API's with `/resources/<id>/methods/<method>`.
    pub arn: Arn,
    /// `GET /pets/{id}`
    pub name: String,
    /// Where its API lives.
    pub region: Region,
    /// The path of its resource, `/pets/{id}`.
    pub path: String,
    /// `GET`, or `ANY` for all that the resource has no method of its own for.
    pub http_method: String,
    /// Who is let in.
    pub authorization: Authorization,
    /// The authorizer that says who is, by its id.
    pub authorizer: Option<String>,
    /// The scopes of OAuth of which a caller's token has one. Without any, a user pool's ID token does.
    pub scopes: Vec<String>,
    /// Whether a caller needs an API key.
    pub api_key_required: bool,
    /// What is behind it; nothing where it has not been set.
    pub integration: Option<Integration>,
    /// The headers of CORS that its integration responses set: by status, then by their name in small letters. A fixed value is
    /// in single quotes, `'*'`. What a function or a backend answers by itself is not among them.
    pub cors: BTreeMap<String, BTreeMap<String, String>>,
}
named!(Method, "apigateway:GET", "AWS::ApiGateway::Method");

open_enum! {
    /// Who may call a method or a route (`authorizationType`).
    Authorization {
        /// Everybody.
        None = "NONE",
        /// Who signs with credentials of AWS.
        AwsIam = "AWS_IAM",
        /// Whom a function lets in.
        Custom = "CUSTOM",
        /// Who has a token of a user pool.
        CognitoUserPools = "COGNITO_USER_POOLS",
        /// Who has a token of an issuer, which routes know and methods do not.
        Jwt = "JWT",
    }
}

/// What a stage serves (`GetDeployment`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// Its ARN, the API's with `/deployments/<id>`.
    pub arn: Arn,
    /// Its id, by which stages point at it.
    pub name: String,
    /// Where its API lives.
    pub region: Region,
    /// The methods in force, and who may call them.
    #[serde(default)]
    pub methods: Observed<DeployedMethods>,
}
named!(Deployment, "apigateway:GET", "AWS::ApiGateway::Deployment");

/// The methods of a deployment (`apiSummary`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeployedMethods(pub Vec<DeployedMethod>);
fact!(DeployedMethods, "apigateway:GET");

/// A method as it is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeployedMethod {
    /// The path of its resource, `/pets/{id}`.
    pub path: String,
    /// `GET`, or `ANY`.
    pub http_method: String,
    /// Who is let in.
    pub authorization: Authorization,
    /// Whether a caller needs an API key.
    pub api_key_required: bool,
}
