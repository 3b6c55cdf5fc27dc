//! What groups and network ACLs let in.

use awspect_inventory::{
    Fact as _,
    ec2::{AclAction, Peering, PeeringSide, PeeringStatus, PrefixListEntries, SecurityGroup},
};

use super::world::{
    acl, allow_all, empty, entry, group, group_in, permission, prefix_list, refused,
};
use crate::ec2::{Breadth, Network, PeerScope, Ranges, Scope, Transport, far_side, peer_scope};

fn ports(port: u16) -> Ranges<u16> {
    Ranges::of(port, port)
}

/// Whether a group with these rules opens a TCP port to the Internet.
fn opens(rules: &[(&str, (i32, i32), &[&str])], port: u16) -> bool {
    let mut ec2 = empty();
    let rules = rules.iter().map(|(protocol, ports, from)| permission(protocol, *ports, from));
    ec2.security_groups.found.push(group("sg-1", rules.collect()));
    ec2.prefix_lists.found.push(prefix_list("pl-half", Some(&["128.0.0.0/1", "8000::/1"])));
    let network = Network::new(&ec2);
    let asked = ports(port);
    let scope = Scope::Ports(Transport::Tcp, &asked);
    let found = network.opened(&ec2.security_groups.found[0], scope, Breadth::Internet);
    !found.unwrap().is_empty()
}

#[test]
fn a_port_is_open_however_the_internet_is_spelled() {
    for rules in [
        &[("tcp", (22, 22), &["0.0.0.0/0"][..])][..],
        &[("tcp", (22, 22), &["::/0"])],
        &[("tcp", (20, 30), &["0.0.0.0/1", "128.0.0.0/1"])],
        &[("tcp", (22, 22), &["0.0.0.0/1"]), ("tcp", (0, 100), &["128.0.0.0/1"])],
        &[("tcp", (22, 22), &["0.0.0.0/1", "pl-half"])],
        &[("tcp", (22, 22), &["::/1", "8000::/1"])],
        &[("tcp", (22, 22), &["2000::/3"])],
        &[("-1", (-1, -1), &["0.0.0.0/0"])],
        &[("6", (1, 65535), &["0.0.0.0/0"])],
    ] {
        assert!(opens(rules, 22), "{rules:?}");
    }
}

#[test]
fn a_port_is_not_open_by_what_does_not_concern_it() {
    for rules in [
        &[("udp", (22, 22), &["0.0.0.0/0"][..])][..],
        &[("icmp", (-1, -1), &["0.0.0.0/0"])],
        &[("50", (-1, -1), &["0.0.0.0/0"])],
        &[("tcp", (23, 65535), &["0.0.0.0/0"])],
        &[("tcp", (22, 22), &["0.0.0.0/1", "8000::/1"])],
        &[("tcp", (22, 22), &["10.0.0.0/8", "fd00::/8"])],
        &[("tcp", (22, 22), &["0.0.0.0/1"]), ("tcp", (23, 23), &["128.0.0.0/1"])],
        &[],
    ] {
        assert!(!opens(rules, 22), "{rules:?}");
    }
}

#[test]
fn every_port_of_a_group_that_opens_all_is_open() {
    // Whatever another rule says of the same group.
    let all = [("-1", (-1, -1), &["0.0.0.0/0"][..])];
    for port in [22, 3389, 3306, 27017] {
        assert!(opens(&all, port));
    }
}

