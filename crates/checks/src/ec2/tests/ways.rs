//! Ways from the Internet, and what stops them.

use awspect_inventory::{
    Resource as _,
    ec2::{
        AclAction, BlockMode, BlockPublicAccess, Ec2, ExclusionMode, ExclusionState, InterfaceKind,
        InterfaceStatus, Ipv6Attribute, Ipv6Range, NetworkAcl, PrivateAddress, PublicAddress,
        RouteAssociation, RouteState, RouteTable, SecurityGroup, Target, Vpc,
    },
};

use super::world::{
    ACCOUNT, HOME, acl, allow_all, block, entry, exclusion, exposed, gateway, group, igw,
    interface, permission, prefix_list, refused, route, subnet, table, vpc,
};
use crate::ec2::{Balancer, Barrier, Breadth, Network, Owner, Question, Ranges, Reach, Transport};

const PUBLIC: Option<&str> = Some("52.1.2.3");

fn question(port: u16) -> Question {
    Question { transport: Transport::Tcp, ports: Ranges::of(port, port), audience: Breadth::Most }
}

/// What is said of the first interface, in a word and a name.
fn verdict(ec2: &Ec2) -> String {
    let network = Network::new(ec2);
    match network.reach(&ec2.network_interfaces.found[0], &question(22)) {
        Reach::Open(_) => "open".to_owned(),
        Reach::Unknown(why) => why.action.to_string(),
        Reach::Closed(barrier) => match barrier {
            Barrier::Unattached => "unattached".to_owned(),
            Barrier::NatGateway => "nat".to_owned(),
            Barrier::NoPublicAddress => "no address".to_owned(),
            Barrier::Block(_) => "block".to_owned(),
            Barrier::NoGateway => "no gateway".to_owned(),
            Barrier::Routes(table) => table.name().to_owned(),
            Barrier::Groups => "groups".to_owned(),
            Barrier::Ingress(acl) => format!("{} in", acl.name()),
            Barrier::Egress(acl) => format!("{} out", acl.name()),
        },
    }
}

/// What a test changes.
type Change = fn(&mut Ec2);

/// What is said after a change to the exposed instance's surroundings.
fn after(change: impl FnOnce(&mut Ec2)) -> String {
    let mut ec2 = exposed();
    change(&mut ec2);
    verdict(&ec2)
}

#[test]
fn a_way_names_all_that_it_goes_through() {
    let ec2 = exposed();
    let network = Network::new(&ec2);
    let asked = Question { ports: Ranges::of(1, 1000), ..question(22) };
    let Reach::Open(way) = network.reach(&ec2.network_interfaces.found[0], &asked) else {
        panic!("there is a way");
    };
    assert_eq!(way.public.to_string(), "52.1.2.3");
    assert_eq!(way.private.to_string(), "10.0.0.10");
    assert_eq!((way.port, &way.ports), (22, &Ranges::of(22, 22)));
    assert_eq!(way.client.to_string(), "1.0.0.0");
    assert_eq!((way.route.0.name(), &way.route.1.target), ("rtb-1", &igw("igw-1")));
    assert_eq!(way.group.map(|(group, rule)| (group.name(), rule)), Some(("sg-1", 0)));
    assert_eq!((way.ingress.0.name(), way.ingress.1.number), ("acl-1", 100));
    assert_eq!(way.egress.map(|entry| entry.number), Some(100));
}

