//! Whether there is a way from the Internet to an interface.
//!
//! A way needs a public address, no block above it, a route back to the client through an internet gateway, a security group that
//! lets the client in, and a network ACL that lets in the packet and lets out its answer. Load balancers and the like, which take
//! connections for others, are ways of their own and not looked at here.

use std::{borrow::Cow, net::IpAddr};

use awspect_inventory::{
    Fact as _, Reason, Unknown,
    ec2::{
        AclEntry, BlockPublicAccess, InterfaceStatus, Ipv6Attribute, NetworkAcl, NetworkInterface,
        Route, RouteTable, SecurityGroup, Subnet,
    },
};
use ipnet::IpNet;

use super::{
    Addresses, Bounds, Breadth, Family, Network, Owner, Ranges, Transport,
    address::number,
    filter::{self, Filter, echo_requests},
    guard,
    network::{gap, missing},
    ranges::pieces,
    routes::Table,
};

/// What is asked of an interface.
#[derive(Clone, Debug)]
pub struct Question {
    /// The protocol.
    pub transport: Transport,
    /// Ports, any of which will do.
    pub ports: Ranges<u16>,
    /// How many clients there must be at one port, at least.
    pub audience: Breadth,
}

/// Whether there is a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach<'a> {
    /// There is this one.
    Open(Box<Way<'a>>),
    /// There is none; of all addresses, this is the barrier that lies furthest in.
    Closed(Barrier<'a>),
    /// Only the missing fact would tell.
    Unknown(Unknown),
}

/// A way from the Internet, with all that lets it through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way<'a> {
    /// The address that clients see.
    pub public: IpAddr,
    /// The interface's own address, the same for IPv6.
    pub private: IpAddr,
    /// All ports of the question that are open to its audience.
    pub ports: Ranges<u16>,
    /// One of them.
    pub port: u16,
    /// All clients that reach this port.
    pub clients: Addresses,
    /// One of them.
    pub client: IpAddr,
    /// The table that the answer goes by, and the route that it takes.
    pub route: (&'a RouteTable, &'a Route),
    /// A group that lets the client in, and the place of the rule among its ingress permissions. None where the interface has no groups.
    pub group: Option<(&'a SecurityGroup, usize)>,
    /// The network ACL, and the entry that lets the packet in.
    pub ingress: (&'a NetworkAcl, &'a AclEntry),
    /// The entry that lets the answer out, where there is an answer.
    pub egress: Option<&'a AclEntry>,
}

/// What stands in the way, from the outside inwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barrier<'a> {
    /// Nothing is behind the interface.
    Unattached,
    /// A NAT gateway is behind it.
    NatGateway,
    /// It has no public address.
    NoPublicAddress,
    /// VPC Block Public Access.
    Block(&'a BlockPublicAccess),
    /// Its VPC has no internet gateway; of its routes nothing is known.
    NoGateway,
    /// The answer's routes.
    Routes(&'a RouteTable),
    /// Its security groups.
    Groups,
    /// The network ACL, on the way in.
    Ingress(&'a NetworkAcl),
    /// The network ACL, on the way out.
    Egress(&'a NetworkAcl),
}

impl Barrier<'_> {
    /// Of two, the one that lies further in: what is left when all before it is opened.
    pub(super) fn further(self, other: Option<Self>) -> Self {
        match other {
            Some(other) if other.depth() > self.depth() => other,
            _ => self,
        }
    }

    const fn depth(&self) -> u8 {
        match self {
            Self::Unattached | Self::NatGateway => 0,
            Self::NoPublicAddress => 1,
            Self::Block(_) => 2,
            Self::NoGateway | Self::Routes(_) => 3,
            Self::Groups => 4,
            Self::Ingress(_) => 5,
            Self::Egress(_) => 6,
        }
    }
}

/// An address of an interface that the Internet may know.
struct Standing {
    public: IpAddr,
    private: IpAddr,
    /// The fact that would tell whether it does.
    doubt: Option<Unknown>,
}

/// All that stands before an interface, for one address and protocol.
struct Course<'n, 'a> {
    family: Family,
    transport: Transport,
    table: Result<&'n Table<'a>, Unknown>,
    filter: Result<&'n Filter<'a>, Unknown>,
    /// `None` where the interface has no groups, which then stop nothing.
    groups: Option<Vec<guard::Line<'n, 'a>>>,
    /// Groups that nobody could read.
    unread: Option<Unknown>,
    ingress: Vec<filter::Line<'a>>,
}

impl<'a> Network<'a> {
    /// Whether any address of an interface can be reached.
    pub fn reach(&self, interface: &'a NetworkInterface, question: &Question) -> Reach<'a> {
        if interface.status == InterfaceStatus::Available {
            return Reach::Closed(Barrier::Unattached);
        }
        if Owner::of(interface) == Owner::NatGateway {
            return Reach::Closed(Barrier::NatGateway);
        }
        let (mut closed, mut unread) = (Barrier::NoPublicAddress, None);
        for family in Family::ALL {
            let standings = self.standings(interface, family);
            if standings.is_empty() {
                continue;
            }
            let course = self.course(interface, family, question.transport);
            for standing in &standings {
                match self.reach_address(interface, standing, &course, question) {
                    Reach::Open(way) => return Reach::Open(way),
                    Reach::Closed(barrier) if barrier.depth() > closed.depth() => closed = barrier,
                    Reach::Closed(_) => (),
                    Reach::Unknown(why) => unread = Some(why),
                }
            }
        }
        unread.map_or(Reach::Closed(closed), Reach::Unknown)
    }

    /// The clients on the Internet that reach one port of an interface, by any of its addresses of a family.
    pub fn clients(
        &self,
        interface: &'a NetworkInterface,
        family: Family,
        transport: Transport,
        port: u16,
    ) -> Bounds {
        let is_dead = interface.status == InterfaceStatus::Available
            || Owner::of(interface) == Owner::NatGateway;
        if is_dead {
            return Bounds::exactly(Addresses::empty());
        }
        let course = self.course(interface, family, transport);
        let by_address: Vec<Bounds> = self
            .standings(interface, family)
            .iter()
            .map(|standing| {
                let before = self.before(interface, standing, &course, Breadth::Nobody);
                let (before, _) =
                    before.unwrap_or_else(|_| (Bounds::exactly(Addresses::empty()), None));
                let inside = before.intersection(&course.guarded(port));
                inside.intersection(&course.entering(port)).intersection(&course.leaving(port))
            })
            .collect();
        Bounds::union(by_address.iter())
    }

    fn course<'n>(
        &'n self,
        interface: &'n NetworkInterface,
        family: Family,
        transport: Transport,
    ) -> Course<'n, 'a> {
        let region = &interface.region;
        let number = transport.number(family);
        let (mut lines, mut unread) = (vec![], None);
        for id in &interface.groups {
            match self.guards.get(&(region.as_str(), id.as_str())) {
                Some(guard) => lines.extend(guard.lines(family, Some(number))),
                None => unread = Some(missing(&self.ec2.security_groups, region, id)),
            }
        }
        let filter = self.filter(interface);
        let ingress = filter.as_ref().map_or_else(|_| vec![], |it| it.lines(false, family, number));
        Course {
            family,
            transport,
            table: self.table(region, &interface.vpc, &interface.subnet),
            filter,
            groups: (!interface.groups.is_empty()).then_some(lines),
            unread,
            ingress,
        }
    }

    fn subnet(&self, interface: &NetworkInterface) -> Result<&'a Subnet, Unknown> {
        let key = (interface.region.as_str(), interface.subnet.as_str());
        let found = self.subnets.get(&key).copied();
        found.ok_or_else(|| missing(&self.ec2.subnets, &interface.region, &interface.subnet))
    }

    /// The public addresses of an interface: translated ones for IPv4, its own for IPv6.
    fn standings(&self, interface: &NetworkInterface, family: Family) -> Vec<Standing> {
        if family == Family::V4 {
            let public = interface.addresses.iter().filter_map(|own| {
                let public = own.public.as_ref()?.address.into();
                Some(Standing { public, private: own.address.into(), doubt: None })
            });
            return public.collect();
        }
        let own = interface.ipv6.iter().copied();
        let delegated = interface.ipv6_prefixes.iter().map(ipnet::Ipv6Net::network);
        own.chain(delegated)
            .map(IpAddr::V6)
            .filter(|&address| family.public().contains(number(address)))
            .filter_map(|address| {
                let doubt = self.advertised(interface, address)?;
                Some(Standing { public: address, private: address, doubt })
            })
            .collect()
    }

    /// Whether AWS advertises an IPv6 address to the Internet: not where its subnet's range is a private one. `None` if not, and the
    /// reason of a doubt.
    #[expect(clippy::option_option, reason = "no, yes, and yes perhaps")]
    fn advertised(&self, interface: &NetworkInterface, address: IpAddr) -> Option<Option<Unknown>> {
        let subnet = match self.subnet(interface) {
            Ok(subnet) => subnet,
            Err(why) => return Some(Some(why)),
        };
        let holds = |cidr| IpNet::V6(cidr).contains(&address);
        let range = subnet.ipv6.iter().find(|range| holds(range.cidr));
        match range.and_then(|range| range.attribute.as_ref()) {
            None | Some(Ipv6Attribute::Public) => Some(None),
            Some(Ipv6Attribute::Private) => None,
            Some(Ipv6Attribute::Other(text)) => {
                let why = format!("the address attribute `{text}` is not understood");
                Some(Some(Unknown::new(Subnet::ACTION, Reason::Undecided).because(why)))
            }
        }
    }

    /// The clients that come as far as the security groups, and the table of their answers; or what stops them before.
    fn before<'n>(
        &self,
        interface: &NetworkInterface,
        standing: &Standing,
        course: &Course<'n, 'a>,
        audience: Breadth,
    ) -> Result<(Bounds, Option<&'n Table<'a>>), Barrier<'a>> {
        let family = course.family;
        let public = family.public().clone();
        let mut clients = match &standing.doubt {
            None => Bounds::exactly(public),
            Some(why) => Bounds::unknown(public, why.clone()),
        };
        match self.block(interface, self.subnet(interface).ok()) {
            Ok(None) => (),
            Ok(Some(block)) => return Err(Barrier::Block(block)),
            Err(why) => clients = clients.intersection(&Bounds::unknown(family.all(), why)),
        }
        let table = match &course.table {
            Ok(table) => *table,
            Err(_) if self.lacks_gateway(interface) => return Err(Barrier::NoGateway),
            Err(why) => {
                return Ok((
                    clients.intersection(&Bounds::unknown(family.all(), why.clone())),
                    None,
                ));
            }
        };
        let routed = match self.appliance(interface, standing, family) {
            Some(why) => clients.intersection(&table.by_appliance(family, &why)),
            None => clients.intersection(table.to_internet(family)),
        };
        if audience.reached(family, routed.possibly()) {
            Ok((routed, Some(table)))
        } else {
            Err(Barrier::Routes(table.listed))
        }
    }

    /// Why nobody knows whether an appliance takes the packets that come in for an address, where that is so.
    fn appliance(
        &self,
        interface: &NetworkInterface,
        standing: &Standing,
        family: Family,
    ) -> Option<Unknown> {
        let address = number(standing.private);
        let unseen = gap(&self.ec2.route_tables, &interface.region).cloned();
        unseen.or_else(|| {
            let mut edges = self.edge_tables(&interface.region, &interface.vpc);
            edges.any(|table| table.diverts(family, address)).then(|| {
                Unknown::new(RouteTable::ACTION, Reason::Undecided)
                    .because("the way in leads through an appliance")
            })
        })
    }

    fn reach_address(
        &self,
        interface: &NetworkInterface,
        standing: &Standing,
        course: &Course<'_, 'a>,
        question: &Question,
    ) -> Reach<'a> {
        let (family, audience) = (course.family, question.audience);
        let (before, table) = match self.before(interface, standing, course, audience) {
            Ok(known) => known,
            Err(barrier) => return Reach::Closed(barrier),
        };
        let (mut open, mut witness) = (vec![], None);
        let (mut closed, mut unread) = (Barrier::Groups, None);
        for ports in pieces(&question.ports, course.cuts()) {
            match course.judge(&before, ports.0, audience) {
                Ok(clients) => match clients.reaches(family, audience) {
                    Ok(true) => {
                        open.push(ports);
                        witness.get_or_insert((ports.0, clients));
                    }
                    Ok(false) => (),
                    Err(why) => unread = Some(why),
                },
                Err(barrier) if barrier.depth() > closed.depth() => closed = barrier,
                Err(_) => (),
            }
        }
        let way = witness.zip(table).and_then(|((port, clients), table)| {
            course.way(standing, table, open.into_iter().collect(), port, clients.surely())
        });
        match (way, unread) {
            (Some(way), _) => Reach::Open(Box::new(way)),
            (None, Some(why)) => Reach::Unknown(why),
            (None, None) => Reach::Closed(closed),
        }
    }
}

