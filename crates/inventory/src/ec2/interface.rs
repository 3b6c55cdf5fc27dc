//! Network interfaces and the addresses on them.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, Ipv6Addr},
};

use ipnet::Ipv6Net;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Arn, Region,
    macros::{fact, open_enum, regional},
};

/// A network interface (`DescribeNetworkInterfaces`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkInterface {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `eni-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// Its VPC.
    pub vpc: String,
    /// Its subnet.
    pub subnet: String,
    /// Whether something uses it.
    pub status: InterfaceStatus,
    /// What uses it, as far as AWS has a name for that.
    pub kind: InterfaceKind,
    /// The account or service that had it made, `amazon-elb`.
    pub requester: Option<String>,
    /// Whether an AWS service manages it.
    pub requester_managed: bool,
    /// What its maker wrote about it.
    pub description: Option<String>,
    /// What it is attached to.
    pub attachment: Option<Attachment>,
    /// The security groups that guard it.
    pub groups: Vec<String>,
    /// Its private IPv4 addresses, and the public ones that stand for them.
    pub addresses: Vec<PrivateAddress>,
    /// Its IPv6 addresses.
    pub ipv6: Vec<Ipv6Addr>,
    /// IPv6 ranges that are delegated to it, for containers.
    #[serde(default)]
    pub ipv6_prefixes: Vec<Ipv6Net>,
    /// Whether it drops packets that are neither from nor to it; routers and NAT instances have this off.
    pub source_dest_check: bool,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(NetworkInterface, "ec2:DescribeNetworkInterfaces");

/// A private IPv4 address of an interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivateAddress {
    /// The address in the VPC.
    pub address: Ipv4Addr,
    /// Whether it is the interface's first.
    pub primary: bool,
    /// The public address that an internet gateway translates to it.
    pub public: Option<PublicAddress>,
}

/// A public IPv4 address that stands for a private one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicAddress {
    /// The address.
    pub address: Ipv4Addr,
    /// Whose it is: an account, or `amazon` where it was assigned with the interface and goes with it.
    pub owner: Option<String>,
    /// The allocation, where it is an Elastic IP address.
    pub allocation: Option<String>,
}

/// What an interface is attached to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The instance, where it is one that the account can see.
    pub instance: Option<String>,
    /// Its account, or the service that it belongs to, `amazon-elb`.
    pub instance_owner: Option<String>,
    /// The place among the instance's interfaces, from 0.
    pub device_index: Option<i32>,
    /// `attached` and the states before and after.
    pub status: Option<String>,
}

open_enum! {
    /// Whether something uses an interface.
    InterfaceStatus {
        /// Nothing does.
        Available = "available",
        /// It is associated, and not yet in use.
        Associated = "associated",
        /// It is being attached.
        Attaching = "attaching",
        /// Something does.
        InUse = "in-use",
        /// It is being detached.
        Detaching = "detaching",
    }
}

open_enum! {
    /// What uses an interface (`InterfaceType`).
    InterfaceKind {
        /// An instance, or a service that says no more.
        Interface = "interface",
        /// An instance, by Elastic Fabric Adapter.
        Efa = "efa",
        /// An instance, by Elastic Fabric Adapter without IP.
        EfaOnly = "efa-only",
        /// A container instance.
        Trunk = "trunk",
        /// A container, through the instance's trunk.
        Branch = "branch",
        /// A NAT gateway.
        NatGateway = "nat_gateway",
        /// An Application or Classic Load Balancer.
        LoadBalancer = "load_balancer",
        /// A Network Load Balancer.
        NetworkLoadBalancer = "network_load_balancer",
        /// A Gateway Load Balancer.
        GatewayLoadBalancer = "gateway_load_balancer",
        /// A Gateway Load Balancer endpoint.
        GatewayLoadBalancerEndpoint = "gateway_load_balancer_endpoint",
        /// An interface endpoint.
        VpcEndpoint = "vpc_endpoint",
        /// A transit gateway.
        TransitGateway = "transit_gateway",
        /// Lambda functions.
        Lambda = "lambda",
        /// An Elastic File System.
        Efs = "efs",
        /// `QuickSight`.
        QuickSight = "quicksight",
        /// Global Accelerator.
        GlobalAccelerator = "global_accelerator_managed",
        /// API Gateway.
        ApiGateway = "api_gateway_managed",
        /// AWS `IoT` rules.
        IotRules = "iot_rules_managed",
        /// Code connections.
        CodeConnections = "aws_codestar_connections_managed",
        /// An EC2 Instance Connect Endpoint.
        InstanceConnectEndpoint = "ec2_instance_connect_endpoint",
    }
}

/// An Elastic IP address (`DescribeAddresses`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Its ARN.
    pub arn: Arn,
    /// Its allocation id, `eipalloc-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// The address; none where it is a carrier's.
    pub public: Option<Ipv4Addr>,
    /// The association, where there is one.
    pub association: Option<String>,
    /// The instance behind it.
    pub instance: Option<String>,
    /// The interface behind it.
    pub interface: Option<String>,
    /// The private address behind it.
    pub private: Option<Ipv4Addr>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(Address, "ec2:DescribeAddresses");
