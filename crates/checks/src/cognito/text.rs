//! Text messages: which a user pool sends, and whether they arrive.

pub(super) mod role;
pub(super) mod sandbox;
pub(super) mod spend;

use awspect_findings::Evidence;
use awspect_inventory::{
    Fact as _, Reason, Region, Unknown,
    cognito::{
        AuthFactor, Cognito, Mfa, MfaMode, RecoveryOption, SmsService, TextMessages, UserPool,
        UserPoolSettings,
    },
};
use serde_json::json;

use crate::{engine::unknown_value, unread::not_known};

/// The function that sends in place of Amazon Cognito (`CustomSMSSender`).
const SENDER: &str = "CustomSMSSender";

/// How `verified_phone_number` and its like are called where they are attributes.
const PHONE: &str = "phone_number";

/// What text messages are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Mfa,
    SignIn,
    Verification,
    Recovery,
}

impl Use {
    fn as_str(self) -> &'static str {
        match self {
            Self::Mfa => "codes of MFA",
            Self::SignIn => "codes to sign in with",
            Self::Verification => "codes that verify a number",
            Self::Recovery => "codes for a new password",
        }
    }
}

/// The text messages of a user pool.
#[derive(Debug)]
pub(super) struct Sent<'a> {
    pub(super) region: &'a Region,
    pub(super) service: SmsService,
    /// What they are for, as far as it is known.
    pub(super) uses: Vec<Use>,
    /// Why there may be more uses.
    pub(super) open: Option<Unknown>,
}

/// Which text messages Amazon Cognito sends for a pool: none without a configuration, or where a function sends them.
pub(super) fn sent(pool: &UserPool) -> Result<Option<Sent<'_>>, Unknown> {
    let Some(settings) = pool.settings.known()? else { return Ok(None) };
    let Some(sms) = &settings.sms else { return Ok(None) };
    if settings.lambda_triggers.contains_key(SENDER) {
        return Ok(None);
    }
    let asked = [
        (Use::Mfa, mfa(pool, settings)),
        (Use::SignIn, sign_in(settings)),
        (Use::Verification, Ok(settings.auto_verified_attributes.iter().any(|own| own == PHONE))),
        (Use::Recovery, recovery(settings)),
    ];
    let uses: Vec<Use> =
        asked.iter().filter(|(_, sends)| *sends == Ok(true)).map(|(own, _)| *own).collect();
    let open = asked.into_iter().find_map(|(_, sends)| sends.err());
    let region = sms.region.as_ref().unwrap_or(&pool.region);
    let sends = !uses.is_empty() || open.is_some();
    Ok(sends.then_some(Sent { region, service: sms.service, uses, open }))
}

fn mfa(pool: &UserPool, settings: &UserPoolSettings) -> Result<bool, Unknown> {
    if settings.mfa == Some(MfaMode::Off) {
        return Ok(false);
    }
    let Some(mfa) = pool.mfa.known()? else { return Ok(false) };
    match &mfa.mode {
        _ if mfa.sms.is_none() => Ok(false),
        MfaMode::Off => Ok(false),
        MfaMode::On | MfaMode::Optional => Ok(true),
        MfaMode::Other(mode) => Err(unknown_value::<Mfa>(mode)),
    }
}

fn sign_in(settings: &UserPoolSettings) -> Result<bool, Unknown> {
    let factors = &settings.first_auth_factors;
    any(
        factors.iter(),
        |factor| *factor == AuthFactor::SmsOtp,
        |factor| match factor {
            AuthFactor::Other(other) => Some(other),
            _ => None,
        },
    )
}

/// A pool that never said how recovers by text message before e-mail.
fn recovery(settings: &UserPoolSettings) -> Result<bool, Unknown> {
    let Some(ways) = &settings.recovery else { return Ok(true) };
    any(
        ways.iter().map(|way| &way.name),
        |way| *way == RecoveryOption::VerifiedPhoneNumber,
        |way| match way {
            RecoveryOption::Other(other) => Some(other),
            _ => None,
        },
    )
}

/// Whether one of the pool's settings is what is looked for; one that this version does not know may be.
fn any<'a, T: 'a>(
    mut all: impl Iterator<Item = &'a T> + Clone,
    wanted: impl Fn(&T) -> bool,
    other: impl Fn(&T) -> Option<&String>,
) -> Result<bool, Unknown> {
    let unknown = all.clone().find_map(|one| other(one).cloned());
    match (all.any(wanted), unknown) {
        (true, _) => Ok(true),
        (false, Some(other)) => Err(unknown_value::<UserPoolSettings>(&other)),
        (false, None) => Ok(false),
    }
}

/// What a region may send, and has sent.
pub(super) fn of_region<'a>(
    cognito: &'a Cognito,
    region: &Region,
) -> Result<&'a TextMessages, Unknown> {
    let messages = &cognito.text_messages;
    if let Some(own) = messages.found.iter().find(|own| own.region == *region) {
        return Ok(own);
    }
    let gap = messages.gaps.iter().find(|gap| gap.covers(region));
    Err(gap.map_or_else(
        || Unknown::new(TextMessages::ACTION, Reason::NotCollected),
        |gap| gap.unknown.clone(),
    ))
}

impl Sent<'_> {
    pub(super) fn evidence(&self) -> Evidence {
        let uses: Vec<&str> = self.uses.iter().map(|own| own.as_str()).collect();
        let service = match self.service {
            SmsService::Sns => "SNS",
            SmsService::EndUserMessaging => "End User Messaging",
        };
        let mut observed = json!({ "for": uses, "from": self.region.as_str(), "by": service });
        if let (Some(open), Some(fields)) = (&self.open, observed.as_object_mut()) {
            fields.insert("and perhaps more".to_owned(), not_known(open));
        }
        let expected = "text messages that arrive, or users who need none";
        Evidence::of::<UserPoolSettings>("UserPool.SmsConfiguration", observed, expected)
    }
}
