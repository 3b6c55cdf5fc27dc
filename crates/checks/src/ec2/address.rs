//! Addresses of either family as numbers, and how much of the Internet a set of them is.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::LazyLock,
};

use ipnet::IpNet;

use super::Ranges;

/// Addresses of one family, as numbers.
pub type Addresses = Ranges<u128>;

/// The two kinds of addresses. No rule of one concerns packets of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

/// What no client on the Internet has for an address (IANA, "IPv4 Special-Purpose Address Registry").
///
/// The ranges for documentation are not here: where one stands in a rule, it stands for a public one.
const PRIVATE_V4: [&str; 9] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/3",
];

/// Public by their place, and nobody's: a set may lack them and still hold all clients.
const UNUSED_V4: [&str; 5] =
    ["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.51.100.0/24", "203.0.113.0/24"];

/// All that IANA gives out for use on the Internet ("IPv6 Global Unicast Address Assignments").
const PUBLIC_V6: [&str; 1] = ["2000::/3"];

/// Those of them that are for documentation.
const UNUSED_V6: [&str; 2] = ["2001:db8::/32", "3fff::/20"];

/// More addresses in a row than a site has: wider than a /24.
const SITE_V4: u128 = 1 << 8;

/// Wider than a /48.
const SITE_V6: u128 = 1 << 80;

/// Both sets of a family.
struct Space {
    public: Addresses,
    used: Addresses,
    half: u128,
}

impl Space {
    fn new(public: Addresses, unused: &[&str]) -> Self {
        let used = public.without(&parse(unused));
        let half = count(&used) / 2;
        Self { public, used, half }
    }
}

static V4: LazyLock<Space> =
    LazyLock::new(|| Space::new(Family::V4.all().without(&parse(&PRIVATE_V4)), &UNUSED_V4));
static V6: LazyLock<Space> = LazyLock::new(|| Space::new(parse(&PUBLIC_V6), &UNUSED_V6));

fn parse(ranges: &[&str]) -> Addresses {
    ranges.iter().filter_map(|text| text.parse().ok()).map(|net: IpNet| range(&net)).collect()
}

/// How many; no family's public space overflows.
fn count(addresses: &Addresses) -> u128 {
    addresses.iter().map(|(low, high)| (high - low).saturating_add(1)).sum()
}

impl Family {
    /// Both.
    pub const ALL: [Self; 2] = [Self::V4, Self::V6];

    /// The family of a range.
    pub const fn of(net: &IpNet) -> Self {
        match net {
            IpNet::V4(_) => Self::V4,
            IpNet::V6(_) => Self::V6,
        }
    }

    /// Every address of the family.
    pub fn all(self) -> Addresses {
        match self {
            Self::V4 => Ranges::of(0, u128::from(u32::MAX)),
            Self::V6 => Ranges::all(),
        }
    }

    /// The addresses that a client on the Internet may have.
    pub fn public(self) -> &'static Addresses {
        &self.space().public
    }

    /// The address with this number.
    pub fn address(self, number: u128) -> IpAddr {
        match self {
            Self::V4 => IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(number).unwrap_or(u32::MAX))),
            Self::V6 => IpAddr::V6(Ipv6Addr::from_bits(number)),
        }
    }

    /// More addresses in a row than a site has.
    const fn site(self) -> u128 {
        match self {
            Self::V4 => SITE_V4,
            Self::V6 => SITE_V6,
        }
    }

    fn space(self) -> &'static Space {
        match self {
            Self::V4 => &V4,
            Self::V6 => &V6,
        }
    }
}

/// An address as a number.
pub(super) fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// The first and last address of a range, as numbers.
pub(super) fn range(net: &IpNet) -> (u128, u128) {
    (number(net.network()), number(net.broadcast()))
}

/// How much of the Internet a set of addresses is. Each kind is more than those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breadth {
    /// No public address.
    Nobody,
    /// Some, nowhere more in a row than a /24 or an IPv6 /48 holds.
    Named,
    /// More than one site has.
    Wide,
    /// More than half of all public addresses: the Internet with holes in it.
    Most,
    /// All of them. Those that nobody has, being for documentation and the like, may be missing.
    Internet,
}

