//! What is open, and what stops it, as findings show it.

use awspect_findings::Evidence;
use awspect_inventory::ec2::{NetworkInterface, Ports, SecurityGroup};
use serde_json::{Value, json};

use super::{Barrier, Family, Opening, Owner, Transport, Way};

/// What is expected of a group.
const CLOSED: &str = "no rule that admits the Internet";
/// What is expected of an interface.
const NO_WAY: &str = "no way from the Internet";

/// A protocol as EC2 writes it.
pub(super) fn name(transport: Transport) -> String {
    match transport {
        Transport::Tcp => "tcp".to_owned(),
        Transport::Udp => "udp".to_owned(),
        Transport::Icmp => "icmp".to_owned(),
        Transport::Other(number) => number.to_string(),
    }
}

/// `22`, or `20-25`.
pub(super) fn ports((low, high): (u16, u16)) -> String {
    if low == high { low.to_string() } else { format!("{low}-{high}") }
}

/// The ports of a rule.
pub(super) fn taken(taken: &Ports) -> Value {
    match *taken {
        Ports::All => json!("all"),
        Ports::Range { from, to } => json!(ports((from, to))),
        Ports::Icmp { kind, code } => json!({ "type": kind, "code": code }),
        Ports::Other { from, to } => json!({ "from": from, "to": to }),
    }
}

/// The rules of a group that make openings, which are of one family and made by the same rules; and what listens there.
pub(super) fn opened(
    group: &SecurityGroup,
    protocol: &str,
    openings: &[&Opening],
    services: &[&str],
) -> Option<Evidence> {
    let &first = openings.first()?;
    let places: Vec<String> =
        first.permissions.iter().map(|at| format!("IpPermissions[{at}]")).collect();
    let rules = first.permissions.iter().filter_map(|&at| group.ingress.get(at));
    let mut sources: Vec<String> = rules
        .flat_map(|rule| {
            let v4 = rule.ipv4.iter().map(|it| it.cidr.to_string());
            let v6 = rule.ipv6.iter().map(|it| it.cidr.to_string());
            let lists = rule.prefix_lists.iter().map(|it| it.id.clone());
            let own: Vec<String> = match first.family {
                Family::V4 => v4.chain(lists).collect(),
                Family::V6 => v6.chain(lists).collect(),
            };
            own
        })
        .collect();
    sources.sort_unstable();
    sources.dedup();
    let mut observed = json!({ "protocol": protocol, "sources": sources });
    if let Some(fields) = observed.as_object_mut() {
        if ["tcp", "udp"].contains(&protocol) {
            let all: Vec<String> = openings.iter().map(|it| ports(it.ports)).collect();
            fields.insert("ports".to_owned(), json!(all.join(", ")));
        }
        if !services.is_empty() {
            fields.insert("services".to_owned(), json!(services));
        }
    }
    Some(Evidence::of::<SecurityGroup>(places.join(", "), observed, CLOSED))
}

/// Nothing has a group.
pub(super) fn unworn() -> Evidence {
    Evidence::of::<NetworkInterface>("NetworkInterfaces", json!([]), NO_WAY)
}

/// A way, in the words of its parts.
pub(super) fn shown(interface: &NetworkInterface, way: &Way<'_>) -> Evidence {
    let (table, route) = way.route;
    let (acl, entry) = way.ingress;
    let observed = json!({
        "interface": interface.id,
        "owner": Owner::of(interface).to_string(),
        "address": way.public,
        "ports": way.ports.iter().map(ports).collect::<Vec<_>>(),
        "group": way.group.map(|(group, at)| format!("{} IpPermissions[{at}]", group.id)),
        "route": { "table": table.id, "target": route.target },
        "network_acl": { "id": acl.id, "entry": entry.number },
    });
    Evidence::of::<NetworkInterface>("NetworkInterfaces", observed, NO_WAY)
}

/// What stops the way to an interface.
pub(super) fn halted(interface: &NetworkInterface, barrier: &Barrier<'_>) -> Evidence {
    let by = match barrier {
        Barrier::Unattached => "nothing is attached".to_owned(),
        Barrier::NatGateway => "a NAT gateway lets nothing in".to_owned(),
        Barrier::NoPublicAddress => "no public address".to_owned(),
        Barrier::Block(block) => format!("VPC Block Public Access: {}", block.mode.as_str()),
        Barrier::NoGateway => "no internet gateway".to_owned(),
        Barrier::Routes(table) => format!("no route to an internet gateway in {}", table.id),
        Barrier::Groups => "its security groups".to_owned(),
        Barrier::Ingress(acl) => format!("inbound entries of {}", acl.id),
        Barrier::Egress(acl) => format!("outbound entries of {}", acl.id),
    };
    let owner = Owner::of(interface).to_string();
    let observed = json!({ "interface": interface.id, "owner": owner, "stopped_by": by });
    Evidence::of::<NetworkInterface>("NetworkInterfaces", observed, NO_WAY)
}
