//! Facts for tests: what a test does not name is as AWS makes it.

use awspect_inventory::{
    Fact, Gap, Listed, Observed, Reason, Resource, Unknown,
    ec2::{
        AclAction, AclEntry, Attachment, BlockExclusion, BlockMode, BlockPublicAccess, Destination,
        Ec2, ExclusionMode, ExclusionState, GatewayAttachment, Instance, InstanceState,
        InterfaceKind, InterfaceStatus, InternetGateway, NetworkAcl, NetworkInterface, Permission,
        Ports, PrefixList, PrefixListEntries, PrefixListUse, PrivateAddress, Protocol,
        PublicAddress, Ranged, Route, RouteAssociation, RouteState, RouteTable, SecurityGroup,
        Subnet, Target, Vpc,
    },
};
use ipnet::IpNet;

pub(super) const HOME: &str = "eu-west-1";
pub(super) const ACCOUNT: &str = "111122223333";

/// Everything was listed, and there is nothing but the block, which is off.
pub(super) fn empty() -> Ec2 {
    let mut ec2 = Ec2 {
        instances: Listed::complete(vec![]),
        launch_templates: Listed::complete(vec![]),
        metadata_defaults: Listed::complete(vec![]),
        instance_connect_endpoints: Listed::complete(vec![]),
        security_groups: Listed::complete(vec![]),
        prefix_lists: Listed::complete(vec![]),
        network_interfaces: Listed::complete(vec![]),
        addresses: Listed::complete(vec![]),
        vpcs: Listed::complete(vec![]),
        subnets: Listed::complete(vec![]),
        route_tables: Listed::complete(vec![]),
        network_acls: Listed::complete(vec![]),
        internet_gateways: Listed::complete(vec![]),
        egress_only_gateways: Listed::complete(vec![]),
        peerings: Listed::complete(vec![]),
        endpoints: Listed::complete(vec![]),
        endpoint_services: Listed::complete(vec![]),
        flow_logs: Listed::complete(vec![]),
        block_public_access: Listed::complete(vec![]),
        block_exclusions: Listed::complete(vec![]),
    };
    ec2.block_public_access.found.push(block(HOME, BlockMode::Off));
    ec2
}

pub(super) fn arn(region: &str, resource: &str) -> awspect_inventory::Arn {
    format!("arn:aws:ec2:{region}:{ACCOUNT}:{resource}").parse().unwrap()
}

pub(super) fn exclusion(
    region: &str,
    resource: &str,
    mode: ExclusionMode,
    state: ExclusionState,
) -> BlockExclusion {
    BlockExclusion {
        arn: arn(region, "vpc-block-public-access-exclusion/vpcbpa-exclude-1"),
        id: "vpcbpa-exclude-1".to_owned(),
        region: region.parse().unwrap(),
        resource: arn(region, resource),
        mode,
        state,
        tags: [].into(),
    }
}

pub(super) fn block(region: &str, mode: BlockMode) -> BlockPublicAccess {
    BlockPublicAccess {
        arn: arn(region, "vpc-block-public-access-options"),
        id: region.to_owned(),
        region: region.parse().unwrap(),
        mode,
        state: None,
        exclusions_allowed: None,
        managed_by: None,
        tags: [].into(),
    }
}

/// What stands in place of a listing that was refused in a region.
pub(super) fn refused<T: Resource + Fact>(region: &str) -> Gap {
    Gap {
        arn: format!("arn:aws:ec2:{region}:{ACCOUNT}:*"),
        region: Some(region.parse().unwrap()),
        unknown: Unknown::new(T::ACTION, Reason::AccessDenied),
    }
}

/// A rule: protocol, ports, and sources, each a range or a prefix list.
pub(super) fn permission(protocol: &str, ports: (i32, i32), sources: &[&str]) -> Permission {
    let protocol = Protocol::from(protocol);
    let mut permission = Permission {
        ports: Ports::new(&protocol, Some(ports.0), Some(ports.1)),
        protocol,
        ipv4: vec![],
        ipv6: vec![],
        prefix_lists: vec![],
        groups: vec![],
    };
    for source in sources {
        match source.parse() {
            Ok(IpNet::V4(cidr)) => permission.ipv4.push(Ranged { cidr, description: None }),
            Ok(IpNet::V6(cidr)) => permission.ipv6.push(Ranged { cidr, description: None }),
            Err(_) => permission
                .prefix_lists
                .push(PrefixListUse { id: (*source).to_owned(), description: None }),
        }
    }
    permission
}

pub(super) fn group(id: &str, ingress: Vec<Permission>) -> SecurityGroup {
    group_in(HOME, id, ingress)
}

