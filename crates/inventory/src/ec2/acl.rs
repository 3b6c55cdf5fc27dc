//! Network ACLs: what a subnet lets in and out, packet by packet.

use std::collections::BTreeMap;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::{Ports, Protocol};
use crate::{
    AccountId, Arn, Region,
    macros::{fact, regional},
};

/// A network ACL (`DescribeNetworkAcls`).
///
/// The entry with the lowest number that matches a packet decides it. Answers are packets like any other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkAcl {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `acl-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Its VPC.
    pub vpc: String,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// Whether it is the VPC's default one.
    pub default: bool,
    /// Its entries of both directions, in any order.
    pub entries: Vec<AclEntry>,
    /// The subnets that it guards.
    pub subnets: Vec<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(NetworkAcl, "ec2:DescribeNetworkAcls");

/// One entry of a network ACL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AclEntry {
    /// Its number. 32767 is the last one, `*`, which denies the rest and cannot be changed.
    pub number: i32,
    /// Whether it is for packets that leave.
    pub egress: bool,
    /// What becomes of the packet.
    pub action: AclAction,
    /// The protocol.
    pub protocol: Protocol,
    /// What of it; destination ports, whatever the direction.
    pub ports: Ports,
    /// The source of what comes in, or the destination of what leaves.
    pub cidr: IpNet,
}

/// What becomes of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AclAction {
    /// It passes.
    Allow,
    /// It is dropped.
    Deny,
}
