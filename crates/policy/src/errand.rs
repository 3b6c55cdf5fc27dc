//! For which resource of its customers a service takes a role.

use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::{Cell, Facts, Who};
use crate::domain::Domain;
use crate::names::AccountId;
use crate::policy::Policy;
use crate::prover::Prover;
use crate::reach::{ASSUME, only};

/// A resource that a service takes a role for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errand<'a> {
    /// The account that the resource belongs to, which the service says in `aws:SourceAccount`.
    pub account: AccountId,
    /// The resource's ARN, which the service says in `aws:SourceArn`.
    pub source: &'a str,
    /// What the service says in `sts:ExternalId`, if anything.
    pub external_id: Option<&'a str>,
}

impl Policy {
    /// Whether a role with this trust policy can be taken by a service that says for whom it acts.
    pub fn admits_errand(
        &self,
        service: &str,
        errand: Errand<'_>,
        facts: &Facts,
        budget: &Budget,
    ) -> Answer {
        let prover = Prover::new(vec![vec![self]], facts, budget);
        let Errand { account, source, external_id } = errand;
        let who = Who::Service { name: service.to_owned(), source: Some(account) };
        let cell = if account == facts.owner { Cell::new(who) } else { Cell::stranger(who) };
        let cell = cell
            .with("aws:sourceaccount", Domain::exactly(&account.to_string()))
            .with("aws:sourcearn", Domain::exactly(source))
            .with("sts:externalid", external_id.map_or_else(Domain::absent, Domain::exactly));
        let role = format!("arn:{}:iam::{}:role/x", facts.partition, facts.owner);
        let mut universe = only(ASSUME, &role);
        universe.resources.clear();
        Answer::exists(prover.find_any([(cell, &universe)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Errand<'_> = Errand {
        account: AccountId::EXAMPLE,
        source: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/own",
        external_id: Some("agreed"),
    };

    fn admits(condition: &str, errand: Errand<'_>) -> bool {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole",
                "Principal":{{"Service":"cognito-idp.amazonaws.com"}},"Condition":{condition}}}]}}"#
        );
        let (policy, facts) = (Policy::parse(&text).unwrap(), Facts::default());
        let budget = Budget::default();
        policy.admits_errand("cognito-idp.amazonaws.com", errand, &facts, &budget).is_yes()
    }

    #[test]
    fn a_role_is_taken_for_whom_its_conditions_name() {
        let stranger = Errand {
            account: AccountId::parse("444455556666").unwrap(),
            source: "arn:aws:cognito-idp:eu-west-1:444455556666:userpool/x",
            ..OWN
        };
        let silent = Errand { external_id: None, ..OWN };
        let other = Errand { external_id: Some("other"), ..OWN };
        for (condition, admitted) in [
            ("{}", [true, true, true, true]),
            (r#"{"StringEquals":{"sts:ExternalId":"agreed"}}"#, [true, true, false, false]),
            (r#"{"StringEquals":{"aws:SourceAccount":"111122223333"}}"#, [true, false, true, true]),
            (
                r#"{"ArnLike":{"aws:SourceArn":"arn:aws:cognito-idp:*:111122223333:userpool/*"}}"#,
                [true, false, true, true],
            ),
            (
                r#"{"ArnLike":{"aws:SourceArn":"arn:aws:cognito-idp:*:*:userpool/other"}}"#,
                [false; 4],
            ),
            (r#"{"StringEquals":{"aws:SourceOrgID":"o-own"}}"#, [true, false, true, true]),
        ] {
            let seen = [OWN, stranger, silent, other].map(|errand| admits(condition, errand));
            assert_eq!(seen, admitted, "{condition}");
        }
    }
}