#[test]
fn each_part_of_the_way_can_stop_it() {
    assert_eq!(after(|_| ()), "open");
    assert_eq!(after(|it| it.network_interfaces.found[0].addresses[0].public = None), "no address");
    assert_eq!(
        after(|it| it.network_interfaces.found[0].status = InterfaceStatus::Available),
        "unattached"
    );
    assert_eq!(after(|it| it.network_interfaces.found[0].kind = InterfaceKind::NatGateway), "nat");
    assert_eq!(after(|it| it.route_tables.found[0].routes.truncate(1)), "rtb-1");
    assert_eq!(
        after(|it| it.route_tables.found[0].routes[1].state = RouteState::Blackhole),
        "rtb-1"
    );
    assert_eq!(after(|it| it.internet_gateways.found[0].attachments.clear()), "rtb-1");
    assert_eq!(after(|it| it.security_groups.found[0].ingress.clear()), "groups");
    assert_eq!(
        after(|it| it.network_acls.found[0].entries.retain(|entry| entry.egress)),
        "acl-1 in"
    );
    assert_eq!(
        after(|it| it.network_acls.found[0].entries.retain(|entry| !entry.egress)),
        "acl-1 out"
    );
}

#[test]
fn an_answer_needs_one_port_that_clients_choose() {
    let out = |from, to| {
        after(|it| {
            let acl = &mut it.network_acls.found[0];
            acl.entries.retain(|entry| !entry.egress);
            let answer = ("tcp", from, to);
            acl.entries.push(entry(100, true, AclAction::Allow, answer, "0.0.0.0/0"));
        })
    };
    assert_eq!(out(1024, 65535), "open");
    assert_eq!(out(60000, 60000), "open");
    assert_eq!(out(0, 1023), "acl-1 out");
}

#[test]
fn narrow_denies_leave_the_internet_open() {
    let denied = |ranges: &[&str]| {
        after(|it| {
            let acl = &mut it.network_acls.found[0];
            for (number, range) in (1..).zip(ranges) {
                acl.entries.push(entry(number, false, AclAction::Deny, ("tcp", 22, 22), range));
            }
        })
    };
    assert_eq!(denied(&["8.8.8.8/32"]), "open");
    assert_eq!(denied(&["0.0.0.0/1", "128.0.0.0/1"]), "acl-1 in");
}

#[test]
fn groups_are_united() {
    let half = |range| permission("tcp", (22, 22), &[range]);
    assert_eq!(
        after(|it| {
            it.security_groups.found = vec![
                group("sg-1", vec![half("0.0.0.0/1")]),
                group("sg-2", vec![half("128.0.0.0/1")]),
            ];
            it.network_interfaces.found[0].groups = vec!["sg-1".to_owned(), "sg-2".to_owned()];
        }),
        "open"
    );
}

#[test]
fn an_ipv6_address_is_public_too() {
    let six = |attribute: Option<Ipv6Attribute>, address: &str| {
        after(|it| {
            let interface = &mut it.network_interfaces.found[0];
            interface.addresses[0].public = None;
            interface.ipv6 = vec![address.parse().unwrap()];
            let cidr = "2600:1f16::/64".parse().unwrap();
            it.subnets.found[0].ipv6 = vec![Ipv6Range { cidr, attribute }];
        })
    };
    assert_eq!(six(None, "2600:1f16::a"), "open");
    assert_eq!(six(Some(Ipv6Attribute::Public), "2600:1f16::a"), "open");
    assert_eq!(six(Some(Ipv6Attribute::Private), "2600:1f16::a"), "no address");
    assert_eq!(six(None, "fd00::a"), "no address");
    assert_eq!(
        after(|it| {
            let interface = &mut it.network_interfaces.found[0];
            interface.addresses[0].public = None;
            interface.ipv6 = vec!["2600:1f16::a".parse().unwrap()];
            let out = Target::EgressOnlyGateway("eigw-1".to_owned());
            it.route_tables.found[0].routes[2] = route("::/0", out);
        }),
        "rtb-1"
    );
}

#[test]
fn a_secondary_address_is_an_address() {
    assert_eq!(
        after(|it| {
            let interface = &mut it.network_interfaces.found[0];
            interface.addresses[0].public = None;
            interface.addresses.push(PrivateAddress {
                address: "10.0.0.11".parse().unwrap(),
                primary: false,
                public: Some(PublicAddress {
                    address: "52.1.2.4".parse().unwrap(),
                    owner: Some(ACCOUNT.to_owned()),
                    allocation: Some("eipalloc-1".to_owned()),
                }),
            });
        }),
        "open"
    );
}

