//! Threat protection: whether it acts, and what it does.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    cognito::{
        ClientSettings, CompromisedCredentials, CompromisedCredentialsAction, Mfa, MfaMode,
        OAuthFlow, RiskConfiguration, RiskEvent, TakeoverAction, ThreatProtection, Tier, UserPool,
        UserPoolSettings,
    },
};
use serde_json::{Value, json};

use super::{
    concern::{Judged, pool_settings},
    in_force::{InForce, Stopped, all_in_force, in_force},
    mfa,
    people::sends_password,
};
use crate::engine::unknown_value;

const MODE: &str = "UserPool.UserPoolAddOns.AdvancedSecurityMode";

fn shown(settings: &UserPoolSettings, expected: &'static str) -> Evidence {
    let mode = settings.threat_protection.as_ref().map(ThreatProtection::as_str);
    Evidence::of::<UserPoolSettings>(MODE, mode, expected)
}

/// Threat protection does something about what it sees.
pub(super) fn enforced(pool: &UserPool) -> Judged {
    let settings = pool_settings(pool)?;
    let mode = shown(settings, ThreatProtection::Enforced.as_str());
    let tier = settings.tier.as_ref();
    let plan = || {
        let expected = if tier == Some(&Tier::Plus) {
            "any; with PLUS threat protection is paid for already"
        } else {
            "PLUS, the feature plan that has threat protection, at a price"
        };
        Evidence::of::<UserPoolSettings>("UserPool.UserPoolTier", tier.map(Tier::as_str), expected)
    };
    let verdict = match &settings.threat_protection {
        Some(ThreatProtection::Enforced) => return custom_auth_enforced(settings, mode),
        Some(ThreatProtection::Other(other)) => {
            return Err(unknown_value::<UserPoolSettings>(other));
        }
        Some(ThreatProtection::Audit) => Verdict::faults(vec![mode]).severity(Severity::Low),
        Some(ThreatProtection::Off) | None if tier == Some(&Tier::Plus) => {
            Verdict::faults(vec![mode, plan()])
        }
        Some(ThreatProtection::Off) | None => {
            Verdict::faults(vec![mode, plan()]).severity(Severity::Low)
        }
    };
    Ok(Some(verdict))
}

/// Threat protection of the pool's standard sign-in acts; a sign-in of its owner's making has a mode of its own.
fn custom_auth_enforced(settings: &UserPoolSettings, standard: Evidence) -> Judged {
    let Some(function) = settings.lambda_triggers.get("DefineAuthChallenge") else {
        return Ok(Some(Verdict::Pass(vec![standard])));
    };
    let mode = settings.custom_auth_threat_protection.as_ref();
    if let Some(ThreatProtection::Other(other)) = mode {
        return Err(unknown_value::<UserPoolSettings>(other));
    }
    let evidence = Evidence::of::<UserPoolSettings>(
        "UserPool.UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode",
        json!({ "CustomAuthMode": mode.map(ThreatProtection::as_str),
            "LambdaConfig.DefineAuthChallenge": function }),
        "ENFORCED, since a function makes challenges of its own",
    );
    Ok(Some(if mode == Some(&ThreatProtection::Enforced) {
        Verdict::Pass(vec![standard, evidence])
    } else {
        Verdict::faults(vec![evidence]).severity(Severity::Low)
    }))
}

/// Whether the pool's threat protection acts on sign-ins of the standard kind.
fn acts(settings: &UserPoolSettings) -> Result<bool, Unknown> {
    match &settings.threat_protection {
        Some(ThreatProtection::Enforced) => Ok(true),
        Some(ThreatProtection::Other(other)) => Err(unknown_value::<UserPoolSettings>(other)),
        Some(ThreatProtection::Off | ThreatProtection::Audit) | None => Ok(false),
    }
}

/// Passwords that are known to be stolen are refused at sign-in.
pub(super) fn compromised_credentials(pool: &UserPool) -> Judged {
    if !acts(pool_settings(pool)?)? {
        return Ok(None);
    }
    let mut verdict = all_in_force(pool, blocks_stolen_passwords)?.verdict();
    let (Verdict::Pass(evidence) | Verdict::Fail { evidence, .. }) = &mut verdict;
    evidence.push(passwords_seen(pool));
    Ok(Some(verdict))
}

fn blocks_stolen_passwords(one: &InForce<'_>) -> Result<(bool, Evidence), Unknown> {
    let section = one.risk.and_then(|risk| risk.compromised_credentials.as_ref());
    let evidence = |section: Option<&CompromisedCredentials>| {
        let events = section.and_then(|it| it.events.as_deref()).unwrap_or_default();
        let action = section.and_then(|it| it.action.as_ref());
        let observed = json!({
            "EventAction": action.map(CompromisedCredentialsAction::as_str),
            "EventFilter": match (section, events) {
                (None, _) => Value::Null,
                (Some(_), []) => json!("all events"),
                (Some(_), events) => json!(events),
            },
        });
        let field = one.field("CompromisedCredentialsRiskConfiguration");
        Evidence::of::<RiskConfiguration>(field, observed, "BLOCK at SIGN_IN")
    };
    let blocks = match section.and_then(|section| section.action.as_ref()) {
        Some(CompromisedCredentialsAction::Block) => {
            let events = section.and_then(|section| section.events.as_deref()).unwrap_or_default();
            let other = events.iter().find_map(|event| match event {
                RiskEvent::Other(other) => Some(other),
                _ => None,
            });
            match other {
                _ if events.is_empty() || events.contains(&RiskEvent::SignIn) => true,
                Some(other) => return Err(unknown_value::<RiskConfiguration>(other)),
                None => false,
            }
        }
        Some(CompromisedCredentialsAction::Other(other)) => {
            return Err(unknown_value::<RiskConfiguration>(other));
        }
        Some(CompromisedCredentialsAction::NoAction) | None => false,
    };
    Ok((blocks, evidence(section)))
}

