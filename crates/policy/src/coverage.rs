//! Whether denies leave no gap: `enforces_tls`, the least TLS version, `denies_without_mfa`, `confused_deputy_protected`.

use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::{Cell, Facts, Kind, Member, Mfa, Who};
use crate::clause::Words;
use crate::domain::Domain;
use crate::exposure::kind_of;
use crate::mentions::Mentions;
use crate::names::AccountId;
use crate::policy::Policy;
use crate::principal::Principal;
use crate::prover::Prover;
use crate::subject::{Subject, other_service, providers};
use crate::universe::Universe;

impl<'a> Subject<'a> {
    /// Whether every request without TLS is denied: each principal, each action of the service, the resource and all in it.
    pub fn enforces_tls(&self, budget: &'a Budget) -> Answer {
        self.denies_all("aws:securetransport", "false", budget)
    }

    /// Whether every request over a TLS older than `1.2` is denied.
    pub fn enforces_tls_1_2(&self, budget: &'a Budget) -> Answer {
        let answers =
            ["1.0", "1.1"].map(|version| self.denies_all("s3:tlsversion", version, budget));
        answers.into_iter().find(|answer| !answer.is_yes()).unwrap_or(Answer::Yes(None))
    }

    /// Whether every request in which the key has this value is denied.
    fn denies_all(&self, key: &str, value: &str, budget: &'a Budget) -> Answer {
        let prover = Prover::undenied(self.policy, self.facts, budget);
        let cells = self
            .everybody(&prover.mentions)
            .into_iter()
            .map(|cell| cell.with(key, Domain::exactly(value)))
            .collect();
        Answer::none(self.search(&prover, cells, None))
    }

    /// A cell for each kind of caller, and for each that the policy names.
    fn everybody(&self, mentions: &Mentions) -> Vec<Cell> {
        let mut everybody = Vec::new();
        if !self.trust {
            everybody.push(Who::Anonymous);
        }
        let accounts = [self.facts.owner].into_iter().chain(mentions.strangers(self.facts.owner));
        let accounts = accounts.chain(mentions.accounts.iter().copied());
        everybody.extend(accounts.map(|account| Who::Aws { account, kind: Kind::Role, arn: None }));
        everybody.push(Who::Service { name: other_service(mentions), source: None });
        for principal in &mentions.principals {
            match principal {
                Principal::Arn(arn) => {
                    let account = principal.account().unwrap_or(self.facts.owner);
                    everybody.push(Who::Aws {
                        account,
                        kind: kind_of(arn),
                        arn: Some(arn.clone()),
                    });
                }
                Principal::Account(account) => {
                    everybody.push(Who::Aws {
                        account: *account,
                        kind: Kind::Root,
                        arn: Some(self.facts.localized(&Kind::Root.example(*account))),
                    });
                }
                Principal::Service(name) => {
                    everybody.push(Who::Service { name: name.clone(), source: None });
                }
                Principal::Canonical(id) => everybody.push(Who::Canonical { id: id.clone() }),
                Principal::Everyone | Principal::Federated(_) | Principal::Deleted(_) => {}
            }
        }
        if self.trust {
            everybody.extend(providers(mentions).map(|provider| Who::Federated { provider }));
        }
        everybody.dedup();
        everybody.into_iter().map(Cell::new).collect()
    }

    /// Whether each service that the policy names gets in only on behalf of the owner.
    pub fn confused_deputy_protected(&self, budget: &'a Budget) -> Answer {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        let foreign = |account: &AccountId| *account != self.facts.owner;
        let strangers = prover.mentions.strangers(self.facts.owner);
        let accounts: Vec<_> = strangers
            .into_iter()
            .chain(prover.mentions.accounts.iter().copied().filter(foreign))
            .collect();
        let mut cells = Vec::new();
        for principal in &prover.mentions.principals {
            let Principal::Service(name) = principal else { continue };
            // These take a role only from a caller of the role's own account, who must be allowed to pass it.
            if self.trust && PASSED_ROLES.contains(&name.as_str()) {
                continue;
            }
            cells.extend(accounts.iter().map(|account| deputy(name, *account)));
        }
        Answer::none(self.search(&prover, cells, None))
    }

    /// Whether a service gets in on behalf of an account that the policy does not name.
    ///
    /// `reused` is whether a name that no account stands in, such as a bucket's, may have become a stranger's since.
    pub fn acts_for_strangers(&self, service: &str, reused: bool, budget: &'a Budget) -> Answer {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        let strangers = prover.mentions.strangers(self.facts.owner);
        let cell = |account| Cell { deputy: reused, ..deputy(service, account) };
        Answer::exists(self.search(&prover, strangers.into_iter().map(cell).collect(), None))
    }
}

/// A service that acts for an account of which the policy names nothing but, at most, the account itself.
fn deputy(service: &str, account: AccountId) -> Cell {
    let who = Who::Service { name: service.to_owned(), source: Some(account) };
    Cell { stranger: true, deputy: true, member: Member::No, ..Cell::new(who) }
}

/// Services that assume only roles passed to them within the account.
const PASSED_ROLES: [&str; 5] = [
    "ec2.amazonaws.com",
    "lambda.amazonaws.com",
    "ec2.amazonaws.com.cn",
    "edgelambda.amazonaws.com",
    "pods.eks.amazonaws.com",
];

/// Whether `iam:CreateUser` is denied to every caller without MFA, with long-term keys and with temporary credentials.
pub(crate) fn denies_without_mfa(policies: &[&Policy], facts: &Facts, budget: &Budget) -> Answer {
    let mut prover = Prover::new(vec![policies.to_vec()], facts, budget);
    prover.layers.clear();
    let user = format!("arn:{}:iam::{}:user/*", facts.partition, facts.owner);
    let universe = Universe {
        actions: vec![Words::of(["iam:createuser"])],
        resources: vec![Words::of([user.as_str()])],
        action_hints: vec!["iam:CreateUser".to_owned()],
        resource_hints: vec![user.replace('*', "x")],
    };
    let who = Who::Aws { account: facts.owner, kind: Kind::User, arn: None };
    let cells = [Mfa::Absent, Mfa::False].map(|mfa| Cell { mfa, ..Cell::new(who.clone()) });
    let mut questions = Vec::new();
    for cell in cells {
        let mfa = cell.mfa;
        // Splitting varies the sign-in, which this question has fixed.
        questions.extend(cell.split(&prover.mentions).into_iter().map(|cell| Cell { mfa, ..cell }));
    }
    for cell in &questions {
        match prover.find(cell, &universe) {
            Ok(None) => {}
            other => return Answer::none(other),
        }
    }
    Answer::Yes(None)
}