#[test]
fn a_subnet_goes_by_the_main_table_of_its_own_vpc() {
    // A private VPC beside a default one, in the same region, listed in either order; and a region of the same names.
    let mut ec2 = exposed();
    let private = route("10.1.0.0/16", Target::Local);
    ec2.subnets.found.push(subnet(HOME, "vpc-2", "subnet-2"));
    ec2.route_tables.found.push(table(HOME, "vpc-2", "rtb-2", &[], vec![private.clone()]));
    ec2.network_acls.found.push(acl(HOME, "vpc-2", "acl-2", &["subnet-2"], allow_all()));
    let place = ("vpc-2", "subnet-2");
    ec2.network_interfaces.found.push(interface(HOME, place, "eni-2", &["sg-1"], PUBLIC));
    ec2.block_public_access.found.push(block("us-east-1", BlockMode::Off));
    ec2.subnets.found.push(subnet("us-east-1", "vpc-1", "subnet-1"));
    ec2.route_tables.found.push(table("us-east-1", "vpc-1", "rtb-3", &[], vec![private]));
    for _ in 0..2 {
        ec2.route_tables.found.reverse();
        let network = Network::new(&ec2);
        let public: Vec<bool> =
            ec2.subnets.found.iter().map(|subnet| network.is_public(subnet).unwrap()).collect();
        assert_eq!(public, [true, false, false]);
        let of = |at: usize| network.route_table(&ec2.subnets.found[at]).unwrap().name();
        assert_eq!([of(0), of(1), of(2)], ["rtb-1", "rtb-2", "rtb-3"]);
        let second = network.reach(&ec2.network_interfaces.found[1], &question(22));
        assert!(matches!(second, Reach::Closed(Barrier::Routes(table)) if table.name() == "rtb-2"));
    }
}

#[test]
fn an_own_table_comes_before_the_main_one() {
    assert_eq!(
        after(|it| {
            let local = vec![route("10.0.0.0/16", Target::Local)];
            it.route_tables.found.push(table(HOME, "vpc-1", "rtb-9", &["subnet-1"], local));
        }),
        "rtb-9"
    );
}

#[test]
fn the_longest_prefix_decides_where_clients_are() {
    let routed = |routes| after(|it| it.route_tables.found[0].routes = routes);
    let vpn = || Target::VpnGateway("vgw-1".to_owned());
    let whole = || route("0.0.0.0/0", igw("igw-1"));
    assert_eq!(routed(vec![whole(), route("8.0.0.0/8", vpn())]), "open");
    assert_eq!(
        routed(vec![whole(), route("0.0.0.0/1", vpn()), route("128.0.0.0/1", vpn())]),
        "rtb-1"
    );
    assert_eq!(
        routed(vec![route("0.0.0.0/1", igw("igw-1")), route("128.0.0.0/1", igw("igw-1"))]),
        "open"
    );
    let propagated =
        awspect_inventory::ec2::Route { propagated: true, ..route("0.0.0.0/0", vpn()) };
    assert_eq!(routed(vec![propagated, whole()]), "open");
}

#[test]
fn the_block_stops_what_it_does_not_leave_out() {
    let excluded = |resource: &str, mode, state| {
        after(|it| {
            it.block_public_access.found = vec![block(HOME, BlockMode::Ingress)];
            it.block_exclusions.found.push(exclusion(HOME, resource, mode, state));
        })
    };
    let done = || ExclusionState::CreateComplete;
    assert_eq!(excluded("vpc/vpc-1", ExclusionMode::Bidirectional, done()), "open");
    assert_eq!(excluded("subnet/subnet-1", ExclusionMode::Bidirectional, done()), "open");
    assert_eq!(excluded("vpc/vpc-1", ExclusionMode::Egress, done()), "block");
    assert_eq!(excluded("vpc/vpc-2", ExclusionMode::Bidirectional, done()), "block");
    let (both, gone) = (ExclusionMode::Bidirectional, ExclusionState::DeleteComplete);
    assert_eq!(excluded("vpc/vpc-1", both.clone(), gone), "block");
    assert_eq!(
        excluded("vpc/vpc-1", both, ExclusionState::DeleteInProgress),
        "ec2:DescribeVpcBlockPublicAccessExclusions"
    );
    for mode in [BlockMode::Bidirectional, BlockMode::Ingress] {
        assert_eq!(after(|it| it.block_public_access.found = vec![block(HOME, mode)]), "block");
    }
}

