//! What is in the managed groups of which a web ACL overrides rules.

use aws_sdk_wafv2::{
    operation::describe_managed_rule_group::DescribeManagedRuleGroupOutput, types::RuleSummary,
};
use awspect_inventory::{
    Observed,
    wafv2::{
        ManagedRule, ManagedRuleGroup, ManagedRules, OverriddenGroup, Statement, WebAclSettings,
    },
};

use super::{Place, rules::action};
use crate::{
    ask::{Ask, Missing, Read},
    read::text,
};

/// The groups of a web ACL, each once. One without overrides does what its vendor made it for, and is not asked about.
pub(super) async fn collect(
    place: &Place,
    ask: &Ask,
    settings: &Observed<WebAclSettings>,
) -> Vec<OverriddenGroup> {
    let mut all: Vec<OverriddenGroup> = vec![];
    for group in settings.set().map(overridden).unwrap_or_default() {
        if all.iter().any(|known| known.is(group)) {
            continue;
        }
        let (vendor, name, version) =
            (group.vendor.clone(), group.name.clone(), group.version.clone());
        let call = place.client.describe_managed_rule_group().scope(place.scope());
        let call = call.vendor_name(&vendor).name(&name).set_version_name(version.clone());
        let rules = ask.fact(&[], call.send(), read).await;
        all.push(OverriddenGroup { vendor, name, version, rules });
    }
    all
}

fn overridden(settings: &WebAclSettings) -> Vec<&ManagedRuleGroup> {
    let own = settings.rules.iter().map(|rule| &rule.statement);
    let others = settings.firewall_manager_groups().map(|group| &group.statement);
    let managed = own.chain(others).filter_map(|statement| match statement {
        Statement::ManagedRuleGroup(group) => Some(group),
        _ => None,
    });
    managed.filter(|group| !group.overrides.is_empty() || !group.excluded.is_empty()).collect()
}

fn read(answer: DescribeManagedRuleGroupOutput) -> Read<ManagedRules> {
    let rules = answer.rules.ok_or(Missing("Rules"))?.into_iter().map(rule);
    Ok(Some(ManagedRules(rules.collect::<Result<_, _>>()?)))
}

fn rule(rule: RuleSummary) -> Result<ManagedRule, Missing> {
    let name = text(rule.name, "Name")?;
    Ok(ManagedRule { name, action: action(&rule.action.ok_or(Missing("Action"))?) })
}