pub(super) fn group_in(region: &str, id: &str, ingress: Vec<Permission>) -> SecurityGroup {
    SecurityGroup {
        arn: arn(region, &format!("security-group/{id}")),
        id: id.to_owned(),
        region: region.parse().unwrap(),
        group_name: id.to_owned(),
        description: None,
        owner: Some(ACCOUNT.parse().unwrap()),
        vpc: Some("vpc-1".to_owned()),
        ingress,
        egress: vec![],
        tags: [].into(),
    }
}

pub(super) fn prefix_list(id: &str, entries: Option<&[&str]>) -> PrefixList {
    let ranged = |text: &&str| Ranged { cidr: text.parse().unwrap(), description: None };
    PrefixList {
        arn: arn(HOME, &format!("prefix-list/{id}")),
        id: id.to_owned(),
        region: HOME.parse().unwrap(),
        list_name: id.to_owned(),
        owner: Some(ACCOUNT.to_owned()),
        family: None,
        version: Some(1),
        entries: match entries {
            Some(entries) => Observed::Set(PrefixListEntries(entries.iter().map(ranged).collect())),
            None => {
                Observed::Unknown(Unknown::new(PrefixListEntries::ACTION, Reason::AccessDenied))
            }
        },
        tags: [].into(),
    }
}

/// An instance's interface; `public` stands for its first address.
pub(super) fn interface(
    region: &str,
    (vpc, subnet): (&str, &str),
    id: &str,
    groups: &[&str],
    public: Option<&str>,
) -> NetworkInterface {
    NetworkInterface {
        arn: arn(region, &format!("network-interface/{id}")),
        id: id.to_owned(),
        region: region.parse().unwrap(),
        owner: Some(ACCOUNT.parse().unwrap()),
        vpc: vpc.to_owned(),
        subnet: subnet.to_owned(),
        status: InterfaceStatus::InUse,
        kind: InterfaceKind::Interface,
        requester: None,
        requester_managed: false,
        description: None,
        attachment: Some(Attachment {
            instance: Some(format!("i-{id}")),
            instance_owner: Some(ACCOUNT.to_owned()),
            device_index: Some(0),
            status: Some("attached".to_owned()),
        }),
        groups: groups.iter().map(|&id| id.to_owned()).collect(),
        addresses: vec![PrivateAddress {
            address: "10.0.0.10".parse().unwrap(),
            primary: true,
            public: public.map(|address| PublicAddress {
                address: address.parse().unwrap(),
                owner: Some("amazon".to_owned()),
                allocation: None,
            }),
        }],
        ipv6: vec![],
        ipv6_prefixes: vec![],
        source_dest_check: true,
        tags: [].into(),
    }
}

pub(super) fn vpc(region: &str, id: &str) -> Vpc {
    Vpc {
        arn: arn(region, &format!("vpc/{id}")),
        id: id.to_owned(),
        region: region.parse().unwrap(),
        owner: Some(ACCOUNT.parse().unwrap()),
        default: false,
        state: Some("available".to_owned()),
        ipv4: vec!["10.0.0.0/16".parse().unwrap()],
        ipv6: vec![],
        internet_gateway_block: None,
        tags: [].into(),
    }
}

pub(super) fn subnet(region: &str, vpc: &str, id: &str) -> Subnet {
    Subnet {
        arn: arn(region, &format!("subnet/{id}")),
        id: id.to_owned(),
        region: region.parse().unwrap(),
        vpc: vpc.to_owned(),
        owner: Some(ACCOUNT.parse().unwrap()),
        zone: None,
        zone_id: None,
        default_for_zone: false,
        ipv4: Some("10.0.0.0/24".parse().unwrap()),
        ipv6: vec![],
        auto_assign_public_ipv4: false,
        auto_assign_ipv6: false,
        internet_gateway_block: None,
        tags: [].into(),
    }
}

pub(super) fn route(destination: &str, target: Target) -> Route {
    Route {
        destination: destination
            .parse()
            .map_or_else(|_| Destination::PrefixList(destination.to_owned()), Destination::Cidr),
        target,
        state: RouteState::Active,
        propagated: false,
    }
}

pub(super) fn igw(id: &str) -> Target {
    Target::InternetGateway(id.to_owned())
}

/// A route table; without subnets it is its VPC's main one.
pub(super) fn table(
    region: &str,
    vpc: &str,
    id: &str,
    subnets: &[&str],
    routes: Vec<Route>,
) -> RouteTable {
    let none = RouteAssociation { main: subnets.is_empty(), subnet: None, gateway: None };
    let own = subnets
        .iter()
        .map(|&subnet| RouteAssociation { subnet: Some(subnet.to_owned()), ..none.clone() });
    RouteTable {
        arn: arn(region, &format!("route-table/{id}")),
        id: id.to_owned(),
        region: region.parse().unwrap(),
        vpc: vpc.to_owned(),
        owner: Some(ACCOUNT.parse().unwrap()),
        routes,
        associations: if subnets.is_empty() { vec![none.clone()] } else { own.collect() },
        tags: [].into(),
    }
}

