//! What one known identity can do to one known thing: the edges of a graph of identities.

use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::{Cell, Facts, Kind, Who};
use crate::clause::Words;
use crate::domain::Domain;
use crate::exposure::kind_of;
use crate::glob::Glob;
use crate::identity::Identity;
use crate::idp;
use crate::policy::{Policy, Scope, Statement};
use crate::principal::{Principal, Principals};
use crate::prover::Prover;
use crate::universe::Universe;

pub(crate) const ASSUME: &str = "sts:AssumeRole";

impl Identity<'_> {
    /// Whether there is a request of the identity for this action on this resource that is allowed.
    ///
    /// `context` are keys that the request carries, each with one of these values.
    pub fn can(
        &self,
        action: &str,
        resource: &str,
        context: &[(&str, &[&str])],
        budget: &Budget,
    ) -> Answer {
        if !self.layers().iter().all(|layer| speaks_to(layer, action, Some(resource))) {
            return Answer::No(None);
        }
        let prover = Prover::new(self.layers(), self.facts, budget);
        let mut cells = vec![self.cell(&prover.mentions)];
        for (key, values) in context.iter().filter(|(key, _)| prover.mentions.has(key)) {
            cells = cells
                .iter()
                .flat_map(|cell| values.iter().map(|value| cell.with(key, Domain::exactly(value))))
                .collect();
        }
        let universe = only(action, resource);
        Answer::exists(prover.find_any(cells.into_iter().map(|cell| (cell, &universe))))
    }

    /// Whether there is an allowed request for this action on a resource of an account that no policy names.
    pub fn can_anywhere(&self, action: &str, resource: &str, budget: &Budget) -> Answer {
        if !self.speaks_of(action) {
            return Answer::No(None);
        }
        let prover = Prover::new(self.layers(), self.facts, budget);
        let service = action.split(':').next().unwrap_or_default();
        let service = if service == "sts" { "iam" } else { service };
        let policies = self.layers();
        let statements = policies.iter().flatten().flat_map(|policy| &policy.statements);
        let resources: Vec<&str> = statements
            .flat_map(|statement| &statement.resources)
            .flat_map(Scope::values)
            .map(crate::template::Template::text)
            .collect();
        let is_named = |account: &String| resources.iter().any(|text| text.contains(account));
        let account = (0..=resources.len() as u64)
            .map(|n| format!("{:012}", 999_988_887_777 - n))
            .find(|account| !is_named(account));
        // The resource is of another organization than the caller, whichever that is.
        let org = "o-awspectunnamed";
        let paths = Domain::exactly(&format!("{org}/r-xxxx/ou-xxxx-xxxxxxxx/")).many();
        let named = prover.mentions.fixed("aws:principalorgid");
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let own = match (self.facts.org.as_deref(), named.as_slice()) {
            (Some(own), _) | (None, &[own]) => Domain::exactly(own),
            (None, []) => Domain::exactly("o-awspectcaller"),
            (None, several) => Domain::one_of(several),
        };
        let mut cell = Cell::new(self.who());
        for (key, domain) in [
            ("aws:resourceaccount", account.as_deref().map(Domain::exactly)),
            ("aws:resourceorgid", Some(Domain::exactly(org))),
            ("aws:resourceorgpaths", Some(paths)),
            ("aws:principalorgid", Some(own)),
        ] {
            if let Some(domain) = domain.filter(|_| prover.mentions.has(key)) {
                cell = cell.with(key, domain);
            }
        }
        let arns: Vec<String> = account
            .map(|account| format!("arn:{}:{service}::{account}:{resource}", self.facts.partition))
            .into_iter()
            .collect();
        let universe = Universe {
            actions: vec![Words::of([action.to_lowercase().as_str()])],
            resources: vec![Words::of(arns.iter().map(String::as_str))],
            action_hints: vec![action.to_owned()],
            resource_hints: arns.iter().map(|arn| arn.replace('*', "x")).collect(),
        };
        Answer::exists(prover.find_any([(cell, &universe)]))
    }

    /// Whether the identity can assume a role of its own account, by both sides' policies.
    ///
    /// A trust policy that names a user needs nothing of the user's own policies; one that names a role is still limited by that role's
    /// boundary; one that names the account leaves the decision to the identity (IAM User Guide, "Policy evaluation logic").
    pub fn can_assume(&self, trust: &Policy, role: &str, budget: &Budget) -> Answer {
        let Some(arn) = self.arn else {
            return Answer::Unknown(vec!["whose policies they are is not known".to_owned()]);
        };
        let universe = only(ASSUME, role);
        let questions = || [(Cell::new(self.who()), &universe)];
        let direct = Policy {
            statements: trust
                .statements
                .iter()
                .filter(|statement| !statement.allows() || names(statement, arn))
                .cloned()
                .collect(),
            ..Policy::default()
        };
        let mut open = Vec::new();
        if direct.allows().next().is_some() {
            let mut layers = vec![vec![&direct]];
            if kind_of(arn) != Kind::User {
                layers.extend(self.boundary.map(|boundary| vec![boundary]));
            }
            let mut prover = Prover::new(layers, self.facts, budget);
            prover.deny(self.layers().into_iter().flatten());
            match Answer::exists(prover.find_any(questions())) {
                Answer::No(_) => {}
                Answer::Unknown(why) => open.extend(why),
                yes => return yes,
            }
        }
        if self.layers().iter().all(|layer| speaks_to(layer, ASSUME, Some(role))) {
            let layers = std::iter::once(vec![trust]).chain(self.layers()).collect();
            match Answer::exists(Prover::new(layers, self.facts, budget).find_any(questions())) {
                Answer::Unknown(why) => open.extend(why),
                Answer::No(_) => {}
                yes => return yes,
            }
        }
        if open.is_empty() { Answer::No(None) } else { Answer::Unknown(open) }
    }

    /// Whether some allow statement speaks of the action, as a cheap refusal.
    pub fn speaks_of(&self, action: &str) -> bool {
        self.layers().iter().all(|layer| speaks_to(layer, action, None))
    }

    pub(crate) fn who(&self) -> Who {
        Who::Aws {
            account: self.facts.owner,
            kind: self.arn.map_or(Kind::User, kind_of),
            arn: self.arn.map(str::to_owned),
        }
    }
}

