//! Protocols that a question may be about, and which of a rule's packets they are.

use awspect_inventory::ec2::{Ports, Protocol};

use super::Family;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// TCP, by destination port.
    Tcp,
    /// UDP, by destination port.
    Udp,
    /// ICMP, or `ICMPv6` for IPv6. Type and code stand in the port's place: `type * 256 + code`.
    Icmp,
    /// Another protocol by its number, which has no ports.
    Other(u8),
}

impl Transport {
    /// Its number in IANA's registry.
    pub(super) const fn number(self, family: Family) -> u8 {
        match (self, family) {
            (Self::Tcp, _) => 6,
            (Self::Udp, _) => 17,
            (Self::Icmp, Family::V4) => 1,
            (Self::Icmp, Family::V6) => 58,
            (Self::Other(number), _) => number,
        }
    }

    /// The port that stands for an ICMP type and code.
    pub fn icmp(kind: u8, code: u8) -> u16 {
        u16::from_be_bytes([kind, code])
    }
}

/// Which of a protocol's ports a rule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// None.
    Nothing,
    /// These, both ends included.
    Ports(u16, u16),
    /// Nobody knows which.
    Perhaps,
}

impl Taken {
    const ALL: Self = Self::Ports(0, u16::MAX);

    /// The ports of `number` that a rule with this protocol and these ports takes. Without a number: of all protocols at once.
    pub(super) fn of(protocol: &Protocol, ports: &Ports, number: Option<u8>) -> Self {
        match protocol {
            Protocol::All => return Self::ALL,
            Protocol::Number(own) if Some(*own) == number => (),
            Protocol::Number(_) => return Self::Nothing,
            Protocol::Other(_) => return Self::Perhaps,
        }
        let has_ports = matches!(protocol, &Protocol::TCP | &Protocol::UDP);
        let is_icmp = matches!(protocol, &Protocol::ICMP | &Protocol::ICMPV6);
        match *ports {
            Ports::All => Self::ALL,
            Ports::Range { from, to } if has_ports && from <= to => Self::Ports(from, to),
            Ports::Icmp { kind: None, code: None } if is_icmp => Self::ALL,
            Ports::Icmp { kind: Some(kind), code } if is_icmp => Self::Ports(
                Transport::icmp(kind, code.unwrap_or(u8::MIN)),
                Transport::icmp(kind, code.unwrap_or(u8::MAX)),
            ),
            Ports::Range { .. } | Ports::Icmp { .. } | Ports::Other { .. } => Self::Perhaps,
        }
    }

    /// The ports that may be taken.
    pub(super) const fn widest(self) -> Option<(u16, u16)> {
        match self {
            Self::Nothing => None,
            Self::Ports(low, high) => Some((low, high)),
            Self::Perhaps => Some((0, u16::MAX)),
        }
    }
}
