//! How many calls a scan of many tables takes: the pages, and the same few for every table.

use std::collections::BTreeMap;

use awspect_fakeaws::FakeAws;
use awspect_tests::{
    dynamodb::stand_in::{answer, sent},
    report::text,
    run::findings,
};
use serde_json::{Value, json};

use crate::world::{HOME, World};

/// As many as a large account has.
const TABLES: usize = 10_000;

/// What `ListTables` gives in one page.
const PAGE: usize = 100;

/// Many tables, every second of them protected.
fn fill(fake: &FakeAws, account: &str) {
    let name = |index: usize| format!("t{index:04}");
    fake.on("dynamodb", "ListTables").in_region(HOME).answer_with(move |request| {
        let last = sent(request)["ExclusiveStartTableName"].as_str().map(str::to_owned);
        let from = last.and_then(|last| last.get(1..)?.parse::<usize>().ok());
        let from = from.map_or(0, |last| last + 1);
        let to = (from + PAGE).min(TABLES);
        let names: Vec<String> = (from..to).map(name).collect();
        let last = (to < TABLES).then(|| name(to - 1));
        answer(&json!({ "TableNames": names, "LastEvaluatedTableName": last }))
    });
    let account = account.to_owned();
    fake.on("dynamodb", "DescribeTable").answer_with(move |request| {
        let name = sent(request)["TableName"].clone();
        let is_even = name.as_str().is_some_and(|name| name.ends_with(['0', '2', '4', '6', '8']));
        answer(&json!({ "Table": {
            "TableName": name, "TableStatus": "ACTIVE", "DeletionProtectionEnabled": is_even,
            "TableArn": format!("arn:aws:dynamodb:{HOME}:{account}:table/{name}"),
        } }))
    });
    fake.on("dynamodb", "ListTagsOfResource").respond(answer(&json!({ "Tags": [] })));
    let none = json!({ "ContinuousBackupsDescription": {
        "ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": { "PointInTimeRecoveryStatus": "DISABLED" },
    } });
    fake.on("dynamodb", "DescribeContinuousBackups").respond(answer(&none));
    fake.on("dynamodb", "GetResourcePolicy").error(400, "PolicyNotFoundException", "none");
}

fn count(report: &Value, status: &str) -> usize {
    findings(report).iter().filter(|it| text(it, "/status") == status).count()
}

#[test]
fn many_tables_take_their_pages_and_two_calls_each_for_one_rule() {
    let account = "250000000050";
    let world = World::empty(account);
    fill(&world.fake, account);
    let report = world.scan_with(&["--rule", "dynamodb/table-deletion-protection"]);
    assert_eq!((count(&report, "pass"), count(&report, "fail")), (TABLES / 2, TABLES / 2));
    let calls: BTreeMap<&str, u64> = report["run"]["api_calls"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(call, _)| call.starts_with("dynamodb:"))
        .map(|(call, count)| (call.as_str(), count.as_u64().unwrap()))
        .collect();
    let tables = u64::try_from(TABLES).unwrap();
    // The other region has no table, and is asked once.
    let pages = tables / u64::try_from(PAGE).unwrap() + 1;
    let expected = [
        ("dynamodb:DescribeTable", tables),
        ("dynamodb:ListTables", pages),
        ("dynamodb:ListTagsOfResource", tables),
    ];
    assert_eq!(calls, expected.into());
}