/// The app clients whose sign-in shows Amazon Cognito the password, for only that can be looked up.
fn passwords_seen(pool: &UserPool) -> Evidence {
    let seen = pool.clients.found.iter().filter(|client| {
        client.settings.set().is_some_and(|settings| {
            let pages = settings.oauth_enabled
                && settings.identity_providers.iter().any(|provider| provider == "COGNITO")
                && settings
                    .oauth_flows
                    .iter()
                    .any(|grant| matches!(grant, OAuthFlow::Code | OAuthFlow::Implicit));
            let flows = settings.auth_flows.as_deref().unwrap_or_default();
            pages || flows.iter().any(sends_password)
        })
    });
    let seen: Vec<&str> = seen.map(|client| client.id.as_str()).collect();
    Evidence::of::<ClientSettings>(
        "UserPoolClient.ExplicitAuthFlows",
        json!({ "app clients that send the password": seen }),
        "any; where none is sent, as with SRP, Amazon Cognito has nothing to look up",
    )
}

/// Sign-ins with a medium or high risk are not simply let through.
pub(super) fn account_takeover(pool: &UserPool) -> Judged {
    if !acts(pool_settings(pool)?)? {
        return Ok(None);
    }
    let mode = mfa::mode(pool);
    let answered = |action: &TakeoverAction| match (action, &mode) {
        (TakeoverAction::Block | TakeoverAction::MfaRequired, _) => Ok(true),
        (TakeoverAction::NoAction, _) => Ok(false),
        (TakeoverAction::Other(other), _) => Err(unknown_value::<RiskConfiguration>(other)),
        (TakeoverAction::MfaIfConfigured, Ok(MfaMode::Other(other))) => {
            Err(unknown_value::<Mfa>(other))
        }
        (TakeoverAction::MfaIfConfigured, Ok(mode)) => Ok(**mode != MfaMode::Off),
        (TakeoverAction::MfaIfConfigured, Err(unknown)) => Err(unknown.clone()),
    };
    let expected = "BLOCK, MFA_REQUIRED, or MFA_IF_CONFIGURED while MFA is not OFF, at a medium \
                    and high risk";
    let mut verdict = all_in_force(pool, |one| stops(one, &answered, expected))?.verdict();
    let asks = |one: &InForce<'_>| one.actions().contains(&Some(&TakeoverAction::MfaIfConfigured));
    if let Ok(mode) = mode
        && in_force(pool).0.iter().any(asks)
    {
        let (Verdict::Pass(evidence) | Verdict::Fail { evidence, .. }) = &mut verdict;
        evidence.push(mfa::shown(
            pool,
            mode,
            "ON or OPTIONAL, for MFA_IF_CONFIGURED to ask anybody",
        ));
    }
    Ok(Some(verdict))
}

/// Whether a user with MFA on offer is asked for it wherever the sign-in looks like somebody else's, or refused.
pub(super) fn asks_for_mfa(pool: &UserPool) -> Result<Stopped, Unknown> {
    let settings = pool_settings(pool)?;
    if !acts(settings)? {
        return Ok(Stopped::No(vec![shown(settings, "ENFORCED, where MFA is OPTIONAL")]));
    }
    let answered = |action: &TakeoverAction| match action {
        TakeoverAction::Block | TakeoverAction::MfaRequired => Ok(true),
        TakeoverAction::NoAction | TakeoverAction::MfaIfConfigured => Ok(false),
        TakeoverAction::Other(other) => Err(unknown_value::<RiskConfiguration>(other)),
    };
    let expected = "BLOCK or MFA_REQUIRED at a medium and high risk, where MFA is OPTIONAL";
    all_in_force(pool, |one| stops(one, &answered, expected))
}

/// Whether both risks that matter are answered, where one that is not decides.
fn stops(
    one: &InForce<'_>,
    answered: &dyn Fn(&TakeoverAction) -> Result<bool, Unknown>,
    expected: &'static str,
) -> Result<(bool, Evidence), Unknown> {
    let [low, medium, high] = one.actions();
    let stopped = |action: Option<&TakeoverAction>| action.map_or(Ok(false), answered);
    let both = match (stopped(medium), stopped(high)) {
        (Ok(false), _) | (_, Ok(false)) => false,
        (Err(unknown), _) | (_, Err(unknown)) => return Err(unknown),
        (Ok(true), Ok(true)) => true,
    };
    let shown = |action: Option<&TakeoverAction>| json!(action.map(TakeoverAction::as_str));
    let observed = json!({ "LowAction": shown(low), "MediumAction": shown(medium),
        "HighAction": shown(high) });
    let field = one.field("AccountTakeoverRiskConfiguration.Actions");
    Ok((both, Evidence::of::<RiskConfiguration>(field, observed, expected)))
}
