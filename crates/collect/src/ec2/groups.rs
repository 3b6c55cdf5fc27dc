//! Security groups and network ACLs.

use aws_sdk_ec2::types;
use awspect_inventory::{
    Listed,
    ec2::{
        AclAction, AclEntry, GroupPair, NetworkAcl, Permission, Ports, PrefixListUse, Protocol,
        Ranged, SecurityGroup,
    },
};

use super::{
    at::{At, PAGE},
    read::{account, all, parsed, said, tags},
};
use crate::{ask::Missing, read::text};

pub(super) async fn groups(at: &At<'_>) -> Listed<SecurityGroup> {
    let pages = at.client.describe_security_groups().into_paginator().page_size(PAGE).send();
    at.all(
        pages,
        |page| page.security_groups.ok_or(Missing("securityGroupInfo")),
        |item| group(at, item),
    )
    .await
}

pub(super) async fn acls(at: &At<'_>) -> Listed<NetworkAcl> {
    let pages = at.client.describe_network_acls().into_paginator().page_size(PAGE).send();
    at.all(pages, |page| page.network_acls.ok_or(Missing("networkAclSet")), |item| acl(at, item))
        .await
}

fn group(at: &At<'_>, item: types::SecurityGroup) -> Result<SecurityGroup, Missing> {
    let id = text(item.group_id, "groupId")?;
    let owner = account(item.owner_id);
    Ok(SecurityGroup {
        arn: at.arn::<SecurityGroup>(owner.as_ref(), &id, "groupId")?,
        region: at.region.clone(),
        group_name: text(item.group_name, "groupName")?,
        description: said(item.description),
        vpc: said(item.vpc_id),
        ingress: all(item.ip_permissions, permission)?,
        egress: all(item.ip_permissions_egress, permission)?,
        tags: tags(item.tags),
        owner,
        id,
    })
}

fn permission(item: types::IpPermission) -> Result<Permission, Missing> {
    let protocol = Protocol::from(text(item.ip_protocol, "ipProtocol")?);
    Ok(Permission {
        ports: Ports::new(&protocol, item.from_port, item.to_port),
        protocol,
        ipv4: all(item.ip_ranges, |range| {
            let cidr = parsed(range.cidr_ip, "cidrIp")?;
            Ok(Ranged { cidr, description: said(range.description) })
        })?,
        ipv6: all(item.ipv6_ranges, |range| {
            let cidr = parsed(range.cidr_ipv6, "cidrIpv6")?;
            Ok(Ranged { cidr, description: said(range.description) })
        })?,
        prefix_lists: all(item.prefix_list_ids, |list| {
            let id = text(list.prefix_list_id, "prefixListId")?;
            Ok(PrefixListUse { id, description: said(list.description) })
        })?,
        groups: all(item.user_id_group_pairs, pair)?,
    })
}

fn pair(item: types::UserIdGroupPair) -> Result<GroupPair, Missing> {
    Ok(GroupPair {
        id: text(item.group_id, "groups.groupId")?,
        account: account(item.user_id),
        vpc: said(item.vpc_id),
        peering: said(item.vpc_peering_connection_id),
        peering_status: said(item.peering_status),
        description: said(item.description),
    })
}

fn acl(at: &At<'_>, item: types::NetworkAcl) -> Result<NetworkAcl, Missing> {
    let id = text(item.network_acl_id, "networkAclId")?;
    let owner = account(item.owner_id);
    Ok(NetworkAcl {
        arn: at.arn::<NetworkAcl>(owner.as_ref(), &id, "networkAclId")?,
        region: at.region.clone(),
        vpc: text(item.vpc_id, "vpcId")?,
        default: item.is_default.ok_or(Missing("default"))?,
        entries: all(item.entries, entry)?,
        subnets: all(item.associations, |it| text(it.subnet_id, "associationSet.subnetId"))?,
        tags: tags(item.tags),
        owner,
        id,
    })
}

fn entry(item: types::NetworkAclEntry) -> Result<AclEntry, Missing> {
    let protocol = Protocol::from(text(item.protocol, "protocol")?);
    let (from, to) = match (&protocol, item.icmp_type_code, item.port_range) {
        (&(Protocol::ICMP | Protocol::ICMPV6), Some(icmp), _) => (icmp.r#type, icmp.code),
        (&(Protocol::ICMP | Protocol::ICMPV6), None, _) | (_, _, None) => (None, None),
        (_, _, Some(range)) => (range.from, range.to),
    };
    Ok(AclEntry {
        number: item.rule_number.ok_or(Missing("ruleNumber"))?,
        egress: item.egress.ok_or(Missing("egress"))?,
        action: match item.rule_action.as_ref().map(types::RuleAction::as_str) {
            Some("allow") => AclAction::Allow,
            Some("deny") => AclAction::Deny,
            _ => return Err(Missing("ruleAction")),
        },
        ports: Ports::new(&protocol, from, to),
        protocol,
        cidr: parsed(said(item.cidr_block).or(item.ipv6_cidr_block), "cidrBlock")?,
    })
}
