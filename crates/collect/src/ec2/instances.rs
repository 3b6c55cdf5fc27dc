//! Instances.

use std::net::Ipv4Addr;

use aws_sdk_ec2::types;
use awspect_inventory::{
    AccountId, Listed,
    ec2::{Instance, MetadataOptions},
};

use super::{
    at::{At, PAGE},
    read::{account, all, parsed, perhaps, said, tags},
};
use crate::{
    ask::Missing,
    read::{text, time},
};

/// What is terminated stays in the listing for an hour, and nothing can be done about it.
const STATES: [&str; 4] = ["pending", "running", "stopping", "stopped"];

pub(super) async fn instances(at: &At<'_>) -> Listed<Instance> {
    let alive = STATES.map(str::to_owned).to_vec();
    let alive =
        types::Filter::builder().name("instance-state-name").set_values(Some(alive)).build();
    let pages = at.client.describe_instances().filters(alive).into_paginator();
    at.all(
        pages.page_size(PAGE).send(),
        |page| {
            let reservations = page.reservations.ok_or(Missing("reservationSet"))?.into_iter();
            Ok(reservations.flat_map(owned).collect())
        },
        |(owner, item)| instance(at, owner.as_ref(), item),
    )
    .await
}

/// The instances that were started together, each with its owner.
fn owned(
    reservation: types::Reservation,
) -> impl Iterator<Item = (Option<AccountId>, types::Instance)> {
    let owner = account(reservation.owner_id);
    let instances = reservation.instances.unwrap_or_default().into_iter();
    instances.map(move |instance| (owner.clone(), instance))
}

fn instance(
    at: &At<'_>,
    owner: Option<&AccountId>,
    item: types::Instance,
) -> Result<Instance, Missing> {
    let id = text(item.instance_id, "instanceId")?;
    let state = item.state.and_then(|state| state.name).ok_or(Missing("instanceState.name"))?;
    let interfaces = item.network_interfaces.unwrap_or_default();
    let profile = item.iam_instance_profile.map(|it| parsed(it.arn, "iamInstanceProfile.arn"));
    Ok(Instance {
        arn: at.arn::<Instance>(owner, &id, "instanceId")?,
        region: at.region.clone(),
        state: state.as_str().into(),
        launched_at: item.launch_time.and_then(time),
        platform: said(item.platform_details),
        size: item.instance_type.map(|size| size.as_str().to_owned()),
        image: said(item.image_id),
        key_pair: said(item.key_name),
        profile: profile.transpose()?,
        metadata: item.metadata_options.as_ref().map(metadata),
        vpc: said(item.vpc_id),
        subnet: said(item.subnet_id),
        public_ipv4: public(&interfaces, item.public_ip_address.as_deref())?,
        ipv6: {
            let addresses =
                interfaces.iter().flat_map(types::InstanceNetworkInterface::ipv6_addresses);
            let read = |it: &types::InstanceIpv6Address| parsed(it.ipv6_address(), "ipv6Address");
            addresses.map(read).collect::<Result<_, _>>()?
        },
        interfaces: all(Some(interfaces), |it| {
            text(it.network_interface_id, "networkInterfaceSet.networkInterfaceId")
        })?,
        tags: tags(item.tags),
        id,
    })
}

/// The public addresses of all interfaces, each once: AWS repeats those of the first.
fn public(
    interfaces: &[types::InstanceNetworkInterface],
    first: Option<&str>,
) -> Result<Vec<Ipv4Addr>, Missing> {
    let of_interface = |it: &types::InstanceNetworkInterface| {
        let secondary = it.private_ip_addresses().iter().map(|it| it.association.clone());
        let named = [it.association.clone()].into_iter().chain(secondary).flatten();
        named.filter_map(|association| association.public_ip).collect::<Vec<_>>()
    };
    let named = interfaces.iter().flat_map(of_interface).chain(first.map(str::to_owned));
    let mut addresses = vec![];
    for name in named {
        if let Some(address) = perhaps(Some(name), "publicIp")?
            && !addresses.contains(&address)
        {
            addresses.push(address);
        }
    }
    Ok(addresses)
}

fn metadata(options: &types::InstanceMetadataOptionsResponse) -> MetadataOptions {
    MetadataOptions {
        http_tokens: options.http_tokens.as_ref().map(|it| it.as_str().into()),
        http_endpoint: options.http_endpoint.as_ref().map(|it| it.as_str().into()),
        hop_limit: options.http_put_response_hop_limit,
        ipv6: options.http_protocol_ipv6.as_ref().map(|it| it.as_str().into()),
        instance_tags: options.instance_metadata_tags.as_ref().map(|it| it.as_str().into()),
    }
}
