//! Whether a web ACL uses a managed group of core rules.

use awspect_findings::{Evidence, Verdict};
use awspect_inventory::wafv2::{ManagedRuleGroup, Statement, WebAcl, WebAclSettings};
use serde_json::{Value, json};

use super::acl::{allows_by_default, entries, settings, unknown_statement};
use crate::engine::Judged;

/// Who makes the groups whose content is known.
pub(super) const AWS: &str = "AWS";

/// AWS's group for web applications of all kinds.
const CORE: &str = "AWSManagedRulesCommonRuleSet";

/// What AWS does not show of others' groups may well be core rules.
fn is_core(group: &ManagedRuleGroup) -> bool {
    group.vendor != AWS || group.name == CORE
}

/// A web ACL that lets requests through by default looks for the usual attacks in them.
pub(super) fn used(acl: &WebAcl) -> Judged {
    let settings = settings(acl)?;
    if !allows_by_default(settings)? {
        return Ok(None);
    }
    let (mut acting, mut counting, mut open) = (vec![], vec![], None);
    for entry in entries(settings) {
        match entry.statement {
            Statement::ManagedRuleGroup(group) if is_core(group) => match entry.counts_only() {
                Ok(false) => acting.push(shown(entry.name, group, "None")),
                Ok(true) => counting.push(shown(entry.name, group, "Count")),
                Err(unknown) => _ = open.get_or_insert(unknown),
            },
            // Without an action it is a group, of a kind that this version does not know.
            Statement::Other if entry.action.is_none() => {
                open.get_or_insert(unknown_statement::<WebAclSettings>(entry.name));
            }
            _ => {}
        }
    }
    let evidence = |groups: Vec<Value>| {
        let expected = "AWSManagedRulesCommonRuleSet or another vendor's group, with the \
                        OverrideAction None";
        let observed = json!({ "groups of core rules": groups });
        vec![Evidence::of::<WebAclSettings>("WebACL.Rules", observed, expected)]
    };
    match open {
        _ if !acting.is_empty() => Ok(Some(Verdict::Pass(evidence(acting)))),
        Some(unknown) => Err(unknown),
        None => Ok(Some(Verdict::faults(evidence(counting)))),
    }
}

fn shown(rule: &str, group: &ManagedRuleGroup, override_action: &str) -> Value {
    json!({
        "Name": rule,
        "VendorName": group.vendor,
        "ManagedRuleGroup": group.name,
        "Version": group.version.as_deref().unwrap_or("the default"),
        "OverrideAction": override_action,
        "ScopeDownStatement": if group.scope_down.is_some() { "some requests" } else { "none" },
    })
}
