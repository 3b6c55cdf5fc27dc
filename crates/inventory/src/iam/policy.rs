//! Policies of identities, and how they hang together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::principal::DETAILS;
use crate::{Action, Arn, Fact, Observed, Place, Resource};

/// A policy document of an identity, verbatim, with AWS's percent encoding taken off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PolicyDocument(pub String);

impl Fact for PolicyDocument {
    const ACTION: Action = DETAILS;
}

/// The trust policy of a role, verbatim, with AWS's percent encoding taken off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TrustPolicy(pub String);

impl Fact for TrustPolicy {
    const ACTION: Action = DETAILS;
}

/// A policy that exists only as part of a user, group or role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InlinePolicy {
    /// Its name, unique in the principal.
    pub name: String,
    /// What it says.
    #[serde(default)]
    pub document: Observed<PolicyDocument>,
}

/// A managed policy as a principal names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachedPolicy {
    /// Its ARN.
    pub arn: Arn,
    /// Its name.
    pub name: String,
}

/// A managed policy of the account's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManagedPolicy {
    /// Its ARN, with the path.
    pub arn: Arn,
    /// Its name.
    pub name: String,
    /// The path, `/` unless somebody gave one.
    pub path: String,
    /// When it was created.
    #[serde(with = "time::serde::rfc3339::option")]
    pub created: Option<OffsetDateTime>,
    /// How many users, groups and roles carry it.
    pub attachments: Option<u32>,
    /// How many users and roles have it for their boundary.
    pub boundary_uses: Option<u32>,
    /// The version in force, `v3`.
    pub default_version: Option<String>,
    /// What the version in force says.
    #[serde(default)]
    pub document: Observed<PolicyDocument>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

impl Fact for ManagedPolicy {
    const ACTION: Action = DETAILS;
}

impl Resource for ManagedPolicy {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::IAM::ManagedPolicy")
    }

    fn tags(&self) -> BTreeMap<String, String> {
        self.tags.clone()
    }
}

/// A managed policy of AWS's, which is the same in every account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwsManagedPolicy {
    /// Its ARN, with the account `aws`.
    pub arn: Arn,
    /// Its name.
    pub name: String,
    /// The version in force, `v3`.
    pub default_version: Option<String>,
    /// What the version in force says.
    #[serde(default)]
    pub document: Observed<PolicyDocument>,
}

impl Fact for AwsManagedPolicy {
    const ACTION: Action = DETAILS;
}

impl Resource for AwsManagedPolicy {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::IAM::ManagedPolicy")
    }
}
