//! Amazon Cognito: user pools, identity pools, and the text messages behind them.
//!
//! Field meanings are those of the API references of Amazon Cognito user pools, Amazon Cognito identity pools, SNS,
//! End User Messaging SMS and CloudWatch.

use serde::{Deserialize, Serialize};

use crate::Listed;

mod client;
mod identity_pool;
mod mfa;
mod pool;
mod risk;
mod roles;
mod settings;
mod text;

pub use client::*;
pub use identity_pool::*;
pub use mfa::*;
pub use pool::*;
pub use risk::*;
pub use roles::*;
pub use settings::*;
pub use text::*;

/// What was learned about Cognito in one account, over all regions asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cognito {
    /// Directories of users.
    pub user_pools: Listed<UserPool>,
    /// What trades tokens for AWS credentials.
    pub identity_pools: Listed<IdentityPool>,
    /// Each region that a user pool sends text messages from. A gap is a region from which one may, where the pools or
    /// their settings could not be read.
    pub text_messages: Listed<TextMessages>,
}

impl Cognito {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        let clients: u64 = self.user_pools.found.iter().map(|pool| pool.clients.gone).sum();
        self.user_pools.gone + clients + self.identity_pools.gone
    }
}
