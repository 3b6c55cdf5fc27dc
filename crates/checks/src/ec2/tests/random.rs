//! The sets against the walk of single packets, over random small networks.
//!
//! Each network is made from its number, so a failure names the network. Addresses and ports are those at which the few ranges begin
//! and end, and their neighbours: no rule tells others apart from these.

use std::net::IpAddr;

use awspect_inventory::{
    Listed, Observed,
    ec2::{
        AclAction, AclEntry, BlockMode, Ec2, ExclusionMode, ExclusionState, NetworkAcl,
        NetworkInterface, Permission, PrefixListEntries, Ranged, Route, RouteState, RouteTable,
        SecurityGroup, Target,
    },
};
use ipnet::IpNet;

use super::{
    walk::{Packet, is_public, walk},
    world::{
        HOME, acl, allow_all, block, empty, entry, exclusion, gateway, group_in, igw, interface,
        permission, prefix_list, refused, route, subnet, table, vpc,
    },
};
use crate::ec2::{Breadth, Family, Network, Question, Ranges, Reach, Transport, address::number};

const NETWORKS: u64 = 10_000;

/// The generator of Steele, Lea and Flood ("`SplitMix`"), so that a network's number is all of its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap()
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.roll(from.len())]
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }
}

/// The first ones come up most, so that ways are not too rare.
const RANGES: [&str; 20] = [
    "0.0.0.0/0",
    "::/0",
    "0.0.0.0/0",
    "::/0",
    "0.0.0.0/0",
    "::/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "::/1",
    "2000::/3",
    "8.0.0.0/8",
    "8.8.0.0/16",
    "8.8.8.8/32",
    "10.0.0.0/8",
    "128.0.0.0/2",
    "2600::/12",
    "2600:1::/32",
    "2600:1::1/128",
    "8000::/1",
    "fd00::/8",
];

const PORT_RANGES: [(i32, i32); 9] = [
    (0, 65535),
    (22, 22),
    (1024, 65535),
    (20, 80),
    (80, 80),
    (0, 1023),
    (1024, 1024),
    (443, 65535),
    (1, 65534),
];

/// The ports at which these begin and end, and their neighbours.
pub(super) const PORTS: [u16; 20] =
    [0, 1, 2, 19, 20, 21, 22, 23, 79, 80, 81, 442, 443, 444, 1023, 1024, 1025, 65533, 65534, 65535];

const MESSAGES: [(i32, i32); 5] = [(-1, -1), (8, -1), (0, 0), (3, 4), (128, -1)];

fn clients() -> Vec<IpAddr> {
    let mut clients = vec![];
    for text in RANGES.iter().chain(&["224.0.0.0/3", "192.168.0.0/16", "100.64.0.0/10"]) {
        let net: IpNet = text.parse().unwrap();
        let family = Family::of(&net);
        let (low, high) = (number(net.network()), number(net.broadcast()));
        let near = [low.checked_sub(1), Some(low), Some(high), high.checked_add(1)];
        let inside = near.into_iter().flatten().filter(|it| family.all().contains(*it));
        clients.extend(inside.map(|it| family.address(it)));
    }
    clients.sort();
    clients.dedup();
    clients
}

/// Protocol and ports of a rule of either kind.
fn traffic(dice: &mut Dice) -> (&'static str, i32, i32) {
    let protocol = *dice.pick(&["tcp", "-1", "tcp", "udp", "icmp", "icmpv6", "50"]);
    let (from, to) = *match protocol {
        "icmp" | "icmpv6" => dice.pick(&MESSAGES),
        _ => dice.pick(&PORT_RANGES),
    };
    (protocol, from, to)
}

fn rule(dice: &mut Dice) -> Permission {
    let (protocol, from, to) = traffic(dice);
    let sources: Vec<&str> = (0..=dice.roll(2))
        .map(|_| if dice.one_in(6) { *dice.pick(&["pl-1", "pl-2"]) } else { *dice.pick(&RANGES) })
        .collect();
    permission(protocol, (from, to), &sources)
}

