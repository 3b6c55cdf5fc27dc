//! What the README shows is what the binary says.

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
