//! Capacity that follows the traffic.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::dynamodb::{
    BillingMode, ScalableDimension, ScalableTarget, Table, TableSettings,
};
use serde_json::json;

use super::subjects::settings;
use crate::{Scan, engine::unknown_value, unread::gap};

const OF_TABLE: [ScalableDimension; 2] =
    [ScalableDimension::TableRead, ScalableDimension::TableWrite];
const OF_INDEX: [ScalableDimension; 2] =
    [ScalableDimension::IndexRead, ScalableDimension::IndexWrite];

const EXPECTED: &str = "a target with MaxCapacity above MinCapacity and no scaling suspended";

/// A table is paid by the request, or its capacity is scaled, and that of its indexes.
pub(super) fn scales(scan: Scan<'_>, table: &Table) -> Decision {
    let settings = settings(table)?;
    if let Some(BillingMode::Other(other)) = &settings.billing {
        return Err(unknown_value::<TableSettings>(other));
    }
    let mode = settings.billing.as_ref();
    let billing = Evidence::of::<TableSettings>(
        "Table.BillingModeSummary.BillingMode",
        mode.map(BillingMode::as_str),
        "PAY_PER_REQUEST, or capacity that is scaled",
    );
    if mode == Some(&BillingMode::PayPerRequest) {
        return Ok(Verdict::Pass(vec![billing]));
    }
    let targets = &scan.inventory.dynamodb.scalable_targets;
    let unlisted = gap(targets, &table.region);
    let (mut shown, mut faults, mut is_open) = (vec![], vec![], false);
    for (id, dimension) in wanted(table, settings) {
        let target = targets.found.iter().find(|target| {
            target.region == table.region && target.id == id && target.dimension == *dimension
        });
        match target {
            Some(target) if can_scale(target) => shown.push(evidence(&id, dimension, Some(target))),
            None if unlisted.is_some() => is_open = true,
            target => faults.push(evidence(&id, dimension, target)),
        }
    }
    if !faults.is_empty() {
        faults.insert(0, billing);
        return Ok(Verdict::faults(faults));
    }
    match unlisted {
        Some(unknown) if is_open => Err(unknown.clone()),
        _ => Ok(Verdict::Pass(shown)),
    }
}

/// What has to be scaled: reads and writes, of the table and of each index.
fn wanted(
    table: &Table,
    settings: &TableSettings,
) -> impl Iterator<Item = (String, &'static ScalableDimension)> {
    let own = format!("table/{}", table.name);
    let indexes: Vec<String> =
        settings.indexes.iter().map(|index| format!("{own}/index/{index}")).collect();
    let of = |dimensions: &'static [ScalableDimension; 2]| {
        move |id: String| dimensions.iter().map(move |dimension| (id.clone(), dimension))
    };
    of(&OF_TABLE)(own).chain(indexes.into_iter().flat_map(of(&OF_INDEX)))
}

fn can_scale(target: &ScalableTarget) -> bool {
    target.max > target.min && !target.scale_out_suspended && !target.scale_in_suspended
}

fn evidence(id: &str, dimension: &ScalableDimension, target: Option<&ScalableTarget>) -> Evidence {
    let observed = target.map(|target| {
        json!({
            "MinCapacity": target.min,
            "MaxCapacity": target.max,
            "DynamicScalingOutSuspended": target.scale_out_suspended,
            "DynamicScalingInSuspended": target.scale_in_suspended,
        })
    });
    let field = format!("ScalableTargets of {id}, {}", dimension.as_str());
    Evidence::of::<ScalableTarget>(field, json!(observed), EXPECTED)
}