fn entries(dice: &mut Dice) -> Vec<AclEntry> {
    if dice.one_in(2) {
        return allow_all();
    }
    let mut entries = vec![];
    for number in 0..dice.roll(8) {
        let action = if dice.one_in(3) { AclAction::Deny } else { AclAction::Allow };
        let number = i32::try_from(number * 37 % 11).unwrap();
        let cidr = dice.pick(&RANGES);
        entries.push(entry(number, dice.one_in(2), action, traffic(dice), cidr));
    }
    if dice.one_in(2) {
        entries.extend(allow_all());
    }
    entries
}

fn routes(dice: &mut Dice, own: &str) -> Vec<Route> {
    let mut routes = vec![route("10.0.0.0/16", Target::Local)];
    if !dice.one_in(5) {
        routes.push(route("0.0.0.0/0", igw(own)));
        routes.push(route("::/0", igw(own)));
    }
    for _ in 0..dice.roll(4) {
        let target = match dice.roll(6) {
            0 => Target::NatGateway("nat-1".to_owned()),
            1 => Target::EgressOnlyGateway("eigw-1".to_owned()),
            2 => Target::TransitGateway("tgw-1".to_owned()),
            3 => igw("igw-2"),
            _ => igw(own),
        };
        let to = if dice.one_in(6) { "pl-2" } else { dice.pick(&RANGES) };
        let propagated = matches!(target, Target::TransitGateway(_)) && dice.one_in(2);
        let state = if dice.one_in(6) { RouteState::Blackhole } else { RouteState::Active };
        routes.push(Route { propagated, state, ..route(to, target) });
    }
    if dice.one_in(4) {
        routes.reverse();
    }
    routes
}

/// Two VPCs of the same names in each of two regions, all with a subnet that has a table of its own and one that has not.
fn network(dice: &mut Dice) -> Ec2 {
    let mut ec2 = empty();
    ec2.block_public_access.found.clear();
    for id in ["pl-1", "pl-2"] {
        let count = dice.roll(3);
        let ranges: Vec<&str> = (0..count).map(|_| *dice.pick(&RANGES)).collect();
        ec2.prefix_lists.found.push(prefix_list(id, Some(&ranges)));
        let mut far = prefix_list(id, Some(&["0.0.0.0/0", "::/0"]));
        far.region = "us-east-1".parse().unwrap();
        ec2.prefix_lists.found.push(far);
    }
    for region in [HOME, "us-east-1"] {
        let mode = if dice.one_in(8) { BlockMode::Ingress } else { BlockMode::Off };
        ec2.block_public_access.found.push(block(region, mode));
        for _ in 0..dice.roll(2) {
            let what = dice.pick(&["vpc/vpc-1", "subnet/subnet-1a", "vpc/vpc-2"]);
            let kind = [ExclusionMode::Bidirectional, ExclusionMode::Egress][dice.roll(2)].clone();
            let done = ExclusionState::CreateComplete;
            ec2.block_exclusions.found.push(exclusion(region, what, kind, done));
        }
        for id in ["sg-1", "sg-2", "sg-3"] {
            let rules = (0..=dice.roll(4)).map(|_| rule(dice)).collect();
            ec2.security_groups.found.push(group_in(region, id, rules));
        }
        for n in [1, 2] {
            part(dice, &mut ec2, region, n);
        }
    }
    ec2
}

