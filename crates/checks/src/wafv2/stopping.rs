//! Whether anything in a web ACL stops a request, or all of it only counts.

use awspect_findings::{Evidence, Verdict};
use awspect_inventory::{
    Fact, Unknown,
    wafv2::{ManagedRules, RuleGroupSettings, Statement, WebAcl, WebAclSettings},
};
use serde_json::{Value, json};

use super::{
    acl::{Entry, allows_by_default, entries, settings, spelled, unknown_statement},
    filter::{Filtering, filtering},
    group::{GroupRule, managed, own, stops},
};
use crate::{Scan, engine::Judged};

const EXPECTED: &str = "Block, Captcha, Challenge or Monetize in one rule at least";
const ACTS: &str = "None, so that the group does what its rules say";

/// Something in a web ACL that lets requests through by default stops some.
pub(super) fn stops_something(scan: Scan<'_>, acl: &WebAcl) -> Judged {
    let settings = settings(acl)?;
    if entries(settings).is_empty() || !allows_by_default(settings)? {
        return Ok(None);
    }
    Ok(Some(match filtering(scan, acl)? {
        Filtering::Something(evidence) => Verdict::Pass(evidence),
        Filtering::Nothing(evidence) => Verdict::faults(evidence),
    }))
}

/// What stops requests; where nothing does, what keeps each rule from it.
pub(super) fn stopping(
    scan: Scan<'_>,
    acl: &WebAcl,
    entries: &[Entry<'_>],
) -> Result<(bool, Vec<Evidence>), Unknown> {
    let (mut able, mut disarmed, mut open) = (vec![], vec![], None);
    for entry in entries {
        match stops_by(scan, acl, entry) {
            Ok((true, evidence)) => able.push(evidence),
            Ok((false, evidence)) => disarmed.push(evidence),
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    match open {
        _ if !able.is_empty() => Ok((true, able)),
        Some(unknown) => Err(unknown),
        None => Ok((false, disarmed)),
    }
}

/// Whether one rule of a web ACL can stop a request, and what shows it.
pub(super) fn stops_by(
    scan: Scan<'_>,
    acl: &WebAcl,
    entry: &Entry<'_>,
) -> Result<(bool, Evidence), Unknown> {
    let by_group =
        matches!(entry.statement, Statement::ManagedRuleGroup(_) | Statement::RuleGroup(_));
    if by_group && entry.counts_only()? {
        return Ok((false, entry.counting(ACTS)));
    }
    match entry.statement {
        Statement::RuleGroup(group) => {
            any_stops::<RuleGroupSettings>(entry, &own(scan, acl, group)?)
        }
        Statement::ManagedRuleGroup(group) => {
            if group.overrides.is_empty() && group.excluded.is_empty() {
                let shown =
                    Evidence::of::<WebAclSettings>(entry.field("OverrideAction"), "None", ACTS);
                return Ok((true, shown));
            }
            any_stops::<ManagedRules>(entry, &managed(acl, group)?)
        }
        statement => {
            let action = entry.action.ok_or_else(|| match statement {
                Statement::Other => unknown_statement::<WebAclSettings>(entry.name),
                _ => entry.without("Action"),
            })?;
            let stops = stops::<WebAclSettings>(action)?;
            let shown = spelled(action.as_str());
            Ok((stops, Evidence::of::<WebAclSettings>(entry.field("Action"), shown, EXPECTED)))
        }
    }
}

/// Whether a rule of a group stops requests. One that does decides; otherwise all have to be known.
fn any_stops<F: Fact>(
    entry: &Entry<'_>,
    rules: &[GroupRule<'_>],
) -> Result<(bool, Evidence), Unknown> {
    let (mut able, mut open) = (vec![], None);
    for rule in rules {
        match rule.action::<F>().and_then(stops::<F>) {
            Ok(true) => able.push(rule.shown()),
            Ok(false) => {}
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    let shown = |rules: Vec<Value>| {
        let field = format!("Rules of the group in {}", entry.name);
        Evidence::of::<F>(field, json!(rules), EXPECTED)
    };
    match open {
        _ if !able.is_empty() => Ok((true, shown(able))),
        Some(unknown) => Err(unknown),
        None => Ok((false, shown(rules.iter().map(GroupRule::shown).collect()))),
    }
}
