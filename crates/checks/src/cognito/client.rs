//! What app clients tell, allow and hand out.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::cognito::{
    AuthFlow, ClientSettings, OAuthFlow, ThreatProtection, UserExistenceErrors, UserPool,
    UserPoolSettings,
};
use serde_json::{Value, json};

use super::{
    concern::{Judged, unless},
    people::{lists_only_others, sends_password, takes_users_by_api},
};
use crate::engine::unknown_value;

/// Seconds that access and ID tokens last by default.
const HOUR: u64 = 60 * 60;
/// Seconds that refresh tokens last by default.
const MONTH: u64 = 30 * 24 * HOUR;

/// Strangers do not learn who has an account.
pub(super) fn user_existence_errors(client: &ClientSettings) -> Judged {
    let from_elsewhere = if lists_only_others(client) {
        takes_users_by_api(client).map(|takes| !takes)
    } else {
        Ok(false)
    };
    let errors = client.user_existence_errors.as_ref();
    if let Some(UserExistenceErrors::Other(other)) = errors {
        return unless(from_elsewhere, Err(unknown_value::<ClientSettings>(other)));
    }
    let evidence = Evidence::of::<ClientSettings>(
        "UserPoolClient.PreventUserExistenceErrors",
        errors.map(UserExistenceErrors::as_str),
        "ENABLED",
    );
    let hidden = errors == Some(&UserExistenceErrors::Enabled);
    unless(from_elsewhere, Ok(Some(Verdict::holds(hidden, evidence))))
}

/// A refresh token can be taken back. What AWS does not say of an old client was never turned on.
pub(super) fn token_revocation(client: &ClientSettings) -> Judged {
    let revocable = client.token_revocation;
    let field = "UserPoolClient.EnableTokenRevocation";
    let evidence = Evidence::of::<ClientSettings>(field, revocable, "true");
    Ok(Some(Verdict::holds(revocable == Some(true), evidence)))
}

/// Tokens do not travel in the address.
pub(super) fn implicit_flow(client: &ClientSettings) -> Judged {
    let grants = &client.oauth_flows;
    let implicit = client.oauth_enabled && grants.contains(&OAuthFlow::Implicit);
    let observed = json!({ "AllowedOAuthFlows": grants,
        "AllowedOAuthFlowsUserPoolClient": client.oauth_enabled });
    let expected = "code in place of implicit";
    let evidence =
        Evidence::of::<ClientSettings>("UserPoolClient.AllowedOAuthFlows", observed, expected);
    Ok(Some(Verdict::holds(!implicit, evidence)))
}

/// A client that anybody can use does not take passwords as they are.
pub(super) fn plain_password_flow(pool: &UserPool, client: &ClientSettings) -> Judged {
    let flows = client.auth_flows.as_deref().unwrap_or_default();
    let other = flows.iter().find_map(|flow| match flow {
        AuthFlow::Other(other) => Some(other),
        _ => None,
    });
    let plain = !client.has_secret && flows.iter().any(sends_password);
    if let (false, false, Some(other)) = (client.has_secret, plain, other) {
        return Err(unknown_value::<ClientSettings>(other));
    }
    let observed = json!({ "ExplicitAuthFlows": client.auth_flows,
        "ClientSecret": if client.has_secret { "there is one" } else { "none" } });
    let expected = "SRP in place of passwords as they are, or a client with a secret";
    let field = "UserPoolClient.ExplicitAuthFlows";
    let verdict = Verdict::holds(!plain, Evidence::of::<ClientSettings>(field, observed, expected));
    let Verdict::Fail { mut evidence, severity } = verdict else { return Ok(Some(verdict)) };
    let Some(need) = pool.settings.set().and_then(needs_passwords) else {
        return Ok(Some(Verdict::Fail { evidence, severity }));
    };
    evidence.push(need);
    Ok(Some(Verdict::faults(evidence).severity(Severity::Info)))
}

/// What in a pool is of no use unless it sees passwords.
fn needs_passwords(pool: &UserPoolSettings) -> Option<Evidence> {
    let migration = pool.lambda_triggers.get("UserMigration");
    let enforced = pool.threat_protection == Some(ThreatProtection::Enforced);
    (migration.is_some() || enforced).then(|| {
        let observed = json!({ "LambdaConfig.UserMigration": migration,
            "UserPoolAddOns.AdvancedSecurityMode":
                pool.threat_protection.as_ref().map(ThreatProtection::as_str) });
        let expected = "any; this needs the password itself";
        Evidence::of::<UserPoolSettings>("UserPool", observed, expected)
    })
}

/// Tokens that were stolen end soon.
pub(super) fn token_lifetime(client: &ClientSettings) -> Judged {
    let access = client.access_token_validity.unwrap_or(HOUR);
    let id = client.id_token_validity.unwrap_or(HOUR);
    let refresh = client.refresh_token_validity.unwrap_or(MONTH);
    let rotation = client.refresh_token_rotation.as_ref();
    let observed = json!({ "AccessTokenValidity": access, "IdTokenValidity": id,
        "RefreshTokenValidity": refresh,
        "RefreshTokenRotation": rotation.map_or(Value::Null, |it| json!(it.feature.as_str())) });
    let expected = format!("at most {HOUR}, {HOUR} and {MONTH} seconds");
    let short = access <= HOUR && id <= HOUR && refresh <= MONTH;
    Ok(Some(Verdict::holds(
        short,
        Evidence::of::<ClientSettings>("UserPoolClient, in seconds", observed, expected),
    )))
}
