//! How many calls a scan makes, and which.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::{account::*, *};
use crate::tests::account::usual;

/// Operations, each with how often it is called.
type Calls = &'static [(&'static str, u64)];

/// What a scan sends to the services that this is about.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    Box::pin(crate::collect(&session, OffsetDateTime::UNIX_EPOCH)).await;
    let services = ["dynamodb:", "applicationautoscaling:", "dax:", "backup:", "kms:"];
    let is_ours = |operation: &String| services.iter().any(|it| operation.starts_with(it));
    session.calls().into_iter().filter(|(operation, _)| is_ours(operation)).collect()
}

fn table<const N: usize>(calls: [(&str, u64); N]) -> BTreeMap<String, u64> {
    calls.map(|(operation, count)| (operation.to_owned(), count)).into()
}

#[tokio::test]
async fn a_region_without_tables_costs_two_listings() {
    let calls = sent(Stub::new(usual).regions(["eu-west-1", "eu-north-1", "us-east-1"])).await;
    assert_eq!(calls, table([(LIST, 3), (VAULTS, 3)]));
}

#[tokio::test]
async fn a_table_costs_its_reads_once() {
    assert_eq!(
        sent(Stub::new(account).regions(["eu-west-1"])).await,
        table([
            (LIST, 1),
            (TABLE, 1),
            (CONTINUOUS, 1),
            (POLICY, 2),
            (TAGS, 1),
            (BACKUPS, 1),
            (LIST_EXPORTS, 1),
            (EXPORT, 1),
            (TARGETS, 1),
            (CLUSTERS, 1),
            (PROTECTED, 1),
            (PLANS, 1),
            (SELECTIONS, 1),
            (SELECTION, 1),
            (VAULTS, 1),
            (KEY, 1),
        ])
    );
}

/// An account with this many tables that share one key; every other has a stream.
fn many(tables: usize) -> Stub {
    let names: Vec<String> = (0..tables).map(|index| format!("table-{index:05}")).collect();
    but(move |call| {
        let last = call.member("ExclusiveStartTableName");
        match call.operation.as_str() {
            LIST => {
                let from = names.partition_point(|name| *name <= last);
                let page: Vec<&String> = names.iter().skip(from).take(100).collect();
                let more = from + page.len() < names.len();
                let last = page.last().filter(|_| more);
                Some(json_answer(&json!({ "TableNames": page, "LastEvaluatedTableName": last })))
            }
            TABLE => {
                let name = call.member("TableName");
                let mut table = table_of(&name);
                table["StreamSpecification"]["StreamEnabled"] =
                    json!(name.ends_with(['0', '2', '4', '6', '8']));
                Some(json_answer(&json!({ "Table": table })))
            }
            _ => None,
        }
    })
    .regions(["eu-west-1"])
}

fn table_of(name: &str) -> Value {
    account::table(name)
}

/// Four calls for each table and one more for each stream; all else is by the page and the region.
#[tokio::test]
async fn the_price_of_tables_is_four_calls_each() {
    const TABLES: u64 = 450;
    let calls = sent(many(450)).await;
    assert_eq!(
        calls,
        table([
            (LIST, TABLES.div_ceil(100)),
            (TABLE, TABLES),
            (CONTINUOUS, TABLES),
            (POLICY, TABLES + TABLES / 2),
            (TAGS, TABLES),
            (BACKUPS, 1),
            (LIST_EXPORTS, 1),
            (EXPORT, 1),
            (TARGETS, 1),
            (CLUSTERS, 1),
            (PROTECTED, 1),
            (PLANS, 1),
            (SELECTIONS, 1),
            (SELECTION, 1),
            (VAULTS, 1),
            (KEY, 1),
        ])
    );
}

#[tokio::test]
async fn thousands_of_tables_are_listed_and_read() {
    let stub = many(2_000).only(["dynamodb:DescribeTable"]);
    let tables = at(&stub, "/dynamodb/tables").await;
    let found = tables["found"].as_array().unwrap();
    assert_eq!((found.len(), &tables["gaps"]), (2_000, &json!([])));
    assert!(found.iter().all(|table| table["settings"].get("set").is_some()));
    assert_eq!((stub.calls(LIST).len(), stub.calls(TABLE).len()), (20, 2_000));
}

#[tokio::test]
async fn what_a_fact_needs_is_asked_with_it_and_nothing_else() {
    const NAMES: [(&str, u64); 2] = [(LIST, 1), (TAGS, 1)];
    let cases: [(&'static str, Calls, Calls); 15] = [
        ("dynamodb:ListTables", &[(LIST, 1)], &[]),
        ("dynamodb:DescribeTable", &NAMES, &[(TABLE, 1)]),
        ("dynamodb:DescribeContinuousBackups", &NAMES, &[(CONTINUOUS, 1)]),
        ("dynamodb:GetResourcePolicy", &NAMES, &[(TABLE, 1), (POLICY, 2)]),
        ("dynamodb:ListTagsOfResource", &[(LIST, 1)], &[(TAGS, 1)]),
        ("dynamodb:ListBackups", &NAMES, &[(BACKUPS, 1)]),
        ("dynamodb:DescribeExport", &[(LIST, 1)], &[(LIST_EXPORTS, 1), (EXPORT, 1)]),
        ("application-autoscaling:DescribeScalableTargets", &NAMES, &[(TARGETS, 1)]),
        ("dax:DescribeClusters", &[(LIST, 1)], &[(CLUSTERS, 1)]),
        ("backup:ListProtectedResources", &NAMES, &[(PROTECTED, 1)]),
        ("backup:ListBackupPlans", &NAMES, &[(PLANS, 1)]),
        ("backup:GetBackupSelection", &NAMES, &[(PLANS, 1), (SELECTIONS, 1), (SELECTION, 1)]),
        ("backup:ListBackupVaults", &[], &[(VAULTS, 1)]),
        ("kms:DescribeKey", &NAMES, &[(TABLE, 1), (VAULTS, 1), (KEY, 1)]),
        ("s3:GetBucketVersioning", &[], &[]),
    ];
    for (action, needs, own) in cases {
        let stub = Stub::new(account).regions(["eu-west-1"]).only([action]);
        let calls = needs.iter().chain(own).map(|(name, count)| ((*name).to_owned(), *count));
        assert_eq!(sent(stub).await, calls.collect(), "{action}");
    }
}

#[tokio::test]
async fn few_tables_are_read_at_once() {
    let stub = many(40).only(["dynamodb:DescribeContinuousBackups"]).instead(|call| {
        let pause = std::time::Duration::from_millis(1);
        let answer = || Answer::Later(pause, Box::new(account(call)));
        matches!(call.operation.as_str(), CONTINUOUS | TAGS).then(answer)
    });
    data(&stub).await;
    assert_eq!(stub.calls(CONTINUOUS).len(), 40);
    assert_eq!(stub.most_at_once(), 8);
}
