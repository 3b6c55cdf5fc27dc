//! AWS CloudFormation: stacks, their templates, and the secrets that lay in either.
//!
//! Field meanings are those of the CloudFormation API reference. What parameters, outputs and templates say stays with
//! AWS: of their texts only names are here, and of those that are secret the kind, the place and a digest.

use serde::{Deserialize, Serialize};

use crate::Listed;

mod stack;
mod status;
mod template;
mod values;

pub use stack::*;
pub use status::*;
pub use template::*;
pub use values::*;

/// What was learned about CloudFormation in one account, over all regions asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CloudFormation {
    /// Stacks, nested ones and those of stack sets among them, deleted ones not.
    pub stacks: Listed<Stack>,
}

impl CloudFormation {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        self.stacks.gone
    }
}
