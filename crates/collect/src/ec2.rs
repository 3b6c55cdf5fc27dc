//! Collects EC2 facts, region by region.

mod at;
mod endpoints;
mod gateways;
mod groups;
mod instances;
mod interfaces;
mod kinds;
mod lists;
mod prospect;
mod read;
mod routes;
mod settings;
mod templates;
mod vpcs;

use awspect_inventory::{Region, ec2::Ec2};
use futures::future::join_all;

use crate::{Session, regions::Regions};
use at::At;
use prospect::Prospect;

/// All of EC2 in the regions that are looked at; what one region refuses costs that region alone.
pub(crate) async fn collect(session: &Session, regions: &Regions) -> Ec2 {
    let each = regions.looked_at.iter().map(|region| Box::pin(in_region(session, region)));
    let mut all = kinds::merge(join_all(each).await);
    kinds::confess(session, regions, &mut all);
    all
}

/// What tells whether there is anything in a region goes first, and with it what there may be in any.
async fn in_region(session: &Session, region: &Region) -> Ec2 {
    let at = At::new(session, region);
    let (
        vpcs,
        network_interfaces,
        addresses,
        launch_templates,
        metadata_defaults,
        block_public_access,
        block_exclusions,
    ) = futures::join!(
        vpcs::vpcs(&at),
        interfaces::interfaces(&at),
        interfaces::addresses(&at),
        templates::templates(&at),
        settings::metadata_defaults(&at),
        settings::block(&at),
        settings::exclusions(&at),
    );
    let closed = prospect::closed(&[
        &vpcs.gaps,
        &network_interfaces.gaps,
        &addresses.gaps,
        &launch_templates.gaps,
        &metadata_defaults.gaps,
        &block_public_access.gaps,
        &block_exclusions.gaps,
    ]);
    let networks = Prospect::of_networks(closed, &vpcs, &network_interfaces);
    let machines = networks.of_machines(&network_interfaces);
    let (
        security_groups,
        subnets,
        route_tables,
        network_acls,
        internet_gateways,
        egress_only_gateways,
        peerings,
        endpoints,
        flow_logs,
        prefix_lists,
        instances,
        instance_connect_endpoints,
        endpoint_services,
    ) = futures::join!(
        networks.listed(&at, groups::groups(&at)),
        networks.listed(&at, vpcs::subnets(&at)),
        networks.listed(&at, routes::tables(&at)),
        networks.listed(&at, groups::acls(&at)),
        networks.listed(&at, gateways::internet(&at)),
        networks.listed(&at, gateways::egress_only(&at)),
        networks.listed(&at, vpcs::peerings(&at)),
        networks.listed(&at, endpoints::endpoints(&at)),
        networks.listed(&at, settings::flow_logs(&at)),
        networks.listed(&at, lists::lists(&at)),
        machines.listed(&at, instances::instances(&at)),
        machines.listed(&at, endpoints::connect(&at)),
        machines.listed(&at, endpoints::services(&at)),
    );
    let prefix_lists = lists::fill(&at, prefix_lists, &security_groups, &route_tables).await;
    let mut ec2 = Ec2 {
        instances,
        launch_templates,
        metadata_defaults,
        instance_connect_endpoints,
        security_groups,
        prefix_lists,
        network_interfaces,
        addresses,
        vpcs,
        subnets,
        route_tables,
        network_acls,
        internet_gateways,
        egress_only_gateways,
        peerings,
        endpoints,
        endpoint_services,
        flow_logs,
        block_public_access,
        block_exclusions,
    };
    kinds::one_reason(&mut ec2);
    ec2
}
