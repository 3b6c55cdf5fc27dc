//! Whether somebody in particular gets in: a service on behalf of a resource, or one principal.
//!
//! IAM user guide, "The confused deputy problem": a service asks in its own name, and says in `aws:SourceArn` and `aws:SourceAccount` for
//! whose resource. A policy that does not ask for these lets in whoever can make the service act.

use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::{Cell, Member, Who};
use crate::condition::Test;
use crate::domain::Domain;
use crate::exposure::kind_of;
use crate::glob::Glob;
use crate::mentions::Mentions;
use crate::names::{AccountId, Arn};
use crate::prover::Prover;
use crate::subject::Subject;

/// For which resource a service asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behalf<'a> {
    /// This one of the owner's account, by its ARN.
    Of(&'a str),
    /// Another of the same kind and account, which the policy does not name.
    Another(&'a str),
    /// One of the same kind, and of another id, of an account that the policy does not name.
    Stranger(&'a str),
}

/// Somebody in particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker<'a> {
    /// Nobody known, over the Internet, with whatever headers a policy asks for.
    Anonymous,
    /// A service, `cloudfront.amazonaws.com`, which always says for which resource it asks.
    Service(&'a str, Behalf<'a>),
    /// A principal by its ARN, an origin access identity among them.
    Principal(&'a str),
    /// An account or an origin access identity by its canonical user id.
    Canonical(&'a str),
}

const SOURCE: &str = "aws:sourcearn";

impl<'a> Subject<'a> {
    /// Whether the policy by itself lets somebody do something that one of the patterns takes.
    pub fn admits(&self, asker: &Asker<'_>, only: &[&str], budget: &'a Budget) -> Answer {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        let cells = self.asking(asker, &prover.mentions);
        Answer::exists(self.search(&prover, cells, Some(only)))
    }

    fn asking(&self, asker: &Asker<'_>, mentions: &Mentions) -> Vec<Cell> {
        let owner = self.facts.owner;
        let strangers = || mentions.strangers(owner).into_iter();
        match *asker {
            Asker::Anonymous => {
                let cell = Cell::new(Who::Anonymous);
                let inside = ["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"];
                vec![inside.iter().fold(cell, |cell, key| cell.with(key, Domain::absent()))]
            }
            Asker::Canonical(id) => vec![Cell::new(Who::Canonical { id: id.to_owned() })],
            Asker::Principal(arn) => {
                let of = |account: AccountId| {
                    let who = Who::Aws { account, kind: kind_of(arn), arn: Some(arn.to_owned()) };
                    Cell::new(who)
                };
                // An origin access identity is of an account that nobody knows.
                let nobodys = |account| Cell { member: Member::No, ..of(account) };
                match Arn::parse(arn).and_then(|arn| arn.account_id()) {
                    Some(account) => vec![of(account)],
                    None => strangers().take(1).map(nobodys).collect(),
                }
            }
            Asker::Service(name, Behalf::Stranger(like)) => strangers()
                .map(|account| service(name, account, kin(like, account, mentions)))
                .map(|cell| Cell { stranger: true, deputy: true, member: Member::No, ..cell })
                .collect(),
            Asker::Service(name, behalf) => {
                let resource = match behalf {
                    Behalf::Of(arn) => Domain::exactly(arn),
                    Behalf::Another(like) | Behalf::Stranger(like) => {
                        let named = mentions.fixed(SOURCE);
                        kin(like, owner, mentions)
                            .except(named.iter().map(|arn| Glob::literal(arn)))
                    }
                };
                let member = self.facts.org.clone().map_or(Member::Any, Member::Of);
                vec![Cell { member, ..service(name, owner, resource) }]
            }
        }
    }
}

/// A service that asks for a resource of this account.
fn service(name: &str, account: AccountId, resource: Domain) -> Cell {
    let who = Who::Service { name: name.to_owned(), source: Some(account) };
    let account = Domain::exactly(&account.to_string());
    Cell::new(who).with(SOURCE, resource).with("aws:sourceaccount", account)
}

/// The ARNs of an account's resources of the same kind as this one, with another id. Ids hold no colons.
fn kin(arn: &str, account: AccountId, mentions: &Mentions) -> Domain {
    let Some(Arn { partition, service, region, resource, .. }) = Arn::parse(arn) else {
        return Domain::arn(&["arn:*"]).always();
    };
    let kind = resource.rsplit_once('/').map_or("", |(kind, _)| kind);
    let of = |id: &str| format!("arn:{partition}:{service}:{region}:{account}:{kind}/{id}");
    // What no condition asks for may as well be one of them.
    if !mentions.has(SOURCE) {
        return Domain::exactly(&of("x"));
    }
    let all = Glob::wild(&of("*")).without_colons();
    let same = Glob::literal(&of(resource.rsplit('/').next().unwrap_or_default()));
    let within = vec![(Test::Text(vec![all]), true)];
    Domain { within, hints: vec![of("x")], ..Domain::any() }.always().except([same])
}
