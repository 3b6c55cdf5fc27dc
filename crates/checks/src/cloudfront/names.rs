//! How findings name cache behaviors, origins and what was read of them.

use awspect_findings::Evidence;
use awspect_inventory::cloudfront::{CacheBehavior, Distribution, Origin};
use serde_json::Value;

/// The paths of a cache behavior, the default one's as the console has them.
pub(super) fn path(behavior: &CacheBehavior) -> &str {
    behavior.path.as_deref().unwrap_or("Default (*)")
}

/// A field of a cache behavior in the listing's answer.
pub(super) fn of_behavior(
    behavior: &CacheBehavior,
    field: &str,
    observed: impl Into<Value>,
    expected: &'static str,
) -> Evidence {
    let field = match &behavior.path {
        None => format!("DefaultCacheBehavior.{field}"),
        Some(path) => format!("CacheBehaviors.{field} of {path}"),
    };
    Evidence::of::<Distribution>(field, observed, expected)
}

/// A field of an origin in the listing's answer.
pub(super) fn of_origin(
    origin: &Origin,
    field: &str,
    observed: impl Into<Value>,
    expected: &'static str,
) -> Evidence {
    Evidence::of::<Distribution>(format!("Origins.{field} of {}", origin.id), observed, expected)
}
