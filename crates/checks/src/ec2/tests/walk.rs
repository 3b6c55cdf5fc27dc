//! One packet and its answer, walked through the facts one after the other. Slow and plain, so that it is easily seen to be right.

use std::net::IpAddr;

use awspect_inventory::{
    Observed,
    ec2::{
        AclAction, BlockMode, Destination, Ec2, ExclusionMode, NetworkInterface, Ports, Protocol,
        RouteState, Target,
    },
};
use ipnet::IpNet;

use super::random::PORTS;

/// A packet's protocol number, and its destination port, or its ICMP type and code.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packet {
    pub(super) protocol: u8,
    pub(super) port: u16,
}

/// Whether a client's packet reaches an interface and its answer the client.
pub(super) fn walk(
    ec2: &Ec2,
    interface: &NetworkInterface,
    client: IpAddr,
    packet: Packet,
) -> bool {
    is_public(client)
        && has_public_address(interface, client)
        && !is_blocked(ec2, interface)
        && goes_to_gateway(ec2, interface, client)
        && interface.groups.iter().any(|group| lets_in(ec2, interface, group, client, packet))
        && passes(ec2, interface, false, client, packet)
        && answers(packet).is_none_or(|answers| {
            answers.iter().any(|answer| passes(ec2, interface, true, client, *answer))
        })
}

pub(super) fn is_public(client: IpAddr) -> bool {
    match client {
        IpAddr::V4(it) => {
            let [a, b, ..] = it.octets();
            !(it.is_private() || it.is_loopback() || it.is_link_local())
                && a != 0
                && a < 224
                && !(a == 100 && (64..128).contains(&b))
                && !(a == 198 && (b == 18 || b == 19))
        }
        IpAddr::V6(it) => it.segments()[0] >> 13 == 1,
    }
}

fn has_public_address(interface: &NetworkInterface, client: IpAddr) -> bool {
    match client {
        IpAddr::V4(_) => interface.addresses.iter().any(|it| it.public.is_some()),
        IpAddr::V6(_) => interface.ipv6.iter().any(|it| is_public((*it).into())),
    }
}

fn is_blocked(ec2: &Ec2, interface: &NetworkInterface) -> bool {
    let blocks = &ec2.block_public_access.found;
    let mode = blocks.iter().find(|it| it.region == interface.region).map(|it| &it.mode).unwrap();
    let own = [format!(":vpc/{}", interface.vpc), format!(":subnet/{}", interface.subnet)];
    *mode != BlockMode::Off
        && !ec2.block_exclusions.found.iter().any(|it| {
            it.region == interface.region
                && it.mode == ExclusionMode::Bidirectional
                && own.iter().any(|end| it.resource.as_str().ends_with(end.as_str()))
        })
}

fn goes_to_gateway(ec2: &Ec2, interface: &NetworkInterface, client: IpAddr) -> bool {
    let tables = || ec2.route_tables.found.iter().filter(|it| it.region == interface.region);
    let own = tables().find(|table| {
        table.associations.iter().any(|it| it.subnet.as_ref() == Some(&interface.subnet))
    });
    let main = || tables().find(|it| it.vpc == interface.vpc && it.is_main()).unwrap();
    let table = own.unwrap_or_else(main);
    let mut best: Option<((u8, u8), &Target, &RouteState)> = None;
    for route in &table.routes {
        let (nets, kind) = match &route.destination {
            Destination::Cidr(net) => (vec![*net], if route.propagated { 0 } else { 2 }),
            Destination::PrefixList(id) => (list(ec2, interface, id), 1),
        };
        for net in nets {
            let rank = (net.prefix_len(), kind);
            if net.contains(&client) && best.is_none_or(|(before, ..)| before < rank) {
                best = Some((rank, &route.target, &route.state));
            }
        }
    }
    let Some((_, Target::InternetGateway(id), RouteState::Active)) = best else { return false };
    ec2.internet_gateways.found.iter().any(|gateway| {
        gateway.region == interface.region
            && gateway.id == *id
            && gateway.attachments.iter().any(|it| it.vpc == interface.vpc)
    })
}

fn list(ec2: &Ec2, interface: &NetworkInterface, id: &str) -> Vec<IpNet> {
    let lists = &ec2.prefix_lists.found;
    let list = lists.iter().find(|it| it.region == interface.region && it.id == id).unwrap();
    let Observed::Set(entries) = &list.entries else { panic!("the walk needs all facts") };
    entries.0.iter().map(|entry| entry.cidr).collect()
}

fn lets_in(
    ec2: &Ec2,
    interface: &NetworkInterface,
    id: &str,
    client: IpAddr,
    packet: Packet,
) -> bool {
    let groups = &ec2.security_groups.found;
    let group = groups.iter().find(|it| it.region == interface.region && it.id == id).unwrap();
    group.ingress.iter().any(|rule| {
        matches(&rule.protocol, &rule.ports, packet)
            && (rule.ipv4.iter().any(|it| IpNet::V4(it.cidr).contains(&client))
                || rule.ipv6.iter().any(|it| IpNet::V6(it.cidr).contains(&client))
                || rule
                    .prefix_lists
                    .iter()
                    .any(|it| list(ec2, interface, &it.id).iter().any(|net| net.contains(&client))))
    })
}

fn matches(protocol: &Protocol, ports: &Ports, packet: Packet) -> bool {
    let [kind, code] = packet.port.to_be_bytes();
    match (protocol, ports) {
        (Protocol::Number(number), _) if *number != packet.protocol => false,
        (Protocol::All, _) | (_, Ports::All) => true,
        (_, Ports::Range { from, to }) => (*from..=*to).contains(&packet.port),
        (_, Ports::Icmp { kind: own, code: also }) => {
            own.is_none_or(|own| own == kind) && also.is_none_or(|also| also == code)
        }
        (_, Ports::Other { .. }) => panic!("the walk needs rules that are understood"),
    }
}

fn passes(
    ec2: &Ec2,
    interface: &NetworkInterface,
    egress: bool,
    client: IpAddr,
    packet: Packet,
) -> bool {
    let acls = &ec2.network_acls.found;
    let acl = acls
        .iter()
        .find(|it| it.region == interface.region && it.subnets.contains(&interface.subnet))
        .unwrap();
    let mut deciding = None;
    for entry in &acl.entries {
        let concerned = entry.egress == egress
            && entry.cidr.contains(&client)
            && matches(&entry.protocol, &entry.ports, packet);
        if concerned && deciding.is_none_or(|(number, _)| entry.number < number) {
            deciding = Some((entry.number, entry.action));
        }
    }
    deciding.is_some_and(|(_, action)| action == AclAction::Allow)
}

/// The packets that may be an answer: to a port that the client chose, of those that some rule could tell apart. None where no
/// answer is waited for.
fn answers(packet: Packet) -> Option<Vec<Packet>> {
    let to = |port| Packet { port, ..packet };
    match (packet.protocol, packet.port >> 8) {
        (6 | 17, _) => {
            Some(PORTS.iter().filter(|port| **port >= 1024).map(|port| to(*port)).collect())
        }
        (1, 8) => Some(vec![to(0)]),
        (58, 128) => Some(vec![to(129 << 8)]),
        (1 | 58, _) => None,
        _ => Some(vec![to(0)]),
    }
}
