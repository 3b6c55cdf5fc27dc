//! The policy of a Lambda function, or of a layer: which strangers get in by Lambda's API, and which by the function's URL.
//!
//! Lambda developer guide, "Control access to Lambda function URLs": a call of the URL needs `lambda:InvokeFunctionUrl` and, by now,
//! `lambda:InvokeFunction`; `lambda:InvokedViaFunctionUrl` tells such a call from one of the API, and `lambda:FunctionUrlAuthType` is the
//! URL's own setting.

use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::{Cell, Path, Who};
use crate::clause::Words;
use crate::domain::Domain;
use crate::glob::Glob;
use crate::mentions::Mentions;
use crate::names::{AccountId, Arn};
use crate::policy::Scope;
use crate::prover::Prover;
use crate::subject::Subject;
use crate::universe::Universe;

/// How a request comes to a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By Lambda's API, which takes signed requests alone.
    Api,
    /// By the function's URL, over the Internet.
    Url {
        /// Whether the URL asks for a signature (`AWS_IAM`).
        signed: bool,
    },
}

const API_GATEWAY: &str = "apigateway.amazonaws.com";
const BY_URL: [&str; 2] = ["lambda:invokefunctionurl", "lambda:invokefunction"];

impl<'a> Subject<'a> {
    /// Whether a stranger gets in by this way, with one of these actions.
    ///
    /// A URL's calls are `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`. The API takes every action but the first of these.
    pub fn strangers_call(&self, way: Way, actions: &Scope<&str>, budget: &'a Budget) -> Answer {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        let mentions = &prover.mentions;
        let universe = self.calls(way, actions);
        let cells = self.outsiders(mentions).into_iter().filter(|cell| way.takes(&cell.who));
        let cells = cells.flat_map(|cell| way.hold(cell, mentions).split(mentions));
        let cells = cells.filter(|cell| way == Way::Api || cell.path != Some(Path::Endpoint));
        Answer::exists(prover.find_first(cells.map(|cell| (cell, &universe))))
    }

    /// Whether API Gateway gets in on behalf of an API of this account that the policy does not name by its id.
    pub fn admits_unnamed_api(&self, account: AccountId, budget: &'a Budget) -> Answer {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        let partition = &self.facts.partition;
        let apis = format!("arn:{partition}:execute-api:*:{account}:*");
        let hint = format!("arn:{partition}:execute-api:us-east-1:{account}:zzzzzzzzzz/prod/GET/x");
        let templates = prover.mentions.templates("aws:sourcearn");
        let named = templates.iter().filter_map(|template| {
            let id = Arn::parse(template.text())?.resource.split('/').next()?;
            (!id.contains(['*', '?', '$'])).then_some(id)
        });
        let named = named.flat_map(|id| ["", "/*"].map(|rest| format!("arn:*:*:*:*:{id}{rest}")));
        let named: Vec<Glob> = named.map(|pattern| Glob::wild(&pattern).as_arn()).collect();
        let mut apis = Domain::arn(&[&apis]).hinted(&hint).except(named).always();
        apis.hints.extend(templates.iter().map(|template| template.widened().example()));
        let who = Who::Service { name: API_GATEWAY.to_owned(), source: Some(account) };
        let cell = Cell::new(who).with("aws:sourcearn", apis);
        Answer::exists(self.search(&prover, vec![cell], None))
    }

    fn calls(&self, way: Way, actions: &Scope<&str>) -> Universe {
        let globs = actions.values().iter().map(|own| Glob::wild(&own.to_lowercase())).collect();
        let asked = Words { globs, negated: actions.is_negated() };
        let [url, invoke] = BY_URL;
        let possible = match way {
            Way::Api => vec![Words::of(["lambda:?*"]), Words::but([url])],
            Way::Url { .. } => vec![Words::of([url, invoke])],
        };
        let (resources, resource_hints) = self.resources(Some("lambda"));
        let hints = ["InvokeFunction", "InvokeFunctionUrl", "GetFunction", "GetLayerVersion"];
        Universe {
            actions: possible.into_iter().chain([asked]).collect(),
            resources,
            action_hints: hints.map(|name| format!("lambda:{name}")).into(),
            resource_hints,
        }
    }
}

