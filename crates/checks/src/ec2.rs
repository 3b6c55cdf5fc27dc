//! EC2 and its networks: who may talk to what, decided over sets of addresses and ports.
//!
//! [`Network`] reads the facts once; [`Network::opened`] says what a security group opens to whom, [`Network::reach`] whether
//! there is a way from the Internet to an interface. Nothing is enumerated: rules, routes and entries cut ports into classes that
//! are all treated alike, and for one class the clients are a set of address ranges. What is not known makes two such sets, of
//! those that surely may and those that perhaps may; an answer that is the same for both needs the missing fact no more.

mod address;
mod aws;
mod block;
mod bounds;
mod endpoints;
mod filter;
mod groups;
mod guard;
mod instance;
mod layout;
mod network;
mod open;
mod owner;
mod peering;
mod ranges;
mod reach;
mod routes;
mod services;
mod template;
mod transport;
mod vpc;
mod words;

pub use address::{Addresses, Breadth, Family};
pub use bounds::Bounds;
pub use filter::Admission;
pub use guard::{Opening, Scope};
pub use network::Network;
pub use owner::{Balancer, Owner};
pub use peering::{PeerScope, far_side, peer_scope};
pub use ranges::{Point, Ranges};
pub use reach::{Barrier, Question, Reach, Way};
pub use services::{InvalidPorts, PortList, WITH_PORTS};
pub use transport::Transport;

use crate::engine::{Rule, each, rule};

