//! Rules of web ACLs and of rule groups.

use aws_sdk_wafv2::types;
use awspect_inventory::wafv2::{
    FirewallManagerGroup, OverrideAction, Rule, RuleAction, Statement, Visibility,
};

use super::statements;
use crate::{ask::Missing, read::said};

/// What stands for an action that the SDK does not know and therefore leaves out.
const UNKNOWN: &str = "UNKNOWN";

/// All rules. AWS leaves out an empty list.
pub(super) fn all(rules: Option<Vec<types::Rule>>) -> Result<Vec<Rule>, Missing> {
    rules.unwrap_or_default().into_iter().map(rule).collect()
}

fn rule(rule: types::Rule) -> Result<Rule, Missing> {
    Ok(Rule {
        name: said(&rule.name, "Name")?.to_owned(),
        priority: priority(rule.priority)?,
        statement: statements::read(rule.statement.ok_or(Missing("Statement"))?)?,
        action: rule.action.as_ref().map(action),
        override_action: rule.override_action.as_ref().map(override_action),
        visibility: visibility(rule.visibility_config)?,
    })
}

/// The groups that Firewall Manager put into a web ACL.
pub(super) fn firewall_manager(
    groups: Vec<types::FirewallManagerRuleGroup>,
) -> Result<Vec<FirewallManagerGroup>, Missing> {
    let read = groups.into_iter().map(|group| {
        let statement = group.firewall_manager_statement.ok_or(Missing("Statement"))?;
        let managed = statement.managed_rule_group_statement.map(statements::managed);
        let own = || statement.rule_group_reference_statement.map(statements::reference);
        Ok(FirewallManagerGroup {
            name: said(&group.name, "Name")?.to_owned(),
            priority: priority(group.priority)?,
            statement: managed.or_else(own).transpose()?.unwrap_or(Statement::Other),
            override_action: group.override_action.as_ref().map(override_action),
            visibility: visibility(group.visibility_config)?,
        })
    });
    read.collect()
}

fn priority(priority: i32) -> Result<u32, Missing> {
    priority.try_into().map_err(|_| Missing("Priority"))
}

/// What a rule does.
pub(super) fn action(action: &types::RuleAction) -> RuleAction {
    let all = [
        (action.allow.is_some(), RuleAction::Allow),
        (action.block.is_some(), RuleAction::Block),
        (action.count.is_some(), RuleAction::Count),
        (action.captcha.is_some(), RuleAction::Captcha),
        (action.challenge.is_some(), RuleAction::Challenge),
        (action.monetize.is_some(), RuleAction::Monetize),
    ];
    let said = all.into_iter().find_map(|(is_it, action)| is_it.then_some(action));
    said.unwrap_or_else(|| UNKNOWN.into())
}

fn override_action(action: &types::OverrideAction) -> OverrideAction {
    match (&action.none, &action.count) {
        (Some(_), None) => OverrideAction::None,
        (None, Some(_)) => OverrideAction::Count,
        _ => UNKNOWN.into(),
    }
}

/// What is seen of requests, which AWS always says. The SDK makes one up where it does not, without a metric's name.
pub(super) fn visibility(
    visibility: Option<types::VisibilityConfig>,
) -> Result<Visibility, Missing> {
    let visibility = visibility.ok_or(Missing("VisibilityConfig"))?;
    Ok(Visibility {
        metrics: visibility.cloud_watch_metrics_enabled,
        metric_name: said(&visibility.metric_name, "VisibilityConfig")?.to_owned(),
        samples: visibility.sampled_requests_enabled,
    })
}