pub(super) fn gateway(region: &str, id: &str, vpc: Option<&str>) -> InternetGateway {
    let attached =
        |vpc: &str| GatewayAttachment { vpc: vpc.to_owned(), state: Some("available".to_owned()) };
    InternetGateway {
        arn: arn(region, &format!("internet-gateway/{id}")),
        id: id.to_owned(),
        region: region.parse().unwrap(),
        owner: Some(ACCOUNT.parse().unwrap()),
        attachments: vpc.map(attached).into_iter().collect(),
        tags: [].into(),
    }
}

/// An entry: number, direction, action, protocol, ports, range.
pub(super) fn entry(
    number: i32,
    egress: bool,
    action: AclAction,
    (protocol, from, to): (&str, i32, i32),
    cidr: &str,
) -> AclEntry {
    let protocol = Protocol::from(protocol);
    AclEntry {
        number,
        egress,
        action,
        ports: Ports::new(&protocol, Some(from), Some(to)),
        protocol,
        cidr: cidr.parse().unwrap(),
    }
}

/// The entries that AWS puts into every default network ACL.
pub(super) fn allow_all() -> Vec<AclEntry> {
    let mut entries = vec![];
    for egress in [false, true] {
        for (number, cidr) in [(100, "0.0.0.0/0"), (101, "::/0")] {
            entries.push(entry(number, egress, AclAction::Allow, ("-1", -1, -1), cidr));
            let last = if number == 100 { 32767 } else { 32768 };
            entries.push(entry(last, egress, AclAction::Deny, ("-1", -1, -1), cidr));
        }
    }
    entries
}

pub(super) fn acl(
    region: &str,
    vpc: &str,
    id: &str,
    subnets: &[&str],
    entries: Vec<AclEntry>,
) -> NetworkAcl {
    NetworkAcl {
        arn: arn(region, &format!("network-acl/{id}")),
        id: id.to_owned(),
        region: region.parse().unwrap(),
        vpc: vpc.to_owned(),
        owner: Some(ACCOUNT.parse().unwrap()),
        default: false,
        entries,
        subnets: subnets.iter().map(|&id| id.to_owned()).collect(),
        tags: [].into(),
    }
}

/// One VPC with one public subnet whose main table leads to its gateway, and a default network ACL.
pub(super) fn public_vpc(ec2: &mut Ec2, region: &str, n: u32) {
    let (vpc, net) = (format!("vpc-{n}"), format!("subnet-{n}"));
    ec2.subnets.found.push(subnet(region, &vpc, &net));
    let igw_id = format!("igw-{n}");
    ec2.internet_gateways.found.push(gateway(region, &igw_id, Some(&vpc)));
    let routes = vec![
        route("10.0.0.0/16", Target::Local),
        route("0.0.0.0/0", igw(&igw_id)),
        route("::/0", igw(&igw_id)),
    ];
    ec2.route_tables.found.push(table(region, &vpc, &format!("rtb-{n}"), &[], routes));
    ec2.network_acls.found.push(acl(region, &vpc, &format!("acl-{n}"), &[&net], allow_all()));
}

/// An instance that runs, with these interfaces.
pub(super) fn instance(region: &str, id: &str, interfaces: &[&str]) -> Instance {
    Instance {
        arn: arn(region, &format!("instance/{id}")),
        id: id.to_owned(),
        region: region.parse().unwrap(),
        state: InstanceState::Running,
        launched_at: None,
        platform: None,
        size: None,
        image: None,
        key_pair: None,
        profile: None,
        metadata: None,
        vpc: Some("vpc-1".to_owned()),
        subnet: Some("subnet-1".to_owned()),
        public_ipv4: vec![],
        ipv6: vec![],
        interfaces: interfaces.iter().map(|&id| id.to_owned()).collect(),
        tags: [].into(),
    }
}

/// An instance with a public address, in a public subnet, behind a group that opens SSH.
pub(super) fn exposed() -> Ec2 {
    let mut ec2 = empty();
    public_vpc(&mut ec2, HOME, 1);
    let open = permission("tcp", (22, 22), &["0.0.0.0/0", "::/0"]);
    ec2.security_groups.found.push(group("sg-1", vec![open]));
    let place = ("vpc-1", "subnet-1");
    let public = Some("52.1.2.3");
    ec2.network_interfaces.found.push(interface(HOME, place, "eni-1", &["sg-1"], public));
    ec2
}
