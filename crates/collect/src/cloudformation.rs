//! Collects the stacks of each region, and what their templates declare.

mod document;
mod stacks;
mod template;
mod texts;
mod values;

use awspect_inventory::cloudformation::CloudFormation;

use crate::{
    Session,
    regions::{Regions, all},
};

/// The stacks of all regions that are looked at; what one region refuses costs that region alone.
pub(crate) async fn collect(session: &Session, regions: &Regions) -> CloudFormation {
    let stacks = regions.looked_at.iter().map(|region| stacks::collect(session, region));
    let stacks = all(stacks).await;
    CloudFormation { stacks: regions.confessed(session, stacks, "cloudformation", "stack/*") }
}
