//! Rule groups.

use serde::{Deserialize, Serialize};

use super::{ManagedRuleGroup, Rule, RuleAction, Scope, Visibility};
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

/// A group of AWS's or of a vendor's of which a web ACL overrides rules, in the version that it uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverriddenGroup {
    /// `AWS`, or who sells it.
    pub vendor: String,
    /// Its name.
    pub name: String,
    /// Its version; nothing for the one that the vendor calls the default.
    pub version: Option<String>,
    /// Its rules.
    #[serde(default)]
    pub rules: Observed<ManagedRules>,
}

impl OverriddenGroup {
    /// Whether this is the group that a rule uses.
    pub fn is(&self, group: &ManagedRuleGroup) -> bool {
        self.vendor == group.vendor && self.name == group.name && self.version == group.version
    }
}

/// The rules of a group of AWS's or of a vendor's (`DescribeManagedRuleGroup`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ManagedRules(pub Vec<ManagedRule>);
fact!(ManagedRules, "wafv2:DescribeManagedRuleGroup");

/// A rule of a group of AWS's or of a vendor's. What it looks for is theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManagedRule {
    /// Its name, by which web ACLs override it.
    pub name: String,
    /// What it does unless it is overridden.
    pub action: RuleAction,
}
