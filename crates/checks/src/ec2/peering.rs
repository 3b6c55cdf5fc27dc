//! Peerings: which side is the far one, and how much of it a route opens.

use awspect_inventory::ec2::{Peering, PeeringSide};
use ipnet::IpNet;

use super::{Addresses, Family, address::range};

/// The side of a peering that is not this VPC.
pub fn far_side<'a>(peering: &'a Peering, vpc: &str) -> Option<&'a PeeringSide> {
    let (requester, accepter) = (&peering.requester, &peering.accepter);
    if requester.vpc.as_deref() == Some(vpc) {
        Some(accepter)
    } else if accepter.vpc.as_deref() == Some(vpc) {
        Some(requester)
    } else {
        None
    }
}

/// How much of the far side a route leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerScope {
    /// Every address of the family, the far side's among them.
    Everything,
    /// At least one of the far VPC's ranges as a whole.
    Whole,
    /// Some of them, or none.
    Part,
    /// AWS told no ranges of that family.
    Unknown,
}

/// Whether routes that lead to parts of the far side together lead to one of its ranges as a whole.
pub(super) fn add_up(destinations: &[IpNet], side: &PeeringSide) -> bool {
    Family::ALL.into_iter().any(|family| {
        let own = destinations.iter().filter(|net| Family::of(net) == family);
        let routed: Addresses = own.map(range).collect();
        let v4 = side.ipv4.iter().copied().map(IpNet::V4);
        let mut all = v4.chain(side.ipv6.iter().copied().map(IpNet::V6));
        all.any(|net| {
            Family::of(&net) == family && routed.covers(&[range(&net)].into_iter().collect())
        })
    })
}

/// How much of the far side a route with this destination leads to.
pub fn peer_scope(destination: &IpNet, side: &PeeringSide) -> PeerScope {
    if destination.prefix_len() == 0 {
        return PeerScope::Everything;
    }
    let family = Family::of(destination);
    let ranges: Vec<IpNet> = match family {
        Family::V4 => side.ipv4.iter().copied().map(IpNet::V4).collect(),
        Family::V6 => side.ipv6.iter().copied().map(IpNet::V6).collect(),
    };
    let routed: Addresses = [range(destination)].into_iter().collect();
    let whole = |net: &IpNet| routed.covers(&[range(net)].into_iter().collect());
    if ranges.is_empty() {
        PeerScope::Unknown
    } else if ranges.iter().any(whole) {
        PeerScope::Whole
    } else {
        PeerScope::Part
    }
}
