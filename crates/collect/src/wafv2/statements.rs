//! Which requests a rule takes, without the texts that it looks for.

use aws_sdk_wafv2::types;
use awspect_inventory::wafv2::{
    ManagedRuleGroup, MatchKind, RateBased, RuleGroupReference, RuleOverride, Statement,
};

use super::rules::action;
use crate::{
    ask::Missing,
    read::{arn, given, said},
};

/// A statement and all within it.
pub(super) fn read(statement: types::Statement) -> Result<Statement, Missing> {
    if let Some(kind) = match_kind(&statement) {
        return Ok(Statement::Match(kind));
    }
    if let Some(and) = statement.and_statement {
        return Ok(Statement::And(parts(and.statements)?));
    }
    if let Some(or) = statement.or_statement {
        return Ok(Statement::Or(parts(or.statements)?));
    }
    if let Some(not) = statement.not_statement {
        let part = not.statement.ok_or(Missing("Statement"))?;
        return Ok(Statement::Not(Box::new(read(*part)?)));
    }
    if let Some(rate) = statement.rate_based_statement {
        return rate_based(rate);
    }
    if let Some(group) = statement.managed_rule_group_statement {
        return managed(group);
    }
    let group = statement.rule_group_reference_statement.map(reference).transpose()?;
    Ok(group.unwrap_or(Statement::Other))
}

fn match_kind(statement: &types::Statement) -> Option<MatchKind> {
    let all = [
        (statement.byte_match_statement.is_some(), MatchKind::ByteMatch),
        (statement.sqli_match_statement.is_some(), MatchKind::Sqli),
        (statement.xss_match_statement.is_some(), MatchKind::Xss),
        (statement.size_constraint_statement.is_some(), MatchKind::Size),
        (statement.geo_match_statement.is_some(), MatchKind::Geo),
        (statement.ip_set_reference_statement.is_some(), MatchKind::IpSet),
        (statement.regex_pattern_set_reference_statement.is_some(), MatchKind::RegexPatternSet),
        (statement.regex_match_statement.is_some(), MatchKind::Regex),
        (statement.label_match_statement.is_some(), MatchKind::Label),
        (statement.asn_match_statement.is_some(), MatchKind::Asn),
    ];
    all.into_iter().find_map(|(is_it, kind)| is_it.then_some(kind))
}

fn parts(statements: Vec<types::Statement>) -> Result<Vec<Statement>, Missing> {
    statements.into_iter().map(read).collect()
}

fn scope_down(statement: Option<Box<types::Statement>>) -> Result<Option<Box<Statement>>, Missing> {
    statement.map(|statement| Ok(Box::new(read(*statement)?))).transpose()
}

fn rate_based(rate: types::RateBasedStatement) -> Result<Statement, Missing> {
    // 0 is the SDK's word for nothing.
    let positive = |figure: i64| u64::try_from(figure).ok().filter(|figure| *figure > 0);
    Ok(Statement::RateBased(RateBased {
        limit: positive(rate.limit).ok_or(Missing("Limit"))?,
        window: positive(rate.evaluation_window_sec),
        aggregate: said(rate.aggregate_key_type.as_str(), "AggregateKeyType")?.into(),
        scope_down: scope_down(rate.scope_down_statement)?,
    }))
}

/// A group of AWS's or of a vendor's.
pub(super) fn managed(group: types::ManagedRuleGroupStatement) -> Result<Statement, Missing> {
    Ok(Statement::ManagedRuleGroup(ManagedRuleGroup {
        vendor: said(&group.vendor_name, "VendorName")?.to_owned(),
        name: said(&group.name, "Name")?.to_owned(),
        version: given(group.version),
        excluded: excluded(group.excluded_rules),
        overrides: overrides(group.rule_action_overrides)?,
        scope_down: scope_down(group.scope_down_statement)?,
    }))
}

/// A group with an ARN.
pub(super) fn reference(group: types::RuleGroupReferenceStatement) -> Result<Statement, Missing> {
    Ok(Statement::RuleGroup(RuleGroupReference {
        arn: arn(Some(&group.arn), "ARN")?,
        excluded: excluded(group.excluded_rules),
        overrides: overrides(group.rule_action_overrides)?,
    }))
}

fn excluded(rules: Option<Vec<types::ExcludedRule>>) -> Vec<String> {
    rules.unwrap_or_default().into_iter().map(|rule| rule.name).collect()
}

fn overrides(
    overrides: Option<Vec<types::RuleActionOverride>>,
) -> Result<Vec<RuleOverride>, Missing> {
    let read = overrides.unwrap_or_default().into_iter().map(|it| {
        Ok(RuleOverride {
            rule: said(&it.name, "Name")?.to_owned(),
            action: action(&it.action_to_use.ok_or(Missing("ActionToUse"))?),
        })
    });
    read.collect()
}
