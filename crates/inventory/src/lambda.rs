//! Lambda: functions, the roles that they run with, and who may call them.
//!
//! Field meanings are those of the Lambda API reference.

use serde::{Deserialize, Serialize};

use crate::Listed;

mod configuration;
mod function;
mod layer;
mod url;

pub use configuration::*;
pub use function::*;
pub use layer::*;
pub use url::*;

/// What was learned about Lambda in one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lambda {
    /// Functions of all regions asked for.
    #[serde(default)]
    pub functions: Listed<Function>,
    /// Versions of the account's own layers.
    #[serde(default)]
    pub layer_versions: Listed<LayerVersion>,
}

impl Lambda {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        self.functions.gone
    }
}
