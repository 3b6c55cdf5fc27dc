//! Domain names in front of APIs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::EndpointType;
use crate::{
    Arn, Observed, Region,
    macros::{fact, named, open_enum},
};

/// A domain name of the account's own (`GetDomainNames`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainName {
    /// Its ARN: `arn:<partition>:apigateway:<region>::/domainnames/<name>`; a private one's has the account, and
    /// `/domainnames/<name>+<id>`.
    pub arn: Arn,
    /// The name itself.
    pub name: String,
    /// The id that tells private ones of the same name apart.
    pub id: Option<String>,
    /// Where it lives.
    pub region: Region,
    /// From where it can be called.
    pub endpoint_types: Vec<EndpointType>,
    /// Which TLS it speaks: `TLS_1_0`, `TLS_1_2`, or one of the newer `SecurityPolicy_…`.
    pub security_policy: Option<String>,
    /// What callers' certificates are checked by; nothing where they need none.
    pub mutual_tls: Option<MutualTls>,
    /// How it finds the API; nothing is by its mappings.
    pub routing_mode: Option<RoutingMode>,
    /// Its distribution of CloudFront's, of the type `EDGE`.
    pub distribution: Option<String>,
    /// What the name stands for in DNS, of the type `REGIONAL`.
    pub regional_domain: Option<String>,
    /// The APIs behind it.
    #[serde(default)]
    pub mappings: Observed<Mappings>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
named!(DomainName, "apigateway:GET", "AWS::ApiGateway::DomainName", |it| it.tags.clone());

/// What callers' certificates are checked by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MutualTls {
    /// The file of trusted authorities, `s3://<bucket>/<key>`.
    pub truststore: String,
}

open_enum! {
    /// How a domain name finds the API that a request is for.
    RoutingMode {
        /// By its mappings, in the words of REST APIs.
        BasePathMappingOnly = "BASE_PATH_MAPPING_ONLY",
        /// By its mappings, in those of HTTP and WebSocket APIs.
        ApiMappingOnly = "API_MAPPING_ONLY",
        /// By rules.
        RoutingRuleOnly = "ROUTING_RULE_ONLY",
        /// By rules, and where none matches by its mappings.
        RoutingRuleThenBasePathMapping = "ROUTING_RULE_THEN_BASE_PATH_MAPPING",
        /// The same in other words.
        RoutingRuleThenApiMapping = "ROUTING_RULE_THEN_API_MAPPING",
    }
}

/// The APIs behind a domain name (`GetApiMappings`, or `GetBasePathMappings` of a name that is not regional).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mappings(pub Vec<Mapping>);
fact!(Mappings, "apigateway:GET");

/// One stage behind a domain name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The API, by its id.
    pub api: String,
    /// Its stage; nothing where the path names it.
    pub stage: Option<String>,
    /// Below which path; nothing for all.
    pub path: Option<String>,
}
