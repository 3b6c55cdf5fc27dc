//! Rule groups.

use serde::{Deserialize, Serialize};

use super::{Rule, Scope, Visibility};
use crate::{Arn, Observed, Place, Region, Resource, macros::fact};

/// A rule group of the account's own (`ListRuleGroups`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleGroup {
    /// Its ARN, `arn:<partition>:wafv2:<region>:<account>:<regional or global>/rulegroup/<name>/<id>`, by which web ACLs
    /// name it.
    pub arn: Arn,
    /// Its id.
    pub id: String,
    /// The name that its owner gave it, unique in its scope and region.
    pub name: String,
    /// What web ACLs may use it.
    pub scope: Scope,
    /// Where it lives; one for CloudFront, where CloudFront itself is asked.
    pub region: Region,
    /// Its rules.
    #[serde(default)]
    pub settings: Observed<RuleGroupSettings>,
}
fact!(RuleGroup, "wafv2:ListRuleGroups");

impl Resource for RuleGroup {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        self.scope.place(&self.region)
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::WAFv2::RuleGroup")
    }
}

/// The settings of a rule group (`GetRuleGroup`). What its rules look for in requests stays with AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleGroupSettings {
    /// Its rules, as AWS lists them.
    pub rules: Vec<Rule>,
    /// What is seen of its requests.
    pub visibility: Visibility,
}
fact!(RuleGroupSettings, "wafv2:GetRuleGroup");
