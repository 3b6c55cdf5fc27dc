//! Rules of web ACLs and of rule groups.

use serde::{Deserialize, Serialize};

use super::Statement;
use crate::macros::open_enum;

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, unique in its web ACL or group.
    pub name: String,
    /// Its place: the lowest is asked first.
    pub priority: u32,
    /// Which requests it takes.
    pub statement: Statement,
    /// What it does with them; nothing for one that refers to a group, whose rules do.
    pub action: Option<RuleAction>,
    /// What becomes of the actions of a group; nothing for any other rule.
    pub override_action: Option<OverrideAction>,
    /// What is seen of its requests.
    pub visibility: Visibility,
}

open_enum! {
    /// What a rule does with a request (`RuleAction`).
    RuleAction {
        /// It goes through.
        Allow = "ALLOW",
        /// It does not.
        Block = "BLOCK",
        /// It is counted, and the next rule is asked.
        Count = "COUNT",
        /// Its sender solves a puzzle first.
        Captcha = "CAPTCHA",
        /// Its browser proves that it is one.
        Challenge = "CHALLENGE",
        /// Its sender pays first.
        Monetize = "MONETIZE",
    }
}

open_enum! {
    /// What becomes of the actions of a group (`OverrideAction`).
    OverrideAction {
        /// They are done.
        None = "NONE",
        /// They are counted only.
        Count = "COUNT",
    }
}

/// What is seen of the requests of a rule (`VisibilityConfig`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visibility {
    /// Whether CloudWatch counts them.
    pub metrics: bool,
    /// The name of the metric.
    pub metric_name: String,
    /// Whether WAF keeps samples of them.
    pub samples: bool,
}

/// A rule group that Firewall Manager put into a web ACL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirewallManagerGroup {
    /// Its name there.
    pub name: String,
    /// Its place: the lowest is asked first.
    pub priority: u32,
    /// The group: [`ManagedRuleGroup`](Statement::ManagedRuleGroup) or [`RuleGroup`](Statement::RuleGroup).
    pub statement: Statement,
    /// What becomes of its actions.
    pub override_action: Option<OverrideAction>,
    /// What is seen of its requests.
    pub visibility: Visibility,
}
