//! What a firewall's rule is about: a protocol, and ports or ICMP messages of it.

use serde::{Deserialize, Serialize};

/// A protocol as EC2 writes it: `-1`, one of four names, or a number of IANA's registry "Protocol Numbers".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Protocol {
    /// Every protocol (`-1`).
    All,
    /// This one.
    Number(u8),
    /// Text that this version does not know.
    Other(String),
}

impl Protocol {
    /// ICMP for IPv4.
    pub const ICMP: Self = Self::Number(1);
    /// TCP.
    pub const TCP: Self = Self::Number(6);
    /// UDP.
    pub const UDP: Self = Self::Number(17);
    /// ICMP for IPv6.
    pub const ICMPV6: Self = Self::Number(58);

    const NAMES: [(&'static str, Self); 4] =
        [("tcp", Self::TCP), ("udp", Self::UDP), ("icmp", Self::ICMP), ("icmpv6", Self::ICMPV6)];
}

impl From<&str> for Protocol {
    fn from(text: &str) -> Self {
        if text == "-1" {
            return Self::All;
        }
        let named = Self::NAMES.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        let numbered = || text.parse().ok().map(Self::Number);
        named
            .map(|(_, protocol)| protocol)
            .or_else(numbered)
            .unwrap_or_else(|| Self::Other(text.to_owned()))
    }
}

impl From<String> for Protocol {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<Protocol> for String {
    fn from(protocol: Protocol) -> Self {
        let name = Protocol::NAMES.into_iter().find(|(_, known)| *known == protocol);
        match (name, protocol) {
            (Some((name, _)), _) => name.to_owned(),
            (None, Protocol::All) => "-1".to_owned(),
            (None, Protocol::Number(number)) => number.to_string(),
            (None, Protocol::Other(text)) => text,
        }
    }
}

/// What of a protocol a rule takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ports {
    /// All of it.
    All,
    /// These destination ports, both ends included.
    Range {
        /// The lowest.
        from: u16,
        /// The highest, not below the lowest.
        to: u16,
    },
    /// These ICMP messages. The field that is left out may be anything.
    Icmp {
        /// The type.
        #[serde(rename = "type")]
        kind: Option<u8>,
        /// The code.
        code: Option<u8>,
    },
    /// Numbers that make no sense for the protocol, as AWS gave them.
    Other {
        /// `FromPort`.
        from: Option<i32>,
        /// `ToPort`.
        to: Option<i32>,
    },
}

impl Ports {
    /// Reads the pair of numbers of a rule: `FromPort` and `ToPort`, or a network ACL entry's ICMP type and code.
    ///
    /// `-1` stands for "any". EC2 lets no rule of another protocol than TCP, UDP and ICMP name ports
    /// (`AuthorizeSecurityGroupIngress`, `CreateNetworkAclEntry`).
    pub fn new(protocol: &Protocol, from: Option<i32>, to: Option<i32>) -> Self {
        let other = Self::Other { from, to };
        let any = |number: Option<i32>| number.is_none_or(|number| number == -1);
        match protocol {
            &Protocol::ICMP | &Protocol::ICMPV6 => {
                let read = |number| {
                    if any(number) {
                        Some(None)
                    } else {
                        number.and_then(|it| u8::try_from(it).ok()).map(Some)
                    }
                };
                match (read(from), read(to)) {
                    (Some(None), Some(Some(_))) | (None, _) | (_, None) => other,
                    (Some(kind), Some(code)) => Self::Icmp { kind, code },
                }
            }
            &Protocol::TCP | &Protocol::UDP => {
                if any(from) && any(to) {
                    return Self::All;
                }
                let read = |number: Option<i32>| number.and_then(|it| u16::try_from(it).ok());
                match (read(from), read(to)) {
                    (Some(from), Some(to)) if from <= to => Self::Range { from, to },
                    _ => other,
                }
            }
            Protocol::All | Protocol::Number(_) => Self::All,
            Protocol::Other(_) => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protocol_is_written_as_ec2_writes_it() {
        for (text, protocol) in [
            ("-1", Protocol::All),
            ("tcp", Protocol::TCP),
            ("icmpv6", Protocol::ICMPV6),
            ("50", Protocol::Number(50)),
            ("256", Protocol::Other("256".to_owned())),
        ] {
            assert_eq!(Protocol::from(text), protocol);
            assert_eq!(String::from(protocol), text);
        }
        assert_eq!(Protocol::from("6"), Protocol::TCP);
    }

    #[test]
    fn a_pair_of_numbers_is_read_by_its_protocol() {
        let (tcp, icmp, esp) = (Protocol::TCP, Protocol::ICMP, Protocol::Number(50));
        for (protocol, from, to, ports) in [
            (&tcp, Some(22), Some(22), Ports::Range { from: 22, to: 22 }),
            (&tcp, Some(0), Some(65535), Ports::Range { from: 0, to: 65535 }),
            (&tcp, None, None, Ports::All),
            (&tcp, Some(23), Some(22), Ports::Other { from: Some(23), to: Some(22) }),
            (&tcp, Some(0), Some(65536), Ports::Other { from: Some(0), to: Some(65536) }),
            (&icmp, Some(-1), Some(-1), Ports::Icmp { kind: None, code: None }),
            (&icmp, Some(8), Some(-1), Ports::Icmp { kind: Some(8), code: None }),
            (&icmp, Some(3), Some(4), Ports::Icmp { kind: Some(3), code: Some(4) }),
            (&icmp, Some(-1), Some(4), Ports::Other { from: Some(-1), to: Some(4) }),
            (&esp, Some(1), Some(2), Ports::All),
            (&Protocol::All, None, None, Ports::All),
        ] {
            assert_eq!(Ports::new(protocol, from, to), ports);
        }
    }
}
