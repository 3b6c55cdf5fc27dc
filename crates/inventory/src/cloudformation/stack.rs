//! Stacks, and what stands around them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{StackOutputs, StackParameters, StackStatus, Template};
use crate::{
    Arn, Observed, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// A stack (`DescribeStacks`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stack {
    /// Its ARN (`StackId`), which no later stack of its name has.
    pub arn: Arn,
    /// Its name, unique in account and region.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// What it is doing or came to.
    pub status: StackStatus,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// When it was last changed; nothing if never.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub updated: Option<OffsetDateTime>,
    /// The stack that it is a resource of, where it is nested.
    pub parent: Option<Arn>,
    /// The stack that the nesting began with, where it is nested.
    pub root: Option<Arn>,
    /// The role that CloudFormation acts with; nothing where it acts with the rights of who asks.
    pub role: Option<Arn>,
    /// The topics of SNS that hear of what happens to it.
    pub notifications: Vec<String>,
    /// What its owner has acknowledged that it may do.
    pub capabilities: Vec<Capability>,
    /// What is known of its drift, from the last time that anybody had it detected.
    pub drift: Drift,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// Whether it can be deleted at once; not set for a nested stack, which its root's protection covers.
    #[serde(default)]
    pub termination_protection: Observed<TerminationProtection>,
    /// Its parameters.
    #[serde(default)]
    pub parameters: Observed<StackParameters>,
    /// Its outputs.
    #[serde(default)]
    pub outputs: Observed<StackOutputs>,
    /// Its template; not set while it is only under review, for then it has none.
    #[serde(default)]
    pub template: Observed<Template>,
    /// What updates may not touch; not set where updates may touch all, and for a nested stack, which is not asked about.
    #[serde(default)]
    pub policy: Observed<StackPolicy>,
}
fact!(Stack, "cloudformation:DescribeStacks");

impl Stack {
    /// Whether it is a resource of another stack.
    pub fn is_nested(&self) -> bool {
        self.parent.is_some()
    }
}

impl Resource for Stack {
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
        Some("AWS::CloudFormation::Stack")
    }

    fn tags(&self) -> BTreeMap<String, String> {
        self.tags.clone()
    }
}

/// Whether a stack can be deleted at once (`DescribeStacks`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TerminationProtection {
    /// Not before this is switched off.
    pub enabled: bool,
}
fact!(TerminationProtection, "cloudformation:DescribeStacks");

/// Whether the resources of a stack still are what its template says, as AWS last found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drift {
    /// What was found; nothing where AWS does not say.
    pub status: Option<DriftStatus>,
    /// When; nothing if never.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub checked: Option<OffsetDateTime>,
}

open_enum! {
    /// What was found of a stack's drift (`StackDriftStatus`).
    DriftStatus {
        /// One of its resources is not what the template says, or is gone.
        Drifted = "DRIFTED",
        /// All that can be compared is what the template says.
        InSync = "IN_SYNC",
        /// Nobody has had it detected.
        NotChecked = "NOT_CHECKED",
        /// Nobody can tell.
        Unknown = "UNKNOWN",
    }
}

open_enum! {
    /// What the owner of a stack has acknowledged that it may do.
    Capability {
        /// Make IAM resources.
        Iam = "CAPABILITY_IAM",
        /// Make IAM resources with names of their own.
        NamedIam = "CAPABILITY_NAMED_IAM",
        /// Have its template rewritten by macros.
        AutoExpand = "CAPABILITY_AUTO_EXPAND",
    }
}

/// A stack policy, verbatim (`GetStackPolicy`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StackPolicy(pub String);
fact!(StackPolicy, "cloudformation:GetStackPolicy");
