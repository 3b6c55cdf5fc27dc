//! What passwords must be like, how long temporary ones last, and how forgotten ones are replaced.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::cognito::{
    MfaMode, PasswordPolicy, RecoveryOption, UserPool, UserPoolSettings,
};
use serde_json::{Value, json};

use super::concern::{Judged, pool_settings};
use crate::engine::unknown_value;

/// The fewest characters that pass.
const SHORT: u32 = 12;
/// From here on length does what kinds of characters are for.
const LONG: u32 = 14;
/// Days that temporary passwords may last, which is also how long they do where a pool says nothing.
const WEEK: u32 = 7;

/// Passwords are long.
pub(super) fn length(pool: &UserPool) -> Judged {
    let settings = pool_settings(pool)?;
    let least = settings.password_policy.as_ref().and_then(|policy| policy.minimum_length);
    let field = "UserPool.Policies.PasswordPolicy.MinimumLength";
    let length = Evidence::of::<UserPoolSettings>(field, least, format!("at least {SHORT}"));
    let verdict = Verdict::holds(least.is_some_and(|least| least >= SHORT), length);
    Ok(Some(if settings.mfa == Some(MfaMode::On) { with_mfa(verdict, settings) } else { verdict }))
}

/// A password alone opens nothing where all users have MFA.
fn with_mfa(verdict: Verdict, settings: &UserPoolSettings) -> Verdict {
    let Verdict::Fail { mut evidence, .. } = verdict else { return verdict };
    let mode = settings.mfa.as_ref().map(MfaMode::as_str);
    let expected = "any; where it is ON a guessed password alone opens nothing";
    evidence.push(Evidence::of::<UserPoolSettings>("UserPool.MfaConfiguration", mode, expected));
    Verdict::faults(evidence).severity(Severity::Low)
}

/// Passwords have characters of all four kinds.
pub(super) fn complexity(pool: &UserPool) -> Judged {
    let policy = pool_settings(pool)?.password_policy.as_ref();
    let all = |policy: &PasswordPolicy| {
        policy.lowercase && policy.uppercase && policy.numbers && policy.symbols
    };
    let observed = policy.map_or(Value::Null, |policy| {
        json!({ "RequireLowercase": policy.lowercase, "RequireUppercase": policy.uppercase,
            "RequireNumbers": policy.numbers, "RequireSymbols": policy.symbols,
            "MinimumLength": policy.minimum_length })
    });
    let field = "UserPool.Policies.PasswordPolicy";
    let expected = "lower case, upper case, digits and symbols all required";
    let evidence = Evidence::of::<UserPoolSettings>(field, observed, expected);
    let verdict = Verdict::holds(policy.is_some_and(all), evidence);
    let least = policy.and_then(|policy| policy.minimum_length);
    let long = least.is_some_and(|least| least >= LONG);
    Ok(Some(if long { verdict.severity(Severity::Info) } else { verdict }))
}

/// Invitations that nobody accepted end soon.
pub(super) fn temporary(pool: &UserPool) -> Judged {
    let settings = pool_settings(pool)?;
    let policy = settings.password_policy.as_ref();
    let new = policy.and_then(|policy| policy.temporary_validity_days);
    let old = settings.unused_account_validity_days;
    let (field, days) = match (new, old) {
        (None, Some(days)) => {
            ("UserPool.AdminCreateUserConfig.UnusedAccountValidityDays", Some(days))
        }
        (days, _) => ("UserPool.Policies.PasswordPolicy.TemporaryPasswordValidityDays", days),
    };
    let expected = format!("at most {WEEK} days, which is the default");
    let evidence = Evidence::of::<UserPoolSettings>(field, days, expected);
    Ok(Some(Verdict::holds(days.unwrap_or(WEEK) <= WEEK, evidence)))
}

/// The code for a new password does not go to a telephone number first.
pub(super) fn recovery(pool: &UserPool) -> Judged {
    let settings = pool_settings(pool)?;
    if settings.sms.is_none() {
        let expected = "no text messages, or recovery by e-mail first";
        let evidence =
            Evidence::of::<UserPoolSettings>("UserPool.SmsConfiguration", Value::Null, expected);
        return Ok(Some(Verdict::Pass(vec![evidence])));
    }
    let mechanisms = settings.recovery.as_deref().unwrap_or_default();
    let first = mechanisms.iter().min_by_key(|mechanism| mechanism.priority);
    let mail = match first.map(|mechanism| &mechanism.name) {
        Some(RecoveryOption::VerifiedEmail | RecoveryOption::AdminOnly) => true,
        Some(RecoveryOption::VerifiedPhoneNumber) | None => false,
        Some(RecoveryOption::Other(other)) => return Err(unknown_value::<UserPoolSettings>(other)),
    };
    let observed = settings.recovery.as_ref().map(|mechanisms| {
        let shown = mechanisms.iter().map(|it| json!({ "Name": it.name, "Priority": it.priority }));
        shown.collect::<Vec<_>>()
    });
    let evidence = Evidence::of::<UserPoolSettings>(
        "UserPool.AccountRecoverySetting.RecoveryMechanisms",
        observed,
        "verified_email or admin_only first; without a setting a telephone number comes first",
    );
    Ok(Some(Verdict::holds(mail, evidence)))
}
