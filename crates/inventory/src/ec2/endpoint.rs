//! VPC endpoints, and the endpoints of EC2 Instance Connect.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Arn, Observed, Region,
    macros::{fact, open_enum, regional},
};

/// A VPC endpoint (`DescribeVpcEndpoints`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VpcEndpoint {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `vpce-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Its VPC.
    pub vpc: String,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// How it is reached.
    pub kind: EndpointKind,
    /// What it leads to, `com.amazonaws.eu-west-1.s3`.
    pub service: Option<String>,
    /// `available`, `pendingAcceptance` and others.
    pub state: Option<String>,
    /// Who may do what through it.
    #[serde(default)]
    pub policy: Observed<EndpointPolicy>,
    /// The subnets of an interface endpoint.
    pub subnets: Vec<String>,
    /// The route tables of a gateway endpoint.
    pub route_tables: Vec<String>,
    /// The security groups of an interface endpoint.
    pub groups: Vec<String>,
    /// The interfaces of an interface endpoint.
    pub interfaces: Vec<String>,
    /// Whether the service's public name leads here.
    pub private_dns: bool,
    /// Whether a service manages it.
    pub requester_managed: bool,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(VpcEndpoint, "ec2:DescribeVpcEndpoints");

open_enum! {
    /// How a VPC endpoint is reached.
    EndpointKind {
        /// By addresses in subnets.
        Interface = "Interface",
        /// By routes.
        Gateway = "Gateway",
        /// By routes, through appliances.
        GatewayLoadBalancer = "GatewayLoadBalancer",
        /// By an address, to one resource.
        Resource = "Resource",
        /// By an address, to a VPC Lattice service network.
        ServiceNetwork = "ServiceNetwork",
    }
}

/// The policy of an endpoint, verbatim (`DescribeVpcEndpoints`). Some services take none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EndpointPolicy(pub String);
fact!(EndpointPolicy, "ec2:DescribeVpcEndpoints");

/// An EC2 Instance Connect Endpoint, a way to instances by IAM alone (`DescribeInstanceConnectEndpoints`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceConnectEndpoint {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `eice-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Its VPC.
    pub vpc: Option<String>,
    /// Its subnet.
    pub subnet: Option<String>,
    /// The account that owns it.
    pub owner: Option<AccountId>,
    /// `create-complete` and others.
    pub state: Option<String>,
    /// The security groups of its interface.
    pub groups: Vec<String>,
    /// Its interfaces.
    pub interfaces: Vec<String>,
    /// Whether instances see the client's address in place of the endpoint's.
    pub preserve_client_ip: bool,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(InstanceConnectEndpoint, "ec2:DescribeInstanceConnectEndpoints");
