//! A table is recovered by each of four facts, and only by those of its own region and its own past.

use awspect_tests::{
    dynamodb::stand_in::{backed_up, backups_of_another, selections},
    report::{finding, text},
};
use serde_json::{Value, json};

use crate::world::{FAR, HOME, World, statuses};

const RULE: &str = "dynamodb/table-backup";

/// Status and severity of the one finding on a table.
fn told<'r>(report: &'r Value, rule: &str, table: &str) -> (&'r str, &'r str) {
    let found = finding(report, rule, table);
    (text(found, "/status"), text(found, "/severity"))
}

#[test]
fn each_of_four_facts_counts() {
    let account = "250000000040";
    let world = World::empty(account);
    let tables = world.tables(HOME);
    let names =
        ["nothing", "continuous", "own", "of-another", "point", "old-point", "planned", "stale"];
    for name in names {
        tables.table(name, &json!({}));
    }
    tables.recover("continuous");
    tables.back_up("own");
    tables.back_up("of-another");
    backups_of_another(&world.fake, "of-another");
    let points = [("point", 34), ("old-point", 36), ("stale", 36)]
        .map(|(table, days)| (tables.arn(table), days));
    let points: Vec<(&str, i64)> = points.iter().map(|(arn, days)| (arn.as_str(), *days)).collect();
    backed_up(&world.fake, HOME, &points);
    let plan = tables.plan("nightly");
    let both = json!({ "Resources": [tables.arn("planned"), tables.arn("stale")] });
    selections(&world.fake, account, &plan, &[("both", both)]);
    let report = world.scan();
    for (table, expected) in [
        ("nothing", ("fail", "medium")),
        // It ends with the table.
        ("continuous", ("fail", "low")),
        ("own", ("pass", "medium")),
        ("of-another", ("fail", "medium")),
        ("point", ("pass", "medium")),
        ("old-point", ("fail", "medium")),
        ("planned", ("pass", "medium")),
        // The plan makes no backups.
        ("stale", ("fail", "medium")),
    ] {
        assert_eq!(told(&report, RULE, table), expected, "{table}");
        // Each finding shows all four.
        let evidence = finding(&report, RULE, table)["evidence"].as_array().unwrap();
        let actions: Vec<&str> = evidence.iter().map(|it| text(it, "/action")).collect();
        assert_eq!(
            actions,
            [
                "dynamodb:DescribeContinuousBackups",
                "dynamodb:ListBackups",
                "backup:ListProtectedResources",
                "backup:GetBackupSelection",
            ],
            "{table}"
        );
    }
    for (table, expected) in [
        ("nothing", ("fail", "medium")),
        ("continuous", ("pass", "medium")),
        ("own", ("fail", "low")),
        ("of-another", ("fail", "medium")),
        ("point", ("fail", "low")),
        ("old-point", ("fail", "medium")),
        ("planned", ("fail", "medium")),
    ] {
        assert_eq!(told(&report, "dynamodb/table-pitr", table), expected, "{table}");
    }
}

#[test]
fn a_selection_takes_in_what_it_names_in_its_own_region() {
    let account = "250000000041";
    let world = World::empty(account);
    let [here, there] = [HOME, FAR].map(|region| world.tables(region));
    for name in ["by-pattern", "left-out", "tagged", "untagged"] {
        here.table(name, &json!({}));
    }
    there.table("by-pattern", &json!({}));
    there.table("far", &json!({}));
    here.tag("tagged", "backup", "daily");
    let plan = here.plan("here");
    let all = json!({
        "Resources": [here.arn("by-*"), here.arn("left-*"), there.arn("*")],
        "NotResources": [here.arn("left-out")],
    });
    // Everything is meant, and then nearly nothing.
    let condition = json!({ "ConditionKey": "aws:ResourceTag/backup", "ConditionValue": "daily" });
    let conditions = json!({
        "StringEquals": [condition], "StringNotEquals": [], "StringLike": [], "StringNotLike": [],
    });
    let everything = json!({ "Resources": ["*"], "Conditions": conditions });
    selections(&world.fake, account, &plan, &[("all", all), ("everything", everything)]);
    let plan = there.plan("there");
    selections(&world.fake, account, &plan, &[("far", json!({ "Resources": [there.arn("far")] }))]);
    let report = world.scan();
    for (region, table, expected) in [
        (HOME, "by-pattern", "pass"),
        (HOME, "left-out", "fail"),
        (HOME, "untagged", "fail"),
        (FAR, "by-pattern", "fail"),
        (FAR, "far", "pass"),
        // Whether AWS Backup is switched on for DynamoDB is not asked for.
        (HOME, "tagged", "unknown"),
    ] {
        assert_eq!(statuses(&report, RULE, region, table), [expected].into(), "{region} {table}");
    }
}

#[test]
fn plans_of_a_region_that_refuses_cost_that_region_alone() {
    let account = "250000000042";
    let world = World::empty(account);
    for region in [HOME, FAR] {
        let tables = world.tables(region);
        let planned = tables.table("planned", &json!({}));
        tables.table("unplanned", &json!({}));
        let plan = tables.plan("nightly");
        selections(&world.fake, account, &plan, &[("one", json!({ "Resources": [planned] }))]);
    }
    world.fake.on("backup", "ListBackupPlans").in_region(HOME).refuse();
    let report = world.scan();
    for (region, table, expected) in [
        (HOME, "planned", "unknown"),
        (HOME, "unplanned", "unknown"),
        (FAR, "planned", "pass"),
        (FAR, "unplanned", "fail"),
    ] {
        assert_eq!(statuses(&report, RULE, region, table), [expected].into(), "{region} {table}");
    }
}
