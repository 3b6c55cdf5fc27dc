//! Route tables: which clients a subnet's answers reach through an internet gateway.
//!
//! VPC user guide, "Route priority": the longest prefix decides; among equals a static route comes before one of a prefix list, and
//! that before a propagated one. A route whose way is gone drops what it matches, and does not leave it to the next.

use std::collections::HashMap;

use awspect_inventory::{
    Fact as _, Reason, Region, Unknown,
    ec2::{
        Destination, InternetGateway, PrefixList, Route, RouteState, RouteTable, Subnet, Target,
    },
};
use ipnet::IpNet;

use super::{
    Bounds, Breadth, Family, Network,
    address::{Both, range},
    bounds::{Entry, Outcome, first_match},
    guard::entries,
    network::{Key, is_attached},
};

/// A route table, with its routes in the order in which they are tried.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) listed: &'a RouteTable,
    lines: Both<Vec<Line<'a>>>,
    to_internet: Both<Bounds>,
}

#[derive(Debug)]
struct Line<'a> {
    route: &'a Route,
    entry: Entry,
}

/// A route's range with what it is compared by: the shorter its prefix the later, then its kind.
struct Candidate<'a> {
    net: IpNet,
    rank: u8,
    route: &'a Route,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        table: &'a RouteTable,
        gateways: &HashMap<Key<'a>, &InternetGateway>,
        find: impl Fn(&'a Region, &'a str) -> Result<&'a PrefixList, Unknown>,
    ) -> Self {
        let (mut known, mut unread) = (vec![], vec![]);
        let in_table = |route: &&Route| route.state != RouteState::Filtered;
        for route in table.routes.iter().filter(in_table) {
            match &route.destination {
                Destination::Cidr(net) => {
                    let rank = if route.propagated { 2 } else { 0 };
                    known.push(Candidate { net: *net, rank, route });
                }
                Destination::PrefixList(id) => match entries(find(&table.region, id)) {
                    Ok(nets) => {
                        let candidate = |net| Candidate { net, rank: 1, route };
                        known.extend(nets.into_iter().map(candidate));
                    }
                    // A gateway endpoint's list holds the addresses of its service, and no client's.
                    Err(_) if matches!(route.target, Target::VpcEndpoint(_)) => (),
                    Err(why) => unread.push((route, why)),
                },
            }
        }
        known.sort_by_key(|it| (u8::MAX - it.net.prefix_len(), it.rank));
        let outcome = |route: &Route| outcome(table, route, gateways);
        let lines = Both::each(|family| {
            let own = known.iter().filter(|it| Family::of(&it.net) == family);
            let sure = own.map(|it| Line {
                route: it.route,
                entry: Entry { range: range(&it.net), doubt: None, outcome: outcome(it.route) },
            });
            let doubtful = unread.iter().filter_map(|(route, why)| {
                family.all().iter().next().map(|range| Line {
                    route,
                    entry: Entry { range, doubt: Some(why.clone()), outcome: outcome(route) },
                })
            });
            doubtful.chain(sure).collect::<Vec<_>>()
        });
        let to_internet =
            Both::each(|family| first_match(&lines.of(family).iter().map(|line| &line.entry)));
        Self { listed: table, lines, to_internet }
    }

    /// The addresses that are routed to an internet gateway of the table's VPC.
    pub(super) const fn to_internet(&self, family: Family) -> &Bounds {
        self.to_internet.of(family)
    }

    fn leads_out(&self) -> Result<bool, Unknown> {
        let [v4, v6] = Family::ALL.map(|it| self.to_internet(it).reaches(it, Breadth::Most));
        match (v4, v6) {
            (Ok(true), _) | (_, Ok(true)) => Ok(true),
            (Err(why), _) | (_, Err(why)) => Err(why),
            (Ok(false), Ok(false)) => Ok(false),
        }
    }

    /// The same, where what comes in is led through an appliance: its answers may go back through one.
    pub(super) fn by_appliance(&self, family: Family, why: &Unknown) -> Bounds {
        let entries: Vec<Entry> = self
            .lines
            .of(family)
            .iter()
            .map(|line| match &line.entry.outcome {
                Outcome::Stop if is_appliance(&line.route.target) && is_open(line.route) => {
                    Entry { outcome: Outcome::Perhaps(why.clone()), ..line.entry.clone() }
                }
                Outcome::Pass => {
                    Entry { outcome: Outcome::Perhaps(why.clone()), ..line.entry.clone() }
                }
                Outcome::Stop | Outcome::Perhaps(_) => line.entry.clone(),
            })
            .collect();
        first_match(&entries.iter())
    }

    /// The route that surely decides an address.
    pub(super) fn route(&self, family: Family, address: u128) -> Option<&'a Route> {
        let line = self.lines.of(family).iter().find(|line| {
            let (low, high) = line.entry.range;
            line.entry.doubt.is_none() && low <= address && address <= high
        });
        line.map(|line| line.route)
    }

    /// Whether packets that come in through a gateway by this table are led through an appliance.
    pub(super) fn diverts(&self, family: Family, address: u128) -> bool {
        self.route(family, address).is_some_and(|route| is_appliance(&route.target))
    }
}

/// Whether a route leads to an internet gateway of its VPC.
fn outcome(
    table: &RouteTable,
    route: &Route,
    gateways: &HashMap<Key<'_>, &InternetGateway>,
) -> Outcome {
    let Target::InternetGateway(id) = &route.target else { return Outcome::Stop };
    // AWS calls a route active only while its gateway is attached, so a gateway that was not listed needs no more looking at.
    let gateway = gateways.get(&(table.region.as_str(), id));
    let detached = gateway.is_some_and(|gateway| !is_attached(gateway, &table.vpc));
    match &route.state {
        RouteState::Active if !detached => Outcome::Pass,
        RouteState::Other(state) if !detached => Outcome::Perhaps(
            Unknown::new(RouteTable::ACTION, Reason::Undecided)
                .because(format!("a route is in the state `{state}`, which is not understood")),
        ),
        _ => Outcome::Stop,
    }
}

/// Whether a route is not known to drop what it matches.
fn is_open(route: &Route) -> bool {
    !matches!(route.state, RouteState::Blackhole | RouteState::Filtered)
}

/// What may hand packets on: a firewall's endpoint, or an interface or instance that routes.
const fn is_appliance(target: &Target) -> bool {
    matches!(target, Target::VpcEndpoint(_) | Target::Interface(_) | Target::Instance(_))
}

impl<'a> Network<'a> {
    /// The table that a subnet goes by.
    pub fn route_table(&self, subnet: &Subnet) -> Result<&'a RouteTable, Unknown> {
        self.table(&subnet.region, &subnet.vpc, &subnet.id).map(|table| table.listed)
    }

    /// Whether a subnet is a public one: what is for most of the Internet goes to an internet gateway, in either family.
    pub fn is_public(&self, subnet: &Subnet) -> Result<bool, Unknown> {
        self.table(&subnet.region, &subnet.vpc, &subnet.id)?.leads_out()
    }

    /// Whether a table leads most of the Internet's traffic to an internet gateway, in either family.
    pub(super) fn leads_out(&self, table: &RouteTable) -> Result<bool, Unknown> {
        let is_same =
            |own: &&Table<'_>| (&own.listed.region, &own.listed.id) == (&table.region, &table.id);
        self.tables.iter().find(is_same).map_or(Ok(false), Table::leads_out)
    }
}
