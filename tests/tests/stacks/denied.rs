//! Each read denied in turn: what depends on it becomes unknown and says so, and nothing that fails passes.

use std::collections::BTreeSet;

use awspect_tests::{
    denied,
    report::{finding, statuses, text},
    rules,
    run::findings,
};

use crate::world::{HOME, report, world};

/// The IAM actions behind the reads, and the operation that each refuses.
const READS: &[(&str, &str, &str)] = &[
    ("cloudformation:DescribeStacks", "cloudformation", "DescribeStacks"),
    ("cloudformation:GetStackPolicy", "cloudformation", "GetStackPolicy"),
    ("cloudformation:GetTemplate", "cloudformation", "GetTemplate"),
    ("iam:GetAccountAuthorizationDetails", "iam", "GetAccountAuthorizationDetails"),
    ("s3:ListAllMyBuckets", "s3", "ListBuckets"),
];

/// Reads that raise a severity and decide nothing.
const BESIDE: [&str; 1] = ["s3:ListAllMyBuckets"];

#[test]
fn each_read_denied_in_turn_makes_what_needs_it_unknown_and_no_failure_a_pass() {
    let world = world("260000000030");
    for (action, unknown) in denied::each(&world.fake, READS, || world.scan()) {
        assert_eq!(unknown.is_empty(), BESIDE.contains(&action), "{action}: {unknown:?}");
        let silent: Vec<_> = unknown.difference(&rules::naming(action)).cloned().collect();
        assert!(silent.is_empty(), "without {action} unknown, and no document says so: {silent:?}");
    }
}

#[test]
fn one_template_that_cannot_be_read_leaves_the_other_stacks_judged() {
    let world = world("260000000031");
    let refused = world
        .fake
        .on("cloudformation", "GetTemplate")
        .when(|request| request.field("StackName").is_some_and(|arn| arn.contains(":stack/tidy/")));
    let refused = refused.refuse();
    let open = world.scan();
    world.fake.clear(refused);
    let rule = "cloudformation/template-secret";
    assert_eq!(statuses(&open, rule, "tidy"), ["unknown"].into());
    for stack in ["careless", "far", "CDKToolkit"] {
        assert_eq!(statuses(&open, rule, stack), statuses(report(), rule, stack), "{stack}");
    }
    // What other answers tell of it is judged all the same.
    let protection = "cloudformation/stack-termination-protection";
    assert_eq!(statuses(&open, protection, "tidy"), ["pass"].into());
    assert_eq!(statuses(&open, "cloudformation/output-secret", "tidy"), ["pass"].into());
}

#[test]
fn a_root_whose_nested_stack_cannot_be_read_is_no_less_severe() {
    let world = world("260000000032");
    world.fake.on("cloudformation", "GetTemplate").refuse();
    let found = world.scan();
    let found = finding(&found, "cloudformation/stack-termination-protection", "far");
    assert_eq!((text(found, "/status"), text(found, "/severity")), ("fail", "medium"));
    assert!(found["evidence"].to_string().contains("cloudformation:GetTemplate"), "{found:#}");
}

#[test]
fn one_region_that_refuses_leaves_the_other_judged() {
    let world = world("260000000033");
    world.fake.on("cloudformation", "DescribeStacks").in_region(HOME).refuse();
    let found = world.scan();
    let rule = "cloudformation/stack-termination-protection";
    assert_eq!(statuses(&found, rule, "far"), ["fail"].into());
    assert_eq!(statuses(&found, rule, "careless"), BTreeSet::new());
    let open: Vec<_> = findings(&found)
        .iter()
        .filter(|it| text(it, "/rule") == rule && text(it, "/status") == "unknown")
        .map(|it| text(it, "/resource/region"))
        .collect();
    assert_eq!(open, [HOME]);
}