fn part(dice: &mut Dice, ec2: &mut Ec2, region: &str, n: usize) {
    let (name, own) = (format!("vpc-{n}"), format!("igw-{n}"));
    ec2.vpcs.found.push(vpc(region, &name));
    let attached = *dice.pick(&[Some(&*name), Some(&*name), Some(&*name), None]);
    ec2.internet_gateways.found.push(gateway(region, &own, attached));
    let subnets = [format!("subnet-{n}a"), format!("subnet-{n}b")];
    let main = routes(dice, &own);
    ec2.route_tables.found.push(table(region, &name, &format!("rtb-{n}m"), &[], main));
    if dice.one_in(2) {
        let explicit = routes(dice, &own);
        let id = format!("rtb-{n}x");
        ec2.route_tables.found.push(table(region, &name, &id, &[&subnets[0]], explicit));
    }
    for it in &subnets {
        ec2.subnets.found.push(subnet(region, &name, it));
        let id = format!("acl-{it}");
        ec2.network_acls.found.push(acl(region, &name, &id, &[it], entries(dice)));
        let groups: Vec<&str> =
            ["sg-1", "sg-2", "sg-3"].into_iter().filter(|_| dice.one_in(2)).collect();
        let groups = if groups.is_empty() { vec!["sg-1"] } else { groups };
        let public = (!dice.one_in(6)).then_some("52.1.2.3");
        let mut interface = interface(region, (&name, it), &format!("eni-{it}"), &groups, public);
        interface
            .ipv6
            .push(dice.pick(&["2600:1f16::a", "2600:1f16::a", "fd00::a"]).parse().unwrap());
        ec2.network_interfaces.found.push(interface);
    }
}

/// A packet that somebody may send, with its form in a question.
fn packet(dice: &mut Dice, family: Family) -> (Transport, Packet) {
    let transport = match dice.roll(6) {
        0..=2 => Transport::Tcp,
        3 => Transport::Udp,
        4 => Transport::Icmp,
        _ => Transport::Other(50),
    };
    let port = match transport {
        Transport::Icmp => {
            let kind = *dice.pick(&[8, 0, 3, 128, 129, 7]);
            Transport::icmp(kind, *dice.pick(&[0, 4, 255]))
        }
        Transport::Other(_) => 0,
        Transport::Tcp | Transport::Udp => *dice.pick(&PORTS),
    };
    (transport, Packet { protocol: transport.number(family), port })
}

fn family(client: IpAddr) -> Family {
    if client.is_ipv4() { Family::V4 } else { Family::V6 }
}

/// `AWSPECT_NETWORKS=100000 cargo test --release -p awspect-checks random` compares that many, for changes to the sets.
#[expect(clippy::disallowed_methods, reason = "whoever runs the test says how long it may take")]
fn networks() -> u64 {
    let asked = std::env::var("AWSPECT_NETWORKS").ok().and_then(|count| count.parse().ok());
    asked.unwrap_or(NETWORKS)
}

fn in_halves<T: Send>(compare: fn(std::ops::Range<u64>) -> T) -> [T; 2] {
    let halves = [0..networks() / 2, networks() / 2..networks()];
    std::thread::scope(|scope| {
        let running = halves.map(|half| scope.spawn(|| compare(half)));
        running.map(|half| half.join().expect("no disagreement"))
    })
}

fn compare_clients(numbers: std::ops::Range<u64>) -> [u64; 2] {
    let clients = clients();
    let mut tally = [0; 2];
    for number in numbers {
        let mut dice = Dice(number);
        let ec2 = network(&mut dice);
        let read = Network::new(&ec2);
        let interface = dice.pick(&ec2.network_interfaces.found);
        for family in Family::ALL {
            let (transport, packet) = packet(&mut dice, family);
            let found = read.clients(interface, family, transport, packet.port);
            assert_eq!(found.surely(), found.possibly(), "network {number}: all is known");
            for &client in clients.iter().filter(|it| super::random::family(**it) == family) {
                let says = found.surely().contains(self::number(client));
                let does = walk(&ec2, interface, client, packet);
                assert_eq!(
                    says, does,
                    "network {number}: {} {transport:?} {packet:?} from {client}",
                    interface.id
                );
                tally[usize::from(does)] += 1;
            }
        }
    }
    tally
}

#[test]
fn the_clients_are_those_whose_packets_arrive() {
    let [[no, yes], [also_no, also_yes]] = in_halves(compare_clients);
    let (no, yes) = (no + also_no, yes + also_yes);
    assert!(yes * 20 > no && no * 20 > yes, "{yes} packets arrived, {no} did not");
}

