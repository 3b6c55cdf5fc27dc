//! Who says who may call an API.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// An authorizer of an API (`GetAuthorizers`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorizer {
    /// Its ARN, the API's with `/authorizers/<id>`.
    pub arn: Arn,
    /// Its id, by which methods and routes name it.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Where its API lives.
    pub region: Region,
    /// How it finds out.
    pub authorizer_type: AuthorizerType,
    /// The user pools that it takes tokens of (`providerARNs`).
    pub user_pools: Vec<Arn>,
    /// The function that it asks, as API Gateway calls it:
    /// `arn:<partition>:apigateway:<region>:lambda:path/2015-03-31/functions/<ARN>/invocations`.
    pub uri: Option<String>,
    /// The role that API Gateway assumes to call the function; nothing where the function's policy lets it.
    pub credentials: Option<Arn>,
    /// What of a request its answer depends on: `method.request.header.Authorization` in a REST API,
    /// `$request.header.Authorization` in others.
    pub identity_sources: Vec<String>,
    /// Seconds for which an answer is good for further requests of the same identity sources, 0 for none; nothing is 300 in a
    /// REST API.
    pub result_ttl: Option<u32>,
    /// Whose tokens it takes, of the type `JWT`.
    pub jwt: Option<JwtConfiguration>,
}
fact!(Authorizer, "apigateway:GET");

impl Resource for Authorizer {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn kind(&self) -> Option<&'static str> {
        let is_rest = self.arn.resource().starts_with("/restapis/");
        Some(if is_rest { "AWS::ApiGateway::Authorizer" } else { "AWS::ApiGatewayV2::Authorizer" })
    }

    fn tags(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

open_enum! {
    /// How an authorizer finds out who may call.
    AuthorizerType {
        /// A function, by one header.
        Token = "TOKEN",
        /// A function, by what it wants of the request.
        Request = "REQUEST",
        /// User pools, by their tokens.
        CognitoUserPools = "COGNITO_USER_POOLS",
        /// An issuer, by its tokens.
        Jwt = "JWT",
    }
}

/// Whose tokens an authorizer takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JwtConfiguration {
    /// Whose, `https://cognito-idp.<region>.amazonaws.com/<pool>`.
    pub issuer: Option<String>,
    /// For whom they were made (`aud`, or `client_id`), of which one must match.
    pub audience: Vec<String>,
}
