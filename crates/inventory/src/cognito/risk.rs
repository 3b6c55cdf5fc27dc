//! What threat protection does.

use serde::{Deserialize, Serialize};

use crate::macros::{fact, open_enum};

/// The risk configuration of a user pool, or of one of its clients (`DescribeRiskConfiguration`).
///
/// A part that is nothing was never set. A client's stands in place of the pool's as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskConfiguration {
    /// What happens to passwords that others have lost.
    pub compromised_credentials: Option<CompromisedCredentials>,
    /// What happens to sign-ins that look like somebody else's.
    pub account_takeover: Option<AccountTakeover>,
    /// What is let through, or never, by address.
    pub exceptions: Option<RiskExceptions>,
}
fact!(RiskConfiguration, "cognito-idp:DescribeRiskConfiguration");

/// What happens to passwords that others have lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompromisedCredentials {
    /// What is done; nothing where AWS does not say.
    pub action: Option<CompromisedCredentialsAction>,
    /// When they are looked for; nothing is always (`EventFilter`).
    pub events: Option<Vec<RiskEvent>>,
}

open_enum! {
    /// What is done with compromised credentials.
    CompromisedCredentialsAction {
        /// They are refused.
        Block = "BLOCK",
        /// Nothing.
        NoAction = "NO_ACTION",
    }
}

open_enum! {
    /// When compromised credentials are looked for.
    RiskEvent {
        /// At sign-in.
        SignIn = "SIGN_IN",
        /// At sign-up.
        SignUp = "SIGN_UP",
        /// When a password is changed.
        PasswordChange = "PASSWORD_CHANGE",
    }
}

/// What happens to sign-ins that look like somebody else's, by how much they do. A level that is nothing is not acted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountTakeover {
    /// At a low risk.
    pub low: Option<TakeoverResponse>,
    /// At a medium risk.
    pub medium: Option<TakeoverResponse>,
    /// At a high risk.
    pub high: Option<TakeoverResponse>,
    /// Whether it is set how users are told (`NotifyConfiguration`).
    pub notify_configured: bool,
}

/// What happens at one level of risk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeoverResponse {
    /// What is done.
    pub action: TakeoverAction,
    /// Whether the user is told.
    pub notify: bool,
}

open_enum! {
    /// What is done with a sign-in at risk.
    TakeoverAction {
        /// It is refused.
        Block = "BLOCK",
        /// It needs MFA of users who have it.
        MfaIfConfigured = "MFA_IF_CONFIGURED",
        /// It needs MFA, and is refused to users without.
        MfaRequired = "MFA_REQUIRED",
        /// Nothing.
        NoAction = "NO_ACTION",
    }
}

/// What is let through, or never, by address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskExceptions {
    /// CIDRs that are always refused.
    pub blocked: Vec<String>,
    /// CIDRs whose sign-ins are never looked at.
    pub skipped: Vec<String>,
}