#[test]
fn an_appliance_in_the_way_leaves_it_open() {
    let firewall = || Target::VpcEndpoint("vpce-1".to_owned());
    let edge = |it: &mut Ec2| {
        let mut edge =
            table(HOME, "vpc-1", "rtb-edge", &[], vec![route("10.0.0.0/24", firewall())]);
        let gateway = Some("igw-1".to_owned());
        edge.associations = vec![RouteAssociation { main: false, subnet: None, gateway }];
        it.route_tables.found.push(edge);
        it.internet_gateways.found.push(gateway_of_another());
    };
    let by_firewall = |it: &mut Ec2| it.route_tables.found[0].routes[1].target = firewall();
    assert_eq!(after(by_firewall), "rtb-1");
    assert_eq!(after(edge), "ec2:DescribeRouteTables");
    assert_eq!(
        after(|it| {
            edge(it);
            by_firewall(it);
        }),
        "ec2:DescribeRouteTables"
    );
}

fn gateway_of_another() -> awspect_inventory::ec2::InternetGateway {
    gateway(HOME, "igw-9", Some("vpc-9"))
}

#[test]
fn a_missing_fact_matters_only_where_nothing_else_stops_the_way() {
    let no_rules = |it: &mut Ec2| it.security_groups.found[0].ingress.clear();
    let hidden: [(&str, Change); 5] = [
        ("ec2:DescribeNetworkAcls", |it| {
            it.network_acls.found.clear();
            it.network_acls.gaps.push(refused::<NetworkAcl>(HOME));
        }),
        ("ec2:DescribeRouteTables", |it| {
            it.route_tables.found.clear();
            it.route_tables.gaps.push(refused::<RouteTable>(HOME));
        }),
        ("ec2:DescribeVpcBlockPublicAccessOptions", |it| {
            it.block_public_access.found.clear();
            it.block_public_access.gaps.push(refused::<BlockPublicAccess>(HOME));
        }),
        ("ec2:GetManagedPrefixListEntries", |it| {
            it.prefix_lists.found.push(prefix_list("pl-1", None));
            let unread = route("pl-1", Target::TransitGateway("tgw-1".to_owned()));
            it.route_tables.found[0].routes.push(unread);
        }),
        ("open", |it| {
            it.internet_gateways.found.clear();
            it.network_acls.gaps.push(refused::<NetworkAcl>("us-east-1"));
        }),
    ];
    for (answer, hide) in hidden {
        assert_eq!(after(hide), answer);
        assert_eq!(
            after(|it| {
                no_rules(it);
                hide(it);
            }),
            "groups"
        );
    }
    let hide_groups = |it: &mut Ec2| {
        it.security_groups.found.clear();
        it.security_groups.gaps.push(refused::<SecurityGroup>(HOME));
    };
    assert_eq!(after(hide_groups), "ec2:DescribeSecurityGroups");
    assert_eq!(
        after(|it| {
            hide_groups(it);
            it.route_tables.found[0].routes.truncate(1);
        }),
        "rtb-1"
    );
}

#[test]
fn no_routes_are_needed_to_see_that_there_is_no_gateway() {
    let no_gateway = |vpcs: Vec<Vpc>| {
        after(|it| {
            it.route_tables.found.clear();
            it.route_tables.gaps.push(refused::<RouteTable>(HOME));
            it.internet_gateways.found.clear();
            it.vpcs.found = vpcs;
        })
    };
    let shared = Vpc { owner: Some("444455556666".parse().unwrap()), ..vpc(HOME, "vpc-1") };
    assert_eq!(no_gateway(vec![vpc(HOME, "vpc-1")]), "no gateway");
    assert_eq!(no_gateway(vec![shared]), "ec2:DescribeRouteTables");
    assert_eq!(no_gateway(vec![]), "ec2:DescribeRouteTables");
}

