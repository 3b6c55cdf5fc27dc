//! Every worked example gets its answer.

use serde_json::Value;

#[test]
fn every_worked_example_gets_its_answer() {
    let text = include_str!("examples.json");
    let wanted: Vec<Value> = serde_json::from_str(text).expect("the examples are JSON");
    let got = awspect_policy::cases(text).expect("the examples can be asked");
    assert_eq!(wanted.len(), got.len());
    let wrong: Vec<String> = wanted
        .iter()
        .zip(&got)
        .filter(|(wanted, got)| wanted["correct_answer"] != got.answer)
        .map(|(wanted, got)| format!("{}: {} instead of {} {:?}", got.name, got.answer, wanted["correct_answer"], got.error))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
