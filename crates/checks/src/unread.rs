//! What stands in the place of a fact that nobody knows.

use awspect_findings::Evidence;
use awspect_inventory::{Listed, Region, Unknown};
use serde_json::{Value, json};

/// Why a kind of resource is not known in full in a region, if it is not.
pub(crate) fn gap<'l, T>(listed: &'l Listed<T>, region: &Region) -> Option<&'l Unknown> {
    listed.gaps.iter().find(|gap| gap.covers(region)).map(|gap| &gap.unknown)
}

/// What stands for a fact that nobody knows, where the rest decides.
pub(crate) fn not_known(unknown: &Unknown) -> Value {
    let why = unknown.message.as_deref().unwrap_or_else(|| unknown.reason.as_str());
    json!(format!("not known: {why}"))
}

/// Evidence of a fact that nobody knows, where the rest decides.
pub(crate) fn missing(unknown: &Unknown, field: &'static str, expected: &'static str) -> Evidence {
    Evidence {
        action: unknown.action.clone(),
        field: field.into(),
        observed: not_known(unknown),
        expected: expected.into(),
    }
}
