//! Every rule passes one thing and fails another.

use std::collections::BTreeSet;

use awspect_tests::{
    report::{finding, statuses, text},
    rules,
    run::findings,
};

use crate::world::{INSTANCE, NESTED, report};

/// A rule, the stack that it passes and the one that it fails.
const CASES: &[rules::Case] = &[
    ("cloudformation/cdk-bootstrap-version", "CDKToolkit", "CDKToolkit-old"),
    ("cloudformation/output-secret", "tidy", "careless"),
    ("cloudformation/parameter-secret", "tidy", "careless"),
    ("cloudformation/stack-drift", "tidy", "careless"),
    ("cloudformation/stack-failed-state", "tidy", "careless"),
    ("cloudformation/stack-notifications", "tidy", "careless"),
    ("cloudformation/stack-policy", "tidy", "careless"),
    ("cloudformation/stack-role", "tidy", "careless"),
    ("cloudformation/stack-termination-protection", "tidy", "careless"),
    ("cloudformation/template-secret", "tidy", "careless"),
];

#[test]
fn every_rule_passes_one_and_fails_another() {
    rules::hold(report(), CASES);
    rules::cover(&["cloudformation"], CASES.iter().map(|(rule, ..)| *rule));
}

#[test]
fn what_a_nested_stack_holds_is_told_of_its_root() {
    let rule = "cloudformation/stack-termination-protection";
    let found = finding(report(), rule, "careless");
    assert_eq!(text(found, "/severity"), "medium");
    let evidence = found["evidence"].to_string();
    for part in ["AWS::QLDB::Ledger", NESTED, "AWS::Timestream::InfluxDBInstance"] {
        assert!(evidence.contains(part), "{part} in {evidence}");
    }
    let own = findings(report()).iter().filter(|it| text(it, "/resource/name") == NESTED);
    let rules: BTreeSet<&str> = own.map(|it| text(it, "/rule")).collect();
    for of_roots in ["termination-protection", "policy", "notifications", "failed-state"]
        .map(|rule| format!("cloudformation/stack-{rule}"))
    {
        assert!(!rules.contains(&*of_roots), "{of_roots} in {rules:?}");
    }
    assert!(rules.contains("cloudformation/stack-drift"), "{rules:?}");
}

#[test]
fn an_instance_of_a_stack_set_is_its_keepers_matter() {
    let found = finding(report(), "cloudformation/stack-termination-protection", INSTANCE);
    assert_eq!((text(found, "/status"), text(found, "/severity")), ("fail", "info"));
    for rule in ["cloudformation/stack-policy", "cloudformation/stack-notifications"] {
        assert_eq!(statuses(report(), rule, INSTANCE), BTreeSet::new(), "{rule}");
    }
}

#[test]
fn each_region_has_its_stacks() {
    let rule = "cloudformation/stack-termination-protection";
    let far = finding(report(), rule, "far");
    assert_eq!((text(far, "/resource/region"), text(far, "/severity")), ("eu-central-1", "low"));
    // The bucket of the old stack is none that the account has now.
    let old = finding(report(), "cloudformation/cdk-bootstrap-version", "CDKToolkit-old");
    assert_eq!((text(old, "/resource/region"), text(old, "/severity")), ("eu-central-1", "high"));
}
