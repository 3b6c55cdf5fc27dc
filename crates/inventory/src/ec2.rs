//! Elastic Compute Cloud: instances, and the networks that they stand in.
//!
//! Field meanings are those of the EC2 API reference. Every listing is regional; its gaps name the region. The id that AWS
//! gave (`sg-…`, `i-…`) is a resource's name: a `Name` tag is no name, for two things may have the same.

use serde::{Deserialize, Serialize};

use crate::Listed;

mod acl;
mod block;
mod endpoint;
mod flow;
mod gateway;
mod group;
mod instance;
mod interface;
mod prefix;
mod route;
mod service;
mod template;
mod traffic;
mod vpc;

pub use acl::*;
pub use block::*;
pub use endpoint::*;
pub use flow::*;
pub use gateway::*;
pub use group::*;
pub use instance::*;
pub use interface::*;
pub use prefix::*;
pub use route::*;
pub use service::*;
pub use template::*;
pub use traffic::*;
pub use vpc::*;

/// What was learned about EC2 in one account, over all regions asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ec2 {
    /// Virtual machines.
    pub instances: Listed<Instance>,
    /// What new instances are started from.
    pub launch_templates: Listed<LaunchTemplate>,
    /// What new instances of a region expect of the metadata service, one record per region.
    pub metadata_defaults: Listed<MetadataDefaults>,
    /// Ways to an instance without a public address.
    pub instance_connect_endpoints: Listed<InstanceConnectEndpoint>,
    /// Firewalls of interfaces.
    pub security_groups: Listed<SecurityGroup>,
    /// Named lists of CIDRs, AWS's among them.
    pub prefix_lists: Listed<PrefixList>,
    /// What instances and AWS's services have their addresses on.
    pub network_interfaces: Listed<NetworkInterface>,
    /// Elastic IP addresses.
    pub addresses: Listed<Address>,
    /// Networks.
    pub vpcs: Listed<Vpc>,
    /// Their parts.
    pub subnets: Listed<Subnet>,
    /// Where packets go.
    pub route_tables: Listed<RouteTable>,
    /// Firewalls of subnets.
    pub network_acls: Listed<NetworkAcl>,
    /// Ways to the Internet and back.
    pub internet_gateways: Listed<InternetGateway>,
    /// Ways to the Internet for IPv6 that open from inside only.
    pub egress_only_gateways: Listed<EgressOnlyGateway>,
    /// Ways between two VPCs.
    pub peerings: Listed<Peering>,
    /// Ways to AWS's services that do not cross the Internet.
    pub endpoints: Listed<VpcEndpoint>,
    /// Services that this account offers to others' VPCs.
    pub endpoint_services: Listed<EndpointService>,
    /// Records of traffic.
    pub flow_logs: Listed<FlowLog>,
    /// VPC Block Public Access, one record per region.
    pub block_public_access: Listed<BlockPublicAccess>,
    /// VPCs and subnets that it leaves out.
    pub block_exclusions: Listed<BlockExclusion>,
}

impl Ec2 {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        [
            self.instances.gone,
            self.launch_templates.gone,
            self.metadata_defaults.gone,
            self.instance_connect_endpoints.gone,
            self.security_groups.gone,
            self.prefix_lists.gone,
            self.network_interfaces.gone,
            self.addresses.gone,
            self.vpcs.gone,
            self.subnets.gone,
            self.route_tables.gone,
            self.network_acls.gone,
            self.internet_gateways.gone,
            self.egress_only_gateways.gone,
            self.peerings.gone,
            self.endpoints.gone,
            self.endpoint_services.gone,
            self.flow_logs.gone,
            self.block_public_access.gone,
            self.block_exclusions.gone,
        ]
        .iter()
        .sum()
    }
}

#[cfg(test)]
mod tests;
