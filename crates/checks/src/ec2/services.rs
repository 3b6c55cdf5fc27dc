//! Services by their ports, as the rules' documents list them.
//!
//! A row of a table such as `| tcp | 8200-8201 | Vault |` is all that a rule needs to know of a service, so the document is the list.

use std::{borrow::Cow, str::FromStr, sync::LazyLock};

use awspect_findings::Severity;
use thiserror::Error;

use super::{Ranges, Transport};
use crate::{Scan, engine::document};

/// The table of a rule's document, and the severity that its text starts from.
#[derive(Clone, Debug)]
pub(super) struct Table {
    rule: &'static str,
    pub(super) severity: Severity,
    services: Vec<Service>,
}

#[derive(Clone, Debug)]
struct Service {
    transport: Transport,
    ports: (u16, u16),
    name: &'static str,
}

macro_rules! tables {
    ($($name:ident = $id:literal),+ $(,)?) => {
        $(pub(super) static $name: LazyLock<Table> =
            LazyLock::new(|| Table::read($id, include_str!(concat!("../../../../rules/", $id, ".md"))));)+

        /// The rules that have a table, and take a [`PortList`] in its place.
        pub const WITH_PORTS: [&str; [$($id),+].len()] = [$($id),+];

        /// Every table, for tests.
        #[cfg(test)]
        pub(super) static ALL: [&LazyLock<Table>; [$($id),+].len()] = [$(&$name),+];
    };
}

tables! {
    SSH = "ec2/sg-open-ssh",
    RDP = "ec2/sg-open-rdp",
    DATABASE = "ec2/sg-open-database",
    CLEARTEXT = "ec2/sg-open-cleartext",
    HIGH_RISK = "ec2/sg-open-high-risk",
    EXPECTED = "ec2/sg-open-unexpected",
    ADMIN = "ec2/instance-exposed-admin-port",
    DATA = "ec2/instance-exposed-data-port",
}

/// The severity that a document names.
pub(super) fn severity(text: &'static str) -> Severity {
    document(text).facts.severity
}

impl Table {
    fn read(rule: &'static str, text: &'static str) -> Self {
        let document = document(text);
        let services = document.rationale.lines().filter_map(service).collect();
        Self { rule, severity: document.facts.severity, services }
    }

    /// The table, or what the user lists in its place.
    pub(super) fn chosen(&self, scan: Scan<'_>) -> Cow<'_, Self> {
        let Some(PortList(listed)) = scan.settings.ports.get(self.rule) else {
            return Cow::Borrowed(self);
        };
        let services = listed.iter().map(|&(transport, ports)| {
            let known = self.names(transport, ports).first().copied();
            Service { transport, ports, name: known.unwrap_or("listed by --ports") }
        });
        Cow::Owned(Self { services: services.collect(), ..*self })
    }

    /// The transports that the table has ports of.
    pub(super) fn questions(&self) -> impl Iterator<Item = (Transport, Ranges<u16>)> + '_ {
        [Transport::Tcp, Transport::Udp].into_iter().filter_map(|transport| {
            let own = self.services.iter().filter(|it| it.transport == transport);
            let ports: Ranges<u16> = own.map(|it| it.ports).collect();
            (!ports.is_empty()).then_some((transport, ports))
        })
    }

    /// What listens on any of these ports.
    pub(super) fn names(&self, transport: Transport, (low, high): (u16, u16)) -> Vec<&'static str> {
        let here =
            |it: &&Service| it.transport == transport && it.ports.0 <= high && low <= it.ports.1;
        self.services.iter().filter(here).map(|it| it.name).collect()
    }
}

/// Reads one row of a table, if the line is one.
fn service(line: &'static str) -> Option<Service> {
    let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
    let (transport, ports) = ports(cells.next()?, cells.next()?)?;
    Some(Service { transport, ports, name: cells.next()? })
}

/// Reads a protocol and its ports, one or from one to another.
fn ports(protocol: &str, ports: &str) -> Option<(Transport, (u16, u16))> {
    let transport = match protocol {
        "tcp" => Transport::Tcp,
        "udp" => Transport::Udp,
        _ => return None,
    };
    let (low, high) = ports.split_once('-').unwrap_or((ports, ports));
    let (low, high) = (low.parse().ok()?, high.parse().ok()?);
    (low <= high).then_some((transport, (low, high)))
}

/// Ports that a user lists in the place of a rule's own, `tcp/22,tcp/8000-8010,udp/53`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortList(Vec<(Transport, (u16, u16))>);

/// Text that is no list of ports.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is not a port such as `tcp/443` or `udp/8000-8010`")]
pub struct InvalidPorts(String);

impl FromStr for PortList {
    type Err = InvalidPorts;

    fn from_str(text: &str) -> Result<Self, InvalidPorts> {
        let one = |item: &str| {
            let read = item.split_once('/').and_then(|(protocol, own)| ports(protocol, own));
            read.ok_or_else(|| InvalidPorts(item.escape_default().to_string()))
        };
        text.split(',').map(one).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_table_is_read() {
        for table in ALL {
            assert!(!table.services.is_empty());
            assert!(
                table.services.iter().all(|it| it.ports.0 <= it.ports.1 && !it.name.is_empty())
            );
        }
        let rows = include_str!("../../../../rules/ec2/sg-open-database.md")
            .lines()
            .filter(|line| line.starts_with("| tcp") || line.starts_with("| udp"))
            .count();
        assert_eq!(DATABASE.services.len(), rows);
        assert_eq!(SSH.names(Transport::Tcp, (20, 30)), ["SSH, SFTP"]);
    }

    #[test]
    fn a_list_of_ports_is_read_or_refused() {
        let read = |text: &str| text.parse::<PortList>();
        let list = PortList(vec![(Transport::Tcp, (22, 22)), (Transport::Udp, (8000, 8010))]);
        assert_eq!(read("tcp/22,udp/8000-8010"), Ok(list));
        for wrong in ["", "22", "tcp", "tcp/", "icmp/8", "tcp/65536", "tcp/9-8", "tcp/22,"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
