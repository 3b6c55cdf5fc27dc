//! IAM Access Analyzer: where it watches, and what it saw.
//!
//! Field meanings are those of the IAM Access Analyzer API reference.

use serde::{Deserialize, Serialize};

use crate::{
    Action, Arn, Fact, Listed, Observed, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// What was learned about Access Analyzer in one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessAnalyzer {
    /// Each region asked, with its analyzers.
    #[serde(default)]
    pub regions: Listed<AnalyzedRegion>,
}

/// One region of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnalyzedRegion {
    /// The account's ARN.
    pub arn: Arn,
    /// The region.
    pub region: Region,
    /// Its analyzers.
    #[serde(default)]
    pub analyzers: Observed<Analyzers>,
}

impl Fact for AnalyzedRegion {
    const ACTION: Action = Analyzers::ACTION;
}

impl Resource for AnalyzedRegion {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        self.region.as_str()
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn part(&self) -> Option<&str> {
        Some(self.region.as_str())
    }
}

/// The analyzers of a region (`ListAnalyzers`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Analyzers(pub Vec<Analyzer>);
fact!(Analyzers, "access-analyzer:ListAnalyzers");

/// One analyzer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Analyzer {
    /// Its ARN.
    pub arn: Arn,
    /// Its name.
    pub name: String,
    /// The region that it watches.
    pub region: Region,
    /// What it looks for, and whose resources it looks at.
    pub kind: AnalyzerKind,
    /// Whether it works.
    pub status: AnalyzerStatus,
    /// What it found of access from outside and nobody has archived.
    #[serde(default)]
    pub findings: Observed<ExternalFindings>,
}

impl Resource for Analyzer {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }
}

open_enum! {
    /// What an analyzer looks for (`type`).
    AnalyzerKind {
        /// Access from outside of the account.
        Account = "ACCOUNT",
        /// Access from outside of the organization.
        Organization = "ORGANIZATION",
        /// Access that nobody uses, in the account.
        AccountUnused = "ACCOUNT_UNUSED_ACCESS",
        /// Access that nobody uses, in the organization.
        OrganizationUnused = "ORGANIZATION_UNUSED_ACCESS",
        /// Access from within, in the account.
        AccountInternal = "ACCOUNT_INTERNAL_ACCESS",
        /// Access from within, in the organization.
        OrganizationInternal = "ORGANIZATION_INTERNAL_ACCESS",
    }
}

impl AnalyzerKind {
    /// Whether it looks for access from outside.
    pub fn is_external(&self) -> bool {
        matches!(self, Self::Account | Self::Organization)
    }
}

open_enum! {
    /// Whether an analyzer works (`status`).
    AnalyzerStatus {
        /// It does.
        Active = "ACTIVE",
        /// It is being made.
        Creating = "CREATING",
        /// It was switched off, as by the loss of a service-linked role.
        Disabled = "DISABLED",
        /// It could not be made.
        Failed = "FAILED",
    }
}

/// The active findings of an external-access analyzer (`ListFindingsV2`, which has no IAM action of its own).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExternalFindings(pub Vec<ExternalFinding>);
fact!(ExternalFindings, "access-analyzer:ListFindings");

/// One active finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalFinding {
    /// Its id.
    pub id: String,
    /// What is open, as an ARN where AWS gives one.
    pub resource: Option<String>,
    /// The kind of that resource, in CloudFormation's spelling.
    pub resource_type: String,
}
