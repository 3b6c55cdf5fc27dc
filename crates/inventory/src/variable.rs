//! Variables that an account's owner sets, of which the values stay with AWS.

use serde::{Deserialize, Serialize};

/// A variable by its name. Its value may be a secret and never gets here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Its name.
    pub name: String,
}
