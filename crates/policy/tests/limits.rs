//! Large and hostile policies end: answered, or unknown for a stated reason.
#![expect(clippy::expect_used, reason = "a test that cannot go on should stop")]

use awspect_policy::{Answer, Budget, Facts, Identity, Policy, Subject};

fn is_public(policy: &Policy) -> Answer {
    let (facts, budget) = (Facts::default(), Budget::default());
    Subject { policy, trust: false, resource_type: "s3-bucket", arn: None, facts: &facts }
        .is_public(&budget)
}

fn statements(all: &[String]) -> Policy {
    Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, all.join(",")))
        .expect("a policy")
}

const OPEN: &str =
    r#"{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}"#;

#[test]
fn fourteen_letters_in_any_order() {
    let deny = |letter| {
        format!(
            r#"{{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{{"StringNotLike":{{"s3:prefix":"*{letter}*"}}}}}}"#
        )
    };
    let mut all = vec![OPEN.to_owned()];
    all.extend(('a'..='n').map(deny));
    assert!(!is_public(&statements(&all)).is_no());
}

#[test]
fn a_hundred_denies_with_three_conditions_each() {
    let deny = |n| {
        format!(
            r#"{{"Effect":"Deny","Principal":"*","Action":"s3:*{n}","Resource":"arn:aws:s3:::b/*{n}*","Condition":{{"StringNotLike":{{"aws:PrincipalTag/t{n}":"*{n}*"}}}}}}"#
        )
    };
    let mut all = vec![OPEN.to_owned()];
    all.extend((0..100).map(deny));
    assert!(is_public(&statements(&all)).is_yes());
    all.push(r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#.to_owned());
    assert!(is_public(&statements(&all)).is_no());
}

#[test]
fn a_thousand_statements_of_a_megabyte() {
    let long = "x".repeat(1_000);
    let allow = |n| {
        format!(
            r#"{{"Effect":"Allow","Principal":{{"AWS":"111122223333"}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/{n}/{long}/*"}}"#
        )
    };
    let mut all: Vec<String> = (0..1_000).map(allow).collect();
    assert!(is_public(&statements(&all)).is_no());
    all.push(OPEN.to_owned());
    assert!(is_public(&statements(&all)).is_yes());
}

#[test]
fn a_spent_budget_is_unknown_and_says_so() {
    let policy = statements(&[OPEN.to_owned()]);
    let (facts, budget) = (Facts::default(), Budget::new(3));
    let subject = Subject {
        policy: &policy,
        trust: false,
        resource_type: "s3-bucket",
        arn: None,
        facts: &facts,
    };
    let answer = subject.is_public(&budget);
    assert_eq!(
        answer,
        Answer::Unknown(vec!["the question takes more steps than its budget has".to_owned()])
    );
}

#[test]
fn what_is_not_understood_is_unknown_only_where_it_matters() {
    let odd = r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"Sorcery":{"k":"v"}}}"#;
    assert!(matches!(is_public(&statements(&[odd.to_owned()])), Answer::Unknown(_)));
    assert!(is_public(&statements(&[odd.to_owned(), OPEN.to_owned()])).is_yes());
    let deny = r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#;
    assert!(is_public(&statements(&[odd.to_owned(), deny.to_owned()])).is_no());
    let odd_deny = odd.replace("Allow", "Deny").replace("s3:GetObject", "s3:*");
    assert!(matches!(is_public(&statements(&[OPEN.to_owned(), odd_deny])), Answer::Unknown(_)));
}

#[test]
fn admin_over_many_statements() {
    let letters: Vec<String> = ('a'..='z')
        .map(|letter| format!(r#"{{"Effect":"Allow","Action":"{letter}*","Resource":"*"}}"#))
        .collect();
    let (policy, facts) = (statements(&letters), Facts::default());
    assert!(Identity::new(vec![&policy], &facts).grants_full_admin(&Budget::default()).is_yes());
}
