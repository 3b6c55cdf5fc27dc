//! Whether users prove more than a password, and by what.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cognito::{Mfa, MfaMode, UserPool, UserPoolSettings, WebAuthnFactor},
};
use serde_json::json;

use super::{concern::Judged, in_force::Stopped, risk};
use crate::engine::unknown_value;

/// What a pool takes for a second factor.
struct Factors<'a> {
    mfa: &'a Mfa,
    /// Those that are turned on, as AWS names them.
    names: Vec<&'static str>,
    /// Set where passkeys may be one more.
    open: Option<Unknown>,
}

const SMS: &str = "SMS_MFA";

impl<'a> Factors<'a> {
    fn of(mfa: &'a Mfa) -> Self {
        let passkeys = passkeys(mfa);
        let all = [
            (mfa.software_token, "SOFTWARE_TOKEN_MFA"),
            (passkeys == Some(&WebAuthnFactor::MultiWithUserVerification), "WEB_AUTHN"),
            (mfa.email, "EMAIL_OTP"),
            (mfa.sms.is_some(), SMS),
        ];
        Self {
            mfa,
            names: all.into_iter().filter_map(|(taken, name)| taken.then_some(name)).collect(),
            open: match passkeys {
                Some(WebAuthnFactor::Other(other)) => Some(unknown_value::<Mfa>(other)),
                _ => None,
            },
        }
    }

    fn shown(&self, expected: &'static str) -> Evidence {
        let observed = json!({
            "SoftwareTokenMfaConfiguration": self.mfa.software_token,
            "WebAuthnConfiguration.FactorConfiguration":
                passkeys(self.mfa).map(WebAuthnFactor::as_str),
            "EmailMfaConfiguration": self.mfa.email,
            "SmsMfaConfiguration": self.mfa.sms.is_some(),
        });
        Evidence::of::<Mfa>("…Configuration", observed, expected)
    }
}

/// What passkeys count for.
fn passkeys(mfa: &Mfa) -> Option<&WebAuthnFactor> {
    mfa.web_authn.as_ref().and_then(|passkeys| passkeys.factor.as_ref())
}

fn answer(pool: &UserPool) -> Result<&Mfa, Unknown> {
    pool.mfa.known()?.ok_or_else(|| Unknown::new(Mfa::ACTION, Reason::Malformed))
}

/// Who has MFA, by either of the answers that say it.
pub(super) fn mode(pool: &UserPool) -> Result<&MfaMode, Unknown> {
    let in_settings = || pool.settings.set().and_then(|settings| settings.mfa.as_ref());
    answer(pool).map(|mfa| &mfa.mode).or_else(|unknown| in_settings().ok_or(unknown))
}

/// Who has MFA, with the answer that says it.
pub(super) fn shown(pool: &UserPool, mode: &MfaMode, expected: &'static str) -> Evidence {
    if pool.mfa.set().is_some() {
        Evidence::of::<Mfa>("MfaConfiguration", mode.as_str(), expected)
    } else {
        Evidence::of::<UserPoolSettings>("UserPool.MfaConfiguration", mode.as_str(), expected)
    }
}

/// Users are asked for a second factor: all of them, or those whose sign-in looks like somebody else's.
pub(super) fn asked(pool: &UserPool) -> Judged {
    let mode = mode(pool)?;
    let asked = shown(pool, mode, "ON, or OPTIONAL with threat protection that asks for it");
    let factors = answer(pool).map(Factors::of);
    let named = |factors: &Factors<'_>| {
        factors.shown("one at least; a passkey counts as MULTI_FACTOR_WITH_USER_VERIFICATION")
    };
    match mode {
        MfaMode::Off => return Ok(Some(Verdict::faults(vec![asked]))),
        MfaMode::Other(other) => return Err(unknown_value::<Mfa>(other)),
        MfaMode::On | MfaMode::Optional => {}
    }
    if let Ok(factors) = &factors
        && factors.names.is_empty()
    {
        return match factors.open.clone() {
            Some(unknown) => Err(unknown),
            None => Ok(Some(Verdict::faults(vec![asked, named(factors)]))),
        };
    }
    if *mode == MfaMode::On {
        return Ok(Some(Verdict::Pass(vec![asked, named(&factors?)])));
    }
    let mut evidence = vec![asked];
    evidence.extend(factors.as_ref().ok().map(named));
    match risk::asks_for_mfa(pool)? {
        Stopped::Yes(why) => {
            factors?;
            evidence.extend(why);
            Ok(Some(Verdict::Pass(evidence)))
        }
        Stopped::No(why) => {
            evidence.extend(why);
            Ok(Some(Verdict::faults(evidence).severity(Severity::Low)))
        }
    }
}

/// Where a second factor is a text message, there is another one to choose.
pub(super) fn not_sms_alone(pool: &UserPool) -> Judged {
    match mode(pool)? {
        MfaMode::Off => return Ok(None),
        MfaMode::Other(other) => return Err(unknown_value::<Mfa>(other)),
        MfaMode::On | MfaMode::Optional => {}
    }
    let factors = Factors::of(answer(pool)?);
    let verdict = match (factors.names.as_slice(), &factors.open) {
        ([] | [SMS], Some(unknown)) => return Err(unknown.clone()),
        ([], None) => return Ok(None),
        (names, _) => {
            let expected = "another one than text messages, such as an authenticator app";
            Verdict::holds(names != [SMS], factors.shown(expected))
        }
    };
    Ok(Some(verdict))
}
