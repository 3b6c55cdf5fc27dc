//! How many calls a scan makes, and which.

use std::{collections::BTreeMap, time::Duration};

use time::OffsetDateTime;

use super::{account::*, *};
use crate::tests::account::usual;

/// What a scan sends to API Gateway.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    Box::pin(crate::collect(&session, OffsetDateTime::UNIX_EPOCH)).await;
    let calls = session.calls().into_iter();
    calls.filter(|(operation, _)| operation.starts_with("apigateway")).collect()
}

fn table<const N: usize>(calls: [(&str, u64); N]) -> BTreeMap<String, u64> {
    calls.map(|(operation, count)| (operation.to_owned(), count)).into()
}

#[tokio::test]
async fn a_region_without_apis_costs_three_listings() {
    let calls = sent(Stub::new(usual).regions(["eu-west-1", "us-east-1"])).await;
    assert_eq!(calls, table([(LIST_REST, 2), (LIST_APIS, 2), (LIST_DOMAINS, 2)]));
}

#[tokio::test]
async fn an_api_costs_its_reads_once() {
    let all = table([
        (LIST_REST, 1),
        (RESOURCES, 1),
        (STAGES, 1),
        (DEPLOYMENT, 2),
        (AUTHORIZERS, 1),
        (RESPONSES, 1),
        (PLANS, 1),
        (ACCOUNT, 1),
        (LIST_APIS, 1),
        (ROUTES, 1),
        (V2_STAGES, 1),
        (V2_AUTHORIZERS, 1),
        (INTEGRATIONS, 1),
        (LIST_DOMAINS, 1),
        (MAPPINGS, 1),
    ]);
    let stub = || Stub::new(account).regions(["eu-west-1"]);
    assert_eq!(sent(stub()).await, all);
    // To IAM it is all one.
    assert_eq!(sent(stub().only(["apigateway:GET"])).await, all);
    assert_eq!(sent(stub().only(["s3:GetBucketVersioning"])).await, table([]));
}

#[tokio::test]
async fn few_reads_are_under_way_at_once() {
    let apis: Vec<_> = (0..20).map(|index| rest_api(&format!("rest{index}"))).collect();
    let stub = but(move |call| match call.operation.as_str() {
        LIST_REST => Some(items(&apis)),
        LIST_APIS => Some(v2_items(&[], None)),
        LIST_DOMAINS => Some(items(&[])),
        _ if call.service() == "apigateway" => {
            Some(Answer::Later(Duration::from_millis(1), Box::new(account(call))))
        }
        _ => None,
    })
    .regions(["eu-west-1"])
    .only(["apigateway:GET"]);
    apigateway(&stub).await;
    assert_eq!(stub.calls(RESOURCES).len(), 20);
    assert_eq!(stub.most_at_once(), 2);
}
