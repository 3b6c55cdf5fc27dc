//! How many calls a scan makes, and which.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::*;
use crate::tests::account::usual;

/// What a scan sends to Lambda.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    Box::pin(crate::collect(&session, OffsetDateTime::UNIX_EPOCH)).await;
    let calls = session.calls().into_iter();
    calls.filter(|(operation, _)| operation.starts_with("lambda:")).collect()
}

fn table(calls: &[(&str, u64)]) -> BTreeMap<String, u64> {
    calls.iter().map(|(operation, count)| ((*operation).to_owned(), *count)).collect()
}

#[tokio::test]
async fn a_region_without_functions_costs_two_listings() {
    let calls = sent(Stub::new(usual).regions(["eu-west-1", "us-east-1"])).await;
    assert_eq!(calls, table(&[(LIST, 2), (LAYERS, 2)]));
}

#[tokio::test]
async fn what_a_fact_needs_is_asked_with_it_and_nothing_else() {
    let cases: [(&str, &[(&str, u64)]); 7] = [
        ("lambda:ListFunctions", &[(LIST, 1)]),
        // A function, a version and an alias.
        ("lambda:GetPolicy", &[(LIST, 1), (ALIASES, 1), (POLICY, 3)]),
        ("lambda:ListAliases", &[(LIST, 1), (ALIASES, 1)]),
        ("lambda:ListFunctionUrlConfigs", &[(LIST, 1), (URLS, 1)]),
        ("lambda:ListLayerVersions", &[(LAYERS, 1), (VERSIONS, 1)]),
        ("lambda:GetLayerVersionPolicy", &[(LAYERS, 1), (VERSIONS, 1), (LAYER_POLICY, 2)]),
        ("s3:GetBucketVersioning", &[]),
    ];
    for (action, calls) in cases {
        let stub = Stub::new(account).regions(["eu-west-1"]).only([action]);
        assert_eq!(sent(stub).await, table(calls), "{action}");
    }
    let all = [
        (LIST, 1),
        (ALIASES, 1),
        (URLS, 1),
        (POLICY, 3),
        (LAYERS, 1),
        (VERSIONS, 1),
        (LAYER_POLICY, 2),
    ];
    assert_eq!(sent(Stub::new(account).regions(["eu-west-1"])).await, table(&all));
}

#[tokio::test]
async fn the_code_is_never_asked_for() {
    let stub = Stub::new(account);
    stub.collect().await;
    assert_eq!(stub.calls("lambda:GetFunction").len(), 0);
}
