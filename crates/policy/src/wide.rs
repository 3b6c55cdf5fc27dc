//! Actions, asked of all resources at once: whether they may be taken on any of them, and whether on every one.

use crate::actions::Action;
use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::Facts;
use crate::clause::Words;
use crate::glob::Glob;
use crate::identity::Identity;
use crate::names::Arn;
use crate::policy::{Policy, Scope, Statement};
use crate::prover::Prover;
use crate::template::Template;
use crate::universe::Universe;

/// The patterns that name all of a service's resources of the kind that holds data, beside `*`.
const KINDS: [(&str, &str); 10] = [
    ("appsync", "apis/*"),
    ("dynamodb", "table/*"),
    ("execute-api", "*/*"),
    ("firehose", "deliverystream/*"),
    ("iot", "topic/*"),
    ("kinesis", "stream/*"),
    ("lambda", "function:*"),
    ("logs", "log-group:*"),
    ("s3", "*/*"),
    ("secretsmanager", "secret:*"),
];

/// Keys that say nothing about who asks and for which of the resources: a condition on them leaves a grant as wide as it was.
const AMBIENT: [&str; 8] = [
    "aws:currenttime",
    "aws:epochtime",
    "aws:requestedregion",
    "aws:securetransport",
    "cognito-identity.amazonaws.com:amr",
    "cognito-identity.amazonaws.com:aud",
    "s3:tlsversion",
    "s3:x-amz-server-side-encryption",
];

impl Identity<'_> {
    /// Whether there is an allowed request for this action, on whichever resource.
    pub fn may(&self, action: &str, budget: &Budget) -> Answer {
        if !self.speaks_of(action) {
            return Answer::No(None);
        }
        let prover = Prover::new(self.layers(), self.facts, budget);
        Answer::exists(prover.find_any([(self.cell(&prover.mentions), &of(action))]))
    }

    /// Of these actions those that the identity may take on every resource of their service, or on all of the kind that holds its
    /// data, and those left open.
    ///
    /// A grant that is bound to something of the request, as to the name of the user, is not on every resource; one that is bound to
    /// the time, the region or the transport is. Denies count where they leave nothing.
    pub fn on_all(
        &self,
        actions: impl IntoIterator<Item = Action>,
        budget: &Budget,
    ) -> (Vec<Action>, Vec<Action>) {
        let (layers, facts) = (self.layers(), self.facts);
        let prover = Prover::new(layers.clone(), facts, budget);
        let (mut all, mut open) = (vec![], vec![]);
        for action in actions {
            let universe = of(&action.to_string());
            let wide = |layer: &Vec<&Policy>| {
                let mut allows = layer.iter().flat_map(|policy| policy.allows());
                allows.any(|own| {
                    universe.concerns(own) && is_unbound(own) && is_on_all(own, action, facts)
                })
            };
            if !layers.iter().all(wide) {
                continue;
            }
            match prover.find_any([(self.cell(&prover.mentions), &universe)]) {
                Ok(None) => {}
                Ok(Some(_)) => all.push(action),
                Err(_) => open.push(action),
            }
        }
        (all, open)
    }
}

/// One action, on whatever resource.
fn of(action: &str) -> Universe {
    Universe {
        actions: vec![Words::of([action.to_lowercase().as_str()])],
        action_hints: vec![action.to_owned()],
        resource_hints: vec!["*".to_owned()],
        ..Universe::default()
    }
}

fn is_unbound(statement: &Statement) -> bool {
    let ambient = |key: &str| AMBIENT.contains(&key);
    statement.unsupported.is_empty()
        && statement.conditions.iter().all(|own| ambient(own.key.as_str()))
        && statement.variables().next().is_none()
}

fn is_on_all(statement: &Statement, action: Action, facts: &Facts) -> bool {
    match &statement.resources {
        Some(Scope::In(templates)) => {
            templates.iter().any(|template| is_all(template, action.service, facts))
        }
        // All but some.
        Some(Scope::NotIn(_)) => true,
        None => false,
    }
}