impl Policy {
    /// Whether a role with this trust policy can be taken by a service on behalf of the role's own account.
    pub fn admits_service(&self, service: &str, facts: &Facts, budget: &Budget) -> Answer {
        let prover = Prover::new(vec![vec![self]], facts, budget);
        let who = Who::Service { name: service.to_owned(), source: Some(facts.owner) };
        let role = format!("arn:{}:iam::{}:role/x", facts.partition, facts.owner);
        let mut universe = only(ASSUME, &role);
        universe.resources.clear();
        Answer::exists(prover.find_any([(Cell::new(who), &universe)]))
    }

    /// Whether a role with this trust policy can be taken with a token or assertion of a provider that holds these claims.
    ///
    /// The provider is written as the policy writes it, the claims as condition keys. A claim that is not given may be whatever the
    /// provider issues.
    pub fn admits_claims(
        &self,
        provider: &str,
        claims: &[(&str, &str)],
        facts: &Facts,
        budget: &Budget,
    ) -> Answer {
        let action = match idp::host(provider) {
            Some(_) => "sts:AssumeRoleWithWebIdentity",
            None => "sts:AssumeRoleWithSAML",
        };
        let prover = Prover::new(vec![vec![self]], facts, budget);
        let mut cell = Cell::new(Who::Federated { provider: provider.to_owned() });
        for (claim, value) in claims {
            cell = cell.with(claim, Domain::claim(claim, value));
        }
        let mut universe =
            only(action, &format!("arn:{}:iam::{}:role/x", facts.partition, facts.owner));
        universe.resources.clear();
        Answer::exists(prover.find_any([(cell, &universe)]))
    }

    /// The principals that its allow statements name.
    pub fn admitted(&self) -> impl Iterator<Item = &Principal> {
        self.allows()
            .filter_map(|statement| match &statement.principals {
                Some(Principals::Of(named)) => Some(named),
                _ => None,
            })
            .flatten()
    }
}