#[test]
fn a_group_beside_an_unread_one_may_be_enough() {
    assert_eq!(
        after(|it| {
            it.network_interfaces.found[0].groups.push("sg-9".to_owned());
            it.security_groups.gaps.push(refused::<SecurityGroup>(HOME));
        }),
        "open"
    );
}

#[test]
fn aws_tells_by_the_subnet_that_nothing_is_blocked() {
    assert_eq!(
        after(|it| {
            it.block_public_access.found.clear();
            it.subnets.found[0].internet_gateway_block = Some(BlockMode::Off);
        }),
        "open"
    );
}

#[test]
fn an_endpoint_s_list_holds_no_clients() {
    assert_eq!(
        after(|it| {
            it.prefix_lists.found.push(prefix_list("pl-s3", None));
            let s3 = route("pl-s3", Target::VpcEndpoint("vpce-1".to_owned()));
            it.route_tables.found[0].routes.push(s3);
        }),
        "open"
    );
}

#[test]
fn a_ping_needs_its_answer_and_other_messages_do_not() {
    let mut ec2 = exposed();
    let all = permission("icmp", (-1, -1), &["0.0.0.0/0"]);
    ec2.security_groups.found[0].ingress = vec![all];
    ec2.network_acls.found[0].entries.retain(|entry| !entry.egress);
    let network = Network::new(&ec2);
    let ask = |kind| {
        let port = Transport::icmp(kind, 0);
        let asked = Question { transport: Transport::Icmp, ..question(port) };
        matches!(network.reach(&ec2.network_interfaces.found[0], &asked), Reach::Open(_))
    };
    assert_eq!([ask(8), ask(13)], [false, true]);
}

#[test]
fn an_interface_tells_its_owner() {
    let ec2 = exposed();
    let own = &ec2.network_interfaces.found[0];
    assert_eq!(Owner::of(own), Owner::Instance("i-eni-1".to_owned()));
    let signed = |description: &str, requester: &str, kind, managed| {
        let mut interface = own.clone();
        interface.attachment = None;
        interface.description = Some(description.to_owned());
        interface.requester = Some(requester.to_owned());
        interface.requester_managed = managed;
        interface.kind = kind;
        Owner::of(&interface)
    };
    let plain = || InterfaceKind::Interface;
    for (owner, is) in [
        (
            signed("ELB app/web/1", "amazon-elb", plain(), true),
            Owner::LoadBalancer(Balancer::Application),
        ),
        (signed("ELB web", "amazon-elb", plain(), true), Owner::LoadBalancer(Balancer::Classic)),
        (
            signed("ELB net/x/1", "x", InterfaceKind::NetworkLoadBalancer, true),
            Owner::LoadBalancer(Balancer::Network),
        ),
        (signed("RDSNetworkInterface", "amazon-rds", plain(), true), Owner::Rds),
        (signed("", "amazon-rds", plain(), true), Owner::Rds),
        (signed("AWS Lambda VPC ENI-f-1", "x", plain(), true), Owner::Lambda),
        (signed("EFS mount target for fs-1 (fsmt-1)", "x", plain(), true), Owner::Efs),
        (signed("arn:aws-cn:ecs:x:y:attachment/z", "x", plain(), true), Owner::Ecs),
        (signed("DAX", "amazon-dax", plain(), true), Owner::Service("amazon-dax".to_owned())),
        (signed("", "x", InterfaceKind::TransitGateway, true), Owner::TransitGateway),
        // A description that anybody may write proves nothing.
        (signed("ELB app/web/1", "x", plain(), false), Owner::Nobody),
    ] {
        assert_eq!(owner, is);
    }
}
