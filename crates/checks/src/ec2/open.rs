//! What security groups open to the Internet, and how bad that is where they are worn.

use std::sync::LazyLock;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    ec2::{NetworkInterface, Protocol, SecurityGroup},
};
use serde_json::{Value, json};

use super::{
    Barrier, Breadth, Family, Network, Opening, Owner, Question, Ranges, Reach, Scope, Transport,
    Way,
    network::gap,
    services::{EXPECTED, Table, severity},
};
use crate::{
    Scan,
    engine::{Subject, each},
};

/// How many interfaces a finding names.
const SHOWN: usize = 10;

const CLOSED: &str = "no rule that admits the Internet";

/// What a group opens to the Internet.
#[derive(Default)]
struct Found {
    evidence: Vec<Evidence>,
    /// What is asked of the interfaces that have the group.
    questions: Vec<(Transport, Ranges<u16>)>,
    unread: Option<Unknown>,
}

/// No group opens a service of this table.
pub(super) fn services<'a>(scan: Scan<'a>, table: &'static Table) -> Vec<(Subject<'a>, Decision)> {
    judged(scan, table.severity, |network, group| {
        let mut found = Found::default();
        for (transport, ports) in table.questions() {
            found.ask(network, group, transport, &ports, &|ports| {
                json!(table.names(transport, ports))
            });
        }
        found
    })
}

/// No group opens all ports of all protocols, of TCP or of UDP.
pub(super) fn all(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    static SEVERITY: LazyLock<Severity> =
        LazyLock::new(|| severity(include_str!("../../../../rules/ec2/sg-open-all.md")));
    judged(scan, *SEVERITY, |network, group| {
        let mut found = Found::default();
        match network.opened(group, Scope::Everything, Breadth::Internet) {
            Ok(openings) => {
                for opening in &openings {
                    found.evidence.push(evidence(group, "all", opening, Value::Null));
                    found.questions.push((Transport::Tcp, Ranges::all()));
                }
            }
            Err(why) => found.unread = Some(why),
        }
        // Port 0 carries nothing.
        let ports = Ranges::of(1, u16::MAX);
        for transport in [Transport::Tcp, Transport::Udp] {
            let scope = Scope::Ports(transport, &ports);
            match network.opened_throughout(group, scope, Breadth::Internet) {
                Ok(true) if found.evidence.is_empty() => {
                    found.ask(network, group, transport, &ports, &|_| Value::Null);
                }
                Ok(_) => (),
                Err(why) => found.unread = Some(why),
            }
        }
        found
    })
}

/// No group opens other ports than those of the table.
pub(super) fn unexpected(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    judged(scan, EXPECTED.severity, |network, group| {
        let mut found = Found::default();
        for transport in [Transport::Tcp, Transport::Udp] {
            let known = EXPECTED.questions().find(|(own, _)| *own == transport);
            let expected = known.map_or_else(Ranges::empty, |(_, ports)| ports);
            let ports = Ranges::all().without(&expected);
            found.ask(network, group, transport, &ports, &|_| Value::Null);
        }
        let mut numbers: Vec<u8> = group
            .ingress
            .iter()
            .filter_map(|rule| match rule.protocol {
                Protocol::Number(number) if ![1, 6, 17, 58].contains(&number) => Some(number),
                _ => None,
            })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let transport = Transport::Other(number);
            found.ask(network, group, transport, &Ranges::of(0, 0), &|_| Value::Null);
        }
        found
    })
}

/// No group opens ICMP, but for the messages that tell that a packet was too big.
pub(super) fn icmp(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    static SEVERITY: LazyLock<Severity> =
        LazyLock::new(|| severity(include_str!("../../../../rules/ec2/sg-open-icmp.md")));
    judged(scan, *SEVERITY, |network, group| {
        let mut found = Found::default();
        for family in Family::ALL {
            let needed = match family {
                Family::V4 => Ranges::of(Transport::icmp(3, 4), Transport::icmp(3, 4)),
                Family::V6 => Ranges::of(Transport::icmp(2, 0), Transport::icmp(2, u8::MAX)),
            };
            let ports = Ranges::all().without(&needed);
            let mut own = Found::default();
            own.ask_in(network, group, Transport::Icmp, &ports, Some(family), &|_| Value::Null);
            found.evidence.append(&mut own.evidence);
            found.questions.append(&mut own.questions);
            found.unread = found.unread.or(own.unread);
        }
        found
    })
}

impl Found {
    fn ask(
        &mut self,
        network: &Network<'_>,
        group: &SecurityGroup,
        transport: Transport,
        ports: &Ranges<u16>,
        what: &dyn Fn((u16, u16)) -> Value,
    ) {
        self.ask_in(network, group, transport, ports, None, what);
    }

