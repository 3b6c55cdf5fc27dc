//! What a distribution may have that few need.

use awspect_findings::{Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudfront::{Distribution, GeoRestrictionKind},
};
use serde_json::json;

use super::{
    concern::Judged,
    names::{of_behavior, path},
};
use crate::engine::unknown_value;

/// Some countries only are served.
pub(super) fn countries(distribution: &Distribution) -> Judged {
    let restriction = distribution.geo_restriction.as_ref().ok_or_else(|| {
        Unknown::new(Distribution::ACTION, Reason::Malformed)
            .because("the answer has no `GeoRestriction`")
    })?;
    if let GeoRestrictionKind::Other(other) = &restriction.kind {
        return Err(unknown_value::<Distribution>(other));
    }
    let observed = json!({ "RestrictionType": restriction.kind.as_str(),
        "Items": restriction.countries });
    let expected = "whitelist or blacklist";
    let field = "Restrictions.GeoRestriction";
    let good = restriction.kind != GeoRestrictionKind::None;
    Ok(Some(Verdict::holds(good, Evidence::of::<Distribution>(field, observed, expected))))
}

/// Fields of a form are encrypted before the origin has them.
pub(super) fn fields(distribution: &Distribution) -> Judged {
    let takes_forms = |methods: &Vec<String>| methods.iter().any(|method| method == "POST");
    let behaviors = || {
        let all = distribution.all_behaviors();
        all.filter(|behavior| behavior.allowed_methods.as_ref().is_some_and(takes_forms))
    };
    let encrypts = behaviors().find(|behavior| behavior.field_level_encryption.is_some());
    if let Some(behavior) = encrypts {
        let observed = json!(behavior.field_level_encryption);
        let expected = "the id of a configuration";
        let evidence = of_behavior(behavior, "FieldLevelEncryptionId", observed, expected);
        return Ok(Some(Verdict::Pass(vec![evidence])));
    }
    if distribution.all_behaviors().any(|behavior| behavior.allowed_methods.is_none()) {
        return Err(Unknown::new(Distribution::ACTION, Reason::Malformed)
            .because("the answer has no `AllowedMethods`"));
    }
    let without: Vec<&str> = behaviors().map(path).collect();
    Ok((!without.is_empty()).then(|| {
        let expected = "a configuration on a cache behavior that allows POST";
        let observed = json!({ "without": without });
        let field = "CacheBehaviors.FieldLevelEncryptionId";
        Verdict::faults(vec![Evidence::of::<Distribution>(field, observed, expected)])
    }))
}
