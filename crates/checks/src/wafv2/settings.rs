//! What stands in the settings of a web ACL: that it has rules, and that their metrics are on.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::wafv2::{WebAcl, WebAclSettings};
use serde_json::json;

use super::{
    acl::{entries, settings, spelled},
    filter::emptiness,
};

/// A web ACL has rules, or stops what no rule allows.
pub(super) fn has_rules(acl: &WebAcl) -> Decision {
    if let Some(empty) = emptiness(acl)? {
        return Ok(Verdict::faults(vec![empty]));
    }
    let settings = settings(acl)?;
    let entries = entries(settings);
    let names: Vec<&str> = entries.iter().map(|entry| entry.name).collect();
    let default = spelled(settings.default_action.as_str());
    let observed = json!({ "DefaultAction": default, "Rules": names });
    let expected = "a rule or rule group at least, or the default action Block";
    Ok(Verdict::Pass(vec![Evidence::of::<WebAclSettings>("WebACL", observed, expected)]))
}

/// CloudWatch counts what a web ACL and each of its rules see.
pub(super) fn metrics(acl: &WebAcl) -> Decision {
    const FIELD: &str = "VisibilityConfig.CloudWatchMetricsEnabled";
    let settings = settings(acl)?;
    let entries = entries(settings);
    let own = (format!("WebACL.{FIELD}"), &settings.visibility);
    let all = entries.iter().map(|entry| (entry.field(FIELD), entry.visibility));
    let off = [own].into_iter().chain(all).filter(|(_, visibility)| !visibility.metrics);
    let off: Vec<Evidence> =
        off.map(|(field, _)| Evidence::of::<WebAclSettings>(field, false, "true")).collect();
    if !off.is_empty() {
        return Ok(Verdict::faults(off));
    }
    let observed = json!({ "web ACL": true, "rules": entries.len() });
    let expected = "true for the web ACL and each of its rules";
    Ok(Verdict::Pass(vec![Evidence::of::<WebAclSettings>(FIELD, observed, expected)]))
}
