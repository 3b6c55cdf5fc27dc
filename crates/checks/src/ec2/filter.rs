//! Network ACLs: what they let in and out, by their entries' order.
//!
//! VPC user guide, "Network ACL rules": rules are evaluated from the lowest number, and the first that matches decides. A network
//! ACL remembers nothing, so an answer needs a rule of its own, and goes to a port that the client chose.

use super::{
    Addresses, Bounds, Breadth, Family, Network, Ranges, Transport,
    address::{Both, range},
    bounds::{Entry, first_match},
    ranges::pieces,
    transport::Taken,
};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    ec2::{AclAction, AclEntry, NetworkAcl},
};

/// The ports that clients choose for themselves (VPC user guide, "Ephemeral ports"): those of any system together.
const EPHEMERAL: (u16, u16) = (1024, u16::MAX);

/// A network ACL, its entries in order, and whom it lets answer.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    pub(super) acl: &'a NetworkAcl,
    entries: Vec<&'a AclEntry>,
    tcp: Both<Bounds>,
    udp: Both<Bounds>,
}

/// An entry as far as it concerns one protocol, direction and family.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    pub(super) acl_entry: &'a AclEntry,
    pub(super) ports: (u16, u16),
    entry: Entry,
}

impl<'a> Filter<'a> {
    pub(super) fn new(acl: &'a NetworkAcl) -> Self {
        let mut entries: Vec<&AclEntry> = acl.entries.iter().collect();
        entries.sort_by_key(|entry| entry.number);
        let nobody = || Both::each(|_| Bounds::exactly(Addresses::empty()));
        let mut filter = Self { acl, entries, tcp: nobody(), udp: nobody() };
        filter.tcp = Both::each(|family| filter.answers(family, Transport::Tcp));
        filter.udp = Both::each(|family| filter.answers(family, Transport::Udp));
        filter
    }

    /// The entries that may match a packet of a protocol, in order.
    pub(super) fn lines(&self, egress: bool, family: Family, number: u8) -> Vec<Line<'a>> {
        let concerned =
            |entry: &&&AclEntry| entry.egress == egress && Family::of(&entry.cidr) == family;
        self.entries.iter().filter(concerned).filter_map(|entry| line(entry, number)).collect()
    }

    /// The clients of an interface that may have their answer.
    ///
    /// One open port of those that clients choose is enough: a client may bind to it.
    pub(super) fn replies(&self, family: Family, transport: Transport, port: u16) -> Bounds {
        match transport {
            Transport::Tcp => self.tcp.of(family).clone(),
            Transport::Udp => self.udp.of(family).clone(),
            Transport::Other(number) => admitted(&self.lines(true, family, number), 0),
            Transport::Icmp => match echo_reply(family, port) {
                Some(reply) => {
                    let number = transport.number(family);
                    admitted(&self.lines(true, family, number), reply)
                }
                None => Bounds::exactly(family.all()),
            },
        }
    }

    fn answers(&self, family: Family, transport: Transport) -> Bounds {
        let lines = self.lines(true, family, transport.number(family));
        let classes =
            pieces(&[EPHEMERAL].into_iter().collect(), lines.iter().map(|line| line.ports));
        let open: Vec<Bounds> =
            classes.into_iter().map(|(port, _)| admitted(&lines, port)).collect();
        Bounds::union(open.iter())
    }

    /// The entry that lets out an answer to a client.
    pub(super) fn reply_entry(
        &self,
        family: Family,
        transport: Transport,
        port: u16,
        client: u128,
    ) -> Option<&'a AclEntry> {
        let ports = match transport {
            Transport::Tcp | Transport::Udp => [EPHEMERAL].into_iter().collect(),
            Transport::Other(_) => Ranges::of(0, 0),
            Transport::Icmp => {
                let reply = echo_reply(family, port)?;
                Ranges::of(reply, reply)
            }
        };
        let lines = self.lines(true, family, transport.number(family));
        pieces(&ports, lines.iter().map(|line| line.ports))
            .into_iter()
            .filter_map(|(port, _)| deciding(&lines, port, client))
            .find(|entry| entry.action == AclAction::Allow)
    }
}

