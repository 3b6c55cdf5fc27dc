//! Gateways between a VPC and the Internet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Arn, Region,
    macros::{fact, regional},
};

/// An internet gateway (`DescribeInternetGateways`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InternetGateway {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `igw-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// The VPCs that it is attached to: one, or none.
    pub attachments: Vec<GatewayAttachment>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(InternetGateway, "ec2:DescribeInternetGateways");

/// An egress-only internet gateway (`DescribeEgressOnlyInternetGateways`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EgressOnlyGateway {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `eigw-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// The VPCs that it is attached to: one, or none.
    pub attachments: Vec<GatewayAttachment>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(EgressOnlyGateway, "ec2:DescribeEgressOnlyInternetGateways");

/// A VPC that a gateway is attached to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayAttachment {
    /// The VPC.
    pub vpc: String,
    /// `available` for an internet gateway, `attached`, and the states before and after.
    pub state: Option<String>,
}
