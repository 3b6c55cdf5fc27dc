//! Strangers who make themselves users, and what it gains them.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Arn, Fact as _, Reason, Unknown,
    cognito::{IdentityPool, IdentityPoolRoles, UserPool, UserPoolProvider, UserPoolSettings},
};
use serde_json::json;

use super::{reached::Reached, settings, sign_up::mapped, signed_in};
use crate::{
    Scan,
    iam::{by_level, is_cognitos_own},
    unread::missing,
};

/// A function before sign-up, which may turn strangers away.
const GUARD: &str = "PreSignUp";

const NOTHING: &str = "nothing for somebody who has only signed up";

/// Only administrators make users. How bad it is otherwise follows from what a fresh user gets.
pub(in crate::cognito) fn closed(scan: Scan<'_>, pool: &UserPool) -> Decision {
    let Some(settings) = pool.settings.known()? else {
        return Err(Unknown::new(UserPoolSettings::ACTION, Reason::Malformed));
    };
    let closed = Evidence::of::<UserPoolSettings>(
        "UserPool.AdminCreateUserConfig.AllowAdminCreateUserOnly",
        settings.admin_create_user_only,
        "true",
    );
    if settings.admin_create_user_only {
        return Ok(Verdict::Pass(vec![closed]));
    }
    let confirmed = Evidence::of::<UserPoolSettings>(
        "UserPool.AutoVerifiedAttributes",
        json!(settings.auto_verified_attributes),
        "an address that has to be confirmed",
    );
    let guard = settings.lambda_triggers.get(GUARD).map(|function| {
        let field = "UserPool.LambdaConfig.PreSignUp";
        Evidence::of::<UserPoolSettings>(
            field,
            function.as_str(),
            "a function that turns strangers away",
        )
    });
    let (gain, gained) = gains(scan, pool);
    let severity = if guard.is_some() { lower(gain) } else { gain };
    let evidence = [closed, confirmed].into_iter().chain(guard).chain(gained).collect();
    Ok(Verdict::faults(evidence).severity(severity))
}

fn lower(severity: Severity) -> Severity {
    let below = Severity::ALL.into_iter().find(|own| *own < severity);
    below.unwrap_or(severity)
}

/// What the account's identity pools give to users of the pool.
fn gains(scan: Scan<'_>, pool: &UserPool) -> (Severity, Vec<Evidence>) {
    let mut worst = Severity::Low;
    let mut evidence = vec![];
    let mut add = |(severity, found): (Severity, Vec<Evidence>)| {
        worst = worst.max(severity);
        evidence.extend(found);
    };
    let identity_pools = &scan.inventory.cognito.identity_pools;
    for own in &identity_pools.found {
        add(of_identity_pool(scan, pool, own));
    }
    for gap in &identity_pools.gaps {
        add(unread(&gap.unknown, "IdentityPools"));
    }
    (worst, evidence)
}

/// What nobody could read may give something.
fn unread(unknown: &Unknown, field: &'static str) -> (Severity, Vec<Evidence>) {
    (Severity::Medium, vec![missing(unknown, field, NOTHING)])
}

fn of_identity_pool(
    scan: Scan<'_>,
    user_pool: &UserPool,
    pool: &IdentityPool,
) -> (Severity, Vec<Evidence>) {
    let settings = match settings(pool) {
        Ok(settings) => settings,
        Err(unknown) => return unread(&unknown, "CognitoIdentityProviders"),
    };
    let takes = |own: &&UserPoolProvider| own.user_pool_id() == Some(user_pool.id.as_str());
    let providers: Vec<&UserPoolProvider> = settings.user_pools.iter().filter(takes).collect();
    if providers.is_empty() {
        return (Severity::Low, vec![]);
    }
    let roles = match pool.roles.known() {
        Ok(Some(roles)) => roles,
        Ok(None) => return (Severity::Low, vec![]),
        Err(unknown) => return unread(&unknown, "Roles"),
    };
    let names: Vec<String> = providers.iter().map(|own| mapped(own)).collect();
    let ways: Vec<&str> = providers.iter().map(|own| own.provider.as_str()).collect();
    let mut worst = Severity::Low;
    let mut evidence = vec![];
    for role in signed_in::handed_out(roles, settings, names.iter().map(String::as_str)) {
        let observed = json!({ "identity pool": pool.id, "role": role.as_str() });
        evidence.push(Evidence::of::<IdentityPoolRoles>("Roles, RoleMappings", observed, NOTHING));
        let (severity, found) = of_role(scan, pool, role, &ways)
            .unwrap_or_else(|unknown| unread(&unknown, "RoleDetailList"));
        worst = worst.max(severity);
        evidence.extend(found);
    }
    (worst, evidence)
}

fn of_role(
    scan: Scan<'_>,
    pool: &IdentityPool,
    role: &Arn,
    ways: &[&str],
) -> Result<(Severity, Vec<Evidence>), Unknown> {
    if let Some(broad) = signed_in::of_role(scan, pool, role, ways)? {
        return Ok((Severity::High, broad.evidence));
    }
    let reached = signed_in::reached(scan, pool, role, ways)?;
    let role = match &reached {
        Reached::Shut(why) => return Ok((Severity::Low, vec![why.clone()])),
        Reached::Open(role) | Reached::Perhaps(role, _) => role,
    };
    let actions = role.granted(&signed_in::session(pool), |own| !is_cognitos_own(own))?;
    let may = vec![by_level(&actions, NOTHING)];
    if actions.is_empty() {
        return Ok((Severity::Low, may));
    }
    reached.if_open((Severity::Medium, may))
}