#[test]
fn all_ports_may_be_spelled_in_parts() {
    let asked = Ranges::of(1, u16::MAX);
    for (rules, all) in [
        (vec![("tcp", (0, 65535))], true),
        (vec![("tcp", (1, 65535))], true),
        (vec![("tcp", (1, 30000)), ("tcp", (30001, 65535))], true),
        (vec![("-1", (-1, -1))], true),
        (vec![("tcp", (2, 65535))], false),
        (vec![("icmp", (8, -1))], false),
    ] {
        let mut ec2 = empty();
        let rules: Vec<_> = rules
            .into_iter()
            .map(|(protocol, ports)| permission(protocol, ports, &["0.0.0.0/0"]))
            .collect();
        ec2.security_groups.found.push(group("sg-1", rules.clone()));
        let network = Network::new(&ec2);
        let group = &ec2.security_groups.found[0];
        let scope = Scope::Ports(Transport::Tcp, &asked);
        let throughout = network.opened_throughout(group, scope, Breadth::Internet);
        assert_eq!(throughout, Ok(all), "{rules:?}");
        let everything = network.opened(group, Scope::Everything, Breadth::Internet).unwrap();
        let any = rules.iter().any(|rule| String::from(rule.protocol.clone()) == "-1");
        assert_eq!(!everything.is_empty(), any, "{rules:?}");
    }
}

#[test]
fn icmp_is_asked_for_apart() {
    let mut ec2 = empty();
    let rules = vec![permission("icmp", (8, -1), &["0.0.0.0/0"])];
    ec2.security_groups.found.push(group("sg-1", rules));
    let network = Network::new(&ec2);
    let found = &ec2.security_groups.found[0];
    let all = Ranges::all();
    for (transport, open) in
        [(Transport::Icmp, true), (Transport::Tcp, false), (Transport::Udp, false)]
    {
        let scope = Scope::Ports(transport, &all);
        let openings = network.opened(found, scope, Breadth::Internet).unwrap();
        assert_eq!(!openings.is_empty(), open, "{transport:?}");
    }
}

#[test]
fn an_opening_names_ports_and_rules() {
    let mut ec2 = empty();
    let rules = vec![
        permission("tcp", (20, 25), &["0.0.0.0/1"]),
        permission("tcp", (443, 443), &["10.0.0.0/8"]),
        permission("tcp", (22, 80), &["128.0.0.0/1"]),
    ];
    ec2.security_groups.found.push(group("sg-1", rules));
    let network = Network::new(&ec2);
    let all = Ranges::all();
    let scope = Scope::Ports(Transport::Tcp, &all);
    let found = &ec2.security_groups.found[0];
    let openings = network.opened(found, scope, Breadth::Internet).unwrap();
    let seen: Vec<_> = openings.iter().map(|it| (it.ports, &*it.permissions)).collect();
    assert_eq!(seen, [((22, 25), &[0, 2][..])]);
}

#[test]
fn a_list_that_nobody_could_read_matters_only_where_it_decides() {
    let mut ec2 = empty();
    ec2.prefix_lists.found.push(prefix_list("pl-1", None));
    let unread = permission("tcp", (22, 22), &["pl-1"]);
    let open = permission("tcp", (443, 443), &["0.0.0.0/0", "pl-1"]);
    ec2.security_groups.found.push(group("sg-1", vec![unread, open]));
    let network = Network::new(&ec2);
    let ask = |port| {
        let asked = ports(port);
        let scope = Scope::Ports(Transport::Tcp, &asked);
        network.opened(&ec2.security_groups.found[0], scope, Breadth::Internet)
    };
    assert_eq!(ask(22).unwrap_err().action, PrefixListEntries::ACTION);
    assert_eq!(ask(443).unwrap().len(), 1);
    assert_eq!(ask(80).unwrap(), []);
}

#[test]
fn two_regions_may_have_a_group_of_one_id() {
    let mut ec2 = empty();
    let open = vec![permission("tcp", (22, 22), &["0.0.0.0/0"])];
    ec2.security_groups.found.push(group_in("eu-west-1", "sg-1", open));
    ec2.security_groups.found.push(group_in("us-east-1", "sg-1", vec![]));
    ec2.security_groups.gaps.push(refused::<SecurityGroup>("us-west-2"));
    let network = Network::new(&ec2);
    let asked = ports(22);
    let open: Vec<bool> = ec2
        .security_groups
        .found
        .iter()
        .map(|group| {
            let scope = Scope::Ports(Transport::Tcp, &asked);
            !network.opened(group, scope, Breadth::Internet).unwrap().is_empty()
        })
        .collect();
    assert_eq!(open, [true, false]);
}

