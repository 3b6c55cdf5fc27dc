//! The rules: pure functions from an inventory to findings, one module per AWS service.

mod apigateway;
mod cloudformation;
mod cloudfront;
mod cognito;
mod cors;
mod dynamodb;
pub mod ec2;
mod engine;
mod iam;
mod lambda;
mod policy;
mod s3;
mod secrets;
mod unread;
mod wafv2;
mod web;
mod words;

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use awspect_findings::Finding;
use awspect_inventory::{AccountId, Inventory};

pub use engine::Rule;
pub use s3::NAMES_RULE;

/// Every rule, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let services: [&[Rule]; 10] = [
        &s3::RULES,
        &iam::RULES,
        &cognito::RULES,
        &dynamodb::RULES,
        &apigateway::RULES,
        &wafv2::RULES,
        &cloudformation::RULES,
        &ec2::RULES,
        &cloudfront::RULES,
        &lambda::RULES,
    ];
    services.into_iter().flatten()
}

/// What a rule may look at: the facts, what follows from them for several rules, and what the user holds to be right.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a> {
    /// The facts.
    pub(crate) inventory: &'a Inventory,
    /// The user's settings.
    pub(crate) settings: &'a Settings,
    /// What was worked out of the facts already.
    derived: &'a Derived,
    /// Who may talk to whom in the account's VPCs. Worked out at once, for a cell that borrows from the facts would tie the
    /// lifetimes of all rules together.
    network: &'a ec2::Network<'a>,
}

/// What several rules need and one works out: computed when it is first asked for.
#[derive(Debug, Default)]
struct Derived {
    identities: OnceCell<iam::Identities>,
    becoming: OnceCell<iam::Becoming>,
    classic_places: OnceCell<Vec<wafv2::ClassicPlace>>,
    dynamodb: OnceCell<dynamodb::Subjects>,
}

/// What the user holds to be right, where rules leave it open.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Accounts that count as the user's own.
    pub trusted_accounts: BTreeSet<AccountId>,
    /// By a rule of [`ec2::WITH_PORTS`], the ports that it looks at instead of its document's.
    pub ports: BTreeMap<&'static str, ec2::PortList>,
}

/// What the rules find, in the order of reports.
pub fn judge<'r>(
    inventory: &Inventory,
    settings: &Settings,
    rules: impl IntoIterator<Item = &'r Rule>,
) -> Vec<Finding> {
    let derived = Derived::default();
    let network = ec2::Network::new(&inventory.ec2);
    let scan = Scan { inventory, settings, derived: &derived, network: &network };
    engine::judge(scan, rules)
}

impl<'a> Scan<'a> {
    /// Whether an account is the audited one, or trusted like it.
    fn trusts(&self, account: &AccountId) -> bool {
        *account == self.inventory.account.id || self.settings.trusted_accounts.contains(account)
    }

    /// The account's users, groups and roles with their policies read.
    fn identities(&self) -> &'a iam::Identities {
        self.derived.identities.get_or_init(|| iam::Identities::read(*self))
    }

    /// Who can become an administrator.
    fn becoming(&self) -> &'a iam::Becoming {
        self.derived.becoming.get_or_init(|| iam::Becoming::of(*self))
    }

    /// Where AWS WAF Classic was.
    fn classic_places(&self) -> &'a [wafv2::ClassicPlace] {
        self.derived.classic_places.get_or_init(|| wafv2::ClassicPlace::all(self.inventory))
    }

    /// What rules about DynamoDB look at beside its resources.
    fn dynamodb(&self) -> &'a dynamodb::Subjects {
        self.derived.dynamodb.get_or_init(|| dynamodb::Subjects::of(self.inventory))
    }
}
