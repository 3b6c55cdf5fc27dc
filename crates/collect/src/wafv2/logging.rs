//! Where the web ACLs of a place log.

use aws_sdk_wafv2::{
    operation::list_logging_configurations::ListLoggingConfigurationsOutput,
    types::{self, LogScope},
};
use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;
use awspect_inventory::{
    Arn, Gap, Listed, Observed, Unknown,
    wafv2::{
        LogCondition, LogFilter, LogFilterRule, LogOwner, LoggingConfiguration, WebAclLogging,
    },
};

use super::{PAGE, Place};
use crate::{
    Session,
    ask::{Missing, turned},
    read::{arn, said},
};

/// Who else than the account's owner may have a web ACL log. Each is a listing of its own.
const OTHERS: [LogScope; 2] = [LogScope::SecurityLake, LogScope::CloudwatchTelemetryRuleManaged];

/// A configuration, and the web ACL that it is of.
type Of = (Arn, LoggingConfiguration);

/// What was learned about the logs of a place.
#[derive(Debug)]
pub(super) struct Logs {
    found: Vec<Of>,
    gap: Option<Unknown>,
}

impl Logs {
    /// Where a web ACL logs. What nobody could list may log all, which counts unless another is known to.
    pub(super) fn of(&self, acl: &Arn) -> Observed<WebAclLogging> {
        let found: Vec<LoggingConfiguration> = self.by(acl).cloned().collect();
        match &self.gap {
            Some(unknown) if !self.is_logged_whole(acl) => Observed::Unknown(unknown.clone()),
            _ if found.is_empty() => Observed::NotSet,
            _ => Observed::Set(WebAclLogging(found)),
        }
    }

    fn by(&self, acl: &Arn) -> impl Iterator<Item = &LoggingConfiguration> {
        self.found.iter().filter(move |(of, _)| of == acl).map(|(_, logging)| logging)
    }

    fn is_logged_whole(&self, acl: &Arn) -> bool {
        self.by(acl).any(|logging| logging.filter.is_none())
    }

    fn add(&mut self, listed: Listed<Of>) {
        for of in listed.found {
            if !self.found.contains(&of) {
                self.found.push(of);
            }
        }
        self.gap = self.gap.take().or(listed.gaps.into_iter().next().map(|gap| gap.unknown));
    }
}

/// The logs of these web ACLs: one listing for all, and two more only where one of them may be missing in it.
pub(super) async fn collect(session: &Session, place: &Place, acls: &[Arn]) -> Logs {
    let mut logs = Logs { found: vec![], gap: None };
    if acls.is_empty() {
        return logs;
    }
    logs.add(listed(session, place, LogScope::Customer).await);
    if logs.gap.is_none() && !acls.iter().all(|acl| logs.is_logged_whole(acl)) {
        let others = OTHERS.map(|scope| listed(session, place, scope));
        for other in futures::future::join_all(others).await {
            logs.add(other);
        }
    }
    logs
}

async fn listed(session: &Session, place: &Place, scope: LogScope) -> Listed<Of> {
    let listing = place.client.list_logging_configurations();
    let listing = listing.scope(place.scope()).log_scope(scope.clone()).limit(PAGE);
    let pages = turned(
        move |marker| {
            let call = listing.clone().set_next_marker(marker).send();
            async move {
                match call.await {
                    // Where no web ACL logs, there may be nothing to list.
                    Err(error) if error.code() == Some("WAFNonexistentItemException") => {
                        let none = ListLoggingConfigurationsOutput::builder();
                        Ok(none.set_logging_configurations(Some(vec![])).build())
                    }
                    answer => answer,
                }
            }
        },
        ListLoggingConfigurationsOutput::next_marker,
    );
    let gap = |unknown| Gap { arn: String::new(), region: None, unknown };
    session
        .ask(&place.region)
        .pages::<WebAclLogging, _, _, _, _>(
            pages,
            |page| page.logging_configurations.ok_or(Missing("LoggingConfigurations")),
            |logging| read(logging, &scope),
            gap,
        )
        .await
}

/// A configuration. One that does not say whose it is is of those that were asked for.
fn read(logging: types::LoggingConfiguration, asked: &LogScope) -> Result<Of, Missing> {
    let destinations = logging.log_destination_configs.iter();
    let destinations = destinations.map(|to| arn(Some(to), "LogDestinationConfigs"));
    let read = LoggingConfiguration {
        owner: LogOwner::from(logging.log_scope.as_ref().unwrap_or(asked).as_str()),
        destinations: destinations.collect::<Result<_, _>>()?,
        managed_by_firewall_manager: logging.managed_by_firewall_manager,
        filter: logging.logging_filter.map(filter).transpose()?,
    };
    Ok((arn(Some(&logging.resource_arn), "ResourceArn")?, read))
}

fn filter(filter: types::LoggingFilter) -> Result<LogFilter, Missing> {
    Ok(LogFilter {
        rules: filter.filters.into_iter().map(rule).collect::<Result<_, _>>()?,
        otherwise: said(filter.default_behavior.as_str(), "DefaultBehavior")?.into(),
    })
}

fn rule(rule: types::Filter) -> Result<LogFilterRule, Missing> {
    Ok(LogFilterRule {
        behavior: said(rule.behavior.as_str(), "Behavior")?.into(),
        requirement: said(rule.requirement.as_str(), "Requirement")?.into(),
        conditions: rule.conditions.into_iter().map(condition).collect::<Result<_, _>>()?,
    })
}

fn condition(condition: types::Condition) -> Result<LogCondition, Missing> {
    if let Some(action) = condition.action_condition {
        return Ok(LogCondition::Action(said(action.action.as_str(), "Action")?.to_owned()));
    }
    let Some(label) = condition.label_name_condition else { return Ok(LogCondition::Other) };
    Ok(LogCondition::Label(said(&label.label_name, "LabelName")?.to_owned()))
}
