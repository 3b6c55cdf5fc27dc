//! Security groups: what an interface lets in and out.

use std::collections::BTreeMap;

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};

use super::{Ports, Protocol};
use crate::{
    AccountId, Arn, Region,
    macros::{fact, regional},
};

/// A security group (`DescribeSecurityGroups`).
///
/// An interface lets in what any of its groups lets in; what is let in may answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecurityGroup {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `sg-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Its name, unique in its VPC. `default` is the one that AWS made.
    pub group_name: String,
    /// What its owner wrote about it.
    pub description: Option<String>,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// Its VPC.
    pub vpc: Option<String>,
    /// What it lets in.
    pub ingress: Vec<Permission>,
    /// What it lets out.
    pub egress: Vec<Permission>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(SecurityGroup, "ec2:DescribeSecurityGroups");

/// One protocol and port range, with all those whom a group lets in, or out to, by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// The protocol.
    pub protocol: Protocol,
    /// What of it.
    pub ports: Ports,
    /// IPv4 ranges.
    #[serde(default)]
    pub ipv4: Vec<Ranged<Ipv4Net>>,
    /// IPv6 ranges.
    #[serde(default)]
    pub ipv6: Vec<Ranged<Ipv6Net>>,
    /// Prefix lists.
    #[serde(default)]
    pub prefix_lists: Vec<PrefixListUse>,
    /// Interfaces by their groups, this one perhaps among them.
    #[serde(default)]
    pub groups: Vec<GroupPair>,
}

impl Permission {
    /// How many rules this is in AWS's way of counting, which the quota counts: one for each range, list and group.
    pub fn rules(&self) -> usize {
        self.ipv4.len() + self.ipv6.len() + self.prefix_lists.len() + self.groups.len()
    }
}

/// A range with what its owner wrote about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranged<N> {
    /// The range.
    pub cidr: N,
    /// What it is said to be for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A prefix list in a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrefixListUse {
    /// Its id, `pl-…`.
    pub id: String,
    /// What it is said to be for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A security group in a rule: the private addresses of the interfaces that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupPair {
    /// Its id, `sg-…`.
    pub id: String,
    /// Its account.
    pub account: Option<AccountId>,
    /// Its VPC, where that is another one.
    pub vpc: Option<String>,
    /// The peering connection that leads there.
    pub peering: Option<String>,
    /// The state of that peering connection.
    pub peering_status: Option<String>,
    /// What it is said to be for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
