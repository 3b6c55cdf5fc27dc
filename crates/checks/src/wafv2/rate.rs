//! Whether a web ACL limits how fast one client may ask.

use awspect_findings::{Evidence, Verdict};
use awspect_inventory::{
    Fact, Unknown,
    wafv2::{
        ManagedRuleGroup, RateBased, RuleAction, RuleGroupReference, RuleGroupSettings, Statement,
        WebAcl, WebAclSettings,
    },
};
use serde_json::{Value, json};

use super::{
    acl::{Entry, allows_by_default, entries, settings, spelled, unknown_statement},
    core_rules::AWS,
    group::{GroupRule, own, stops},
    stopping::stops_by,
};
use crate::{
    Scan,
    engine::{Judged, unknown_value, unless},
};

/// AWS's group that learns what is usual, and answers floods.
const ANTI_DDOS: &str = "AWSManagedRulesAntiDDoSRuleSet";

/// Seconds that requests are counted over where nothing is said.
const USUAL_WINDOW: u64 = 300;

const EXPECTED: &str = "a rate-based rule that does more than count, or AWS's group against floods";

/// The limits of a web ACL.
#[derive(Default)]
struct Limits {
    acting: Vec<Evidence>,
    counting: Vec<Evidence>,
    /// Why there may be more.
    open: Option<Unknown>,
}

/// A client that asks too often is stopped.
pub(super) fn limited(scan: Scan<'_>, acl: &WebAcl) -> Judged {
    let settings = settings(acl)?;
    let entries = entries(settings);
    let mut limits = Limits::default();
    for entry in &entries {
        limits.look(scan, acl, entry);
    }
    unless(lets_nothing_in(scan, acl, &entries), limits.judge())
}

impl Limits {
    fn look(&mut self, scan: Scan<'_>, acl: &WebAcl, entry: &Entry<'_>) {
        match entry.statement {
            Statement::RateBased(rate) => {
                let action = entry.action.ok_or_else(|| entry.without("Action"));
                self.add(action.and_then(|action| {
                    let field = entry.field("Statement.RateBasedStatement");
                    let shown = limit(rate, action);
                    Ok((stops::<WebAclSettings>(action)?, evidence::<WebAclSettings>(field, shown)))
                }));
            }
            Statement::RuleGroup(group) => match entry.counts_only() {
                Ok(true) if has_limit(scan, acl, group) => {
                    self.counting.push(entry.counting(EXPECTED));
                }
                Ok(true) => {}
                Ok(false) => self.look_into(scan, acl, entry, group),
                Err(unknown) => self.keep(unknown),
            },
            Statement::ManagedRuleGroup(group) if is_anti_ddos(group) => {
                self.add(stops_by(scan, acl, entry));
            }
            Statement::Other => self.keep(unknown_statement::<WebAclSettings>(entry.name)),
            _ => {}
        }
    }

    fn look_into(
        &mut self,
        scan: Scan<'_>,
        acl: &WebAcl,
        entry: &Entry<'_>,
        group: &RuleGroupReference,
    ) {
        let rules = match own(scan, acl, group) {
            Ok(rules) => rules,
            Err(unknown) => return self.keep(unknown),
        };
        for rule in rules {
            match rule.statement {
                Some(Statement::RateBased(rate)) => {
                    self.add(rule.action::<RuleGroupSettings>().and_then(|action| {
                        let field = format!("RuleGroup.Rules of the group in {}", entry.name);
                        let shown = evidence::<RuleGroupSettings>(field, limit(rate, action));
                        Ok((stops::<RuleGroupSettings>(action)?, shown))
                    }));
                }
                Some(Statement::Other) => {
                    self.keep(unknown_statement::<RuleGroupSettings>(rule.name));
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, limit: Result<(bool, Evidence), Unknown>) {
        match limit {
            Ok((true, shown)) => self.acting.push(shown),
            Ok((false, shown)) => self.counting.push(shown),
            Err(unknown) => self.keep(unknown),
        }
    }

    fn keep(&mut self, unknown: Unknown) {
        self.open.get_or_insert(unknown);
    }

    fn judge(self) -> Judged {
        match self.open {
            _ if !self.acting.is_empty() => return Ok(Some(Verdict::Pass(self.acting))),
            Some(unknown) => return Err(unknown),
            None => {}
        }
        let none = || vec![evidence::<WebAclSettings>("WebACL.Rules".to_owned(), Value::Null)];
        let faults = if self.counting.is_empty() { none() } else { self.counting };
        Ok(Some(Verdict::faults(faults)))
    }
}

/// Whether a group is known to have a limit.
fn has_limit(scan: Scan<'_>, acl: &WebAcl, group: &RuleGroupReference) -> bool {
    let is_limit = |rule: &GroupRule<'_>| matches!(rule.statement, Some(Statement::RateBased(_)));
    own(scan, acl, group).is_ok_and(|rules| rules.iter().any(is_limit))
}

fn evidence<F: Fact>(field: String, observed: Value) -> Evidence {
    Evidence::of::<F>(field, observed, EXPECTED)
}

fn limit(rate: &RateBased, action: &RuleAction) -> Value {
    json!({
        "Action": spelled(action.as_str()),
        "Limit": rate.limit,
        "EvaluationWindowSec": rate.window.unwrap_or(USUAL_WINDOW),
        "AggregateKeyType": rate.aggregate.as_str(),
        "ScopeDownStatement": if rate.scope_down.is_some() { "some requests" } else { "none" },
    })
}

fn is_anti_ddos(group: &ManagedRuleGroup) -> bool {
    group.vendor == AWS && group.name == ANTI_DDOS
}

/// Whether a web ACL stops all requests, since it does so by default and none of its rules allows any.
fn lets_nothing_in(scan: Scan<'_>, acl: &WebAcl, entries: &[Entry<'_>]) -> Result<bool, Unknown> {
    if allows_by_default(settings(acl)?)? {
        return Ok(false);
    }
    any(entries.iter().map(|entry| allows(scan, acl, entry))).map(|allows| !allows)
}

/// Whether a rule lets requests in. Managed groups are there to stop some, unless they are told otherwise.
fn allows(scan: Scan<'_>, acl: &WebAcl, entry: &Entry<'_>) -> Result<bool, Unknown> {
    match entry.statement {
        Statement::RuleGroup(_) | Statement::ManagedRuleGroup(_) if entry.counts_only()? => {
            Ok(false)
        }
        Statement::RuleGroup(group) => {
            let rules = own(scan, acl, group)?;
            any(rules.iter().map(|rule| {
                let action = rule.action::<RuleGroupSettings>()?;
                is_allow::<RuleGroupSettings>(action)
            }))
        }
        Statement::ManagedRuleGroup(group) => {
            any(group.overrides.iter().map(|changed| is_allow::<WebAclSettings>(&changed.action)))
        }
        _ => is_allow::<WebAclSettings>(entry.action.ok_or_else(|| entry.without("Action"))?),
    }
}

fn is_allow<F: Fact>(action: &RuleAction) -> Result<bool, Unknown> {
    match action {
        RuleAction::Other(other) => Err(unknown_value::<F>(other)),
        action => Ok(*action == RuleAction::Allow),
    }
}

/// Whether one is so. A yes decides; otherwise all have to be known.
fn any(all: impl Iterator<Item = Result<bool, Unknown>>) -> Result<bool, Unknown> {
    let mut open = None;
    for one in all {
        match one {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    open.map_or(Ok(false), Err)
}