pub(crate) fn only(action: &str, resource: &str) -> Universe {
    Universe {
        actions: vec![Words::of([action.to_lowercase().as_str()])],
        resources: vec![Words { globs: vec![Glob::literal(resource)], negated: false }],
        action_hints: vec![action.to_owned()],
        resource_hints: vec![resource.to_owned()],
    }
}

/// Whether some allow statement may speak of the action, and of the resource, whatever its conditions and variables.
fn speaks_to(layer: &[&Policy], action: &str, resource: Option<&str>) -> bool {
    let action = action.to_lowercase();
    layer.iter().flat_map(|policy| policy.allows()).any(|statement| {
        let listed = statement.actions.values().iter().any(|own| own.glob().matches(&action));
        listed != statement.actions.is_negated()
            && match (resource, &statement.resources) {
                (Some(resource), Some(Scope::In(templates))) => {
                    templates.iter().any(|template| template.widened().matches(resource))
                }
                _ => true,
            }
    })
}

/// Whether the statement names the principal itself, or everybody, and not just its account.
fn names(statement: &Statement, arn: &str) -> bool {
    let Some(Principals::Of(named)) = &statement.principals else { return false };
    named.iter().any(|principal| match principal {
        Principal::Arn(own) => own == arn,
        Principal::Everyone => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: &str = "arn:aws:iam::111122223333:user/alice";
    const OPS: &str = "arn:aws:iam::111122223333:role/ops";

    fn policy(statement: &str) -> Policy {
        Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#)).unwrap()
    }

    fn trust(principal: &str) -> Policy {
        policy(&format!(
            r#"{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}"#
        ))
    }

    fn assumes(arn: &str, own: &str, trust: &Policy, boundary: Option<&str>) -> bool {
        let facts = Facts::default();
        let own = policy(own);
        let boundary = boundary.map(policy);
        let identity = Identity {
            boundary: boundary.as_ref(),
            arn: Some(arn),
            ..Identity::new(vec![&own], &facts)
        };
        identity.can_assume(trust, OPS, &Budget::default()).is_yes()
    }

    const NOTHING: &str = r#"{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}"#;
    pub(crate) const ASSUMES: &str =
        r#"{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}"#;
    const NEVER: &str = r#"{"Effect":"Deny","Action":"sts:*","Resource":"*"}"#;

    #[test]
    fn a_named_principal_needs_no_policy_and_a_named_account_decides_itself() {
        let named = trust(&format!(r#"{{"AWS":"{ALICE}"}}"#));
        let account = trust(r#"{"AWS":"111122223333"}"#);
        assert!(assumes(ALICE, NOTHING, &named, None));
        assert!(!assumes(ALICE, NOTHING, &account, None));
        assert!(assumes(ALICE, ASSUMES, &account, None));
        assert!(!assumes(ALICE, ASSUMES, &trust(r#"{"AWS":"444455556666"}"#), None));
        assert!(!assumes(ALICE, NEVER, &named, None));
    }

    #[test]
    fn a_boundary_limits_a_role_that_is_named_and_no_user() {
        let role = "arn:aws:iam::111122223333:role/a/app";
        let user_named = trust(&format!(r#"{{"AWS":"{ALICE}"}}"#));
        let role_named = trust(&format!(r#"{{"AWS":"{role}"}}"#));
        assert!(assumes(ALICE, NOTHING, &user_named, Some(NOTHING)));
        assert!(!assumes(role, NOTHING, &role_named, Some(NOTHING)));
        assert!(assumes(role, NOTHING, &role_named, Some(ASSUMES)));
    }

    #[test]
    fn a_perimeter_ends_at_the_own_organization() {
        let anywhere = |org: Option<&str>, condition: &str| {
            let own = ASSUMES.replace('}', &format!(r#","Condition":{{{condition}}}}}"#));
            let own = policy(&own);
            let facts = Facts { org: org.map(str::to_owned), ..Facts::default() };
            Identity::new(vec![&own], &facts).can_anywhere(ASSUME, "role/*", &Budget::default())
        };
        for org in [None, Some("o-ours")] {
            for inside in [
                r#""StringEquals":{"aws:ResourceOrgID":"${aws:PrincipalOrgID}"}"#,
                r#""StringEquals":{"aws:ResourceOrgID":"o-ours"}"#,
                r#""ForAnyValue:StringLike":{"aws:ResourceOrgPaths":"o-ours/*"}"#,
                r#""StringEquals":{"aws:ResourceAccount":"111122223333"}"#,
            ] {
                assert!(anywhere(org, inside).is_no(), "{org:?} {inside}");
            }
            for outside in [
                r#""StringEquals":{"aws:PrincipalOrgID":"o-ours"}"#,
                r#""StringNotEquals":{"aws:ResourceOrgID":"o-ours"}"#,
                r#""ForAllValues:StringNotLike":{"aws:ResourceOrgPaths":"o-ours/*"}"#,
                r#""StringLike":{"aws:ResourceOrgID":"o-*"}"#,
            ] {
                assert!(anywhere(org, outside).is_yes(), "{org:?} {outside}");
            }
        }
    }

    #[test]
    fn one_role_may_be_passed_where_another_may_not() {
        let own = policy(
            r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::111122223333:role/app-*",
                "Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}}"#,
        );
        let facts = Facts::default();
        let identity = Identity { arn: Some(ALICE), ..Identity::new(vec![&own], &facts) };
        let passes = |role: &str, service: &str| {
            let role = format!("arn:aws:iam::111122223333:role/{role}");
            let context: [(&str, &[&str]); 1] = [("iam:passedtoservice", &[service])];
            identity.can("iam:PassRole", &role, &context, &Budget::default()).is_yes()
        };
        assert!(passes("app-web", "lambda.amazonaws.com"));
        assert!(!passes("app-web", "ec2.amazonaws.com"));
        assert!(!passes("admin", "lambda.amazonaws.com"));
    }

    #[test]
    fn a_service_takes_a_role_for_the_roles_own_account() {
        let facts = Facts::default();
        let admits = |trust: &Policy| {
            trust.admits_service("lambda.amazonaws.com", &facts, &Budget::default()).is_yes()
        };
        assert!(admits(&trust(r#"{"Service":"lambda.amazonaws.com"}"#)));
        assert!(!admits(&trust(r#"{"Service":"ec2.amazonaws.com"}"#)));
    }

    #[test]
    fn a_token_gets_in_by_its_claims() {
        let github = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
        let trust = policy(&format!(
            r#"{{"Effect":"Allow","Principal":{{"Federated":"{github}"}},
                "Action":"sts:AssumeRoleWithWebIdentity",
                "Condition":{{"StringLike":{{"token.actions.githubusercontent.com:sub":"repo:example/*"}}}}}}"#
        ));
        let facts = Facts::default();
        let admits = |claims: &[(&str, &str)]| {
            trust.admits_claims(github, claims, &facts, &Budget::default()).is_yes()
        };
        let sub = "token.actions.githubusercontent.com:sub";
        assert!(admits(&[(sub, "repo:example/other:ref:refs/heads/main")]));
        assert!(!admits(&[(sub, "repo:stranger/x:ref:refs/heads/main")]));
        assert!(admits(&[("token.actions.githubusercontent.com:aud", "anything")]));

        let cognito = policy(
            r#"{"Effect":"Allow","Principal":{"Federated":"cognito-identity.amazonaws.com"},
                "Action":"sts:AssumeRoleWithWebIdentity",
                "Condition":{"ForAnyValue:StringLike":{"cognito-identity.amazonaws.com:amr":"unauthenticated"}}}"#,
        );
        let admits = |amr: &str| {
            let claims = [("cognito-identity.amazonaws.com:amr", amr)];
            let (facts, budget) = (Facts::default(), Budget::default());
            cognito
                .admits_claims("cognito-identity.amazonaws.com", &claims, &facts, &budget)
                .is_yes()
        };
        assert!(admits("unauthenticated"));
        assert!(!admits("authenticated"));
    }

    #[test]
    fn references_carry_the_name_of_their_policy() {
        let facts = Facts::default();
        let own = policy(ASSUMES).named("inline/ops");
        let identity = Identity { arn: Some(ALICE), ..Identity::new(vec![&own], &facts) };
        let answer = identity.can("sts:AssumeRole", OPS, &[], &Budget::default());
        assert_eq!(answer.statements()[0].policy.as_deref(), Some("inline/ops"));
    }
}
