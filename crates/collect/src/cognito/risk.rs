//! What threat protection does, for a user pool or for one of its clients.

use aws_sdk_cognitoidentityprovider::{
    Client,
    operation::describe_risk_configuration::DescribeRiskConfigurationOutput,
    types::{
        AccountTakeoverActionType, AccountTakeoverRiskConfigurationType,
        CompromisedCredentialsRiskConfigurationType, RiskExceptionConfigurationType,
    },
};
use awspect_inventory::{
    Fact as _, Observed,
    cognito::{
        AccountTakeover, CompromisedCredentials, RiskConfiguration, RiskExceptions,
        TakeoverResponse, ThreatProtection, UserPoolSettings,
    },
};

use crate::{
    ask::{Ask, Missing, Read},
    read::said,
};

/// Whether a pool has risk configurations that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Risks {
    /// It may have.
    Perhaps,
    /// Its threat protection is off, and AWS would say that the add-on is not enabled.
    None,
}

impl Risks {
    pub(super) fn of(settings: &Observed<UserPoolSettings>) -> Self {
        let Some(settings) = settings.set() else { return Self::Perhaps };
        let modes = [&settings.threat_protection, &settings.custom_auth_threat_protection];
        let off = |mode: &Option<_>| mode.as_ref().is_none_or(|it| *it == ThreatProtection::Off);
        if modes.into_iter().all(off) { Self::None } else { Self::Perhaps }
    }
}

/// The risk configuration of a pool, or of this client of it.
pub(super) async fn collect(
    client: &Client,
    ask: &Ask,
    risks: Risks,
    pool: &str,
    of: Option<&str>,
) -> Observed<RiskConfiguration> {
    let is_wanted = ask.unwanted(&RiskConfiguration::ACTION).is_none();
    if is_wanted && risks == Risks::None {
        return Observed::NotSet;
    }
    let call = client.describe_risk_configuration().user_pool_id(pool);
    let call = call.set_client_id(of.map(str::to_owned)).send();
    ask.fact(&["UserPoolAddOnNotEnabledException"], call, read).await
}

/// What has no configuration has one without parts.
fn read(answer: DescribeRiskConfigurationOutput) -> Read<RiskConfiguration> {
    let Some(configuration) = answer.risk_configuration else { return Ok(None) };
    let read = RiskConfiguration {
        compromised_credentials: configuration
            .compromised_credentials_risk_configuration
            .map(compromised_credentials)
            .transpose()?,
        account_takeover: configuration
            .account_takeover_risk_configuration
            .map(account_takeover)
            .transpose()?,
        exceptions: configuration.risk_exception_configuration.map(exceptions),
    };
    let is_set = read.compromised_credentials.is_some()
        || read.account_takeover.is_some()
        || read.exceptions.is_some();
    Ok(is_set.then_some(read))
}

fn compromised_credentials(
    configuration: CompromisedCredentialsRiskConfigurationType,
) -> Result<CompromisedCredentials, Missing> {
    let action = configuration
        .actions
        .map(|actions| Ok(said(actions.event_action.as_str(), "EventAction")?.into()));
    let events = configuration.event_filter.filter(|events| !events.is_empty());
    Ok(CompromisedCredentials {
        action: action.transpose()?,
        events: events.map(|events| events.iter().map(|event| event.as_str().into()).collect()),
    })
}

fn account_takeover(
    configuration: AccountTakeoverRiskConfigurationType,
) -> Result<AccountTakeover, Missing> {
    let (low, medium, high) = match configuration.actions {
        Some(actions) => (actions.low_action, actions.medium_action, actions.high_action),
        None => (None, None, None),
    };
    Ok(AccountTakeover {
        low: low.as_ref().map(response).transpose()?,
        medium: medium.as_ref().map(response).transpose()?,
        high: high.as_ref().map(response).transpose()?,
        notify_configured: configuration.notify_configuration.is_some(),
    })
}

fn response(action: &AccountTakeoverActionType) -> Result<TakeoverResponse, Missing> {
    Ok(TakeoverResponse {
        action: said(action.event_action.as_str(), "EventAction")?.into(),
        notify: action.notify,
    })
}

fn exceptions(configuration: RiskExceptionConfigurationType) -> RiskExceptions {
    RiskExceptions {
        blocked: configuration.blocked_ip_range_list.unwrap_or_default(),
        skipped: configuration.skipped_ip_range_list.unwrap_or_default(),
    }
}
