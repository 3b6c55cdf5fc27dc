//! Stages of REST APIs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Observed, Region,
    macros::{fact, named, open_enum},
    secret::NamedValues,
};

/// A stage of a REST API (`GetStages`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestStage {
    /// Its ARN, the API's with `/stages/<name>`, by which WAF knows it.
    pub arn: Arn,
    /// Its name, the first part of its path.
    pub name: String,
    /// Where its API lives.
    pub region: Region,
    /// The deployment that it serves, by its id.
    pub deployment: Option<String>,
    /// The certificate that API Gateway shows to backends, by its id.
    pub client_certificate: Option<String>,
    /// Whether it has a cache (`cacheClusterEnabled`).
    pub cache_enabled: bool,
    /// Settings by `<path>/<method>`: `*/*` for all methods, and of a single one, as `~1pets/GET`, what it has instead. A method
    /// without an entry has those of `*/*`; without that one, neither logs nor a cache, and the account's throttle.
    pub method_settings: BTreeMap<String, MethodSetting>,
    /// Where it logs each request; nothing if it does not.
    pub access_log: Option<AccessLog>,
    /// Whether X-Ray traces it.
    pub tracing: bool,
    /// The web ACL in front of it.
    pub web_acl: Option<Arn>,
    /// The deployment that some requests get instead.
    pub canary: Option<Canary>,
    /// Its variables. A secret is at `variables.<name>`.
    #[serde(default)]
    pub variables: Observed<StageVariables>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
named!(RestStage, "apigateway:GET", "AWS::ApiGateway::Stage", |it| it.tags.clone());

/// Where a stage logs each request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessLog {
    /// A log group, or a stream of Data Firehose.
    pub destination: Arn,
}

/// A deployment that some requests of a stage get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canary {
    /// The deployment, by its id.
    pub deployment: Option<String>,
    /// The variables that it has other values for than its stage. A secret is at
    /// `canarySettings.stageVariableOverrides.<name>`.
    #[serde(default)]
    pub variables: Observed<StageVariables>,
}

/// The variables of a stage (`GetStages`); not set where it has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StageVariables(pub NamedValues);
fact!(StageVariables, "apigateway:GET");

/// What a stage does with the requests of a method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the shape of the API")]
pub struct MethodSetting {
    /// What it logs of how they went; nothing where AWS does not say, which is nothing at all.
    pub logging: Option<LoggingLevel>,
    /// Whether the log has requests and answers in full (`dataTraceEnabled`).
    pub data_trace: bool,
    /// Whether CloudWatch has figures for each method.
    pub metrics: bool,
    /// How many it lets through.
    pub throttle: Throttle,
    /// Whether its answers are kept, where the stage has a cache.
    pub caching: bool,
    /// Whether they are encrypted there.
    pub cache_data_encrypted: bool,
    /// Whether only some callers may have the cache passed by.
    pub require_authorization_for_cache_control: bool,
}

open_enum! {
    /// What is logged of how requests went.
    LoggingLevel {
        /// Nothing.
        Off = "OFF",
        /// Errors.
        Error = "ERROR",
        /// All.
        Info = "INFO",
    }
}

/// How many requests are let through. What lies further out, as the account's throttle, holds as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Throttle {
    /// Requests at once; -1 where there is no limit of its own.
    pub burst: i64,
    /// Thousandths of a request in a second; -1000 where there is no limit of its own.
    pub rate_milli: i64,
}
