//! Each read denied in turn: what depends on it becomes unknown and says so, and nothing that fails passes.

use std::collections::BTreeSet;

use awspect_tests::run::findings;
use serde_json::{Value, json};

use crate::{
    found::{text, verdicts},
    world::{FAR, World, world},
};

/// The operations behind the actions of the rules' documents; each has the name of its action.
fn reads() -> BTreeSet<&'static str> {
    let rules = awspect_checks::all()
        .filter(|rule| rule.id.starts_with("ec2/") || rule.id.starts_with("vpc/"));
    rules
        .flat_map(|rule| &rule.document().facts.actions)
        .filter_map(|action| action.strip_prefix("ec2:"))
        .collect()
}

/// No failure becomes a pass; what is unknown names the one action. The rules that cannot tell.
fn compare<'a>(before: &Value, report: &'a Value, action: &str) -> BTreeSet<&'a str> {
    let was = verdicts(before);
    for (key, status) in verdicts(report) {
        let was = was.get(&key).copied();
        assert!(
            !(was == Some("fail") && status == "pass"),
            "without {action} {key:?} turns from fail to pass"
        );
    }
    let unknown = findings(report).iter().filter(|it| text(it, "/status") == "unknown");
    unknown
        .map(|finding| {
            assert_eq!(text(finding, "/reason/action"), action, "{finding:#}");
            assert_eq!(text(finding, "/reason/cause"), "access_denied", "{finding:#}");
            text(finding, "/rule")
        })
        .collect()
}

fn names(rule: &str, action: &str) -> bool {
    let rule = awspect_checks::all().find(|it| it.id == rule);
    rule.is_some_and(|it| it.document().facts.actions.iter().any(|own| own == action))
}

#[test]
fn each_read_denied_in_turn_makes_what_needs_it_unknown_and_no_failure_a_pass() {
    let world = world("200000000003");
    let before = world.scan();
    for operation in reads() {
        let action = format!("ec2:{operation}");
        let rule = world.fake.refuse("ec2", operation);
        let report = world.scan();
        world.fake.clear(rule);
        let unknown = compare(&before, &report, &action);
        let missing = report.pointer("/coverage/missing_permissions");
        assert_eq!(missing, Some(&json!([action])));
        let silent: Vec<_> = unknown.into_iter().filter(|rule| !names(rule, &action)).collect();
        assert!(silent.is_empty(), "without {action} unknown, and no document says so: {silent:?}");
    }
}

#[test]
fn a_read_that_something_needs_makes_something_unknown() {
    let world = world("200000000004");
    let before = world.scan();
    for (operation, rule) in [
        ("DescribeSecurityGroups", "ec2/sg-open-ssh"),
        ("DescribeInstances", "ec2/instance-exposed-admin-port"),
        ("DescribeNetworkInterfaces", "ec2/sg-default-used"),
        ("DescribeRouteTables", "vpc/subnet-separation"),
        ("DescribeNetworkAcls", "vpc/nacl-open-all"),
        ("DescribeFlowLogs", "vpc/flow-logs"),
        ("DescribeVpcEndpoints", "vpc/endpoint-policy-open"),
        ("DescribeManagedPrefixLists", "ec2/sg-allows-aws-ranges"),
        ("DescribeVpcEndpointServicePermissions", "vpc/endpoint-service-principals"),
        ("DescribeLaunchTemplateVersions", "ec2/launch-template-imdsv2"),
    ] {
        let refused = world.fake.refuse("ec2", operation);
        let report = world.scan();
        world.fake.clear(refused);
        let unknown = compare(&before, &report, &format!("ec2:{operation}"));
        assert!(unknown.contains(rule), "{operation}: {unknown:?}");
    }
}

/// The lines of the table about a region.
fn lines(world: &World, region: &str) -> usize {
    let outcome = world.table();
    let lines = outcome.stdout.lines().filter(|line| line.contains(region));
    lines.count()
}

#[test]
fn a_region_that_refuses_everything_takes_few_lines() {
    let world = world("200000000005");
    world.fake.on("ec2", "*").in_region(FAR).refuse();
    let lines = lines(&world, FAR);
    assert_eq!(lines, 1, "{}", world.table().stdout);
}