/// ICMP asks for an answer only where it is an echo request; the answer's type and code, in the port's place.
const fn echo_reply(family: Family, port: u16) -> Option<u16> {
    match (family, port >> 8) {
        (Family::V4, 8) => Some(0),
        (Family::V6, 128) => Some(129 << 8),
        _ => None,
    }
}

/// Where ICMP messages differ in whether they ask for an answer.
pub(super) const fn echo_requests(family: Family) -> (u16, u16) {
    match family {
        Family::V4 => (8 << 8, (8 << 8) | 0xff),
        Family::V6 => (128 << 8, (128 << 8) | 0xff),
    }
}

fn line(acl_entry: &AclEntry, number: u8) -> Option<Line<'_>> {
    let taken = Taken::of(&acl_entry.protocol, &acl_entry.ports, Some(number));
    let ports = taken.widest()?;
    let doubt = (taken == Taken::Perhaps).then(|| {
        Unknown::new(NetworkAcl::ACTION, Reason::Undecided)
            .because("an entry's protocol or ports are not understood")
    });
    let passes = acl_entry.action == AclAction::Allow;
    let entry = Entry { doubt, ..Entry::new(range(&acl_entry.cidr), passes) };
    Some(Line { acl_entry, ports, entry })
}

/// The addresses that the entries let through for a port.
pub(super) fn admitted(lines: &[Line<'_>], port: u16) -> Bounds {
    first_match(&lines.iter().filter(|line| line.takes(port)).map(|line| &line.entry))
}

/// The entry that surely decides a packet.
pub(super) fn deciding<'a>(lines: &[Line<'a>], port: u16, address: u128) -> Option<&'a AclEntry> {
    let matches = |line: &&Line<'_>| {
        let (low, high) = line.entry.range;
        line.takes(port) && low <= address && address <= high && line.entry.doubt.is_none()
    };
    lines.iter().find(matches).map(|line| line.acl_entry)
}

impl Line<'_> {
    pub(super) const fn takes(&self, port: u16) -> bool {
        self.ports.0 <= port && port <= self.ports.1
    }
}

/// Ports that a network ACL lets the same clients in to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission<'a> {
    /// The clients' family.
    pub family: Family,
    /// The ports, both ends included.
    pub ports: (u16, u16),
    /// The clients, private addresses among them.
    pub clients: Addresses,
    /// The entries that allow some of them.
    pub entries: Vec<&'a AclEntry>,
}

impl Network<'_> {
    /// What of these ports a network ACL lets in from an audience as broad as this at least.
    ///
    /// Answers are not asked for: what comes in is one half of a way only, and it is the half that a rule about it judges.
    pub fn admitted<'a>(
        &self,
        acl: &'a NetworkAcl,
        transport: Transport,
        ports: &Ranges<u16>,
        audience: Breadth,
    ) -> Result<Vec<Admission<'a>>, Unknown> {
        let filter = Filter::new(acl);
        let (mut admissions, mut unread) = (vec![], None);
        for family in Family::ALL {
            let lines = filter.lines(false, family, transport.number(family));
            for ports in pieces(ports, lines.iter().map(|line| line.ports)) {
                let bounds = admitted(&lines, ports.0);
                match bounds.reaches(family, audience) {
                    Ok(true) => admissions.push(Admission {
                        family,
                        ports,
                        entries: allowing(&lines, ports.0, bounds.surely()),
                        clients: bounds.surely().clone(),
                    }),
                    Ok(false) => (),
                    Err(why) => unread = Some(why),
                }
            }
        }
        match unread {
            Some(why) if admissions.is_empty() => Err(why),
            _ => Ok(admissions),
        }
    }
}

fn allowing<'a>(lines: &[Line<'a>], port: u16, clients: &Addresses) -> Vec<&'a AclEntry> {
    let allows = |line: &&Line<'a>| {
        let cidr: Addresses = [range(&line.acl_entry.cidr)].into_iter().collect();
        line.takes(port)
            && line.acl_entry.action == AclAction::Allow
            && !cidr.intersection(clients).is_empty()
    };
    lines.iter().filter(allows).map(|line| line.acl_entry).collect()
}
