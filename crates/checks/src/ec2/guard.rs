//! Security groups: whom they let in to which ports.
//!
//! VPC user guide, "Security group rules": rules only allow, the rules of all groups of an interface are united, and what is let in
//! may answer.

use std::borrow::Cow;

use awspect_inventory::{
    Fact as _, Observed, Reason, Region, Unknown,
    ec2::{Permission, PrefixList, PrefixListEntries, SecurityGroup},
};
use ipnet::IpNet;

use super::{
    Addresses, Bounds, Breadth, Family, Network, Ranges, Transport,
    address::{Both, range},
    network::missing,
    ranges::pieces,
    transport::Taken,
};

/// A security group, with the addresses of its rules as sets.
#[derive(Debug)]
pub(super) struct Guard<'a> {
    pub(super) group: &'a SecurityGroup,
    clauses: Vec<Clause<'a>>,
}

#[derive(Debug)]
struct Clause<'a> {
    permission: &'a Permission,
    sources: Both<Bounds>,
}

/// A rule as far as it concerns one protocol.
#[derive(Clone, Debug)]
pub(super) struct Line<'g, 'a> {
    pub(super) group: &'a SecurityGroup,
    /// The place among the group's permissions.
    pub(super) index: usize,
    pub(super) ports: (u16, u16),
    pub(super) sources: Cow<'g, Bounds>,
}

impl<'a> Guard<'a> {
    pub(super) fn new(
        group: &'a SecurityGroup,
        find: impl Fn(&'a Region, &'a str) -> Result<&'a PrefixList, Unknown>,
    ) -> Self {
        let find = |id| find(&group.region, id);
        let clause = |permission: &'a Permission| Clause {
            permission,
            sources: Both::each(|family| sources(permission, family, find)),
        };
        Self { group, clauses: group.ingress.iter().map(clause).collect() }
    }

    /// The rules that let in packets of a protocol, or of all protocols at once.
    pub(super) fn lines(
        &self,
        family: Family,
        number: Option<u8>,
    ) -> impl Iterator<Item = Line<'_, 'a>> {
        self.clauses.iter().enumerate().filter_map(move |(index, clause)| {
            let sources = clause.sources.of(family);
            if sources.possibly().is_empty() {
                return None;
            }
            let taken = Taken::of(&clause.permission.protocol, &clause.permission.ports, number);
            let sources = match taken {
                Taken::Perhaps => {
                    let why = Unknown::new(SecurityGroup::ACTION, Reason::Undecided)
                        .because("a rule's protocol or ports are not understood");
                    Cow::Owned(Bounds::unknown(sources.possibly().clone(), why))
                }
                Taken::Nothing | Taken::Ports(..) => Cow::Borrowed(sources),
            };
            Some(Line { group: self.group, index, ports: taken.widest()?, sources })
        })
    }
}

/// The addresses that a rule lets in. Those behind another group are private ones of VPCs, and no clients on the Internet.
fn sources<'a>(
    permission: &'a Permission,
    family: Family,
    find: impl Fn(&'a str) -> Result<&'a PrefixList, Unknown>,
) -> Bounds {
    let cidrs = |nets: &mut dyn Iterator<Item = IpNet>| -> Addresses {
        nets.filter(|net| Family::of(net) == family).map(|net| range(&net)).collect()
    };
    let v4 = permission.ipv4.iter().map(|it| IpNet::V4(it.cidr));
    let v6 = permission.ipv6.iter().map(|it| IpNet::V6(it.cidr));
    let own = Bounds::exactly(cidrs(&mut v4.chain(v6)));
    if permission.prefix_lists.is_empty() {
        return own;
    }
    let listed = permission.prefix_lists.iter().map(|list| match entries(find(&list.id)) {
        Ok(entries) => Bounds::exactly(cidrs(&mut entries.iter().copied())),
        Err(why) => Bounds::unknown(family.all(), why),
    });
    let all: Vec<Bounds> = listed.chain([own]).collect();
    Bounds::union(all.iter())
}

/// What is in a prefix list.
pub(super) fn entries(list: Result<&PrefixList, Unknown>) -> Result<Vec<IpNet>, Unknown> {
    match &list?.entries {
        Observed::Set(PrefixListEntries(entries)) => {
            Ok(entries.iter().map(|entry| entry.cidr).collect())
        }
        Observed::NotSet => Ok(vec![]),
        Observed::Unknown(why) => Err(why.clone()),
    }
}

/// The clients that any of these rules lets in to a port.
pub(super) fn admitted<'l>(lines: &'l [Line<'_, '_>], port: u16) -> Cow<'l, Bounds> {
    let mut own = lines.iter().filter(|line| line.takes(port)).map(|line| line.sources.as_ref());
    // Most ports are named by one rule, if by any.
    match (own.next(), own.next()) {
        (None, _) => Cow::Owned(Bounds::exactly(Addresses::empty())),
        (Some(only), None) => Cow::Borrowed(only),
        (Some(first), Some(second)) => {
            Cow::Owned(Bounds::union([first, second].into_iter().chain(own)))
        }
    }
}

