//! Rule groups: that they have rules, and what becomes of these in a web ACL.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Arn, Fact, Reason, Resource as _, Unknown,
    wafv2::{
        ManagedRuleGroup, ManagedRules, RuleAction, RuleGroup, RuleGroupReference,
        RuleGroupSettings, RuleOverride, Statement, WebAcl, WebAclSettings,
    },
};
use serde_json::{Value, json};

use super::acl::{entries, settings, spelled, unseen};
use crate::{
    Scan,
    engine::{if_at_all, unknown_value},
};

static COUNT: RuleAction = RuleAction::Count;

/// A rule of a group, and what it does in a web ACL.
pub(super) struct GroupRule<'a> {
    pub(super) name: &'a str,
    /// Which requests it takes; nothing for a managed group, which keeps that to itself.
    pub(super) statement: Option<&'a Statement>,
    action: Option<&'a RuleAction>,
}

impl<'a> GroupRule<'a> {
    /// What it does, by the answer that carries the fact `F`.
    pub(super) fn action<F: Fact>(&self) -> Result<&'a RuleAction, Unknown> {
        self.action.ok_or_else(|| {
            Unknown::new(F::ACTION, Reason::Malformed)
                .because(format!("the rule `{}` has no usable `Action`", self.name))
        })
    }

    pub(super) fn shown(&self) -> Value {
        json!({ "Name": self.name, "Action": self.action.map(|it| spelled(it.as_str())) })
    }
}

/// Whether an action keeps a request from its target, by the answer that carries the fact `F`.
pub(super) fn stops<F: Fact>(action: &RuleAction) -> Result<bool, Unknown> {
    match action {
        RuleAction::Block | RuleAction::Captcha | RuleAction::Challenge | RuleAction::Monetize => {
            Ok(true)
        }
        RuleAction::Allow | RuleAction::Count => Ok(false),
        RuleAction::Other(other) => Err(unknown_value::<F>(other)),
    }
}

/// The rules of a group that a web ACL refers to.
pub(super) fn own<'a>(
    scan: Scan<'a>,
    acl: &WebAcl,
    group: &'a RuleGroupReference,
) -> Result<Vec<GroupRule<'a>>, Unknown> {
    let rules = referred(scan, acl, &group.arn)?.rules.iter();
    let changed = Changed { overrides: &group.overrides, excluded: &group.excluded };
    Ok(rules
        .map(|rule| GroupRule {
            name: &rule.name,
            statement: Some(&rule.statement),
            action: changed.action(&rule.name, rule.action.as_ref()),
        })
        .collect())
}

/// The rules of a managed group of which a web ACL overrides some.
pub(super) fn managed<'a>(
    acl: &'a WebAcl,
    group: &'a ManagedRuleGroup,
) -> Result<Vec<GroupRule<'a>>, Unknown> {
    let without = |reason| Unknown::new(ManagedRules::ACTION, reason);
    let read = acl.overridden_groups.iter().find(|read| read.is(group));
    let read = read.ok_or_else(|| without(Reason::NotCollected))?;
    let ManagedRules(rules) = read.rules.known()?.ok_or_else(|| without(Reason::Malformed))?;
    let changed = Changed { overrides: &group.overrides, excluded: &group.excluded };
    Ok(rules
        .iter()
        .map(|rule| GroupRule {
            name: &rule.name,
            statement: None,
            action: changed.action(&rule.name, Some(&rule.action)),
        })
        .collect())
}

/// What a web ACL changes in a group. A name that none of its rules has changes nothing.
struct Changed<'a> {
    overrides: &'a [RuleOverride],
    excluded: &'a [String],
}

impl<'a> Changed<'a> {
    fn action(&self, rule: &str, own: Option<&'a RuleAction>) -> Option<&'a RuleAction> {
        if let Some(other) = self.overrides.iter().find(|it| it.rule == rule) {
            return Some(&other.action);
        }
        if self.excluded.iter().any(|it| it == rule) { Some(&COUNT) } else { own }
    }
}

/// The settings of a group that a web ACL refers to.
fn referred<'a>(scan: Scan<'a>, acl: &WebAcl, arn: &Arn) -> Result<&'a RuleGroupSettings, Unknown> {
    let groups = &scan.inventory.wafv2.rule_groups;
    if let Some(group) = groups.found.iter().find(|group| group.arn == *arn) {
        let without = || Unknown::new(RuleGroupSettings::ACTION, Reason::Malformed);
        return group.settings.known()?.ok_or_else(without);
    }
    if arn.account().is_some_and(|owner| owner != scan.inventory.account.id) {
        let why = format!("the rule group `{arn}` is another account's");
        return Err(Unknown::new(RuleGroupSettings::ACTION, Reason::Undecided).because(why));
    }
    let why = || format!("the rule group `{arn}` is not among those listed");
    Err(unseen(groups, acl.place())
        .cloned()
        .unwrap_or_else(|| Unknown::new(RuleGroup::ACTION, Reason::Gone).because(why())))
}

/// A group that a web ACL refers to has rules.
pub(super) fn has_rules(scan: Scan<'_>, group: &RuleGroup) -> Option<Decision> {
    let acls = &scan.inventory.wafv2.web_acls;
    let mut open = unseen(acls, group.place()).cloned();
    let mut users = vec![];
    for acl in &acls.found {
        if acl.scope != group.scope || acl.region != group.region {
            continue;
        }
        match settings(acl).map(|settings| refers(settings, &group.arn)) {
            Ok(true) => users.push(acl.name.as_str()),
            Ok(false) => {}
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    if !users.is_empty() {
        return Some(judge(group, &users));
    }
    Some(if_at_all(judge(group, &users), open?))
}

fn refers(settings: &WebAclSettings, group: &Arn) -> bool {
    let entries = entries(settings);
    entries
        .iter()
        .flat_map(|entry| entry.statement.all())
        .any(|statement| matches!(statement, Statement::RuleGroup(named) if named.arn == *group))
}

fn judge(group: &RuleGroup, users: &[&str]) -> Decision {
    let without = || Unknown::new(RuleGroupSettings::ACTION, Reason::Malformed);
    let settings = group.settings.known()?.ok_or_else(without)?;
    let names: Vec<&str> = settings.rules.iter().map(|rule| rule.name.as_str()).collect();
    let has_some = !names.is_empty();
    let rules = Evidence::of::<RuleGroupSettings>("RuleGroup.Rules", names, "one rule at least");
    if has_some {
        return Ok(Verdict::Pass(vec![rules]));
    }
    let expected = "none, or a group that has rules";
    let users = json!({ "web ACLs that refer to the group": users });
    let users = Evidence::of::<WebAclSettings>("WebACL.Rules", users, expected);
    Ok(Verdict::faults(vec![rules, users]))
}
