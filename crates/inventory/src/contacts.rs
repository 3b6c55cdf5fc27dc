//! Whom AWS writes to about the account.

use serde::{Deserialize, Serialize};

use crate::{Observed, macros::fact};

/// The alternate contacts of an account. Who they are stays with AWS; only that they are is a fact here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// The contact for security matters.
    #[serde(default)]
    pub security: Observed<SecurityContact>,
}

/// That there is a security contact (`GetAlternateContact` of the type `SECURITY`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecurityContact {
    /// Whether it has an address to write to.
    pub has_email: bool,
}
fact!(SecurityContact, "account:GetAlternateContact");
