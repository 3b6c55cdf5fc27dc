//! How many calls a scan makes, and which.

use std::{collections::BTreeMap, time::Duration};

use time::OffsetDateTime;

use super::{account::*, *};
use crate::tests::account::usual;

/// What a scan sends to CloudFormation.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    Box::pin(crate::collect(&session, OffsetDateTime::UNIX_EPOCH)).await;
    let calls = session.calls().into_iter();
    calls.filter(|(operation, _)| operation.starts_with("cloudformation:")).collect()
}

fn table<const N: usize>(calls: [(&str, u64); N]) -> BTreeMap<String, u64> {
    calls.map(|(operation, count)| (operation.to_owned(), count)).into()
}

#[tokio::test]
async fn a_region_without_stacks_costs_one_listing() {
    let calls = sent(Stub::new(usual).regions(["eu-west-1", "eu-north-1", "us-east-1"])).await;
    assert_eq!(calls, table([(STACKS, 3)]));
}

/// An account with this many root stacks and as many nested ones, in pages of 100.
fn many(roots: usize, rest: &'static str) -> Stub {
    but(move |call| {
        if call.operation != STACKS {
            return None;
        }
        if let Some(name) = of(call).rsplit("stack%2F").next().filter(|name| !name.is_empty()) {
            let name = name.split("%2F").next().unwrap();
            return Some(page(&[stack(name, PROTECTED)], None));
        }
        let from: usize = call.parameter("NextToken").parse().unwrap_or(0);
        let to = (from + 100).min(2 * roots);
        let stacks: Vec<String> = (from..to)
            .map(|index| match index % 2 {
                0 => stack(&format!("root-{index}"), rest),
                _ => stack(&format!("nested-{index}"), &nested()),
            })
            .collect();
        Some(page(&stacks, (to < 2 * roots).then(|| to.to_string()).as_deref()))
    })
    .regions(["eu-west-1"])
}

#[tokio::test]
async fn a_stack_costs_its_template_and_a_root_its_policy() {
    const ROOTS: u64 = 125;
    let pages = (2 * ROOTS).div_ceil(100);
    assert_eq!(
        sent(many(125, PROTECTED)).await,
        table([(STACKS, pages), (TEMPLATE, 2 * ROOTS), (POLICY, ROOTS)])
    );
    // Where the pages lack the protection, each root is asked about by itself.
    assert_eq!(
        sent(many(125, "")).await,
        table([(STACKS, pages + ROOTS), (TEMPLATE, 2 * ROOTS), (POLICY, ROOTS)])
    );
}

#[tokio::test]
async fn two_thousand_stacks_are_listed_and_protected() {
    let stub = many(1_000, "").only(["cloudformation:DescribeStacks"]);
    let stacks = stacks(&stub).await;
    let found = stacks["found"].as_array().unwrap();
    assert_eq!((found.len(), &stacks["gaps"]), (2_000, &serde_json::json!([])));
    let protected =
        found.iter().filter(|stack| stack["termination_protection"].get("set").is_some());
    assert_eq!(protected.count(), 1_000);
    assert_eq!(stub.calls(STACKS).len(), 20 + 1_000);
    assert_eq!(stub.calls(TEMPLATE).len(), 0);
}

#[tokio::test]
async fn what_a_fact_needs_is_asked_with_it_and_nothing_else() {
    for (action, calls) in [
        ("cloudformation:DescribeStacks", table([(STACKS, 1)])),
        ("cloudformation:GetTemplate", table([(STACKS, 1), (TEMPLATE, 1)])),
        ("cloudformation:GetStackPolicy", table([(STACKS, 1), (POLICY, 1)])),
        ("s3:GetBucketVersioning", table([])),
    ] {
        let stub = Stub::new(account).regions(["eu-west-1"]).only([action]);
        assert_eq!(sent(stub).await, calls, "{action}");
    }
}

#[tokio::test]
async fn few_stacks_are_read_at_once() {
    let stub = many(20, PROTECTED).only(["cloudformation:GetTemplate"]).instead(|call| {
        let later = || Answer::Later(Duration::from_millis(1), Box::new(account(call)));
        (call.operation == TEMPLATE).then(later)
    });
    stacks(&stub).await;
    assert_eq!((stub.calls(TEMPLATE).len(), stub.most_at_once()), (40, 4));
}
