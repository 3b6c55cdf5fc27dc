//! The policy of a VPC endpoint: whether strangers can use it for what is theirs.
//!
//! VPC user guide, "Control access to VPC endpoints using endpoint policies": it limits who does what on which resource by this way,
//! whoever owns them, and is the only policy of the endpoint's owner that a stranger's request on a stranger's resource meets.

use std::collections::BTreeSet;

use crate::actions::Action;
use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::{Cell, Facts, Kind, Member, Path, Who};
use crate::clause::Words;
use crate::domain::Domain;
use crate::exposure::kind_of;
use crate::glob::Glob;
use crate::mentions::Mentions;
use crate::names::{AccountId, Arn};
use crate::policy::{Policy, Scope};
use crate::principal::Principal;
use crate::prover::Prover;
use crate::resource_types::{BUCKET_ACTIONS, OBJECT_ACTIONS};
use crate::universe::Universe;

/// A VPC endpoint and its policy.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The name of the service that it leads to, `com.amazonaws.eu-west-1.s3`.
    pub service: &'a str,
    /// The endpoint's id, its VPC's, and its region.
    pub id: &'a str,
    /// The VPC.
    pub vpc: &'a str,
    /// The region.
    pub region: &'a str,
    /// What is known beside it; the owner is the endpoint's.
    pub facts: &'a Facts,
}

/// Names of endpoints that are not those of the actions behind them.
const PREFIXES: [(&str, &str); 3] =
    [("kinesis-streams", "kinesis"), ("monitoring", "cloudwatch"), ("email-smtp", "ses")];

/// Actions of S3 that are on no bucket.
const ACCOUNT_ACTIONS: [&str; 4] =
    ["s3:listall*", "s3:*accountpublicaccessblock", "s3:*job*", "s3:*storagelens*"];

impl<'a> Endpoint<'a> {
    /// Whether an identity of a foreign account can reach a resource of a foreign account.
    ///
    /// An organization that the policy names counts as the owner's own, and so does a resource; an account that it names does so only
    /// as the owner of resources, unless it is one of `trusted`.
    pub fn serves_strangers(&self, trusted: &BTreeSet<AccountId>, budget: &'a Budget) -> Answer {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        let mentions = &prover.mentions;
        let mut questions = Vec::new();
        for caller in self.foreigners(trusted, mentions) {
            let Who::Aws { account, .. } = caller.who else { continue };
            let own = account.to_string();
            let is_named = |key| mentions.fixed(key).contains(&own);
            let owner = if is_named("aws:resourceaccount") || is_named("s3:resourceaccount") {
                mentions.strangers(self.facts.owner).into_iter().next().unwrap_or(account)
            } else {
                account
            };
            let cell = self.through(caller, owner, mentions);
            questions.extend(self.universes(owner).into_iter().map(|it| (cell.clone(), it)));
        }
        Answer::exists(prover.find_any(questions.iter().map(|(cell, it)| (cell.clone(), it))))
    }

    /// Everybody who has nothing of what the policy names, and whom it names outside of the owner's accounts.
    fn foreigners(&self, trusted: &BTreeSet<AccountId>, mentions: &Mentions) -> Vec<Cell> {
        let foreign =
            |account: &AccountId| *account != self.facts.owner && !trusted.contains(account);
        let any = |account| Who::Aws { account, kind: Kind::Role, arn: None };
        let strangers = mentions.strangers(self.facts.owner);
        let mut cells: Vec<Cell> = strangers.into_iter().map(any).map(Cell::stranger).collect();
        let one = |principal: &Principal| {
            let Principal::Arn(arn) = principal else { return None };
            let account = Arn::parse(arn)?.account_id().filter(foreign)?;
            Some(Who::Aws { account, kind: kind_of(arn), arn: Some(arn.clone()) })
        };
        let principals = || mentions.principals.iter();
        let compared = ["aws:principalaccount", "aws:principalarn"].into_iter();
        let compared = compared.flat_map(|key| mentions.templates(key));
        let compared = compared.flat_map(|template| AccountId::mentioned(template.text()));
        let named = principals().filter_map(Principal::account).chain(compared);
        let named: BTreeSet<AccountId> = named.filter(foreign).collect();
        let named = principals().filter_map(one).chain(named.into_iter().map(any));
        // Of no organization: one that the policy names would make them the owner's own.
        cells.extend(named.map(|who| Cell { member: Member::No, ..Cell::new(who) }));
        cells
    }

