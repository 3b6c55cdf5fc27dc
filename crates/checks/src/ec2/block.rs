//! VPC Block Public Access: whether a region's word stands between an internet gateway and a subnet.
//!
//! VPC user guide, "Block public access to VPCs and subnets": both modes stop what is opened from outside, and an exclusion of the
//! VPC or the subnet lets it in only if it is bidirectional.

use awspect_inventory::{
    Fact as _, Reason, Unknown,
    ec2::{
        BlockExclusion, BlockMode, BlockPublicAccess, ExclusionMode, ExclusionState,
        NetworkInterface, Subnet,
    },
};

use super::{
    Network,
    network::{gap, missing},
};

impl<'a> Network<'a> {
    /// The block that stops what comes in to an interface, if one does.
    pub(super) fn block(
        &self,
        interface: &NetworkInterface,
        subnet: Option<&Subnet>,
    ) -> Result<Option<&'a BlockPublicAccess>, Unknown> {
        let region = &interface.region;
        let blocks = &self.ec2.block_public_access;
        // DescribeSubnets says "off" only where nothing is blocked.
        let off = subnet.is_some_and(|it| it.internet_gateway_block == Some(BlockMode::Off));
        let Some(block) = blocks.found.iter().find(|block| block.region == *region) else {
            // Whatever the mode, an exclusion lifts it.
            let free = off || self.is_excluded(interface) == Ok(true);
            return if free { Ok(None) } else { Err(missing(blocks, region, region.as_str())) };
        };
        // Where a subnet is shared, its owner's block holds, and cannot be seen from here.
        if let Some(owner) = subnet.and_then(|it| it.owner.as_ref())
            && block.arn.account().is_some_and(|account| account != *owner)
        {
            let why = format!("account {owner} owns the subnet, and its block holds");
            let unknown = Unknown::new(BlockPublicAccess::ACTION, Reason::Undecided).because(why);
            return if off { Ok(None) } else { Err(unknown) };
        }
        if block.state.as_deref() == Some("update-in-progress") {
            let free = self.is_excluded(interface) == Ok(true);
            let changing = || undecided("the mode is being changed".to_owned());
            return if free { Ok(None) } else { Err(changing()) };
        }
        match &block.mode {
            BlockMode::Off => Ok(None),
            _ if self.is_excluded(interface)? => Ok(None),
            BlockMode::Other(mode) => Err(undecided(format!("mode `{mode}` is not understood"))),
            BlockMode::Bidirectional | BlockMode::Ingress => Ok(Some(block)),
        }
    }

    fn is_excluded(&self, interface: &NetworkInterface) -> Result<bool, Unknown> {
        let exclusions = &self.ec2.block_exclusions;
        let own = [format!("vpc/{}", interface.vpc), format!("subnet/{}", interface.subnet)];
        let mut doubt = gap(exclusions, &interface.region).cloned();
        let here = |it: &&BlockExclusion| {
            it.region == interface.region && own.iter().any(|own| own == it.resource.resource())
        };
        for exclusion in exclusions.found.iter().filter(here) {
            match (lets_in(&exclusion.mode), in_force(&exclusion.state)) {
                (Some(true), Some(true)) => return Ok(true),
                (Some(false), _) | (_, Some(false)) => (),
                (None, _) | (_, None) => {
                    let why = "an exclusion is being changed, or is not understood";
                    let unknown = Unknown::new(BlockExclusion::ACTION, Reason::Undecided);
                    doubt = Some(unknown.because(why));
                }
            }
        }
        doubt.map_or(Ok(false), Err)
    }
}

fn undecided(why: String) -> Unknown {
    Unknown::new(BlockPublicAccess::ACTION, Reason::Undecided).because(why)
}

const fn lets_in(mode: &ExclusionMode) -> Option<bool> {
    match mode {
        ExclusionMode::Bidirectional => Some(true),
        ExclusionMode::Egress => Some(false),
        ExclusionMode::Other(_) => None,
    }
}

const fn in_force(state: &ExclusionState) -> Option<bool> {
    use ExclusionState as State;
    match state {
        State::CreateComplete | State::UpdateComplete | State::UpdateFailed => Some(true),
        State::CreateFailed | State::DeleteComplete | State::DisableComplete => Some(false),
        State::CreateInProgress
        | State::UpdateInProgress
        | State::DeleteInProgress
        | State::DisableInProgress
        | State::Other(_) => None,
    }
}
