//! Where web ACLs log.

use serde::{Deserialize, Serialize};

use crate::{
    Arn,
    macros::{fact, open_enum},
};

/// Where a web ACL logs (`ListLoggingConfigurations`), one entry for each that had it log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WebAclLogging(pub Vec<LoggingConfiguration>);
fact!(WebAclLogging, "wafv2:ListLoggingConfigurations");

/// Where a web ACL logs, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoggingConfiguration {
    /// Who had it log.
    pub owner: LogOwner,
    /// Log groups, streams of Data Firehose and buckets.
    pub destinations: Vec<Arn>,
    /// Whether Firewall Manager made it.
    pub managed_by_firewall_manager: bool,
    /// Which requests are logged; nothing for all.
    pub filter: Option<LogFilter>,
}

open_enum! {
    /// Who had a web ACL log (`LogScope`).
    LogOwner {
        /// The account's owner.
        Customer = "CUSTOMER",
        /// Security Lake.
        SecurityLake = "SECURITY_LAKE",
        /// A telemetry rule of CloudWatch.
        Telemetry = "CLOUDWATCH_TELEMETRY_RULE_MANAGED",
    }
}

/// Which requests are logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogFilter {
    /// The first that a request meets counts.
    pub rules: Vec<LogFilterRule>,
    /// What happens to requests that meet none.
    pub otherwise: LogBehavior,
}

/// What happens to the log of some requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogFilterRule {
    /// What happens.
    pub behavior: LogBehavior,
    /// How many of the conditions must hold.
    pub requirement: LogRequirement,
    /// What a request is asked.
    pub conditions: Vec<LogCondition>,
}

open_enum! {
    /// What happens to the log of a request (`FilterBehavior`).
    LogBehavior {
        /// It is written.
        Keep = "KEEP",
        /// It is not.
        Drop = "DROP",
    }
}

open_enum! {
    /// How many conditions must hold (`FilterRequirement`).
    LogRequirement {
        /// All.
        All = "MEETS_ALL",
        /// One.
        Any = "MEETS_ANY",
    }
}

/// What a request is asked before it is logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogCondition {
    /// Whether this is what a rule did with it: `BLOCK`, `ALLOW`, `COUNT`, `CAPTCHA`, `CHALLENGE`, `EXCLUDED_AS_COUNT`.
    Action(String),
    /// Whether a rule gave it this label.
    Label(String),
    /// Something that this version does not know.
    Other,
}