    /// The caller's requests by this way, for resources of an account that is in no organization of the policy's.
    fn through(&self, mut cell: Cell, owner: AccountId, mentions: &Mentions) -> Cell {
        cell.path = Some(Path::Endpoint);
        let owner = owner.to_string();
        let exactly = [
            ("aws:sourcevpce", self.id),
            ("aws:sourcevpc", self.vpc),
            ("aws:requestedregion", self.region),
            ("aws:vpceaccount", &self.facts.owner.to_string()),
            ("aws:resourceaccount", &owner),
            ("s3:resourceaccount", &owner),
            ("aws:viaawsservice", "false"),
        ];
        // What no condition asks for says nothing, but for whose the resource is.
        let told = |key: &str| mentions.has(key) || key == "aws:resourceaccount";
        for (key, value) in exactly.into_iter().filter(|(key, _)| told(key)) {
            cell = cell.with(key, Domain::exactly(value));
        }
        for key in ["aws:sourceip", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast"] {
            cell = cell.with(key, Domain::absent());
        }
        // The endpoint's own organization, which may be any if nobody knows it.
        let missing = |domain: Domain| Domain { missing: true, ..domain };
        let (id, path) = match &self.facts.org {
            Some(org) => (Domain::exactly(org), Domain::like(&[&format!("{org}/*")]).always()),
            None => (missing(Domain::like(&["o-*"])), missing(Domain::like(&["o-*/*"]))),
        };
        cell = cell.with("aws:vpceorgid", id).with("aws:vpceorgpaths", path.many());
        let mut orgs = mentions.organizations();
        orgs.extend(mentions.fixed("aws:resourceorgid"));
        orgs.extend(self.facts.org.clone());
        let heads = mentions.heads("aws:resourceorgpaths", '/');
        orgs.extend(heads.iter().map(|head| head.trim_end_matches('/').to_owned()));
        let ids = orgs.iter().map(|org| Glob::literal(org).any_case());
        let paths = orgs.iter().map(|org| Glob::wild(&format!("{org}/*")));
        let (id, path) = ("o-outsider00", "o-outsider00/r-xxxx/ou-xxxx-xxxxxxxx/");
        let id = missing(Domain::like(&["o-*"]).hinted(id).except(ids));
        let path = missing(Domain::like(&["o-*/r-*/*"]).hinted(path).many().except(paths));
        cell.with("aws:resourceorgid", id).with("aws:resourceorgpaths", path)
    }

    /// What can be asked of the service for resources of this account that the policy does not name.
    fn universes(&self, owner: AccountId) -> Vec<Universe> {
        let prefix = self.prefix();
        let partition = &self.facts.partition;
        let actions = match prefix {
            Some(prefix) => Words::of([format!("{prefix}:?*").as_str()]),
            None => Words::of(["?*:?*"]),
        };
        let carries = |own: &Action| {
            ["Put", "Send", "Publish", "Invoke"].iter().any(|verb| own.name.starts_with(verb))
        };
        let of = |prefix| Action::of_service(prefix);
        let hint = prefix.and_then(|prefix| of(prefix).find(carries).or_else(|| of(prefix).next()));
        let region = self.region;
        let theirs = Glob::wild(&format!("arn:{partition}:*:*:{owner}:?*"));
        let mut universes = vec![Universe {
            actions: vec![actions, Words::but(ACCOUNT_ACTIONS)],
            resources: vec![Words { globs: vec![theirs.as_arn()], negated: false }],
            action_hints: hint.map(|own| own.to_string()).into_iter().collect(),
            resource_hints: vec![format!(
                "arn:{partition}:{}:{region}:{owner}:x",
                prefix.unwrap_or("x")
            )],
        }];
        if prefix.is_none_or(|prefix| prefix == "s3") {
            let name = format!("arn:{partition}:s3:::");
            let is = |pattern: &str| Words::of([format!("{name}{pattern}").as_str()]);
            let fixed = self.buckets();
            let unnamed = Words::but(fixed.iter().map(String::as_str));
            let all = || Words::of(["s3:?*"]);
            let but = |actions: &[&'static str]| Words::but(actions.iter().copied());
            let objects = Universe {
                actions: vec![all(), but(BUCKET_ACTIONS), but(&ACCOUNT_ACTIONS)],
                resources: vec![is("?*/?*"), unnamed.clone()],
                action_hints: vec!["s3:PutObject".to_owned(), "s3:GetObject".to_owned()],
                resource_hints: vec![format!("{name}strangers-bucket/x")],
            };
            let itself = Universe {
                actions: vec![all(), but(OBJECT_ACTIONS), but(&ACCOUNT_ACTIONS)],
                resources: vec![is("?*"), Words::but([format!("{name}*/*").as_str()]), unnamed],
                action_hints: vec!["s3:ListBucket".to_owned()],
                resource_hints: vec![format!("{name}strangers-bucket")],
            };
            universes.splice(0..0, [objects, itself]);
        }
        universes
    }

    /// The prefix of the service's actions, if it is known.
    fn prefix(&self) -> Option<&'static str> {
        let (_, name) = self.service.split_once(&format!(".{}.", self.region))?;
        let label = name.split('.').next()?;
        let named = PREFIXES.iter().find(|(own, _)| *own == label);
        named
            .map(|(_, prefix)| *prefix)
            .or_else(|| Action::services().find(|service| *service == label))
    }