/// What a network ACL with these entries before the last lets in to a TCP port from most of the Internet.
fn admits(entries: Vec<awspect_inventory::ec2::AclEntry>, port: u16) -> bool {
    let ec2 = empty();
    let network = Network::new(&ec2);
    let acl = acl("eu-west-1", "vpc-1", "acl-1", &[], entries);
    !network.admitted(&acl, Transport::Tcp, &ports(port), Breadth::Most).unwrap().is_empty()
}

#[test]
fn the_first_entry_that_matches_decides() {
    let (allow, deny) = (AclAction::Allow, AclAction::Deny);
    let ssh = ("tcp", 22, 22);
    let all = ("-1", -1, -1);
    for (entries, open) in [
        (vec![entry(100, false, allow, ("tcp", 0, 65535), "0.0.0.0/0")], true),
        (
            vec![
                entry(100, false, allow, ssh, "0.0.0.0/1"),
                entry(110, false, allow, ssh, "128.0.0.0/1"),
            ],
            true,
        ),
        // In any order of the listing.
        (
            vec![
                entry(200, false, allow, all, "0.0.0.0/0"),
                entry(100, false, deny, ssh, "0.0.0.0/0"),
            ],
            false,
        ),
        (
            vec![
                entry(100, false, deny, ssh, "8.8.8.8/32"),
                entry(200, false, allow, all, "0.0.0.0/0"),
            ],
            true,
        ),
        (
            vec![
                entry(100, false, deny, ssh, "0.0.0.0/1"),
                entry(110, false, deny, ssh, "128.0.0.0/1"),
                entry(200, false, allow, all, "0.0.0.0/0"),
            ],
            false,
        ),
        (vec![entry(100, true, allow, all, "0.0.0.0/0")], false),
        (vec![entry(100, false, allow, all, "::/0")], true),
        (vec![entry(100, false, allow, ("udp", 22, 22), "0.0.0.0/0")], false),
        (allow_all(), true),
        (vec![], false),
    ] {
        assert_eq!(admits(entries.clone(), 22), open, "{entries:?}");
    }
}

#[test]
fn a_peering_shows_both_sides() {
    let side = |vpc: &str, cidrs: &[&str]| PeeringSide {
        account: None,
        vpc: Some(vpc.to_owned()),
        region: None,
        ipv4: cidrs.iter().map(|text| text.parse().unwrap()).collect(),
        ipv6: vec![],
    };
    let peering = Peering {
        arn: "arn:aws:ec2:eu-west-1:111122223333:vpc-peering-connection/pcx-1".parse().unwrap(),
        id: "pcx-1".to_owned(),
        region: "eu-west-1".parse().unwrap(),
        status: PeeringStatus::Active,
        requester: side("vpc-1", &["10.0.0.0/16"]),
        accepter: side("vpc-2", &["10.1.0.0/16", "10.2.0.0/16"]),
        tags: [].into(),
    };
    assert_eq!(far_side(&peering, "vpc-1"), Some(&peering.accepter));
    assert_eq!(far_side(&peering, "vpc-2"), Some(&peering.requester));
    assert_eq!(far_side(&peering, "vpc-3"), None);
    for (destination, scope) in [
        ("10.1.0.0/16", PeerScope::Whole),
        ("10.0.0.0/8", PeerScope::Whole),
        ("10.2.3.0/24", PeerScope::Part),
        ("10.1.0.0/17", PeerScope::Part),
        ("0.0.0.0/0", PeerScope::Everything),
        ("fd00::/64", PeerScope::Unknown),
    ] {
        let found = peer_scope(&destination.parse().unwrap(), &peering.accepter);
        assert_eq!(found, scope, "{destination}");
    }
}