    fn ask_in(
        &mut self,
        network: &Network<'_>,
        group: &SecurityGroup,
        transport: Transport,
        ports: &Ranges<u16>,
        only: Option<Family>,
        what: &dyn Fn((u16, u16)) -> Value,
    ) {
        let openings =
            match network.opened(group, Scope::Ports(transport, ports), Breadth::Internet) {
                Ok(openings) => openings,
                Err(why) => return self.unread = Some(why),
            };
        let concerned = |it: &&Opening| only.is_none_or(|family| it.family == family);
        let openings: Vec<&Opening> = openings.iter().filter(concerned).collect();
        if openings.is_empty() {
            return;
        }
        let name = name(transport);
        let shown = openings.iter().map(|it| evidence(group, &name, it, what(it.ports)));
        self.evidence.extend(shown);
        self.questions.push((transport, openings.iter().map(|it| it.ports).collect()));
    }
}

fn name(transport: Transport) -> String {
    match transport {
        Transport::Tcp => "tcp".to_owned(),
        Transport::Udp => "udp".to_owned(),
        Transport::Icmp => "icmp".to_owned(),
        Transport::Other(number) => number.to_string(),
    }
}

/// The rules of a group that make an opening.
fn evidence(group: &SecurityGroup, protocol: &str, opening: &Opening, what: Value) -> Evidence {
    let places: Vec<String> =
        opening.permissions.iter().map(|at| format!("IpPermissions[{at}]")).collect();
    let rules = opening.permissions.iter().filter_map(|&at| group.ingress.get(at));
    let mut sources: Vec<String> = rules
        .flat_map(|rule| {
            let v4 = rule.ipv4.iter().map(|it| it.cidr.to_string());
            let v6 = rule.ipv6.iter().map(|it| it.cidr.to_string());
            let lists = rule.prefix_lists.iter().map(|it| it.id.clone());
            let own: Vec<String> = match opening.family {
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
            fields.insert("ports".to_owned(), json!(ports(opening.ports)));
        }
        if !what.is_null() {
            fields.insert("services".to_owned(), what);
        }
    }
    Evidence::of::<SecurityGroup>(places.join(", "), observed, CLOSED)
}

/// `22`, or `20-25`.
pub(super) fn ports((low, high): (u16, u16)) -> String {
    if low == high { low.to_string() } else { format!("{low}-{high}") }
}

/// Judges every group; the severity is lower where nothing that has the group can be reached, and lowest where nothing has it.
fn judged<'a>(
    scan: Scan<'a>,
    severity: Severity,
    find: impl Fn(&Network<'a>, &SecurityGroup) -> Found,
) -> Vec<(Subject<'a>, Decision)> {
    let network = scan.network;
    each(&scan.inventory.ec2.security_groups, |group| {
        let mut found = find(network, group);
        match found.unread {
            Some(why) if found.evidence.is_empty() => return Err(why),
            _ if found.evidence.is_empty() => return Ok(Verdict::Pass(vec![])),
            _ => (),
        }
        let (steps, mut ways) = exposure(network, group, &found.questions);
        found.evidence.append(&mut ways);
        Ok(Verdict::faults(found.evidence).severity(lowered(severity, steps)))
    })
}

/// The severity so many steps further down.
fn lowered(severity: Severity, steps: usize) -> Severity {
    let mut below = Severity::ALL.into_iter().skip_while(|it| *it != severity).skip(steps);
    below.next().unwrap_or(Severity::Info)
}

/// How many steps less bad it is than the worst, and what shows it. Where nobody knows, it is as bad as it can be.
fn exposure(
    network: &Network<'_>,
    group: &SecurityGroup,
    questions: &[(Transport, Ranges<u16>)],
) -> (usize, Vec<Evidence>) {
    let (mut reached, mut stopped, mut open_question) = (vec![], vec![], false);
    let wearers = network.wearers(group);
    for interface in wearers {
        let mut barrier = None;
        for (transport, ports) in questions {
            let question =
                Question { transport: *transport, ports: ports.clone(), audience: Breadth::Most };
            match network.reach(interface, &question) {
                Reach::Open(way) => {
                    reached.push(shown(interface, &way));
                    barrier = None;
                    break;
                }
                Reach::Closed(it) => barrier = Some(it),
                Reach::Unknown(_) => open_question = true,
            }
        }
        stopped.extend(barrier.map(|it| halted(interface, &it)));
    }
    let unseen = gap(&network.ec2.network_interfaces, &group.region).is_some();
    let (steps, mut shown) = if !reached.is_empty() {
        (0, reached)
    } else if open_question || unseen {
        (0, vec![])
    } else if wearers.is_empty() {
        let nothing = Evidence::of::<NetworkInterface>("NetworkInterfaces", json!([]), CLOSED);
        (2, vec![nothing])
    } else {
        (1, stopped)
    };
    shown.truncate(SHOWN);
    (steps, shown)
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
    Evidence::of::<NetworkInterface>("NetworkInterfaces", observed, "no way from the Internet")
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
    Evidence::of::<NetworkInterface>("NetworkInterfaces", observed, "no way from the Internet")
}