impl<'a> Course<'_, 'a> {
    /// Where rules, entries and the need of an answer change.
    fn cuts(&self) -> impl Iterator<Item = (u16, u16)> + '_ {
        let groups = self.groups.iter().flatten().map(|line| line.ports);
        let entries = self.ingress.iter().map(|line| line.ports);
        let echo = (self.transport == Transport::Icmp).then(|| echo_requests(self.family));
        groups.chain(entries).chain(echo)
    }

    /// The clients of those that came this far that reach a port and have their answer; or what stops them.
    fn judge(&self, before: &Bounds, port: u16, audience: Breadth) -> Result<Bounds, Barrier<'a>> {
        let lacks = |clients: &Bounds| !audience.reached(self.family, clients.possibly());
        let admitted = self.guarded(port);
        if lacks(&admitted) {
            return Err(Barrier::Groups);
        }
        let guarded = before.intersection(&admitted);
        if lacks(&guarded) {
            return Err(Barrier::Groups);
        }
        let Ok(filter) = &self.filter else {
            return Ok(guarded.intersection(&self.entering(port)));
        };
        let entering = guarded.intersection(&self.entering(port));
        if lacks(&entering) {
            return Err(Barrier::Ingress(filter.acl));
        }
        let leaving = entering.intersection(&self.leaving(port));
        if lacks(&leaving) { Err(Barrier::Egress(filter.acl)) } else { Ok(leaving) }
    }

    fn guarded(&self, port: u16) -> Cow<'_, Bounds> {
        let Some(groups) = &self.groups else {
            return Cow::Owned(Bounds::exactly(self.family.all()));
        };
        let known = guard::admitted(groups, port);
        match &self.unread {
            None => known,
            Some(why) => {
                let rest = Bounds::unknown(self.family.all(), why.clone());
                Cow::Owned(Bounds::union([known.as_ref(), &rest].into_iter()))
            }
        }
    }

    fn entering(&self, port: u16) -> Bounds {
        match &self.filter {
            Ok(_) => filter::admitted(&self.ingress, port),
            Err(why) => Bounds::unknown(self.family.all(), why.clone()),
        }
    }

    fn leaving(&self, port: u16) -> Bounds {
        match &self.filter {
            Ok(filter) => filter.replies(self.family, self.transport, port),
            Err(why) => Bounds::unknown(self.family.all(), why.clone()),
        }
    }

    /// The way of one client to one port. All its parts are there, for the client is one of those that surely come through.
    fn way(
        &self,
        standing: &Standing,
        table: &Table<'a>,
        ports: Ranges<u16>,
        port: u16,
        clients: &Addresses,
    ) -> Option<Way<'a>> {
        let (family, filter) = (self.family, self.filter.as_ref().ok()?);
        let client = clients.first()?;
        let lets_in = |line: &&guard::Line<'_, 'a>| {
            line.takes(port) && line.sources.surely().contains(client)
        };
        let group = self.groups.as_ref().and_then(|lines| lines.iter().find(lets_in));
        Some(Way {
            public: standing.public,
            private: standing.private,
            ports,
            port,
            clients: clients.clone(),
            client: family.address(client),
            route: (table.listed, table.route(family, client)?),
            group: group.map(|line| (line.group, line.index)),
            ingress: (filter.acl, filter::deciding(&self.ingress, port, client)?),
            egress: filter.reply_entry(family, self.transport, port, client),
        })
    }
}
