//! `grants_full_admin`: every action on every resource, with no condition left standing.

use crate::answer::{Answer, Witness};
use crate::budget::Budget;
use crate::cell::{Cell, Facts, Kind, Who};
use crate::clause::Words;
use crate::glob::Glob;
use crate::identity::Identity;
use crate::policy::{Effect, Policy, Scope, Statement};
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
        let actions = Words::of(letters.iter().map(String::as_str));
        let all = self.facts.localized("arn:aws:*:*:*:*");
        self.grants_all(actions, &all, &hints, &|_| true, budget)
    }

    /// Whether every request about resources of one service is allowed, whatever its action, resource and context.
    ///
    /// A deny of some of the resources, whatever the context, leaves the service as good as whole and does not count here.
    pub fn grants_service(&self, service: &str, budget: &Budget) -> Answer {
        let service = service.to_lowercase();
        let Facts { partition, owner, .. } = self.facts;
        let resources = match service.as_str() {
            // Its resources are in the account, and have no region.
            "iam" => format!("arn:{partition}:iam::{owner}:*"),
            _ => format!("arn:{partition}:{service}:*:*:*"),
        };
        let actions = Words::of([format!("{service}:?*").as_str()]);
        let all = Glob::wild(&resources);
        let counts = |deny: &Statement| {
            let some = matches!(&deny.resources, Some(Scope::In(patterns))
                if patterns.iter().all(|pattern| !pattern.widened().covers(&all)));
            !some || !deny.conditions.is_empty() || !deny.unsupported.is_empty()
        };
        self.grants_all(actions, &resources, &[&format!("{service}:List")], &counts, budget)
    }

    fn grants_all(
        &self,
        actions: Words,
        resources: &str,
        hints: &[&str],
        counts: &dyn Fn(&Statement) -> bool,
        budget: &Budget,
    ) -> Answer {
        let universe = Universe {
            actions: vec![actions],
            resources: vec![Words::of([resources])],
            action_hints: hints.iter().map(|&hint| hint.to_owned()).collect(),
            resource_hints: vec![self.facts.localized("arn:aws:s3:::example-bucket/x")],
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
                    .filter(|deny| counts(deny))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_iam_is_enough_to_become_an_administrator() {
        let facts = Facts::default();
        let grants = |statements: &str| {
            let policy = Policy::parse(&format!(r#"{{"Statement":[{statements}]}}"#)).unwrap();
            Identity::new(vec![&policy], &facts).grants_service("iam", &Budget::default()).is_yes()
        };
        let all = r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#;
        assert!(grants(all));
        assert!(grants(&all.replace("\"*\"", "\"arn:aws:iam::111122223333:*\"")));
        assert!(grants(r#"{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}"#));
        assert!(!grants(&all.replace("iam:*", "iam:Get*")));
        assert!(!grants(&all.replace("\"*\"", "\"arn:aws:iam::111122223333:user/*\"")));
        let deny = r#"{"Effect":"Deny","Action":"iam:*","Resource":"*"}"#;
        assert!(!grants(&format!("{all},{deny}")));
        let one = deny.replace("\"*\"", "\"arn:aws:iam::111122223333:role/audit\"");
        assert!(grants(&format!("{all},{one}")));
        let unless = r#"{"Effect":"Deny","Action":"*","Resource":"*",
            "Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}"#;
        assert!(!grants(&format!("{all},{unless}")));
    }
}
