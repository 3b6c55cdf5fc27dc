//! What rules ask the library.
#![expect(clippy::expect_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;

use awspect_policy::{
    AccessLevel, AccountId, Answer, Asker, Behalf, Budget, Exposed, Exposure, Facts, Identity,
    Outsider, Policy, Subject, Zone,
};

const BUCKET: &str = r#"["arn:aws:s3:::b","arn:aws:s3:::b/*"]"#;

fn policy(statements: &str) -> Policy {
    Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#))
        .expect("a policy")
}

fn bucket<'a>(policy: &'a Policy, facts: &'a Facts) -> Subject<'a> {
    Subject { policy, trust: false, resource_type: "s3-bucket", arn: Some("arn:aws:s3:::b"), facts }
}

#[test]
fn a_yes_comes_with_a_request_and_its_statement() {
    let policy = policy(
        r#"{"Sid":"Own","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"arn:aws:s3:::b/*"},
           {"Sid":"Open","Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*","Condition":{"StringLike":{"aws:Referer":"https://x/*"}}}"#,
    );
    let (facts, budget) = (Facts::default(), Budget::default());
    let answer = bucket(&policy, &facts).is_public(&budget);
    let witness = answer.witness().expect("a witness");
    assert_eq!(
        (witness.request.action.as_str(), witness.request.resource.as_str()),
        ("s3:GetObject", "arn:aws:s3:::b/x")
    );
    assert_eq!(witness.statements.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Open"]);
}

#[test]
fn a_no_names_the_denies_that_make_it() {
    let policy = policy(
        r#"{"Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*"},
           {"Effect":"Deny","Principal":"*","Action":"s3:Put*","Resource":"arn:aws:s3:::b/*"},
           {"Sid":"Perimeter","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}}"#,
    );
    let (facts, budget) = (Facts::default(), Budget::default());
    let subject = bucket(&policy, &facts);
    assert!(subject.is_public(&budget).is_no());
    let blockers = subject.blockers(None, &budget);
    assert_eq!(blockers.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Perimeter"]);
}

#[test]
fn the_least_tls_version() {
    let deny = |condition: &str| {
        policy(&format!(
            r#"{{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":{BUCKET},"Condition":{{{condition}}}}}"#
        ))
    };
    let holds = |condition: &str| {
        let (policy, facts, budget) = (deny(condition), Facts::default(), Budget::default());
        bucket(&policy, &facts).enforces_tls_1_2(&budget).is_yes()
    };
    assert!(
        holds(r#""NumericLessThan":{"s3:TlsVersion":"1.2"}"#)
            && holds(r#""NumericLessThan":{"s3:tlsversion":1.3}"#)
    );
    assert!(
        !holds(r#""NumericLessThan":{"s3:TlsVersion":"1.1"}"#)
            && !holds(r#""Bool":{"aws:SecureTransport":"false"}"#)
    );
    assert!(!holds(
        r#""NumericLessThan":{"s3:TlsVersion":"1.2"},"StringLike":{"aws:UserAgent":"x"}"#
    ));
}

#[test]
fn wildcard_grants_and_dead_principals() {
    let policy = policy(
        r#"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"},
           {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/r"},"Action":"S3:*","Resource":"*"},
           {"Effect":"Allow","Principal":{"AWS":["AIDACKCEVSQ6C2EXAMPLE","arn:aws:iam::111122223333:role/r"]},"Action":"s3:GetObject","Resource":"*"},
           {"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"NotAction":"s3:PutObject","Resource":"*"}"#,
    );
    let places: Vec<usize> = policy
        .wildcard_grants("s3", Some(AccountId::EXAMPLE))
        .into_iter()
        .map(|statement| statement.index)
        .collect();
    assert_eq!(places, [1, 3]);
    let dead: Vec<(String, usize)> =
        policy.dead_principals().into_iter().map(|(id, at)| (id, at.index)).collect();
    assert_eq!(dead, [("AIDACKCEVSQ6C2EXAMPLE".to_owned(), 2)]);
}

#[test]
fn grants_outside_of_a_zone_are_grouped() {
    let policy = policy(
        r#"{"Sid":"Partner","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::444455556666:root","arn:aws:iam::555566667777:role/x"]},"Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::b/*"},
           {"Sid":"Org","Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-aa111bb222"}}},
           {"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::555566667777:role/x"},"Action":"s3:Put*","Resource":"*"}"#,
    );
    let (facts, budget) = (Facts::default(), Budget::default());
    let subject = bucket(&policy, &facts);
    let listed = |zone: &Zone| {
        let all = subject.outside_grants(zone, &budget);
        assert!(all.open.is_empty(), "{:?}", all.open);
        all.grants
            .into_iter()
            .map(|grant| (grant.who.to_string(), Vec::from_iter(grant.actions)))
            .collect::<Vec<_>>()
    };
    let both = || vec!["s3:GetObject".to_owned(), "s3:PutObject".to_owned()];
    let role = (
        "arn:aws:iam::555566667777:role/x".to_owned(),
        vec!["s3:GetObject".to_owned(), "s3:ListBucket".to_owned()],
    );
    let all = listed(&Zone::default());
    assert!(all.iter().any(|(who, actions)| who == "account 444455556666"
        && both().iter().all(|one| actions.contains(one))));
    assert!(
        all.iter()
            .any(|(who, actions)| who == "organization o-aa111bb222"
                && *actions == ["s3:ListBucket"])
    );
    assert!(all.contains(&role), "{all:?}");
    let zone = Zone {
        accounts: ["444455556666", "555566667777"]
            .iter()
            .filter_map(|id| AccountId::parse(id))
            .collect(),
        org: Some("o-aa111bb222".to_owned()),
    };
    assert_eq!(listed(&zone), []);
    let open = super_open();
    let grants = bucket(&open, &facts).outside_grants(&zone, &budget).grants;
    assert_eq!(grants.iter().map(|grant| &grant.who).collect::<Vec<_>>(), [&Outsider::Anyone]);
}

fn super_open() -> Policy {
    policy(
        r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"#,
    )
}

#[test]
fn escalation_looks_at_all_policies_of_a_principal() {
    let pass = policy(r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}"#);
    let create = policy(
        r#"{"Effect":"Allow","Action":["lambda:CreateFunction","lambda:InvokeFunction"],"Resource":"*"}"#,
    );
    let facts = Facts::default();
    let budget = Budget::default;
    assert!(Identity::new(vec![&pass], &facts).privilege_escalation(&budget()).is_no());
    assert!(Identity::new(vec![&create], &facts).privilege_escalation(&budget()).is_no());
    let found = Identity::new(vec![&pass, &create], &facts).escalations(&budget());
    assert_eq!(found.found.iter().map(|one| one.path).collect::<Vec<_>>(), ["lambda-invoke"]);
}

#[test]
fn a_role_named_one_by_one_leaves_it_to_the_role() {
    let both = policy(
        r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::111122223333:role/one"},
           {"Effect":"Allow","Action":["lambda:CreateFunction","lambda:InvokeFunction"],"Resource":"*"}"#,
    );
    let facts = Facts::default();
    let answer = Identity::new(vec![&both], &facts).privilege_escalation(&Budget::default());
    assert_eq!(
        answer,
        Answer::Depends(BTreeSet::from(["arn:aws:iam::111122223333:role/one".to_owned()]))
    );
}

#[test]
fn granted_actions_and_levels() {
    let own = policy(
        r#"{"Effect":"Allow","Action":["s3:*","ec2:Describe*"],"Resource":"*"},
           {"Effect":"Deny","NotAction":["s3:GetObject","s3:ListBucket","s3:PutObject","ec2:*"],"Resource":"*"},
           {"Effect":"Deny","Action":"s3:PutObject","Resource":"arn:aws:s3:::secret/*"}"#,
    );
    let facts = Facts::default();
    let levels = Identity::new(vec![&own], &facts).granted_levels(&Budget::new(u64::MAX));
    assert_eq!(levels.keys().copied().collect::<Vec<_>>(), ["ec2", "s3"]);
    let s3 = levels.get("s3").expect("s3 is granted");
    assert_eq!(*s3, BTreeSet::from([AccessLevel::List, AccessLevel::Read, AccessLevel::Write]));
}

#[test]
fn exposure_shows_who() {
    let policy = policy(
        r#"{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"#,
    );
    let (facts, budget) = (Facts::default(), Budget::default());
    let Exposed::To(class, Some(witness)) = bucket(&policy, &facts).exposure(&budget) else {
        return;
    };
    assert_eq!(class, Exposure::CrossAccount);
    assert_eq!(witness.request.caller.account(), AccountId::parse("444455556666"));
}

#[test]
fn a_bad_case_does_not_harm_the_others() {
    let text = r#"[{"name":"a","kind":"resource","resource_type":"s3-bucket","question":"moon","policy":{"Statement":[]}},
        7,
        {"name":"b","kind":"resource","resource_type":"s3-bucket","question":"is_public","policy":{"Statement":[],"Statement":[]}},
        {"name":"c","kind":"resource","resource_type":"s3-bucket","question":"is_public","policy":{"Statement":[]}},
        {"name":"d","kind":"identity","question":"allows","params":{},"policy":{"Statement":[]}},
        {"name":"e","kind":"identity","question":"is_public","policy":{"Statement":[]}}]"#;
    let replies = awspect_policy::cases(text).expect("a list");
    let told: Vec<(&str, &str, Option<&str>)> = replies
        .iter()
        .map(|reply| (reply.name.as_str(), reply.answer, reply.error.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("a", "unknown", Some("unknown question `moon`")),
            ("#2", "unknown", Some("`kind` is missing")),
            ("b", "unknown", Some("`Statement` occurs twice in one object")),
            ("c", "no", None),
            ("d", "unknown", Some("`action` is missing")),
            ("e", "unknown", Some("`is_public` is not a question about this kind of policy")),
        ]
    );
}

/// Whether S3 gets in for strangers under this condition, with names that may be theirs by now and without.
fn for_strangers(condition: &str) -> [bool; 2] {
    let policy = policy(&format!(
        r#"{{"Effect":"Allow","Principal":{{"Service":"s3.amazonaws.com"}},"Action":"lambda:InvokeFunction","Resource":"*","Condition":{{{condition}}}}}"#
    ));
    let (facts, budget) = (Facts::default(), Budget::default());
    let subject =
        Subject { resource_type: "lambda-function", arn: None, ..bucket(&policy, &facts) };
    [true, false].map(|reused| {
        let answer = subject.acts_for_strangers("s3.amazonaws.com", reused, &budget);
        assert!(answer.is_yes() || answer.is_no(), "{condition}: {answer:?}");
        answer.is_yes()
    })
}

#[test]
fn a_service_acts_for_strangers_unless_the_source_is_fixed() {
    for (condition, expected) in [
        (r#""ArnLike":{"aws:SourceArn":"arn:aws:s3:::our-bucket"}"#, [true, false]),
        (r#""ArnLike":{"aws:SourceArn":"arn:aws:s3:::logs-*"}"#, [true, true]),
        (r#""StringLike":{"aws:SourceAccount":"*"}"#, [true, true]),
        (r#""StringEquals":{"aws:SourceAccount":"111122223333"}"#, [false, false]),
        // Named, though foreign.
        (r#""StringEquals":{"aws:SourceAccount":"444455556666"}"#, [false, false]),
        (r#""StringEquals":{"aws:SourceOrgID":"o-aa111bb222"}"#, [false, false]),
        (r#""StringEquals":{"lambda:EventSourceToken":"amzn1.ask.skill.x"}"#, [false, false]),
        (r#""StringEqualsIfExists":{"aws:SourceAccount":"111122223333"}"#, [true, true]),
    ] {
        assert_eq!(for_strangers(condition), expected, "{condition}");
    }
}

const DISTRIBUTION: &str = "arn:aws:cloudfront::111122223333:distribution/E1";

/// For whom CloudFront can read under these conditions: for this distribution, another of the account, a stranger's.
fn reads(condition: &str, org: Option<&str>) -> [bool; 3] {
    let policy = policy(&format!(
        r#"{{"Effect":"Allow","Principal":{{"Service":"cloudfront.amazonaws.com"}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"{condition}}}"#
    ));
    let facts = Facts { org: org.map(str::to_owned), ..Facts::default() };
    let budget = Budget::default();
    let subject = bucket(&policy, &facts);
    [Behalf::Of(DISTRIBUTION), Behalf::Another(DISTRIBUTION), Behalf::Stranger(DISTRIBUTION)].map(
        |behalf| {
            let asker = Asker::Service("cloudfront.amazonaws.com", behalf);
            let answer = subject.admits(&asker, &["s3:GetObject"], &budget);
            assert!(answer.is_yes() || answer.is_no(), "{condition}: {answer:?}");
            answer.is_yes()
        },
    )
}

#[test]
fn a_service_gets_in_for_what_the_policy_names() {
    const OWN: &str = "arn:aws:cloudfront::111122223333:distribution";
    for (condition, expected) in [
        (String::new(), [true, true, true]),
        (format!(r#""ArnLike":{{"aws:SourceArn":"{OWN}/E1"}}"#), [true, false, false]),
        (format!(r#""StringEquals":{{"aws:SourceArn":["{OWN}/E2","{OWN}/E3"]}}"#), [false; 3]),
        (format!(r#""ArnLike":{{"aws:SourceArn":"{OWN}/*"}}"#), [true, true, false]),
        (format!(r#""StringLike":{{"aws:SourceArn":"{OWN}/E1*"}}"#), [true, true, false]),
        (r#""StringLike":{"aws:SourceArn":"*:111122223333:*"}"#.to_owned(), [true, true, false]),
        (
            r#""ArnLike":{"aws:SourceArn":"arn:aws:cloudfront::*:distribution/E1"}"#.to_owned(),
            [true, false, false],
        ),
        (r#""StringEquals":{"aws:SourceAccount":"111122223333"}"#.to_owned(), [true, true, false]),
        (r#""StringEquals":{"aws:SourceAccount":"444455556666"}"#.to_owned(), [false; 3]),
        (r#""StringNotEquals":{"aws:SourceAccount":"444455556666"}"#.to_owned(), [true; 3]),
        (format!(r#""StringEqualsIfExists":{{"aws:SourceArn":"{OWN}/E1"}}"#), [true, false, false]),
        (r#""StringEquals":{"aws:SourceOrgID":"o-aa111bb222"}"#.to_owned(), [true, true, false]),
        (r#""StringEquals":{"aws:SourceOrgID":"o-cc333dd444"}"#.to_owned(), [false; 3]),
    ] {
        let condition = match condition.as_str() {
            "" => condition,
            _ => format!(r#","Condition":{{{condition}}}"#),
        };
        assert_eq!(reads(&condition, Some("o-aa111bb222")), expected, "{condition}");
    }
}

#[test]
fn a_deny_takes_strangers_out_again() {
    let policy = policy(
        r#"{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},
           {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceAccount":"111122223333"},"Bool":{"aws:PrincipalIsAWSService":"true"}}}"#,
    );
    let (facts, budget) = (Facts::default(), Budget::default());
    let admits = |behalf| {
        let asker = Asker::Service("cloudfront.amazonaws.com", behalf);
        bucket(&policy, &facts).admits(&asker, &["s3:GetObject"], &budget)
    };
    assert!(admits(Behalf::Stranger(DISTRIBUTION)).is_no());
    assert!(admits(Behalf::Of(DISTRIBUTION)).is_yes());
    let other = Asker::Service("delivery.logs.amazonaws.com", Behalf::Of(DISTRIBUTION));
    assert!(bucket(&policy, &facts).admits(&other, &["s3:GetObject"], &budget).is_no());
}

#[test]
fn a_request_for_a_resource_says_which() {
    let policy = policy(
        r#"{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"#,
    );
    let (facts, budget) = (Facts::default(), Budget::default());
    let asker = Asker::Service("cloudfront.amazonaws.com", Behalf::Stranger(DISTRIBUTION));
    let answer = bucket(&policy, &facts).admits(&asker, &["s3:GetObject"], &budget);
    let request = &answer.witness().expect("a witness").request;
    let value = |key: &str| request.values(&awspect_policy::Key::new(key)).map(<[String]>::concat);
    let account = value("aws:SourceAccount").expect("an account");
    assert_eq!(
        value("aws:SourceArn"),
        Some(format!("arn:aws:cloudfront::{account}:distribution/x"))
    );
}

#[test]
fn an_origin_access_identity_gets_in_by_either_of_its_names() {
    let name = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1";
    for (principal, asker, expected) in [
        (format!(r#"{{"AWS":"{name}"}}"#), Asker::Principal(name), true),
        (format!(r#"{{"AWS":"{name}2"}}"#), Asker::Principal(name), false),
        (r#"{"AWS":"111122223333"}"#.to_owned(), Asker::Principal(name), false),
        (r#""*""#.to_owned(), Asker::Principal(name), true),
        (r#"{"CanonicalUser":"abc"}"#.to_owned(), Asker::Canonical("abc"), true),
        (r#"{"CanonicalUser":"abd"}"#.to_owned(), Asker::Canonical("abc"), false),
    ] {
        let policy = policy(&format!(
            r#"{{"Effect":"Allow","Principal":{principal},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::b"}}"#
        ));
        let (facts, budget) = (Facts::default(), Budget::default());
        let answer = bucket(&policy, &facts).admits(&asker, &["s3:ListBucket"], &budget);
        assert_eq!((answer.is_yes(), answer.is_no()), (expected, !expected), "{principal}");
    }
}

#[test]
fn nobody_known_gets_in_over_the_internet() {
    for (rest, expected) in [
        (r#""Principal":"*""#, true),
        (r#""Principal":"*","Condition":{"StringEquals":{"aws:Referer":"https://x"}}"#, true),
        (r#""Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#, true),
        (r#""Principal":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}"#, false),
        (r#""Principal":"*","Condition":{"StringLike":{"aws:PrincipalArn":"*"}}"#, false),
        (r#""Principal":{"Service":"cloudfront.amazonaws.com"}"#, false),
    ] {
        let policy = policy(&format!(
            r#"{{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b",{rest}}}"#
        ));
        let (facts, budget) = (Facts::default(), Budget::default());
        let answer = bucket(&policy, &facts).admits(&Asker::Anonymous, &["s3:ListBucket"], &budget);
        assert_eq!((answer.is_yes(), answer.is_no()), (expected, !expected), "{rest}");
    }
}
