//! Route tables.

use aws_sdk_ec2::types;
use awspect_inventory::{
    Listed,
    ec2::{Destination, Route, RouteAssociation, RouteTable, Target},
};

use super::{
    at::At,
    read::{account, all, parsed, said, tags},
};
use crate::{ask::Missing, read::text};

/// The most that `DescribeRouteTables` gives in one page.
const PAGE: i32 = 100;

/// The origin of what a virtual private gateway put into a table (EC2 API reference, `Route`).
const PROPAGATED: &str = "EnableVgwRoutePropagation";

/// The states of an association that is none any more (EC2 API reference, `RouteTableAssociationState`).
const OVER: [&str; 2] = ["disassociated", "failed"];

pub(super) async fn tables(at: &At<'_>) -> Listed<RouteTable> {
    let pages = at.client.describe_route_tables().into_paginator().page_size(PAGE).send();
    at.all(pages, |page| page.route_tables.ok_or(Missing("routeTableSet")), |item| table(at, item))
        .await
}

fn table(at: &At<'_>, item: types::RouteTable) -> Result<RouteTable, Missing> {
    let id = text(item.route_table_id, "routeTableId")?;
    let owner = account(item.owner_id);
    let associations = item.associations.unwrap_or_default().into_iter();
    let is_over = |it: &types::RouteTableAssociation| {
        let state = it.association_state.as_ref().and_then(|state| state.state.as_ref());
        state.is_some_and(|state| OVER.contains(&state.as_str()))
    };
    Ok(RouteTable {
        arn: at.arn::<RouteTable>(owner.as_ref(), &id, "routeTableId")?,
        region: at.region.clone(),
        vpc: text(item.vpc_id, "vpcId")?,
        routes: all(item.routes, route)?,
        associations: associations
            .filter(|it| !is_over(it))
            .map(association)
            .collect::<Result<_, _>>()?,
        tags: tags(item.tags),
        owner,
        id,
    })
}

fn association(item: types::RouteTableAssociation) -> Result<RouteAssociation, Missing> {
    Ok(RouteAssociation {
        main: item.main.ok_or(Missing("associationSet.main"))?,
        subnet: said(item.subnet_id),
        gateway: said(item.gateway_id),
    })
}

fn route(item: types::Route) -> Result<Route, Missing> {
    Ok(Route {
        destination: destination(&item)?,
        state: item.state.as_ref().ok_or(Missing("routeSet.state"))?.as_str().into(),
        propagated: item.origin.as_ref().is_some_and(|origin| origin.as_str() == PROPAGATED),
        target: target(item),
    })
}

fn destination(item: &types::Route) -> Result<Destination, Missing> {
    let named = |text: &Option<String>| said(text.clone());
    if let Some(list) = named(&item.destination_prefix_list_id) {
        return Ok(Destination::PrefixList(list));
    }
    let ipv4 = named(&item.destination_cidr_block);
    let range = ipv4.or_else(|| named(&item.destination_ipv6_cidr_block));
    Ok(Destination::Cidr(parsed(range, "routeSet.destinationCidrBlock")?))
}

/// How an id of a field is read as a target.
type Reading = fn(String) -> Target;

/// AWS names an interface beside the instance that it belongs to, and the interface says more.
fn target(item: types::Route) -> Target {
    let named: [(Option<String>, Reading); 11] = [
        (item.gateway_id, |id| Target::gateway(&id)),
        (item.egress_only_internet_gateway_id, Target::EgressOnlyGateway),
        (item.nat_gateway_id, Target::NatGateway),
        (item.transit_gateway_id, Target::TransitGateway),
        (item.vpc_peering_connection_id, Target::Peering),
        (item.network_interface_id, Target::Interface),
        (item.instance_id, Target::Instance),
        (item.local_gateway_id, Target::LocalGateway),
        (item.carrier_gateway_id, Target::CarrierGateway),
        (item.core_network_arn, Target::CoreNetwork),
        (item.odb_network_arn.or(item.ip_address), Target::Other),
    ];
    let found = named.into_iter().find_map(|(id, kind)| Some(kind(said(id)?)));
    found.unwrap_or_else(|| Target::Other(String::new()))
}
