//! `grants_full_admin`: every action on every resource, with no condition left standing.

use crate::answer::{Answer, Witness};
use crate::budget::Budget;
use crate::cell::{Cell, Kind, Who};
use crate::clause::Words;
use crate::identity::Identity;
use crate::policy::{Effect, Policy, Statement};
use crate::prover::Prover;
use crate::universe::Universe;

impl Identity<'_> {
    /// Whether every request of the identity is allowed, whatever its action, resource and context.
    ///
    /// A layer must allow each request and no deny may touch one, so the question is asked of what the allows leave out and of what
    /// the denies hit.
    pub fn grants_full_admin(&self, budget: &Budget) -> Answer {
        let letters: Vec<String> = ('a'..='z').map(|letter| format!("{letter}*:?*")).collect();
        // Service prefixes begin with a letter; a policy that lists all letters grants all actions.
        let hints = ["s3:GetObject", "iam:CreateUser", "ec2:RunInstances"];
        self.grants_all(Words::of(letters.iter().map(String::as_str)), &hints, budget)
    }

    /// Whether every request to one service is allowed, whatever its action, resource and context.
    pub fn grants_service(&self, service: &str, budget: &Budget) -> Answer {
        let service = service.to_lowercase();
        let hint = format!("{service}:List");
        self.grants_all(Words::of([format!("{service}:?*").as_str()]), &[&hint], budget)
    }

    fn grants_all(&self, actions: Words, hints: &[&str], budget: &Budget) -> Answer {
        let universe = Universe {
            actions: vec![actions],
            resources: vec![Words::of(["arn:aws:*:*:*:*"])],
            action_hints: hints.iter().map(|&hint| hint.to_owned()).collect(),
            resource_hints: vec!["arn:aws:s3:::example-bucket/x".to_owned()],
        };
        let mut open = Vec::new();
        for layer in self.layers() {
            let left_out = Policy {
                statements: layer
                    .iter()
                    .flat_map(|policy| policy.allows())
                    .map(|statement| turned(statement, Effect::Deny))
                    .collect(),
                ..Policy::default()
            };
            let hit = Policy {
                statements: layer
                    .iter()
                    .flat_map(|policy| policy.denies())
                    .map(|statement| turned(statement, Effect::Allow))
                    .collect(),
                ..Policy::default()
            };
            let provers = [
                Prover::undenied(&left_out, self.facts, budget),
                Prover::new(vec![vec![&hit]], self.facts, budget),
            ];
            for prover in provers {
                let who = Who::Aws { account: self.facts.owner, kind: Kind::Role, arn: None };
                match prover.find_any([(Cell::new(who), &universe)]) {
                    Ok(None) => {}
                    Ok(Some(found)) => return Answer::No(Some(Box::new(Witness::from(found)))),
                    Err(why) => open.push(why.to_string()),
                }
            }
        }
        if open.is_empty() { Answer::Yes(None) } else { Answer::Unknown(open) }
    }
}

fn turned(statement: &Statement, effect: Effect) -> Statement {
    Statement { effect, ..statement.clone() }
}