impl Way {
    /// Whether a caller of this kind can come by it.
    fn takes(self, who: &Who) -> bool {
        (*who == Who::Anonymous) == (self == Self::Url { signed: false })
    }

    /// The caller's requests by this way. What no condition asks for says nothing.
    fn hold(self, mut cell: Cell, mentions: &Mentions) -> Cell {
        let held = match self {
            Self::Api => vec![("lambda:invokedviafunctionurl", "false")],
            Self::Url { signed } => vec![
                ("lambda:invokedviafunctionurl", "true"),
                ("lambda:functionurlauthtype", if signed { "AWS_IAM" } else { "NONE" }),
            ],
        };
        for (key, value) in held.into_iter().filter(|(key, _)| mentions.has(key)) {
            cell = cell.with(key, Domain::exactly(value));
        }
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Facts;
    use crate::policy::Policy;

    const NONE: Way = Way::Url { signed: false };
    const SIGNED: Way = Way::Url { signed: true };

    fn policy(statements: &str) -> Policy {
        Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)).unwrap()
    }

    fn asked<T>(policy: &Policy, question: impl Fn(Subject<'_>, &Budget) -> T) -> T {
        let facts = Facts::default();
        let subject = Subject {
            policy,
            trust: false,
            resource_type: "lambda-function",
            arn: Some("arn:aws:lambda:eu-west-1:111122223333:function:f"),
            facts: &facts,
        };
        question(subject, &Budget::default())
    }

    fn calls(policy: &Policy, way: Way, action: &str) -> bool {
        asked(policy, |subject, budget| {
            let answer = subject.strangers_call(way, &Scope::In(vec![action]), budget);
            assert!(answer.is_yes() || answer.is_no(), "{answer:?}");
            answer.is_yes()
        })
    }

    fn allow(principal: &str, action: &str, condition: &str) -> String {
        format!(
            r#"{{"Effect":"Allow","Principal":{principal},"Action":"lambda:{action}",
                "Resource":"arn:aws:lambda:eu-west-1:111122223333:function:f"{condition}}}"#
        )
    }

    fn when(condition: &str) -> String {
        format!(r#","Condition":{{{condition}}}"#)
    }

    /// What the console makes for a URL that asks for nothing.
    fn open_url() -> Policy {
        let setting = when(r#""StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}"#);
        let by_url = when(r#""Bool":{"lambda:InvokedViaFunctionUrl":"true"}"#);
        policy(&format!(
            "{},{}",
            allow(r#""*""#, "InvokeFunctionUrl", &setting),
            allow(r#""*""#, "InvokeFunction", &by_url)
        ))
    }

    #[test]
    fn what_the_console_makes_opens_the_url_and_nothing_else() {
        let open = open_url();
        assert!(calls(&open, NONE, "lambda:InvokeFunctionUrl"));
        assert!(calls(&open, NONE, "lambda:InvokeFunction"));
        assert!(!calls(&open, SIGNED, "lambda:InvokeFunctionUrl"));
        assert!(!calls(&open, Way::Api, "lambda:*"));
    }

    #[test]
    fn each_way_has_its_own_actions() {
        let invoke = policy(&allow(r#""*""#, "InvokeFunction", ""));
        assert!(calls(&invoke, Way::Api, "lambda:*"));
        assert!(calls(&invoke, NONE, "lambda:InvokeFunction"));
        assert!(!calls(&invoke, NONE, "lambda:InvokeFunctionUrl"));
        let read = policy(&allow(r#""*""#, "GetFunction", ""));
        assert!(!calls(&read, SIGNED, "lambda:*"));
        let all_but_reads = Scope::NotIn(vec!["lambda:Get*"]);
        let answer =
            asked(&read, |own, budget| own.strangers_call(Way::Api, &all_but_reads, budget));
        assert!(answer.is_no());
        assert!(calls(&read, Way::Api, "lambda:get*"));
        let url = policy(&allow(r#""*""#, "InvokeFunctionUrl", ""));
        assert!(!calls(&url, Way::Api, "lambda:*"));
        assert!(calls(&url, SIGNED, "lambda:*"));
    }

    #[test]
    fn without_a_signature_nobody_is_anybody() {
        let one = |condition: &str| policy(&allow(r#""*""#, "InvokeFunctionUrl", &when(condition)));
        for (condition, unsigned, signed) in [
            (r#""StringEquals":{"aws:PrincipalOrgID":"o-aa111bb222"}"#, false, false),
            (r#""StringLike":{"aws:PrincipalOrgID":"o-*"}"#, false, true),
            (r#""StringLike":{"aws:UserAgent":"ours"}"#, true, true),
            (r#""IpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#, false, false),
            (r#""IpAddress":{"aws:SourceIp":["0.0.0.0/1","128.0.0.0/1"]}"#, true, true),
            // No endpoint leads to a URL.
            (r#""StringLike":{"aws:SourceVpc":"vpc-*"}"#, false, false),
            (r#""StringNotEquals":{"aws:SourceVpc":"vpc-1"}"#, true, true),
        ] {
            let policy = one(condition);
            assert_eq!(calls(&policy, NONE, "lambda:InvokeFunctionUrl"), unsigned, "{condition}");
            assert_eq!(calls(&policy, SIGNED, "lambda:InvokeFunctionUrl"), signed, "{condition}");
        }
        let named = policy(&allow(r#"{"AWS":"444455556666"}"#, "InvokeFunctionUrl", ""));
        assert!(!calls(&named, SIGNED, "lambda:*") && !calls(&named, NONE, "lambda:*"));
    }

    #[test]
    fn what_both_parties_know_keeps_strangers_out() {
        let token = when(r#""StringEquals":{"lambda:EventSourceToken":"amzn1.ask.skill.x"}"#);
        assert!(!calls(&policy(&allow(r#""*""#, "InvokeFunction", &token)), Way::Api, "lambda:*"));
        let denied = format!(
            r#"{},{{"Effect":"Deny","Principal":"*","Action":"lambda:*","Resource":"*",
                "Condition":{{"StringNotEquals":{{"aws:PrincipalAccount":"444455556666"}}}}}}"#,
            allow(r#""*""#, "InvokeFunction", "")
        );
        assert!(!calls(&policy(&denied), Way::Api, "lambda:*"));
    }

    fn unnamed(arn: &str) -> bool {
        let condition = when(&format!(r#""ArnLike":{{"aws:SourceArn":["{arn}"]}}"#));
        let policy = policy(&allow(
            r#"{"Service":"apigateway.amazonaws.com"}"#,
            "InvokeFunction",
            &condition,
        ));
        let answer = asked(&policy, |subject, budget| {
            subject.admits_unnamed_api(AccountId::EXAMPLE, budget)
        });
        assert!(answer.is_yes() || answer.is_no(), "{arn}: {answer:?}");
        answer.is_yes()
    }

    #[test]
    fn an_api_is_named_by_its_id() {
        for arn in [
            "arn:aws:execute-api:eu-west-1:111122223333:*",
            "arn:aws:execute-api:eu-west-1:111122223333:*/*/GET/orders",
            "arn:aws:execute-api:eu-west-1:111122223333:abc*/prod/GET/orders",
            "arn:aws:execute-api:*:*:*",
            "arn:aws:*:*:111122223333:*",
        ] {
            assert!(unnamed(arn), "{arn}");
        }
        for arn in [
            "arn:aws:execute-api:eu-west-1:111122223333:abcde12345/*",
            "arn:aws:execute-api:eu-west-1:111122223333:abcde12345/*/*/orders",
            "arn:aws:execute-api:*:111122223333:abcde12345/prod/GET/orders",
            "arn:aws:execute-api:eu-west-1:*:abcde12345/*",
            "arn:aws:execute-api:eu-west-1:444455556666:*",
            "arn:aws:sns:eu-west-1:111122223333:topic",
        ] {
            assert!(!unnamed(arn), "{arn}");
        }
        let two = r#"arn:aws:execute-api:eu-west-1:111122223333:abcde12345/*","arn:aws:execute-api:eu-west-1:111122223333:*"#;
        assert!(unnamed(two));
    }
}
