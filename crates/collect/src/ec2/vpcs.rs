//! VPCs, subnets and peerings.

use aws_sdk_ec2::types;
use awspect_inventory::{
    Listed,
    ec2::{Ipv6Range, Peering, PeeringSide, Subnet, Vpc},
};
use ipnet::Ipv4Net;

use super::{
    at::{At, PAGE},
    read::{account, all, parsed, perhaps, said, tags},
};
use crate::{ask::Missing, read::text};

/// The states in which a range belongs to a VPC or subnet (EC2 API reference, `VpcCidrBlockState`).
const ASSOCIATED: [&str; 2] = ["associating", "associated"];

pub(super) async fn vpcs(at: &At<'_>) -> Listed<Vpc> {
    let pages = at.client.describe_vpcs().into_paginator().page_size(PAGE).send();
    at.all(pages, |page| page.vpcs.ok_or(Missing("vpcSet")), |item| vpc(at, item)).await
}

pub(super) async fn subnets(at: &At<'_>) -> Listed<Subnet> {
    let pages = at.client.describe_subnets().into_paginator().page_size(PAGE).send();
    at.all(pages, |page| page.subnets.ok_or(Missing("subnetSet")), |item| subnet(at, item)).await
}

pub(super) async fn peerings(at: &At<'_>) -> Listed<Peering> {
    let pages = at.client.describe_vpc_peering_connections().into_paginator();
    at.all(
        pages.page_size(PAGE).send(),
        |page| page.vpc_peering_connections.ok_or(Missing("vpcPeeringConnectionSet")),
        |item| peering(at, item),
    )
    .await
}

fn vpc(at: &At<'_>, item: types::Vpc) -> Result<Vpc, Missing> {
    let id = text(item.vpc_id, "vpcId")?;
    let owner = account(item.owner_id);
    let block = item.block_public_access_states.and_then(|it| it.internet_gateway_block_mode);
    Ok(Vpc {
        arn: at.arn::<Vpc>(owner.as_ref(), &id, "vpcId")?,
        region: at.region.clone(),
        default: item.is_default.ok_or(Missing("isDefault"))?,
        state: item.state.map(|state| state.as_str().to_owned()),
        ipv4: ranges(item.cidr_block_association_set, item.cidr_block)?,
        ipv6: ipv6_ranges(item.ipv6_cidr_block_association_set)?,
        internet_gateway_block: block.map(|mode| mode.as_str().into()),
        tags: tags(item.tags),
        owner,
        id,
    })
}

/// The ranges of a VPC, or the first alone where AWS does not tell of more.
fn ranges(
    associations: Option<Vec<types::VpcCidrBlockAssociation>>,
    first: Option<String>,
) -> Result<Vec<Ipv4Net>, Missing> {
    let Some(associations) = associations else {
        return Ok(perhaps(first, "cidrBlock")?.into_iter().collect());
    };
    let state = |it: &types::VpcCidrBlockAssociation| {
        let state = it.cidr_block_state.as_ref()?.state.as_ref()?;
        Some(state.as_str().to_owned())
    };
    let held = associations.into_iter().filter(|it| is_associated(state(it).as_deref()));
    held.map(|it| parsed(it.cidr_block, "cidrBlock")).collect()
}

fn ipv6_ranges(
    associations: Option<Vec<types::VpcIpv6CidrBlockAssociation>>,
) -> Result<Vec<Ipv6Range>, Missing> {
    let state = |it: &types::VpcIpv6CidrBlockAssociation| {
        let state = it.ipv6_cidr_block_state.as_ref()?.state.as_ref()?;
        Some(state.as_str().to_owned())
    };
    let all = associations.unwrap_or_default().into_iter();
    let held = all.filter(|it| is_associated(state(it).as_deref()));
    held.map(|it| ipv6_range(it.ipv6_cidr_block, it.ipv6_address_attribute)).collect()
}

fn ipv6_range(
    cidr: Option<String>,
    attribute: Option<types::Ipv6AddressAttribute>,
) -> Result<Ipv6Range, Missing> {
    Ok(Ipv6Range {
        cidr: parsed(cidr, "ipv6CidrBlock")?,
        attribute: attribute.map(|it| it.as_str().into()),
    })
}

fn is_associated(state: Option<&str>) -> bool {
    state.is_none_or(|state| ASSOCIATED.contains(&state))
}

fn subnet(at: &At<'_>, item: types::Subnet) -> Result<Subnet, Missing> {
    let id = text(item.subnet_id, "subnetId")?;
    let owner = account(item.owner_id);
    let block = item.block_public_access_states.and_then(|it| it.internet_gateway_block_mode);
    let state = |it: &types::SubnetIpv6CidrBlockAssociation| {
        let state = it.ipv6_cidr_block_state.as_ref()?.state.as_ref()?;
        Some(state.as_str().to_owned())
    };
    let ipv6 = item.ipv6_cidr_block_association_set.unwrap_or_default().into_iter();
    let ipv6 = ipv6.filter(|it| is_associated(state(it).as_deref()));
    Ok(Subnet {
        arn: at.arn::<Subnet>(owner.as_ref(), &id, "subnetId")?,
        region: at.region.clone(),
        vpc: text(item.vpc_id, "vpcId")?,
        zone: said(item.availability_zone),
        zone_id: said(item.availability_zone_id),
        default_for_zone: item.default_for_az.ok_or(Missing("defaultForAz"))?,
        ipv4: perhaps(item.cidr_block, "cidrBlock")?,
        ipv6: ipv6
            .map(|it| ipv6_range(it.ipv6_cidr_block, it.ipv6_address_attribute))
            .collect::<Result<_, _>>()?,
        auto_assign_public_ipv4: item
            .map_public_ip_on_launch
            .ok_or(Missing("mapPublicIpOnLaunch"))?,
        auto_assign_ipv6: item
            .assign_ipv6_address_on_creation
            .ok_or(Missing("assignIpv6AddressOnCreation"))?,
        internet_gateway_block: block.map(|mode| mode.as_str().into()),
        tags: tags(item.tags),
        owner,
        id,
    })
}

fn peering(at: &At<'_>, item: types::VpcPeeringConnection) -> Result<Peering, Missing> {
    let id = text(item.vpc_peering_connection_id, "vpcPeeringConnectionId")?;
    let status = item.status.and_then(|status| status.code).ok_or(Missing("status.code"))?;
    Ok(Peering {
        arn: at.own::<Peering>(&id, "vpcPeeringConnectionId")?,
        region: at.region.clone(),
        status: status.as_str().into(),
        requester: side(item.requester_vpc_info.ok_or(Missing("requesterVpcInfo"))?)?,
        accepter: side(item.accepter_vpc_info.ok_or(Missing("accepterVpcInfo"))?)?,
        tags: tags(item.tags),
        id,
    })
}

/// All ranges of a side stand in its sets; the one that stands alone is the first of them.
fn side(info: types::VpcPeeringConnectionVpcInfo) -> Result<PeeringSide, Missing> {
    let mut ipv4 = all(info.cidr_block_set, |it| parsed(it.cidr_block, "cidrBlock"))?;
    if ipv4.is_empty() {
        ipv4.extend(perhaps::<Ipv4Net>(info.cidr_block, "cidrBlock")?);
    }
    Ok(PeeringSide {
        account: account(info.owner_id),
        vpc: said(info.vpc_id),
        region: info.region.and_then(|region| region.parse().ok()),
        ipv4,
        ipv6: all(info.ipv6_cidr_block_set, |it| parsed(it.ipv6_cidr_block, "ipv6CidrBlock"))?,
    })
}