/// Whether a pattern takes in all of a service's resources, or all of its kind with data, in one region at least.
fn is_all(template: &Template, service: &str, facts: &Facts) -> bool {
    if template.text() == "*" {
        return true;
    }
    let Some(own) = Arn::parse(template.text()) else { return false };
    let owner = facts.owner.to_string();
    let account = if own.account.contains('*') { "*" } else { own.account };
    if !["*", "", owner.as_str()].contains(&account) {
        return false;
    }
    let kinds = KINDS.iter().filter(|(name, _)| *name == service).map(|(_, kind)| *kind);
    std::iter::once("*").chain(kinds).any(|kind| {
        let all = format!("arn:{}:{service}:{}:{account}:{kind}", facts.partition, own.region);
        template.widened().covers(&Glob::wild(&all))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_all(action: &str, statement: &str) -> bool {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
        let (policy, facts) = (Policy::parse(&text).unwrap(), Facts::default());
        let action = Action::find(action).unwrap();
        let (all, open) = Identity::new(vec![&policy], &facts).on_all([action], &Budget::default());
        assert!(open.is_empty());
        !all.is_empty()
    }

    #[test]
    fn a_grant_is_on_all_unless_it_is_bound() {
        let grant = |resource: &str, condition: &str| {
            format!(
                r#"{{"Effect":"Allow","Action":["s3:*Object","dynamodb:*Item"],"Resource":"{resource}",
                    "Condition":{condition}}}"#
            )
        };
        for (action, resource, condition, all) in [
            ("s3:PutObject", "*", "{}", true),
            ("s3:PutObject", "arn:aws:s3:::*", "{}", true),
            ("s3:PutObject", "arn:aws:s3:::*/*", "{}", true),
            ("s3:PutObject", "arn:aws:s3:::data/*", "{}", false),
            ("s3:PutObject", "arn:aws:s3:::*/${cognito-identity.amazonaws.com:sub}/*", "{}", false),
            ("s3:ListBucket", "*", "{}", false),
            ("s3:PutObject", "*", r#"{"Bool":{"aws:SecureTransport":"true"}}"#, true),
            ("s3:PutObject", "*", r#"{"StringLike":{"s3:prefix":"public/*"}}"#, false),
            ("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/*", "{}", true),
            ("dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:111122223333:table/*", "{}", true),
            ("dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:444455556666:table/*", "{}", false),
            ("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/orders", "{}", false),
            (
                "dynamodb:PutItem",
                "*",
                r#"{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":"${cognito-identity.amazonaws.com:sub}"}}"#,
                false,
            ),
        ] {
            let seen = on_all(action, &grant(resource, condition));
            assert_eq!(seen, all, "{action} on {resource} if {condition}");
        }
        let denied = r#"{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}"#;
        let both = format!("{},{denied}", grant("*", "{}"));
        assert!(!on_all("s3:PutObject", &both));
        assert!(on_all("s3:GetObject", &both));
    }

    #[test]
    fn what_a_session_carries_decides_what_it_may() {
        let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",
            "Resource":"arn:aws:s3:::data/*","Condition":{"ForAnyValue:StringEquals":
            {"cognito-identity.amazonaws.com:amr":"authenticated"}}}]}"#;
        let (policy, facts) = (Policy::parse(text).unwrap(), Facts::default());
        for (amr, may) in [("authenticated", true), ("unauthenticated", false)] {
            let identity = Identity {
                carries: vec![("cognito-identity.amazonaws.com:amr", amr)],
                ..Identity::new(vec![&policy], &facts)
            };
            let budget = Budget::default();
            assert_eq!(identity.may("s3:GetObject", &budget).is_yes(), may);
            assert_eq!(identity.granted_actions(&budget).0.len(), usize::from(may));
        }
    }
}