    /// The buckets that the policy names in full, and what is in them: there is one of each name.
    fn buckets(&self) -> Vec<String> {
        let resources = self.policy.allows().filter_map(|statement| match &statement.resources {
            Some(Scope::In(templates)) => Some(templates),
            _ => None,
        });
        let names: BTreeSet<String> = resources
            .flatten()
            .filter_map(|template| {
                let (head, rest) = template.text().split_once(":s3:::")?;
                let bucket = rest.split('/').next()?;
                let is_fixed = !bucket.contains(['*', '?', '$']) && !head.contains('$');
                is_fixed.then(|| bucket.to_owned())
            })
            .collect();
        let both = |name: &String| [format!("arn:*:s3:::{name}"), format!("arn:*:s3:::{name}/*")];
        names.iter().flat_map(both).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#;

    fn served(service: &str, statements: &str, trusted: &[&str]) -> Answer {
        let policy =
            Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#))
                .unwrap();
        let facts = Facts::default();
        let service = format!("com.amazonaws.eu-west-1.{service}");
        let endpoint = Endpoint {
            policy: &policy,
            service: &service,
            id: "vpce-1",
            vpc: "vpc-1",
            region: "eu-west-1",
            facts: &facts,
        };
        let trusted = trusted.iter().filter_map(|text| AccountId::parse(text)).collect();
        endpoint.serves_strangers(&trusted, &Budget::default())
    }

    fn s3(statements: &str) -> bool {
        let answer = served("s3", statements, &[]);
        assert!(answer.is_yes() || answer.is_no(), "{answer:?} {statements}");
        answer.is_yes()
    }

    fn allow(condition: &str) -> String {
        DEFAULT.replace('}', &format!(r#","Condition":{{{condition}}}}}"#))
    }

    fn deny(condition: &str) -> String {
        format!("{DEFAULT},{}", allow(condition).replace("Allow", "Deny"))
    }

    #[test]
    fn as_aws_makes_it_everybody_does_everything() {
        let answer = served("s3", DEFAULT, &[]);
        let request = &answer.witness().unwrap().request;
        assert_eq!(request.action, "s3:PutObject");
        assert_eq!(request.resource, "arn:aws:s3:::strangers-bucket/x");
        assert!(served("ssm", DEFAULT, &[]).is_yes());
        assert!(served("service-of-tomorrow", DEFAULT, &[]).is_yes());
    }

    #[test]
    fn a_perimeter_may_be_in_the_allow() {
        for condition in [
            r#""StringEquals":{"aws:PrincipalOrgID":"o-ours"}"#,
            r#""StringEquals":{"aws:ResourceOrgID":"o-ours"}"#,
            r#""StringEquals":{"aws:PrincipalAccount":"111122223333"}"#,
            r#""StringEquals":{"aws:ResourceAccount":["111122223333","444455556666"]}"#,
            r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}"#,
            r#""ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-ours/r-ab12/*"}"#,
            r#""ForAnyValue:StringLike":{"aws:ResourceOrgPaths":"o-ours/r-ab12/*"}"#,
        ] {
            assert!(!s3(&allow(condition)), "{condition}");
        }
        for condition in [
            // The account of neither needs to be in an organization.
            r#""StringEqualsIfExists":{"aws:PrincipalOrgID":"o-ours"}"#,
            r#""StringEquals":{"aws:ResourceOrgID":"${aws:PrincipalOrgID}"}"#,
            r#""StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}"#,
            r#""StringLike":{"aws:PrincipalArn":"*:role/app"}"#,
            // All requests come this way.
            r#""StringEquals":{"aws:SourceVpc":"vpc-1"}"#,
            r#""StringEquals":{"aws:VpceOrgID":"o-ours"}"#,
            r#""StringEquals":{"aws:PrincipalTag/team":"web"}"#,
        ] {
            assert!(s3(&allow(condition)), "{condition}");
        }
        assert!(!s3(&allow(r#""StringEquals":{"aws:SourceVpc":"vpc-2"}"#)));
    }

    #[test]
    fn a_perimeter_may_be_a_deny() {
        for condition in [
            r#""StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-ours"}"#,
            r#""StringNotEquals":{"aws:ResourceOrgID":"o-ours"}"#,
            r#""StringNotEqualsIfExists":{"aws:ResourceAccount":"111122223333"}"#,
            r#""StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-ours"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false","aws:ViaAWSService":"false"}"#,
        ] {
            assert!(!s3(&deny(condition)), "{condition}");
        }
        // A tag is what the stranger makes it.
        let tagged = r#""StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-ours","aws:PrincipalTag/perimeter":"exempt"}"#;
        assert!(s3(&deny(tagged)));
        let reads = deny(r#""StringNotEquals":{"aws:PrincipalOrgID":"o-ours"}"#);
        let reads = reads.replacen(
            r#""Deny","Principal":"*","Action":"*""#,
            r#""Deny","Principal":"*","Action":"s3:Get*""#,
            1,
        );
        assert!(s3(&reads));
    }

    #[test]
    fn what_is_named_is_no_strangers() {
        let on = |resource: &str| {
            DEFAULT.replace(r#""Resource":"*""#, &format!(r#""Resource":"{resource}""#))
        };
        assert!(!s3(&on("arn:aws:s3:::our-bucket/*")));
        assert!(!s3(&on("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*")));
        // Anybody may take a name that begins so.
        assert!(s3(&on("arn:aws:s3:::our-*")));
        assert!(s3(&on("arn:aws:s3:::*/public/*")));
        assert!(served("sqs", &on("arn:aws:sqs:eu-west-1:111122223333:*"), &[]).is_no());
        assert!(served("sqs", &on("arn:aws:sqs:eu-west-1:*:*"), &[]).is_yes());
        // What another service does does not pass here.
        let queues = DEFAULT.replace(r#""Action":"*""#, r#""Action":"sqs:*""#);
        assert!(!s3(&queues));
        assert!(!s3(&DEFAULT.replace(r#""Action":"*""#, r#""Action":"s3:ListAllMyBuckets""#)));
    }

    #[test]
    fn a_named_account_is_foreign_unless_trusted() {
        let partner =
            allow(r#""StringEquals":{"aws:PrincipalAccount":["111122223333","444455556666"]}"#);
        assert!(served("s3", &partner, &[]).is_yes());
        assert!(served("s3", &partner, &["444455556666"]).is_no());
        let principal = DEFAULT.replace(
            r#""Principal":"*""#,
            r#""Principal":{"AWS":"arn:aws:iam::444455556666:role/x"}"#,
        );
        assert!(served("s3", &principal, &[]).is_yes());
        assert!(served("s3", &principal, &["444455556666"]).is_no());
        let roles = allow(r#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/*"}"#);
        assert!(served("s3", &roles, &[]).is_yes());
        assert!(served("s3", &roles, &["444455556666"]).is_no());
        let member = allow(
            r#""StringEquals":{"aws:PrincipalAccount":"444455556666","aws:PrincipalOrgID":"o-ours"}"#,
        );
        assert!(!s3(&member));
        let both = allow(
            r#""StringEquals":{"aws:PrincipalAccount":"444455556666","aws:ResourceAccount":"444455556666"}"#,
        );
        assert!(!s3(&both));
    }
}
