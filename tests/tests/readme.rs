//! What the README shows is what the binary says.

use std::collections::BTreeSet;

use awspect_tests::run::run;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
const README: &str = include_str!("../../README.md");

/// The picture leaves lines out where it says so, and shows the others as they are.
#[test]
fn the_picture_of_the_table_is_the_demos() {
    let (_, rest) = README.split_once("```text\n").unwrap();
    let (picture, _) = rest.split_once("\n```").unwrap();
    let demo = run(BINARY, None, &["scan", "--demo"]).stdout;
    for part in picture.split("…\n") {
        assert!(
            demo.contains(part.trim()),
            "the demo does not show this:\n{part}\nbut this:\n{demo}"
        );
    }
}

#[test]
fn the_exit_codes_are_those_of_the_help() {
    let help = run(BINARY, None, &["scan", "--help"]).stdout;
    let codes = |text: &str, row: fn(&str) -> Option<u8>| -> Vec<u8> {
        text.lines().filter_map(row).collect()
    };
    let listed = codes(README, |line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok());
    let told = codes(&help, |line| line.strip_prefix("  ")?.split(' ').next()?.parse().ok());
    assert_eq!(listed, told);
    assert_eq!(listed, [0, 1, 2, 3, 4, 5, 130]);
}

/// What the rules' documents name, and what must be asked before that can be.
#[test]
fn the_permissions_are_those_that_a_scan_of_everything_needs() {
    let (_, rest) = README.split_once("```json\n").unwrap();
    let (policy, _) = rest.split_once("```").unwrap();
    let listed: BTreeSet<&str> = policy
        .split('"')
        .filter(|word| word.contains(':') && word.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    let report = run(BINARY, None, &["scan", "--demo", "--format", "json"]).json();
    let asked = report["coverage"]["actions"].as_array().unwrap().iter();
    let asked = asked.map(|row| row["action"].as_str().unwrap());
    let named =
        awspect_checks::all().flat_map(|rule| &rule.document().facts.actions).map(String::as_str);
    assert_eq!(listed, named.chain(asked).collect());
}
