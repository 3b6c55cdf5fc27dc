//! VPCs, their subnets, and the peerings between them.

use std::collections::BTreeMap;

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};

use super::BlockMode;
use crate::{
    AccountId, Arn, Region,
    macros::{fact, open_enum, regional},
};

/// A VPC, shared ones of other accounts among them (`DescribeVpcs`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vpc {
    /// Its ARN, with its owner's account.
    pub arn: Arn,
    /// Its id, `vpc-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// The account that owns it; another one where its subnets are shared with this account.
    pub owner: Option<AccountId>,
    /// Whether it is the one that AWS made with the region.
    pub default: bool,
    /// `available` or `pending`.
    pub state: Option<String>,
    /// Its IPv4 ranges, those that are associated.
    pub ipv4: Vec<Ipv4Net>,
    /// Its IPv6 ranges, those that are associated.
    pub ipv6: Vec<Ipv6Range>,
    /// What VPC Block Public Access does here, in the words of `DescribeVpcs`.
    pub internet_gateway_block: Option<BlockMode>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(Vpc, "ec2:DescribeVpcs");

/// An IPv6 range of a VPC or subnet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ipv6Range {
    /// The range.
    pub cidr: Ipv6Net,
    /// Whether AWS advertises it to the Internet.
    pub attribute: Option<Ipv6Attribute>,
}

open_enum! {
    /// Whether AWS advertises an IPv6 range to the Internet (`Ipv6AddressAttribute`).
    Ipv6Attribute {
        /// It does.
        Public = "public",
        /// It does not, and cannot.
        Private = "private",
    }
}

/// A subnet, shared ones of other accounts among them (`DescribeSubnets`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subnet {
    /// Its ARN, with its owner's account.
    pub arn: Arn,
    /// Its id, `subnet-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Its VPC.
    pub vpc: String,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// Its zone's name, which means another zone in another account.
    pub zone: Option<String>,
    /// Its zone's id, which means the same everywhere.
    pub zone_id: Option<String>,
    /// Whether it is the zone's default subnet.
    pub default_for_zone: bool,
    /// Its IPv4 range; none where it has IPv6 only.
    pub ipv4: Option<Ipv4Net>,
    /// Its IPv6 ranges, those that are associated.
    pub ipv6: Vec<Ipv6Range>,
    /// Whether new interfaces get a public IPv4 address.
    pub auto_assign_public_ipv4: bool,
    /// Whether new interfaces get an IPv6 address.
    pub auto_assign_ipv6: bool,
    /// What VPC Block Public Access does here, in the words of `DescribeSubnets`.
    pub internet_gateway_block: Option<BlockMode>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(Subnet, "ec2:DescribeSubnets");

/// A peering connection (`DescribeVpcPeeringConnections`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peering {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `pcx-…`.
    pub id: String,
    /// The region that told of it.
    pub region: Region,
    /// Whether packets pass.
    pub status: PeeringStatus,
    /// The side that asked.
    pub requester: PeeringSide,
    /// The side that was asked.
    pub accepter: PeeringSide,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(Peering, "ec2:DescribeVpcPeeringConnections");

/// One side of a peering connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeeringSide {
    /// Its account.
    pub account: Option<AccountId>,
    /// Its VPC.
    pub vpc: Option<String>,
    /// Its region.
    pub region: Option<Region>,
    /// Its IPv4 ranges. AWS leaves them out while the connection is not active.
    pub ipv4: Vec<Ipv4Net>,
    /// Its IPv6 ranges.
    pub ipv6: Vec<Ipv6Net>,
}

open_enum! {
    /// Whether packets pass a peering connection.
    PeeringStatus {
        /// They do.
        Active = "active",
        /// It is being made.
        InitiatingRequest = "initiating-request",
        /// The other side has not answered.
        PendingAcceptance = "pending-acceptance",
        /// It is being set up.
        Provisioning = "provisioning",
        /// It could not be made.
        Failed = "failed",
        /// The other side did not answer in time.
        Expired = "expired",
        /// The other side said no.
        Rejected = "rejected",
        /// It is being taken away.
        Deleting = "deleting",
        /// It is no more.
        Deleted = "deleted",
    }
}
