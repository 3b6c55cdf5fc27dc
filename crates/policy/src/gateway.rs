//! The resource policy of a REST API of API Gateway: whether a request for one of its methods gets through.
//!
//! API Gateway developer guide, "Control access to a REST API with API Gateway resource policies" and "AWS condition keys that can
//! be used in API Gateway resource policies": a request has an address, or where the API is private a VPC and its endpoint; only one
//! that was signed for `AWS_IAM` says who sends it.

use std::collections::BTreeSet;

use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::{Cell, Facts, Kind, Member, Path, Who};
use crate::clause::Words;
use crate::domain::Domain;
use crate::evaluate::applies;
use crate::exposure::kind_of;
use crate::glob::{Glob, Token};
use crate::keys::unnamed_address;
use crate::mentions::Mentions;
use crate::names::{AccountId, Arn};
use crate::policy::{Policy, Statement, StatementRef};
use crate::principal::Principal;
use crate::prover::{Outcome, Prover};
use crate::universe::Universe;

const INVOKE: &str = "execute-api:Invoke";

/// A REST API and its resource policy.
#[derive(Clone, Copy, Debug)]
pub struct Gateway<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Whether requests come through endpoints in VPCs, as to a private API, and not over the Internet.
    pub private: bool,
    /// The API's region.
    pub region: &'a str,
    /// What is known beside it.
    pub facts: &'a Facts,
}

/// Methods of an API, by the ARNs of requests for them: `arn:aws:execute-api:<region>:<account>:<api>/<stage>/GET/pets`.
#[derive(Clone, Debug, Default)]
pub struct Methods {
    /// One of these.
    pub of: Vec<Glob>,
    /// None of these.
    pub but: Vec<Glob>,
}

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Anybody, without credentials, who has nothing of what the policy names.
    Anybody,
    /// An identity of a foreign account, which has nothing of what the policy names.
    Foreigner,
    /// An identity of the owner's account, or one that the policy names, from an address that it does not name.
    Elsewhere,
}

impl<'a> Gateway<'a> {
    /// Whether such a request for one of the methods is allowed.
    pub fn admits(&self, sender: Sender, methods: &Methods, budget: &'a Budget) -> Answer {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        Answer::exists(self.search(&prover, sender, methods))
    }

    /// The denies without which such a request would be allowed.
    pub fn blockers(
        &self,
        sender: Sender,
        methods: &Methods,
        budget: &'a Budget,
    ) -> Vec<StatementRef> {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        let prover = Prover { denying: Vec::new(), ..prover };
        let Ok(Some(found)) = self.search(&prover, sender, methods) else { return Vec::new() };
        let denies = self.policy.denies().filter(|statement| applies(statement, &found.request));
        denies.map(Statement::reference).collect()
    }

