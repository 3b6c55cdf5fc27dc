//! The rules: pure functions from an inventory to findings, one module per AWS service.

pub mod ec2;
mod engine;
mod policy;
mod s3;

use std::collections::BTreeSet;

use awspect_inventory::{AccountId, Inventory};

pub use engine::{Rule, judge};

/// Every rule, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [s3::RULES.as_slice()].into_iter().flatten()
}

/// What a rule may look at: the facts, and what the user holds to be right.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a> {
    /// The facts.
    pub inventory: &'a Inventory,
    /// The user's settings.
    pub settings: &'a Settings,
}

/// What the user holds to be right, where rules leave it open.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Accounts that count as the user's own.
    pub trusted_accounts: BTreeSet<AccountId>,
}

impl Scan<'_> {
    /// Whether an account is the audited one, or trusted like it.
    fn trusts(&self, account: &AccountId) -> bool {
        *account == self.inventory.account.id || self.settings.trusted_accounts.contains(account)
    }
}
