//! Who outside can do something: `is_public`, `public_write`, `exposure`.

use crate::answer::{Answer, Witness};
use crate::budget::Budget;
use crate::cell::{Cell, Kind, Member, Who};
use crate::evaluate::applies;
use crate::mentions::Mentions;
use crate::names::{AccountId, Arn};
use crate::policy::{Statement, StatementRef};
use crate::principal::Principal;
use crate::prover::{Found, Open, Prover};
use crate::resource_types::WRITE_ACTIONS;
use crate::subject::{Subject, other_service, providers};

/// The widest class of principals that a policy lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exposure {
    /// The owner's account, services acting for it, or nobody.
    Private,
    /// Accounts, organizations or identities that the policy names.
    CrossAccount,
    /// Anybody.
    Public,
}

/// How far a policy is exposed.
#[derive(Clone, Debug, PartialEq)]
pub enum Exposed {
    /// This far, as the witness shows.
    To(Exposure, Option<Box<Witness>>),
    /// Not decided, and why.
    Unknown(Vec<String>),
}

impl<'a> Subject<'a> {
    fn prover(&self, budget: &'a Budget) -> Prover<'a> {
        Prover::new(vec![vec![self.policy]], self.facts, budget)
    }

    pub(crate) fn search(
        &self,
        prover: &Prover<'a>,
        cells: Vec<Cell>,
        only: Option<&[&str]>,
    ) -> Result<Option<Found<'a>>, Open> {
        let questions = self.questions(cells, only);
        prover.find_any(questions.iter().flat_map(|(cell, universes)| {
            universes.iter().map(|universe| (cell.clone(), universe))
        }))
    }

    /// Whether the policy by itself lets an outsider do something.
    pub fn is_public(&self, budget: &'a Budget) -> Answer {
        self.outsiders_can(None, budget)
    }

    /// Whether an outsider can create, overwrite or delete objects.
    pub fn public_write(&self, budget: &'a Budget) -> Answer {
        self.outsiders_can(Some(WRITE_ACTIONS), budget)
    }

    /// Whether the policy by itself lets an outsider do something that one of the patterns takes, or anything at all.
    pub fn outsiders_can(&self, only: Option<&[&str]>, budget: &'a Budget) -> Answer {
        let prover = self.prover(budget);
        Answer::exists(self.search(&prover, self.outsiders(&prover.mentions), only))
    }

    /// The denies without which an outsider could do something.
    pub fn blockers(&self, only: Option<&[&str]>, budget: &'a Budget) -> Vec<StatementRef> {
        let prover = Prover { denying: Vec::new(), ..self.prover(budget) };
        let Ok(Some(found)) = self.search(&prover, self.outsiders(&prover.mentions), only) else {
            return Vec::new();
        };
        let denies = self.policy.denies().filter(|statement| applies(statement, &found.request));
        denies.map(Statement::reference).collect()
    }

    /// The widest class of principals that can do something.
    pub fn exposure(&self, budget: &'a Budget) -> Exposed {
        let prover = self.prover(budget);
        let classes = [
            (Exposure::Public, self.outsiders(&prover.mentions)),
            (Exposure::CrossAccount, self.named_outside(&prover.mentions)),
        ];
        for (class, cells) in classes {
            match self.search(&prover, cells, None) {
                Ok(None) => {}
                Ok(Some(found)) => return Exposed::To(class, Some(Box::new(found.into()))),
                Err(open) => return Exposed::Unknown(vec![open.to_string()]),
            }
        }
        Exposed::To(Exposure::Private, None)
    }

    /// Principals outside of the owner's account that the policy names in one way or another.
    pub(crate) fn named_outside(&self, mentions: &Mentions) -> Vec<Cell> {
        let owner = self.facts.owner;
        let foreign = |account: &AccountId| *account != owner;
        let mut cells = Vec::new();
        for principal in &mentions.principals {
            match principal {
                Principal::Arn(arn) => {
                    if let Some(account) =
                        Arn::parse(arn).and_then(|arn| arn.account_id()).filter(foreign)
                    {
                        let kind = kind_of(arn);
                        cells.push(Cell::new(Who::Aws { account, kind, arn: Some(arn.clone()) }));
                    }
                }
                Principal::Canonical(id) => {
                    cells.push(Cell::new(Who::Canonical { id: id.clone() }));
                }
                _ => {}
            }
        }
        for account in mentions.accounts.iter().copied().filter(foreign) {
            cells.push(Cell::new(Who::Aws { account, kind: Kind::Role, arn: None }));
            let services = mentions.principals.iter().filter_map(|principal| match principal {
                Principal::Service(name) => Some(name.clone()),
                _ => None,
            });
            let services = services.chain([other_service(mentions)]);
            if mentions.has_any(&["aws:sourceaccount", "aws:sourcearn", "aws:sourceowner"]) {
                let who = |name| Who::Service { name, source: Some(account) };
                // The source must be named: without the condition every account's would do.
                cells.extend(services.map(who).map(|who| Cell {
                    stranger: true,
                    deputy: true,
                    member: Member::Any,
                    ..Cell::new(who)
                }));
            }
        }
        for org in mentions.organizations() {
            for account in mentions.strangers(owner).into_iter().take(1) {
                let who = Who::Aws { account, kind: Kind::Role, arn: None };
                cells.push(Cell { member: Member::Of(org.clone()), ..Cell::new(who) });
            }
        }
        if self.trust {
            let outside = |provider: &String| {
                crate::idp::shared(provider)
                    .is_some_and(|shared| shared.host != "cognito-identity.amazonaws.com")
                    || Arn::parse(provider)
                        .and_then(|arn| arn.account_id())
                        .is_some_and(|account| account != owner)
            };
            cells.extend(
                providers(mentions)
                    .filter(outside)
                    .map(|provider| Cell::new(Who::Federated { provider })),
            );
        }
        cells
    }
}

/// The kind of principal that an ARN names.
pub(crate) fn kind_of(arn: &str) -> Kind {
    let resource = Arn::parse(arn).map_or("", |arn| arn.resource);
    match resource.split('/').next() {
        Some("user") => Kind::User,
        Some("root") => Kind::Root,
        Some("federated-user") => Kind::FederatedUser,
        _ => Kind::Role,
    }
}
