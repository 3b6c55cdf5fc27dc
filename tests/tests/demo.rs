//! The demo is what `awspect collect` makes of its account, and needs nothing of the machine.

use awspect_inventory::Inventory;
use awspect_tests::{
    demo,
    fixtures::repository,
    run::{command, run},
};

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");

#[test]
fn the_demo_that_ships_is_the_one_that_its_script_builds() {
    let shipped = Inventory::read(&std::fs::read(repository(demo::PATH)).unwrap()).unwrap();
    let built = demo::collect(BINARY);
    assert!(shipped == built, "run `cargo run -p awspect-tests --bin rebuild-demo`");
}

#[test]
fn the_demo_shows_every_status_and_says_that_it_is_one() {
    let outcome = run(BINARY, None, &["scan", "--demo"]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    assert!(outcome.stdout.starts_with("This is a demo"), "{}", outcome.stdout);
    let report = run(BINARY, None, &["scan", "--demo", "--format", "json"]).json();
    for status in ["fail", "unknown", "pass"] {
        assert!(report["summary"][status]["total"].as_u64().unwrap() > 0, "{status}");
    }
    assert_eq!(report["accounts"][0]["demo"], true);
}

#[test]
fn the_demo_fails_at_every_severity_and_leaves_little_unknown() {
    let report = run(BINARY, None, &["scan", "--demo", "--format", "json"]).json();
    for severity in ["critical", "high", "medium", "low", "info"] {
        assert!(report["summary"]["fail"][severity].as_u64().unwrap() > 0, "{severity}");
    }
    let unknown = report["summary"]["unknown"]["total"].as_u64().unwrap();
    assert!((3..=6).contains(&unknown), "{unknown}");
}

#[test]
fn the_demo_keeps_what_a_secret_is_and_not_the_secret() {
    let shipped = std::fs::read_to_string(repository(demo::PATH)).unwrap();
    assert!(shipped.contains(r#""kind": "aws_secret_access_key""#));
    assert!(!shipped.contains("SHOPBACKUP") && !shipped.contains("shop+backup"));
}

#[test]
fn the_demo_heeds_a_gate_that_is_asked_for() {
    for (fail_on, code) in [("critical", 3), ("none", 0)] {
        let outcome = run(BINARY, None, &["scan", "--demo", "--fail-on", fail_on]);
        assert_eq!(outcome.code, code, "{fail_on}");
    }
}

#[test]
fn the_demo_reads_no_configuration() {
    let output = command(BINARY)
        .env_clear()
        .env("AWS_PROFILE", "not-there")
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .args(["scan", "--demo"])
        .output()
        .unwrap();
    assert!(output.status.success());
}
