//! How Amazon Cognito's facts are put.

use awspect_findings::Evidence;
use awspect_inventory::Unknown;
use serde_json::{Value, json};

/// What stands for a fact that nobody knows, where the rest decides.
pub(super) fn not_known(unknown: &Unknown) -> Value {
    let why = unknown.message.as_deref().unwrap_or_else(|| unknown.reason.as_str());
    json!(format!("not known: {why}"))
}

/// Evidence of a fact that nobody knows, where the rest decides.
pub(super) fn missing(unknown: &Unknown, field: &'static str, expected: &'static str) -> Evidence {
    Evidence {
        action: unknown.action.clone(),
        field: field.into(),
        observed: not_known(unknown),
        expected: expected.into(),
    }
}