pub(crate) static RULES: [Rule; 44] = [
    rule!("ec2/sg-open-ssh", |scan| open::services(scan, &services::SSH)),
    rule!("ec2/sg-open-rdp", |scan| open::services(scan, &services::RDP)),
    rule!("ec2/sg-open-all", open::all),
    rule!("ec2/sg-open-database", |scan| open::services(scan, &services::DATABASE)),
    rule!("ec2/sg-open-cleartext", |scan| open::services(scan, &services::CLEARTEXT)),
    rule!("ec2/sg-open-high-risk", |scan| open::services(scan, &services::HIGH_RISK)),
    rule!("ec2/sg-open-unexpected", open::unexpected),
    rule!("ec2/sg-open-icmp", open::icmp),
    rule!("ec2/sg-wide-public-cidr", |scan| {
        each(&scan.inventory.ec2.security_groups, groups::wide_public_cidr)
    }),
    rule!("ec2/sg-public-ip-allowlist", |scan| {
        each(&scan.inventory.ec2.security_groups, groups::public_allowlist)
    }),
    rule!("ec2/sg-allows-aws-ranges", |scan| {
        each(&scan.inventory.ec2.security_groups, move |group| aws::allows_ranges(scan, group))
    }),
    rule!("ec2/sg-port-range", |scan| {
        each(&scan.inventory.ec2.security_groups, groups::port_range)
    }),
    rule!("ec2/sg-egress-all", |scan| {
        each(&scan.inventory.ec2.security_groups, groups::egress_all)
    }),
    rule!("ec2/sg-self-all-traffic", |scan| {
        each(&scan.inventory.ec2.security_groups, groups::self_all_traffic)
    }),
    rule!("ec2/sg-default-open", |scan| {
        each(&scan.inventory.ec2.security_groups, groups::default_open)
    }),
    rule!("ec2/sg-default-used", |scan| {
        each(&scan.inventory.ec2.security_groups, move |group| groups::default_used(scan, group))
    }),
    rule!("ec2/sg-unused", groups::unused),
    rule!("ec2/sg-launch-wizard", |scan| {
        each(&scan.inventory.ec2.security_groups, groups::launch_wizard)
    }),
    rule!("ec2/sg-too-many-rules", |scan| {
        each(&scan.inventory.ec2.security_groups, groups::too_many_rules)
    }),
    rule!("ec2/instance-exposed-admin-port", |scan| {
        each(&scan.inventory.ec2.instances, move |it| instance::exposed(scan, it, &services::ADMIN))
    }),
    rule!("ec2/instance-exposed-data-port", |scan| {
        each(&scan.inventory.ec2.instances, move |it| instance::exposed(scan, it, &services::DATA))
    }),
    rule!("ec2/instance-public-ip", |scan| each(
        &scan.inventory.ec2.instances,
        instance::public_ip
    )),
    rule!("ec2/instance-public-with-role", |scan| {
        each(&scan.inventory.ec2.instances, move |it| instance::public_with_role(scan, it))
    }),
    rule!("ec2/instance-imdsv2", |scan| each(&scan.inventory.ec2.instances, instance::imdsv2)),
    rule!("ec2/account-imdsv2-default", |scan| {
        each(&scan.inventory.ec2.metadata_defaults, instance::account_default)
    }),
    rule!("ec2/launch-template-imdsv2", |scan| {
        each(&scan.inventory.ec2.launch_templates, template::imdsv2)
    }),
    rule!("ec2/launch-template-public-ip", |scan| {
        each(&scan.inventory.ec2.launch_templates, template::public_ip)
    }),
    rule!("vpc/default-vpc", |scan| {
        vpc::chosen(&scan.inventory.ec2.vpcs, layout::own(scan), move |it| {
            vpc::default_vpc(scan, it)
        })
    }),
    rule!("vpc/subnet-auto-public-ip", |scan| {
        each(&scan.inventory.ec2.subnets, move |it| vpc::auto_public_ip(scan, it))
    }),
    rule!("vpc/block-public-access", |scan| {
        each(&scan.inventory.ec2.block_public_access, vpc::block_public_access)
    }),
    rule!("vpc/nacl-open-admin", |scan| {
        each(&scan.inventory.ec2.network_acls, move |it| vpc::nacl_open_admin(scan, it))
    }),
    rule!("vpc/nacl-open-all", |scan| {
        each(&scan.inventory.ec2.network_acls, move |it| vpc::nacl_open_all(scan, it))
    }),
    rule!("ec2/instance-connect-endpoint-open", |scan| {
        each(&scan.inventory.ec2.instance_connect_endpoints, move |it| {
            endpoints::connect_open(scan, it)
        })
    }),
    rule!("vpc/flow-logs", |scan| {
        vpc::chosen(&scan.inventory.ec2.vpcs, layout::own(scan), move |it| {
            layout::flow_logs(scan, it)
        })
    }),
    rule!("vpc/endpoint-s3-dynamodb-missing", |scan| {
        vpc::chosen(&scan.inventory.ec2.vpcs, layout::own(scan), move |it| {
            endpoints::gateways_missing(scan, it)
        })
    }),
    rule!("vpc/endpoint-interface-missing", |scan| {
        vpc::chosen(&scan.inventory.ec2.vpcs, layout::own(scan), move |it| {
            endpoints::interfaces_missing(scan, it)
        })
    }),
    rule!("vpc/endpoint-policy-open", |scan| {
        each(&scan.inventory.ec2.endpoints, move |it| endpoints::policy_open(scan, it))
    }),
    rule!("vpc/endpoint-sg-open", |scan| {
        each(&scan.inventory.ec2.endpoints, move |it| endpoints::group_open(scan, it))
    }),
    rule!("vpc/endpoint-multi-az", |scan| {
        each(&scan.inventory.ec2.endpoints, move |it| endpoints::multi_az(scan, it))
    }),
    rule!("vpc/endpoint-service-principals", |scan| {
        each(&scan.inventory.ec2.endpoint_services, move |it| {
            endpoints::service_principals(scan, it)
        })
    }),
    rule!("vpc/peering-route-scope", |scan| {
        each(&scan.inventory.ec2.peerings, move |it| layout::peering_routes(scan, it))
    }),
    rule!("vpc/route-table-igw-main", |scan| {
        each(&scan.inventory.ec2.route_tables, move |it| layout::main_to_internet(scan, it))
    }),
    rule!("vpc/subnet-separation", |scan| {
        vpc::chosen(&scan.inventory.ec2.vpcs, layout::own(scan), move |it| {
            layout::separation(scan, it)
        })
    }),
    rule!("vpc/nacl-unused", |scan| each(&scan.inventory.ec2.network_acls, vpc::nacl_unused)),
];

#[cfg(test)]
mod tests;