    fn search(&self, prover: &Prover<'a>, sender: Sender, methods: &Methods) -> Outcome<'a> {
        let mentions = &prover.mentions;
        let universe = methods.universe();
        let cells = match sender {
            Sender::Anybody => vec![Cell::stranger(Who::Anonymous)],
            Sender::Foreigner => mentions
                .strangers(self.facts.owner)
                .into_iter()
                .map(any)
                .map(Cell::stranger)
                .collect(),
            Sender::Elsewhere => self.named(mentions),
        };
        let cells = cells.into_iter().map(|cell| (self.by_this_way(cell, mentions), &universe));
        prover.find_any(cells)
    }

    /// The owner's account, and everybody that the policy names, without the address that it names.
    fn named(&self, mentions: &Mentions) -> Vec<Cell> {
        let one = |principal: &Principal| {
            let Principal::Arn(arn) = principal else { return None };
            let account = Arn::parse(arn)?.account_id()?;
            Some(Who::Aws { account, kind: kind_of(arn), arn: Some(arn.clone()) })
        };
        let mut accounts: BTreeSet<AccountId> = mentions.accounts.clone();
        accounts.insert(self.facts.owner);
        let accounts = accounts.into_iter().map(any);
        let mut cells: Vec<Cell> =
            accounts.chain(mentions.principals.iter().filter_map(one)).map(Cell::new).collect();
        let strangers = mentions.strangers(self.facts.owner);
        cells.extend(
            mentions
                .organizations()
                .into_iter()
                .zip(strangers.into_iter().cycle())
                .map(|(org, account)| Cell { member: Member::Of(org), ..Cell::new(any(account)) }),
        );
        if mentions.has("aws:sourceip") && !self.private {
            let address = unnamed_address(mentions).always();
            cells = cells.iter().map(|cell| cell.with("aws:sourceip", address.clone())).collect();
        }
        cells
    }

    /// The cell's requests as they come to this API.
    fn by_this_way(&self, mut cell: Cell, mentions: &Mentions) -> Cell {
        cell.path = Some(if self.private { Path::Endpoint } else { Path::Internet });
        let place = match cell.path {
            Some(Path::Endpoint) => ("aws:sourcevpce", "vpce-0123456789abcdef0"),
            _ => ("aws:sourceip", "198.51.100.7"),
        };
        // What no condition asks for may be anything; a reader wants to see where the request comes from.
        if !mentions.has(place.0) {
            cell = cell.with(place.0, Domain::exactly(place.1));
        }
        if mentions.has("aws:requestedregion") {
            cell = cell.with("aws:requestedregion", Domain::exactly(self.region));
        }
        cell
    }
}

fn any(account: AccountId) -> Who {
    Who::Aws { account, kind: Kind::Role, arn: None }
}

impl Methods {
    fn universe(&self) -> Universe {
        let mut resources = vec![Words { globs: self.of.clone(), negated: false }];
        if !self.but.is_empty() {
            resources.push(Words { globs: self.but.clone(), negated: true });
        }
        Universe {
            actions: vec![Words::of([INVOKE.to_lowercase().as_str()])],
            resources,
            action_hints: vec![INVOKE.to_owned()],
            resource_hints: self.of.iter().map(example).collect(),
        }
    }
}

/// A short string that matches: one letter for `?` and a star behind it.
fn example(glob: &Glob) -> String {
    let mut kept: Vec<Token> = Vec::new();
    for token in glob.tokens().iter().copied() {
        let is_one = matches!(kept.last(), Some(Token::One | Token::OneBut(_)));
        if !(is_one && token.is_star()) {
            kept.push(token);
        }
    }
    Glob::new(kept).example()
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3";
    const ALLOW: &str = r#"{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/*"}"#;

    fn asked(statements: &str, private: bool, sender: Sender, methods: &Methods) -> Answer {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
        let policy = Policy::parse(&text).unwrap();
        let facts = Facts::default();
        let gateway = Gateway { policy: &policy, private, region: "eu-west-1", facts: &facts };
        let answer = gateway.admits(sender, methods, &Budget::default());
        assert!(answer.is_yes() || answer.is_no(), "{answer:?} {statements}");
        answer
    }

    fn whole() -> Methods {
        Methods { of: vec![Glob::wild(&format!("{API}/*"))], but: vec![] }
    }

    /// Whether anybody gets in, a foreigner, and somebody named from elsewhere.
    fn admits(statements: &str, private: bool) -> [bool; 3] {
        [Sender::Anybody, Sender::Foreigner, Sender::Elsewhere]
            .map(|sender| asked(statements, private, sender, &whole()).is_yes())
    }

    fn allow(condition: &str) -> String {
        ALLOW.replace('}', &format!(r#","Condition":{{{condition}}}}}"#))
    }

    fn deny(condition: &str) -> String {
        format!("{ALLOW},{}", allow(condition).replace("Allow", "Deny"))
    }

    #[test]
    fn addresses_keep_out_who_comes_from_others() {
        assert_eq!(admits(ALLOW, false), [true; 3]);
        for nets in [r#""203.0.113.0/24""#, r#"["10.0.0.0/8","2001:db8::/32"]"#] {
            let within = allow(&format!(r#""IpAddress":{{"aws:SourceIp":{nets}}}"#));
            let without = deny(&format!(r#""NotIpAddress":{{"aws:SourceIp":{nets}}}"#));
            assert_eq!(admits(&within, false), [false; 3], "{nets}");
            assert_eq!(admits(&without, false), [false; 3], "{nets}");
        }
        for nets in [r#""0.0.0.0/0""#, r#"["0.0.0.0/1","128.0.0.0/1"]"#, r#""52.0.0.0/6""#] {
            let within = allow(&format!(r#""IpAddress":{{"aws:SourceIp":{nets}}}"#));
            let without = deny(&format!(r#""NotIpAddress":{{"aws:SourceIp":{nets}}}"#));
            assert_eq!(admits(&within, false), [true; 3], "{nets}");
            assert_eq!(admits(&without, false), [true; 3], "{nets}");
        }
        // What is shut out leaves the others in.
        let few = deny(r#""IpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#);
        assert_eq!(admits(&few, false), [true; 3]);
    }

    #[test]
    fn a_deny_that_keeps_somebody_out_is_named() {
        let text = deny(r#""NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#);
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{text}]}}"#);
        let (policy, facts) = (Policy::parse(&text).unwrap(), Facts::default());
        let gateway =
            Gateway { policy: &policy, private: false, region: "eu-west-1", facts: &facts };
        let blockers = gateway.blockers(Sender::Anybody, &whole(), &Budget::default());
        assert_eq!(blockers.iter().map(|own| own.index).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn over_the_internet_a_request_has_no_endpoint() {
        for key in ["aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp"] {
            let fixed = allow(&format!(r#""StringLike":{{"{key}":"*"}}"#));
            assert_eq!(admits(&fixed, false), [false; 3], "{key}");
            let missing = allow(&format!(r#""Null":{{"{key}":"true"}}"#));
            assert_eq!(admits(&missing, false), [true; 3], "{key}");
            assert_eq!(admits(&missing, true), [false; 3], "{key}");
        }
    }

    #[test]
    fn who_is_named_needs_credentials_and_no_place() {
        for condition in [
            r#""StringEquals":{"aws:PrincipalOrgID":"o-ours"}"#,
            r#""StringEquals":{"aws:PrincipalAccount":"444455556666"}"#,
            r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}"#,
        ] {
            assert_eq!(admits(&allow(condition), false), [false, false, true], "{condition}");
        }
        let role = ALLOW.replace(r#""*""#, r#"{"AWS":"arn:aws:iam::444455556666:role/partner"}"#);
        assert_eq!(admits(&role, false), [false, false, true]);
        let both = r#""StringEquals":{"aws:PrincipalOrgID":"o-ours"},"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#;
        assert_eq!(admits(&allow(both), false), [false; 3]);
        // What callers write themselves keeps nobody out.
        for condition in [
            r#""StringEquals":{"aws:Referer":"https://www.example.com/"}"#,
            r#""StringLike":{"aws:UserAgent":"Amazon CloudFront"}"#,
        ] {
            assert_eq!(admits(&allow(condition), false), [true; 3], "{condition}");
        }
        let signed = allow(r#""Null":{"aws:PrincipalArn":"false"}"#);
        assert_eq!(admits(&signed, false), [false, true, true]);
    }

    #[test]
    fn a_private_api_is_pinned_by_endpoints_and_vpcs() {
        let strangers = |statements: &str| {
            let [anybody, foreigner, _] = admits(statements, true);
            (anybody, foreigner)
        };
        assert_eq!(strangers(ALLOW), (true, true));
        for (key, value) in [
            ("aws:SourceVpce", "vpce-0123456789abcdef0"),
            ("aws:SourceVpc", "vpc-0123456789abcdef0"),
            ("aws:VpceAccount", "111122223333"),
            ("aws:VpceOrgID", "o-ours"),
        ] {
            let equals = allow(&format!(r#""StringEquals":{{"{key}":"{value}"}}"#));
            assert_eq!(strangers(&equals), (false, false), "{key}");
            let differs = deny(&format!(r#""StringNotEquals":{{"{key}":"{value}"}}"#));
            assert_eq!(strangers(&differs), (false, false), "{key}");
        }
        assert_eq!(strangers(&allow(r#""StringLike":{"aws:SourceVpc":"vpc-*"}"#)), (true, true));
        let private = allow(r#""IpAddress":{"aws:VpcSourceIp":"10.1.0.0/16"}"#);
        assert_eq!(strangers(&private), (true, true));
        let organization = allow(r#""StringEquals":{"aws:PrincipalOrgID":"o-ours"}"#);
        assert_eq!(strangers(&organization), (false, false));
        // An address of the Internet is not there.
        assert_eq!(
            strangers(&allow(r#""IpAddress":{"aws:SourceIp":"0.0.0.0/0"}"#)),
            (false, false)
        );
        assert_eq!(
            strangers(&deny(r#""NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#)),
            (false, false)
        );
    }

    #[test]
    fn each_method_is_asked_for_by_itself() {
        let health = ALLOW.replace("a1b2c3/*", "a1b2c3/prod/GET/health");
        let method = |text: &str, but: &[&str]| {
            let glob = |text: &str| {
                let head = format!("{API}/prod/").chars().map(Token::Char).collect::<Vec<_>>();
                let path = text.chars().flat_map(|c| match c {
                    '*' => vec![Token::OneBut('/'), Token::StarBut('/')],
                    '>' => vec![Token::One, Token::Star],
                    c => vec![Token::Char(c)],
                });
                Glob::new(head.into_iter().chain(path))
            };
            Methods { of: vec![glob(text)], but: but.iter().map(|text| glob(text)).collect() }
        };
        let is_open = |methods: &Methods| asked(&health, false, Sender::Anybody, methods).is_yes();
        assert!(is_open(&method("GET/health", &[])));
        assert!(!is_open(&method("POST/health", &[])));
        assert!(is_open(&method("GET/*", &[])));
        assert!(!is_open(&method("GET/*", &["GET/health"])));
        assert!(is_open(&method("GET/>", &[])));
        assert!(!is_open(&method("GET/>", &["GET/*"])));
        assert!(!is_open(&method("GET/pets/*", &[])));
        let answer = asked(ALLOW, false, Sender::Anybody, &method("GET/pets/*", &[]));
        let resource = &answer.witness().unwrap().request.resource;
        assert_eq!(*resource, format!("{API}/prod/GET/pets/x"));
    }
}
