//! What may be in a region, so that an empty one costs few calls and a closed one fewer.

use awspect_inventory::{
    Gap, Listed, Reason, Unknown,
    ec2::{NetworkInterface, Vpc},
};

use super::{at::At, kinds::Kind};

/// Whether a part of what a region may hold is worth asking for.
#[derive(Debug)]
pub(super) enum Prospect {
    /// There may be some.
    Some,
    /// There can be none that does anything.
    None,
    /// No call to the region has a chance.
    Closed(Unknown),
}

impl Prospect {
    /// Whether there may be networks, and what stands in them or belongs to them.
    ///
    /// Without a VPC, one's own or shared, there is no subnet, route table, network ACL, security group, egress-only
    /// internet gateway, peering or VPC endpoint: each is made in one. An internet gateway may be there, attached to
    /// nothing; a prefix list, that nothing refers to; a flow log, of a transit gateway without a VPC. No rule looks at
    /// these.
    pub(super) fn of_networks(
        closed: Option<Unknown>,
        vpcs: &Listed<Vpc>,
        interfaces: &Listed<NetworkInterface>,
    ) -> Self {
        match closed {
            Some(unknown) => Self::Closed(unknown),
            None if has_none(vpcs) && has_none(interfaces) => Self::None,
            None => Self::Some,
        }
    }

    /// Whether there may be machines, of which each has an interface for as long as it exists.
    ///
    /// That goes for instances, stopped ones too, for EC2 Instance Connect Endpoints, and for the load balancers that an
    /// endpoint service needs and that cannot be deleted before it.
    pub(super) fn of_machines(&self, interfaces: &Listed<NetworkInterface>) -> Self {
        match self {
            Self::Closed(unknown) => Self::Closed(unknown.clone()),
            Self::Some if has_none(interfaces) => Self::None,
            Self::Some => Self::Some,
            Self::None => Self::None,
        }
    }

    /// A listing, which is asked for if it has a prospect.
    pub(super) async fn listed<T: Kind>(
        &self,
        at: &At<'_>,
        listing: impl Future<Output = Listed<T>>,
    ) -> Listed<T> {
        match (at.unwanted::<T>(), self) {
            (Some(unwanted), _) => unwanted,
            (None, Self::Some) => listing.await,
            (None, Self::None) => Listed::complete(vec![]),
            (None, Self::Closed(unknown)) => at.unseen(unknown.clone()),
        }
    }
}

/// Whether it is known that there are none.
fn has_none<T>(listed: &Listed<T>) -> bool {
    listed.found.is_empty() && listed.gaps.is_empty()
}

/// Why no call to a region has a chance, if all of the first had none.
///
/// A permission that is missing is one for each call, so that says nothing of the others.
pub(super) fn closed(first: &[&Vec<Gap>]) -> Option<Unknown> {
    let mut asked = first.iter().filter(|gaps| !is_unasked(gaps)).peekable();
    let why = asked.peek().and_then(|gaps| gaps.first())?.unknown.clone();
    let is_closed = |gaps: &&&Vec<Gap>| gaps.first().is_some_and(|gap| closes(&gap.unknown));
    asked.all(|gaps| is_closed(&gaps)).then_some(why)
}

fn is_unasked(gaps: &[Gap]) -> bool {
    gaps.first().is_some_and(|gap| gap.unknown.reason == Reason::NotAsked)
}

fn closes(unknown: &Unknown) -> bool {
    matches!(unknown.reason, Reason::RegionDisabled | Reason::Unreachable | Reason::Timeout)
}