fn compare_ways(numbers: std::ops::Range<u64>) -> [u64; 2] {
    let clients = clients();
    let mut tally = [0; 2];
    for number in numbers {
        let mut dice = Dice(number);
        let ec2 = network(&mut dice);
        let read = Network::new(&ec2);
        let interface = dice.pick(&ec2.network_interfaces.found);
        let ports: Ranges<u16> =
            (0..=dice.roll(3)).map(|_| *dice.pick(&PORTS)).map(|port| (port, port)).collect();
        let audience = *dice.pick(&[Breadth::Named, Breadth::Internet]);
        let reached = |family, port| {
            let packet = Packet { protocol: 6, port };
            let mut public = clients
                .iter()
                .filter(|it| super::random::family(**it) == family && is_public(**it))
                .map(|client| walk(&ec2, interface, *client, packet));
            if audience == Breadth::Named { public.any(|it| it) } else { public.all(|it| it) }
        };
        let all = || {
            let asked: Vec<u16> = PORTS.into_iter().filter(|it| ports.contains(*it)).collect();
            Family::ALL
                .into_iter()
                .flat_map(move |it| asked.clone().into_iter().map(move |p| (it, p)))
        };
        let exists = all().any(|(family, port)| reached(family, port));
        let question = Question { transport: Transport::Tcp, ports: ports.clone(), audience };
        match read.reach(interface, &question) {
            Reach::Open(way) => {
                assert!(exists, "network {number}: {} {question:?}: {way:?}", interface.id);
                let packet = Packet { protocol: 6, port: way.port };
                assert!(walk(&ec2, interface, way.client, packet), "network {number}: {way:?}");
                let (_, rule) = way.group.expect("the interface has groups");
                assert!(rule < 5);
                for port in PORTS.into_iter().filter(|it| ports.contains(*it)) {
                    let open = reached(family(way.client), port);
                    assert_eq!(way.ports.contains(port), open, "network {number}: {port}");
                }
            }
            Reach::Closed(barrier) => {
                assert!(!exists, "network {number}: {} {question:?}: {barrier:?}", interface.id);
            }
            Reach::Unknown(why) => panic!("network {number}: all is known, but {why:?}"),
        }
        tally[usize::from(exists)] += 1;
    }
    tally
}

#[test]
fn there_is_a_way_where_a_packet_finds_one() {
    let [[no, yes], [also_no, also_yes]] = in_halves(compare_ways);
    let (no, yes) = (no + also_no, yes + also_yes);
    assert!(yes * 10 > no && no * 10 > yes, "{yes} ways, {no} without");
}