impl Breadth {
    /// The breadth of a set. It may hold private addresses beside, which make it no broader.
    pub fn of(family: Family, addresses: &Addresses) -> Self {
        [Self::Internet, Self::Most, Self::Wide, Self::Named]
            .into_iter()
            .find(|breadth| breadth.reached(family, addresses))
            .unwrap_or(Self::Nobody)
    }

    /// Whether a set is this broad at least.
    pub(super) fn reached(self, family: Family, addresses: &Addresses) -> bool {
        let space = family.space();
        let all = || addresses.covers(&space.used);
        if addresses.is_empty() {
            return self == Self::Nobody;
        }
        match self {
            Self::Nobody => true,
            Self::Named => !addresses.intersection(&space.public).is_empty(),
            Self::Wide => {
                let public = addresses.intersection(&space.public);
                public.iter().any(|(low, high)| high - low >= family.site())
            }
            Self::Most => all() || count(&addresses.intersection(&space.used)) > space.half,
            Self::Internet => all(),
        }
    }
}

/// One of a kind for each family.
#[derive(Clone, Debug)]
pub(super) struct Both<T> {
    pub(super) v4: T,
    pub(super) v6: T,
}

impl<T> Both<T> {
    pub(super) fn each(make: impl Fn(Family) -> T) -> Self {
        Self { v4: make(Family::V4), v6: make(Family::V6) }
    }

    pub(super) const fn of(&self, family: Family) -> &T {
        match family {
            Family::V4 => &self.v4,
            Family::V6 => &self.v6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breadth(ranges: &[&str]) -> Breadth {
        let nets: Vec<IpNet> = ranges.iter().map(|text| text.parse().unwrap()).collect();
        Breadth::of(Family::of(&nets[0]), &nets.iter().map(range).collect())
    }

    #[test]
    fn halves_make_the_internet() {
        for all in [
            &["0.0.0.0/0"][..],
            &["0.0.0.0/1", "128.0.0.0/1"],
            &["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/3"],
            &["::/0"],
            &["::/1", "8000::/1"],
            &["2000::/3"],
            &["2000::/4", "3000::/4"],
        ] {
            assert_eq!(breadth(all), Breadth::Internet, "{all:?}");
        }
    }

    #[test]
    fn reserved_ranges_may_be_missing() {
        // All but 0/8, 10/8, 127/8 and what lies from 224.0.0.0 upwards.
        let mut blocks: Vec<String> = (1..224)
            .filter(|first| ![10, 127].contains(first))
            .map(|first| format!("{first}.0.0.0/8"))
            .collect();
        let texts: Vec<&str> = blocks.iter().map(String::as_str).collect();
        assert_eq!(breadth(&texts), Breadth::Internet);
        blocks.retain(|block| block != "8.0.0.0/8");
        let texts: Vec<&str> = blocks.iter().map(String::as_str).collect();
        assert_eq!(breadth(&texts), Breadth::Most);
    }

    #[test]
    fn breadth_is_of_public_addresses_only() {
        for (ranges, is) in [
            (&["10.0.0.0/8", "192.168.0.0/16"][..], Breadth::Nobody),
            (&["fd00::/8"], Breadth::Nobody),
            (&["8.8.8.0/24", "10.0.0.0/8"], Breadth::Named),
            (&["8.8.8.0/23"], Breadth::Wide),
            (&["8.8.8.0/24", "8.8.9.0/24"], Breadth::Wide),
            (&["0.0.0.0/2"], Breadth::Wide),
            (&["2600:1f00::/48"], Breadth::Named),
            (&["2600:1f00::/32"], Breadth::Wide),
            (&["2000::/5"], Breadth::Wide),
            (&["203.0.113.7/32"], Breadth::Named),
        ] {
            assert_eq!(breadth(ranges), is, "{ranges:?}");
        }
    }
}
