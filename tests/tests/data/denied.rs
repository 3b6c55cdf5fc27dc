//! Each read denied in turn: what depends on it becomes unknown and says so, and nothing that fails passes.

use std::collections::BTreeSet;

use awspect_tests::{denied, report::text, rules, run::findings};
use serde_json::{Value, json};

use crate::world::{FAR, HOME, World, report, statuses, world};

/// The IAM actions behind the reads, and the operation that each refuses.
const READS: &[(&str, &str, &str)] = &[
    (
        "application-autoscaling:DescribeScalableTargets",
        "application-autoscaling",
        "DescribeScalableTargets",
    ),
    ("backup:GetBackupSelection", "backup", "GetBackupSelection"),
    ("backup:ListBackupPlans", "backup", "ListBackupPlans"),
    ("backup:ListBackupSelections", "backup", "ListBackupSelections"),
    ("backup:ListBackupVaults", "backup", "ListBackupVaults"),
    ("backup:ListProtectedResources", "backup", "ListProtectedResources"),
    ("dax:DescribeClusters", "dax", "DescribeClusters"),
    ("dynamodb:DescribeContinuousBackups", "dynamodb", "DescribeContinuousBackups"),
    ("dynamodb:DescribeExport", "dynamodb", "DescribeExport"),
    ("dynamodb:DescribeTable", "dynamodb", "DescribeTable"),
    ("dynamodb:GetResourcePolicy", "dynamodb", "GetResourcePolicy"),
    ("dynamodb:ListBackups", "dynamodb", "ListBackups"),
    ("dynamodb:ListExports", "dynamodb", "ListExports"),
    ("dynamodb:ListTables", "dynamodb", "ListTables"),
    ("dynamodb:ListTagsOfResource", "dynamodb", "ListTagsOfResource"),
    ("kms:DescribeKey", "kms", "DescribeKey"),
    ("organizations:DescribeOrganization", "organizations", "DescribeOrganization"),
    ("s3:ListAllMyBuckets", "s3", "ListBuckets"),
];

#[test]
fn each_read_denied_in_turn_makes_what_needs_it_unknown_and_no_failure_a_pass() {
    let world = world("250000000030");
    for (action, unknown) in denied::each(&world.fake, READS, || world.scan()) {
        assert!(!unknown.is_empty(), "nothing needs {action}");
        let silent: Vec<_> = unknown.difference(&rules::naming(action)).cloned().collect();
        assert!(silent.is_empty(), "without {action} unknown, and no document says so: {silent:?}");
    }
}

/// What the findings say, but for those on one table; streams are named by the time at which they were made.
fn of_others<'r>(report: &'r Value, but: &str) -> BTreeSet<[&'r str; 5]> {
    let own = findings(report).iter().filter(|it| text(it, "/resource/name") != but);
    let place = ["/rule", "/resource/type", "/resource/name", "/resource/region", "/status"];
    own.map(|it| place.map(|path| text(it, path))).collect()
}

#[test]
fn one_table_that_cannot_be_described_leaves_the_others_judged() {
    let world = world("250000000032");
    // A table in the middle: those before it and those after it stay what they are.
    let refused = world.fake.on("dynamodb", "DescribeTable").only("locked").refuse();
    let report = world.scan();
    world.fake.clear(refused);
    for rule in ["table-deletion-protection", "table-encryption-cmk", "table-autoscaling"] {
        let rule = format!("dynamodb/{rule}");
        assert_eq!(statuses(&report, &rule, HOME, "locked"), ["unknown"].into(), "{rule}");
    }
    // What other calls tell of it is judged all the same.
    assert_eq!(statuses(&report, "dynamodb/table-pitr", HOME, "locked"), ["fail"].into());
    let all = self::report();
    assert_eq!(of_others(&report, "locked"), of_others(all, "locked"));
}

#[test]
fn one_region_that_refuses_leaves_the_other_judged() {
    let world = World::empty("250000000033");
    for region in [HOME, FAR] {
        world.tables(region).table("orders", &json!({}));
    }
    world.fake.on("dynamodb", "ListTables").in_region(HOME).refuse();
    let report = world.scan();
    let rule = "dynamodb/table-deletion-protection";
    assert_eq!(statuses(&report, rule, FAR, "orders"), ["fail"].into());
    assert_eq!(statuses(&report, rule, HOME, "orders"), BTreeSet::new());
    let open = findings(&report)
        .iter()
        .find(|it| text(it, "/rule") == rule && text(it, "/status") == "unknown")
        .unwrap();
    assert_eq!(text(open, "/resource/region"), HOME);
    assert_eq!(text(open, "/reason/action"), "dynamodb:ListTables");
}
