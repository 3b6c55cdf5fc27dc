//! Usage plans: how much the holders of API keys may call.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Throttle;
use crate::{Arn, Region, macros::named};

/// A usage plan (`GetUsagePlans`). Its API keys stay with AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsagePlan {
    /// Its ARN, `arn:<partition>:apigateway:<region>::/usageplans/<id>`.
    pub arn: Arn,
    /// Its id.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// The stages that it is for.
    pub stages: Vec<PlanStage>,
    /// How much each key may call; nothing for no limit of its own.
    pub throttle: Option<Throttle>,
    /// How much each key may call in longer; nothing for no limit.
    pub quota: Option<Quota>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
named!(UsagePlan, "apigateway:GET", "AWS::ApiGateway::UsagePlan", |it| it.tags.clone());

/// A stage that a usage plan is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanStage {
    /// The API, by its id.
    pub api: String,
    /// The stage, by its name.
    pub stage: String,
    /// What single methods have instead of the plan's throttle, by `/<path>/<method>`.
    pub throttle: BTreeMap<String, Throttle>,
}

/// How many requests a key may make in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// How many.
    pub limit: i64,
    /// In `DAY`, `WEEK` or `MONTH`.
    pub period: Option<String>,
}
