//! Network interfaces and Elastic IP addresses.

use std::net::Ipv4Addr;

use aws_sdk_ec2::types;
use awspect_inventory::{
    Listed,
    ec2::{Address, Attachment, InterfaceKind, NetworkInterface, PrivateAddress, PublicAddress},
};

use super::{
    at::{At, PAGE},
    read::{account, all, parsed, perhaps, said, tags},
};
use crate::{
    ask::{Missing, once},
    read::text,
};

pub(super) async fn interfaces(at: &At<'_>) -> Listed<NetworkInterface> {
    let pages = at.client.describe_network_interfaces().into_paginator().page_size(PAGE).send();
    at.all(
        pages,
        |page| page.network_interfaces.ok_or(Missing("networkInterfaceSet")),
        |item| interface(at, item),
    )
    .await
}

/// The Elastic IP addresses, which `DescribeAddresses` gives without pages.
pub(super) async fn addresses(at: &At<'_>) -> Listed<Address> {
    at.all(
        once(at.client.describe_addresses().send()),
        |page| page.addresses.ok_or(Missing("addressesSet")),
        |item| address(at, item),
    )
    .await
}

fn interface(at: &At<'_>, item: types::NetworkInterface) -> Result<NetworkInterface, Missing> {
    let id = text(item.network_interface_id, "networkInterfaceId")?;
    let owner = account(item.owner_id);
    let kind = item.interface_type.as_ref().map(types::NetworkInterfaceType::as_str);
    let status = item.status.as_ref().ok_or(Missing("status"))?;
    Ok(NetworkInterface {
        arn: at.arn::<NetworkInterface>(owner.as_ref(), &id, "networkInterfaceId")?,
        region: at.region.clone(),
        vpc: text(item.vpc_id, "vpcId")?,
        subnet: text(item.subnet_id, "subnetId")?,
        status: status.as_str().into(),
        kind: kind.map_or(InterfaceKind::Interface, Into::into),
        requester: said(item.requester_id),
        requester_managed: item.requester_managed.unwrap_or_default(),
        description: said(item.description),
        attachment: item.attachment.map(attachment),
        groups: all(item.groups, |group| text(group.group_id, "groupSet.groupId"))?,
        addresses: private(
            item.private_ip_addresses,
            item.private_ip_address,
            item.association.as_ref(),
        )?,
        ipv6: all(item.ipv6_addresses, |it| parsed(it.ipv6_address, "ipv6Address"))?,
        ipv6_prefixes: all(item.ipv6_prefixes, |it| parsed(it.ipv6_prefix, "ipv6Prefix"))?,
        source_dest_check: item.source_dest_check.ok_or(Missing("sourceDestCheck"))?,
        tags: tags(item.tag_set),
        owner,
        id,
    })
}

fn attachment(item: types::NetworkInterfaceAttachment) -> Attachment {
    Attachment {
        instance: said(item.instance_id),
        instance_owner: said(item.instance_owner_id),
        device_index: item.device_index,
        status: item.status.map(|status| status.as_str().to_owned()),
    }
}

/// The private addresses with their public ones. The association of the interface itself is that of its first address.
fn private(
    addresses: Option<Vec<types::NetworkInterfacePrivateIpAddress>>,
    first: Option<String>,
    association: Option<&types::NetworkInterfaceAssociation>,
) -> Result<Vec<PrivateAddress>, Missing> {
    let mut addresses = all(addresses, |item| {
        Ok(PrivateAddress {
            address: parsed(item.private_ip_address, "privateIpAddress")?,
            primary: item.primary.unwrap_or_default(),
            public: public(item.association.as_ref())?,
        })
    })?;
    let first: Option<Ipv4Addr> = perhaps(first, "privateIpAddress")?;
    if let Some(first) = first {
        let public = public(association)?;
        match addresses.iter_mut().find(|it| it.address == first) {
            Some(known) => known.public = known.public.take().or(public),
            None => addresses.push(PrivateAddress { address: first, primary: true, public }),
        }
    }
    Ok(addresses)
}

/// Carriers' and customers' own addresses are not on the Internet, and stand in fields of their own.
fn public(
    association: Option<&types::NetworkInterfaceAssociation>,
) -> Result<Option<PublicAddress>, Missing> {
    let Some(association) = association else {
        return Ok(None);
    };
    let address = perhaps(association.public_ip.as_deref(), "association.publicIp")?;
    Ok(address.map(|address| PublicAddress {
        address,
        owner: said(association.ip_owner_id.clone()),
        allocation: said(association.allocation_id.clone()),
    }))
}

fn address(at: &At<'_>, item: types::Address) -> Result<Address, Missing> {
    let id = text(item.allocation_id, "allocationId")?;
    Ok(Address {
        arn: at.own::<Address>(&id, "allocationId")?,
        region: at.region.clone(),
        public: perhaps(item.public_ip, "publicIp")?,
        association: said(item.association_id),
        instance: said(item.instance_id),
        interface: said(item.network_interface_id),
        private: perhaps(item.private_ip_address, "privateIpAddress")?,
        tags: tags(item.tags),
        id,
    })
}
