//! Every case gets its answer: the specification's worked examples, and what other scanners were seen to get wrong.
#![expect(clippy::expect_used, reason = "a test that cannot go on should stop")]

use serde_json::Value;

fn check(text: &str) {
    let wanted: Vec<Value> = serde_json::from_str(text).expect("the cases are JSON");
    let got = awspect_policy::cases(text).expect("the cases can be asked");
    assert_eq!(wanted.len(), got.len());
    let wrong: Vec<String> = wanted
        .iter()
        .zip(&got)
        .filter(|(wanted, got)| wanted["correct_answer"] != got.answer)
        .map(|(wanted, got)| {
            format!(
                "{}: {} instead of {} {:?}",
                got.name, got.answer, wanted["correct_answer"], got.error
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_worked_example_gets_its_answer() {
    check(include_str!("examples.json"));
}

#[test]
fn every_fault_of_the_catalogue_gets_the_right_answer() {
    check(include_str!("catalogue.json"));
}
