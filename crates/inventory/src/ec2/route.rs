//! Route tables: where a subnet's or a gateway's packets go.

use std::collections::BTreeMap;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Arn, Region,
    macros::{fact, open_enum, regional},
};

/// A route table (`DescribeRouteTables`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteTable {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `rtb-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Its VPC.
    pub vpc: String,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// Where what goes.
    pub routes: Vec<Route>,
    /// Who goes by it.
    pub associations: Vec<RouteAssociation>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(RouteTable, "ec2:DescribeRouteTables");

impl RouteTable {
    /// Whether subnets of its VPC without a table of their own go by it.
    pub fn is_main(&self) -> bool {
        self.associations.iter().any(|association| association.main)
    }
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Where to.
    pub destination: Destination,
    /// By which way.
    pub target: Target,
    /// Whether that way is open.
    pub state: RouteState,
    /// Whether a virtual private gateway put it there.
    pub propagated: bool,
}

/// Where a route leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// A range of either family.
    Cidr(IpNet),
    /// A prefix list, by id.
    PrefixList(String),
}

/// What a route leads through, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The VPC itself.
    Local,
    /// An internet gateway.
    InternetGateway(String),
    /// An egress-only internet gateway.
    EgressOnlyGateway(String),
    /// A virtual private gateway.
    VpnGateway(String),
    /// A gateway endpoint, or a Gateway Load Balancer endpoint.
    VpcEndpoint(String),
    /// A NAT gateway.
    NatGateway(String),
    /// A transit gateway.
    TransitGateway(String),
    /// A peering connection.
    Peering(String),
    /// A network interface.
    Interface(String),
    /// An instance, whose interface AWS does not name.
    Instance(String),
    /// An Outpost's local gateway.
    LocalGateway(String),
    /// A Wavelength Zone's carrier gateway.
    CarrierGateway(String),
    /// A Cloud WAN core network, by ARN.
    CoreNetwork(String),
    /// Something else, as AWS names it; empty where it names nothing.
    Other(String),
}

impl Target {
    /// Reads the field `GatewayId`, which AWS uses for several kinds.
    pub fn gateway(id: &str) -> Self {
        let kind = id.split_once('-').map_or(id, |(kind, _)| kind);
        let id = id.to_owned();
        match kind {
            "local" => Self::Local,
            "igw" => Self::InternetGateway(id),
            "eigw" => Self::EgressOnlyGateway(id),
            "vgw" => Self::VpnGateway(id),
            "vpce" => Self::VpcEndpoint(id),
            _ => Self::Other(id),
        }
    }
}

open_enum! {
    /// Whether a route's way is open.
    RouteState {
        /// It is.
        Active = "active",
        /// What it led through is gone; packets are dropped.
        Blackhole = "blackhole",
        /// It is left out of the table.
        Filtered = "filtered",
    }
}

/// Who goes by a route table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteAssociation {
    /// Whether it is for all subnets of the VPC that have none of their own.
    pub main: bool,
    /// The subnet.
    pub subnet: Option<String>,
    /// The internet or virtual private gateway whose incoming packets go by it.
    pub gateway: Option<String>,
}
