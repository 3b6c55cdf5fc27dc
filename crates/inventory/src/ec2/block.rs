//! VPC Block Public Access: the account's word over all gateways of a region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Region,
    macros::{fact, open_enum, regional},
};

/// VPC Block Public Access in one region (`DescribeVpcBlockPublicAccessOptions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockPublicAccess {
    /// AWS gives it no ARN; this one is `arn:<partition>:ec2:<region>:<account>:vpc-block-public-access-options`.
    pub arn: Arn,
    /// The region's code again, which is what tells these records apart.
    pub id: String,
    /// Where it holds.
    pub region: Region,
    /// What it blocks.
    pub mode: BlockMode,
    /// Whether that is in force: `default-state`, `update-in-progress`, `update-complete`.
    pub state: Option<String>,
    /// Whether VPCs and subnets may be left out.
    pub exclusions_allowed: Option<String>,
    /// `account`, or `declarative-policy` where the organization sets it.
    pub managed_by: Option<String>,
    /// None: it has no tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(BlockPublicAccess, "ec2:DescribeVpcBlockPublicAccessOptions");

open_enum! {
    /// What VPC Block Public Access blocks.
    BlockMode {
        /// Nothing.
        Off = "off",
        /// All that goes through internet gateways and egress-only internet gateways.
        Bidirectional = "block-bidirectional",
        /// All that comes in: only NAT gateways and egress-only internet gateways still pass traffic.
        Ingress = "block-ingress",
    }
}

/// A VPC or subnet that the block leaves out (`DescribeVpcBlockPublicAccessExclusions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockExclusion {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `vpcbpa-exclude-…`.
    pub id: String,
    /// Where it holds.
    pub region: Region,
    /// The VPC or subnet, by its ARN.
    pub resource: Arn,
    /// What it lets through.
    pub mode: ExclusionMode,
    /// Whether it is in force.
    pub state: ExclusionState,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(BlockExclusion, "ec2:DescribeVpcBlockPublicAccessExclusions");

open_enum! {
    /// What an exclusion lets through.
    ExclusionMode {
        /// Both directions.
        Bidirectional = "allow-bidirectional",
        /// What is opened from inside.
        Egress = "allow-egress",
    }
}

open_enum! {
    /// Whether an exclusion is in force.
    ExclusionState {
        /// It is being made.
        CreateInProgress = "create-in-progress",
        /// It is.
        CreateComplete = "create-complete",
        /// It could not be made.
        CreateFailed = "create-failed",
        /// It is, and is being changed.
        UpdateInProgress = "update-in-progress",
        /// It is.
        UpdateComplete = "update-complete",
        /// It is, as it was before.
        UpdateFailed = "update-failed",
        /// It is being taken away.
        DeleteInProgress = "delete-in-progress",
        /// It is not.
        DeleteComplete = "delete-complete",
        /// It is not, for exclusions are not allowed.
        DisableInProgress = "disable-in-progress",
        /// It is not, for exclusions are not allowed.
        DisableComplete = "disable-complete",
    }
}
