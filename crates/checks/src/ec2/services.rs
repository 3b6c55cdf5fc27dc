//! Services by their ports, as the rules' documents list them.
//!
//! A row of a table such as `| tcp | 8200-8201 | Vault |` is all that a rule needs to know of a service, so the document is the list.

use std::sync::LazyLock;

use awspect_findings::Severity;

use super::{Ranges, Transport};
use crate::engine::document;

/// The table of a rule's document, and the severity that its text starts from.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) severity: Severity,
    services: Vec<Service>,
}

#[derive(Debug)]
struct Service {
    transport: Transport,
    ports: (u16, u16),
    name: &'static str,
}

macro_rules! tables {
    ($($name:ident = $id:literal),+ $(,)?) => {
        $(pub(super) static $name: LazyLock<Table> =
            LazyLock::new(|| Table::read(include_str!(concat!("../../../../rules/", $id, ".md"))));)+

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
    fn read(text: &'static str) -> Self {
        let document = document(text);
        let services = document.rationale.lines().filter_map(service).collect();
        Self { severity: document.facts.severity, services }
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
    let transport = match cells.next()? {
        "tcp" => Transport::Tcp,
        "udp" => Transport::Udp,
        _ => return None,
    };
    let ports = cells.next()?;
    let (low, high) = ports.split_once('-').unwrap_or((ports, ports));
    let ports = (low.parse().ok()?, high.parse().ok()?);
    Some(Service { transport, ports, name: cells.next()? })
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
}
