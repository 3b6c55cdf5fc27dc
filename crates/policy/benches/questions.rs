//! How long questions take: the worked examples, policies made to be hard, and AWS's managed policies.
//!
//! `MANAGED_POLICIES` names a list of `[name, document]` pairs as `scripts/managed_policies.py` writes it; without it that part is
//! left out, and says so.
#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark measures and prints"
)]
#![expect(clippy::disallowed_macros, reason = "a benchmark prints")]

use std::time::{Duration, Instant};

use awspect_policy::ask::{Ask, Question};
use awspect_policy::{Budget, Facts, Identity, Policy, PolicyKind};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::Value;

fn asks() -> Vec<(String, Ask)> {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../tests/examples.json"))
        .expect("the examples are JSON");
    let text = |case: &Value, key: &str| {
        case.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    cases
        .iter()
        .map(|case| {
            let question: Question = text(case, "question").parse().expect("a question");
            let kind: PolicyKind = text(case, "kind").parse().expect("a kind");
            let policy = case.get("policy").map(ToString::to_string).unwrap_or_default();
            let request = case.get("params").map(ToString::to_string);
            (
                text(case, "name"),
                Ask { request, ..Ask::new(question, kind, &text(case, "resource_type"), &policy) },
            )
        })
        .collect()
}

fn examples(criterion: &mut Criterion) {
    let asks = asks();
    let mut each: Vec<(Duration, &str)> = asks
        .iter()
        .map(|(name, ask)| {
            let runs = 20;
            let start = Instant::now();
            for _ in 0..runs {
                std::hint::black_box(ask.answer().expect("an answer"));
            }
            (start.elapsed() / runs, name.as_str())
        })
        .collect();
    each.sort_unstable();
    let (median, _) = each.get(each.len() / 2).expect("examples");
    eprintln!("examples: median {median:?}, slowest {:?}", each.last());
    criterion.bench_function("examples/all", |bencher| {
        bencher.iter(|| {
            asks.iter().map(|(_, ask)| ask.answer().expect("an answer").answer.len()).sum::<usize>()
        });
    });
}

/// Allows what holds each of so many letters, and denies what ends with one of them, written so that no text shows the way.
fn letters(count: usize) -> String {
    let letters = || ('a'..='z').take(count);
    let unlike: Vec<String> = letters()
        .map(|letter| format!(r#"{{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{{"StringNotLike":{{"s3:prefix":"*{letter}*"}}}}}}"#))
        .collect();
    let short = "?".repeat(count - 1);
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b","Condition":{{"StringLike":{{"s3:prefix":["{short}","{short}*{short}"]}}}}}},{}]}}"#,
        unlike.join(",")
    )
}

fn denies(count: usize) -> String {
    let denies: Vec<String> = (0..count)
        .map(|n| format!(r#"{{"Effect":"Deny","Principal":"*","Action":["s3:Get*{n}","s3:*Obj{n}*"],"Resource":["arn:aws:s3:::b/*{n}*","arn:aws:s3:::b/{n}*x"],"Condition":{{"StringNotLike":{{"aws:PrincipalTag/k{n}":"*{n}*"}},"StringLike":{{"aws:UserAgent":"*{n}*"}}}}}}"#))
        .collect();
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}},{}]}}"#,
        denies.join(",")
    )
}

fn hard(criterion: &mut Criterion) {
    let policies = [
        ("fourteen-letters", letters(14)),
        ("hundred-denies", denies(100)),
        ("thousand-denies", denies(1000)),
    ];
    for (name, policy) in policies {
        let ask = Ask::new(Question::IsPublic, PolicyKind::Resource, "s3-bucket", &policy);
        eprintln!("{name}: {}", ask.answer().expect("an answer").answer);
        criterion.bench_function(&format!("hard/{name}"), |bencher| {
            bencher.iter(|| ask.answer().expect("an answer").answer.len());
        });
    }
}

fn managed(_: &mut Criterion) {
    let Some(path) = std::env::var_os("MANAGED_POLICIES") else {
        eprintln!("managed policies: left out, MANAGED_POLICIES names no file");
        return;
    };
    let text = std::fs::read_to_string(path).expect("the managed policies can be read");
    let documents: Vec<(String, Value)> =
        serde_json::from_str(&text).expect("the managed policies are pairs");
    let facts = Facts::default();
    let mut slowest = (Duration::ZERO, String::new());
    let mut unknown = 0;
    let start = Instant::now();
    for (name, document) in &documents {
        let own = Instant::now();
        let policy = Policy::parse(&document.to_string()).expect("a managed policy is a policy");
        let identity = Identity::new(vec![&policy], &facts);
        let answers = [
            identity.grants_full_admin(&Budget::default()),
            identity.privilege_escalation(&Budget::default()),
            identity.denies_without_mfa(&Budget::default()),
        ];
        let open =
            |answer: &&awspect_policy::Answer| matches!(answer, awspect_policy::Answer::Unknown(_));
        for answer in answers.iter().filter(open) {
            unknown += 1;
            eprintln!("{name}: {answer:?}");
        }
        slowest = slowest.max((own.elapsed(), name.clone()));
    }
    eprintln!(
        "managed policies: {} in {:?}, slowest {:?}, {unknown} unknown answers",
        documents.len(),
        start.elapsed(),
        slowest
    );
}

criterion_group!(benches, examples, hard, managed);
criterion_main!(benches);
