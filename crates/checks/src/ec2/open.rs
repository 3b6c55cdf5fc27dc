//! What security groups open to the Internet, and how bad that is where they are worn.

use std::sync::LazyLock;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    ec2::{Protocol, SecurityGroup},
};

use super::{
    Breadth, Family, Network, Opening, Question, Ranges, Reach, Scope, Transport,
    network::gap,
    services::{EXPECTED, Table, severity},
    words::{halted, name, opened, shown, unworn},
};
use crate::{
    Scan,
    engine::{Subject, each},
};

/// How many interfaces a finding names.
const SHOWN: usize = 10;

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
            found.ask(network, group, transport, &ports, &|ports| table.names(transport, ports));
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
                    found.evidence.extend(opened(group, "all", &[opening], &[]));
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
                    found.ask(network, group, transport, &ports, &|_| vec![]);
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
            found.ask(network, group, transport, &ports, &|_| vec![]);
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
            found.ask(network, group, transport, &Ranges::of(0, 0), &|_| vec![]);
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
            own.ask_in(network, group, Transport::Icmp, &ports, Some(family), &|_| vec![]);
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
        listens: &dyn Fn((u16, u16)) -> Vec<&'static str>,
    ) {
        self.ask_in(network, group, transport, ports, None, listens);
    }

    fn ask_in(
        &mut self,
        network: &Network<'_>,
        group: &SecurityGroup,
        transport: Transport,
        ports: &Ranges<u16>,
        only: Option<Family>,
        listens: &dyn Fn((u16, u16)) -> Vec<&'static str>,
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
        let alike =
            |a: &&Opening, b: &&Opening| (a.family, &a.permissions) == (b.family, &b.permissions);
        for same in openings.chunk_by(alike) {
            let mut services: Vec<&str> = same.iter().flat_map(|it| listens(it.ports)).collect();
            services.dedup();
            self.evidence.extend(opened(group, &name, same, &services));
        }
        self.questions.push((transport, openings.iter().map(|it| it.ports).collect()));
    }
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
                Reach::Closed(it) => barrier = Some(it.further(barrier)),
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
        (2, vec![unworn()])
    } else {
        (1, stopped)
    };
    shown.truncate(SHOWN);
    (steps, shown)
}
