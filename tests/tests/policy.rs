//! `awspect policy`: one question, or a list of cases.

#![expect(clippy::expect_used, reason = "a case that cannot be set up should stop its test")]

use std::{io::Write as _, process::Stdio};

use awspect_tests::{
    fixtures::repository,
    run::{Outcome, command, run},
};
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");

/// The examples of the specification that the policy core is built to.
const CASES: &str = "crates/policy/tests/examples.json";

fn ask(args: &[&str], policy: &str) -> Outcome {
    let mut child = command(BINARY)
        .arg("policy")
        .args(args)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary should start");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A question that cannot be asked is refused before the policy is read.
    drop(stdin.write_all(policy.as_bytes()));
    drop(stdin);
    child.wait_with_output().expect("the binary should end").into()
}

#[test]
fn every_example_gets_its_answer() {
    let path = repository(CASES);
    let examples: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let outcome = run(BINARY, None, &["policy", "--cases", path.to_str().unwrap()]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let answers: Vec<Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let expected: Vec<Value> = examples
        .as_array()
        .unwrap()
        .iter()
        .map(|case| json!({ "name": case["name"], "answer": case["correct_answer"] }))
        .collect();
    assert_eq!(answers, expected);
}

#[test]
fn a_yes_comes_with_a_request_and_its_statement() {
    let policy = r#"{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:Delete*","Resource":"*"},
        {"Sid":"Open","Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}]}"#;
    let args = ["--kind", "resource", "--type", "s3-bucket", "--question", "public_write"];
    let reply = ask(&args, policy).json();
    assert_eq!(reply["answer"], "yes");
    assert_eq!(reply["statements"], json!([{ "index": 1, "sid": "Open" }]));
    assert!(reply["witness"]["action"].as_str().unwrap().starts_with("s3:Put"), "{reply:#}");
}

#[test]
fn what_cannot_be_asked_gets_one_line() {
    let question = ["--kind", "identity", "--question", "grants_full_admin"];
    for (policy, reason) in [
        ("", "the policy is not JSON"),
        ("[1]", "error: cannot answer for `-`: "),
        (r#"{"Statement":[{"Effect":"Allow","Action":"*","NotAction":"*"}]}"#, "NotAction"),
    ] {
        let outcome = ask(&question, policy);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""));
        assert_eq!(outcome.stderr.lines().count(), 1, "{}", outcome.stderr);
        assert!(outcome.stderr.contains(reason), "{}", outcome.stderr);
    }
    let outcome = ask(&["--kind", "identity", "--question", "is_it_good"], "{}");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("is_it_good"));
}