/// Hides a fact, and says what it may at worst and at best have been; no worst and best where these are not all.
fn hide(dice: &mut Dice, ec2: &Ec2, interface: &NetworkInterface) -> (Ec2, Option<[Ec2; 2]>) {
    let (mut hidden, mut worst, mut best) = (ec2.clone(), ec2.clone(), ec2.clone());
    let region = interface.region.as_str();
    let here = |at: &awspect_inventory::Region| at.as_str() == region;
    let mut exact = true;
    match dice.roll(5) {
        0 => {
            let is_own =
                |it: &NetworkAcl| here(&it.region) && it.subnets.contains(&interface.subnet);
            drop_from(&mut hidden.network_acls, region, is_own);
            for (it, entries) in [(&mut worst, vec![]), (&mut best, allow_all())] {
                let own = it.network_acls.found.iter_mut().find(|it| is_own(it)).unwrap();
                own.entries = entries;
            }
        }
        1 => {
            let is_own = |it: &SecurityGroup| here(&it.region) && it.id == interface.groups[0];
            drop_from(&mut hidden.security_groups, region, is_own);
            let all = vec![permission("-1", (-1, -1), &["0.0.0.0/0", "::/0"])];
            for (it, rules) in [(&mut worst, vec![]), (&mut best, all)] {
                let own = it.security_groups.found.iter_mut().find(|it| is_own(it)).unwrap();
                own.ingress = rules;
            }
        }
        2 => {
            let id = *dice.pick(&["pl-1", "pl-2"]);
            // What is longer than other prefixes may be anywhere in a table.
            exact = id == "pl-1";
            let all: Vec<IpNet> = ["0.0.0.0/0", "::/0"].map(|it| it.parse().unwrap()).into();
            for (it, nets) in [(&mut worst, vec![]), (&mut best, all)] {
                let nets = nets.into_iter().map(|cidr| Ranged { cidr, description: None });
                let entries = PrefixListEntries(nets.collect());
                list(it, region, id).entries = Observed::Set(entries);
            }
            list(&mut hidden, region, id).entries = Observed::default();
        }
        3 => {
            let is_own = |it: &RouteTable| here(&it.region);
            drop_from(&mut hidden.route_tables, region, is_own);
            let own = ec2.internet_gateways.found.iter().find(|it| {
                here(&it.region) && it.attachments.iter().any(|it| it.vpc == interface.vpc)
            });
            let all = own.map_or_else(Vec::new, |own| {
                vec![route("0.0.0.0/0", igw(&own.id)), route("::/0", igw(&own.id))]
            });
            for (it, routes) in [(&mut worst, vec![]), (&mut best, all)] {
                for table in it.route_tables.found.iter_mut().filter(|it| is_own(it)) {
                    table.routes.clone_from(&routes);
                }
            }
        }
        _ => {
            hidden.block_public_access = Listed::default();
            for (it, mode) in [(&mut worst, BlockMode::Bidirectional), (&mut best, BlockMode::Off)]
            {
                for block in &mut it.block_public_access.found {
                    block.mode = mode.clone();
                }
            }
        }
    }
    (hidden, exact.then_some([worst, best]))
}

fn drop_from<T: awspect_inventory::Resource + awspect_inventory::Fact>(
    listed: &mut Listed<T>,
    region: &str,
    is_hidden: impl Fn(&T) -> bool,
) {
    listed.found.retain(|it| !is_hidden(it));
    listed.gaps.push(refused::<T>(region));
}

fn list<'e>(
    ec2: &'e mut Ec2,
    region: &str,
    id: &str,
) -> &'e mut awspect_inventory::ec2::PrefixList {
    let lists = &mut ec2.prefix_lists.found;
    lists.iter_mut().find(|it| it.region.as_str() == region && it.id == id).unwrap()
}

fn compare_hidden(numbers: std::ops::Range<u64>) -> u64 {
    let clients = clients();
    let mut open = 0;
    for number in numbers {
        let mut dice = Dice(number);
        let ec2 = network(&mut dice);
        let interface = dice.pick(&ec2.network_interfaces.found);
        let (hidden, cases) = hide(&mut dice, &ec2, interface);
        let read = Network::new(&hidden);
        for family in Family::ALL {
            let (transport, packet) = packet(&mut dice, family);
            let found = read.clients(interface, family, transport, packet.port);
            for &client in clients.iter().filter(|it| super::random::family(**it) == family) {
                let within = |set: &crate::ec2::Addresses| set.contains(self::number(client));
                let (surely, perhaps) = (within(found.surely()), within(found.possibly()));
                let does = walk(&ec2, interface, client, packet);
                let name = || {
                    format!(
                        "network {number}: {} {transport:?} {packet:?} from {client}",
                        interface.id
                    )
                };
                assert!(!surely || does, "{}: surely, and yet not", name());
                assert!(perhaps || !does, "{}: surely not, and yet", name());
                if let Some([worst, best]) = &cases {
                    assert_eq!(surely, walk(worst, interface, client, packet), "{}", name());
                    assert_eq!(perhaps, walk(best, interface, client, packet), "{}", name());
                }
                open += u64::from(surely != perhaps);
            }
        }
    }
    open
}

#[test]
fn what_is_missing_leaves_open_what_it_could_change_and_no_more() {
    let open: u64 = in_halves(compare_hidden).iter().sum();
    assert!(open > NETWORKS, "{open} packets were left open");
}