impl Line<'_, '_> {
    pub(super) const fn takes(&self, port: u16) -> bool {
        self.ports.0 <= port && port <= self.ports.1
    }
}

/// What a question about a group is about.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'q> {
    /// Any of these ports of one protocol.
    Ports(Transport, &'q Ranges<u16>),
    /// All ports of all protocols at once.
    Everything,
}

impl Scope<'_> {
    fn number(self, family: Family) -> Option<u8> {
        match self {
            Self::Ports(transport, _) => Some(transport.number(family)),
            Self::Everything => None,
        }
    }

    fn ports(&self) -> Cow<'_, Ranges<u16>> {
        match self {
            Self::Ports(_, ports) => Cow::Borrowed(*ports),
            Self::Everything => Cow::Owned(Ranges::of(0, 0)),
        }
    }
}

/// Ports that a group opens to the same clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The clients' family.
    pub family: Family,
    /// The ports, both ends included; of `Scope::Everything` it says nothing.
    pub ports: (u16, u16),
    /// The clients, private addresses among them.
    pub clients: Addresses,
    /// The rules that let them in, as places among the group's ingress permissions.
    pub permissions: Vec<usize>,
}

impl Network<'_> {
    /// What of a scope a group opens to an audience as broad as this at least.
    ///
    /// Nothing, if it opens none of it; an error if only the missing fact would tell.
    pub fn opened(
        &self,
        group: &SecurityGroup,
        scope: Scope<'_>,
        audience: Breadth,
    ) -> Result<Vec<Opening>, Unknown> {
        let (mut openings, mut unread) = (vec![], None);
        for family in Family::ALL {
            self.open_in(group, scope, family, |ports, lines, bounds| {
                match bounds.reaches(family, audience) {
                    Ok(true) => join(&mut openings, opening(family, ports, lines, bounds)),
                    Ok(false) => (),
                    Err(why) => unread = Some(why),
                }
            })?;
        }
        match unread {
            Some(why) if openings.is_empty() => Err(why),
            _ => Ok(openings),
        }
    }

    /// Whether a group opens all of these ports, in one family, to an audience as broad as this at least.
    pub fn opened_throughout(
        &self,
        group: &SecurityGroup,
        scope: Scope<'_>,
        audience: Breadth,
    ) -> Result<bool, Unknown> {
        let mut unread = None;
        for family in Family::ALL {
            let mut worst = Ok(true);
            self.open_in(group, scope, family, |_, _, bounds| {
                match bounds.reaches(family, audience) {
                    Ok(false) => worst = Ok(false),
                    Err(why) if worst == Ok(true) => worst = Err(why),
                    Ok(true) | Err(_) => (),
                }
            })?;
            match worst {
                Ok(true) => return Ok(true),
                Ok(false) => (),
                Err(why) => unread = Some(why),
            }
        }
        unread.map_or(Ok(false), Err)
    }

    /// Calls for every class of ports in the scope.
    fn open_in(
        &self,
        group: &SecurityGroup,
        scope: Scope<'_>,
        family: Family,
        mut call: impl FnMut((u16, u16), &[Line<'_, '_>], &Bounds),
    ) -> Result<(), Unknown> {
        let key = (group.region.as_str(), group.id.as_str());
        let guard = self
            .guards
            .get(&key)
            .ok_or_else(|| missing(&self.ec2.security_groups, &group.region, &group.id))?;
        let lines: Vec<_> = guard.lines(family, scope.number(family)).collect();
        for ports in pieces(&scope.ports(), lines.iter().map(|line| line.ports)) {
            call(ports, &lines, &admitted(&lines, ports.0));
        }
        Ok(())
    }
}

fn opening(family: Family, ports: (u16, u16), lines: &[Line<'_, '_>], bounds: &Bounds) -> Opening {
    let mut permissions: Vec<usize> = lines
        .iter()
        .filter(|line| line.takes(ports.0) && !line.sources.surely().is_empty())
        .map(|line| line.index)
        .collect();
    permissions.dedup();
    Opening { family, ports, clients: bounds.surely().clone(), permissions }
}

/// Adds an opening; one that only goes on with the last is made one with it.
fn join(openings: &mut Vec<Opening>, next: Opening) {
    match openings.last_mut() {
        Some(last)
            if last.family == next.family
                && last.ports.1.checked_add(1) == Some(next.ports.0)
                && last.permissions == next.permissions =>
        {
            last.ports.1 = next.ports.1;
        }
        _ => openings.push(next),
    }
}
