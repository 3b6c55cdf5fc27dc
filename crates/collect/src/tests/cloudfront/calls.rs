//! How many calls a scan makes, and which.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::*;
use crate::tests::account::usual as other;

/// What a scan sends to the services that this is about.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    Box::pin(crate::collect(&session, OffsetDateTime::UNIX_EPOCH)).await;
    let is_ours = |operation: &str| {
        ["cloudfront:", "cloudwatchlogs:"].iter().any(|it| operation.starts_with(it))
    };
    session.calls().into_iter().filter(|(operation, _)| is_ours(operation)).collect()
}

fn table(calls: &[(&str, u64)]) -> BTreeMap<String, u64> {
    calls.iter().map(|(operation, count)| ((*operation).to_owned(), *count)).collect()
}

#[tokio::test]
async fn an_account_without_distributions_costs_four_listings_whatever_its_regions() {
    let stub = Stub::new(other).regions(["eu-west-1", "eu-north-1", "us-east-1"]);
    assert_eq!(sent(stub).await, table(&[(LIST, 1), (CONTROLS, 1), (IDENTITIES, 1), (HEADERS, 1)]));
}

#[tokio::test]
async fn a_distribution_costs_two_reads() {
    assert_eq!(
        sent(Stub::new(account).regions(["eu-west-1", "eu-north-1"])).await,
        table(&[
            (LIST, 1),
            (CONFIG, 1),
            (TAGS, 1),
            (CONTROLS, 1),
            (IDENTITIES, 1),
            (HEADERS, 1),
            (SOURCES, 1),
            (DELIVERIES, 1),
        ])
    );
}

#[tokio::test]
async fn what_a_fact_needs_is_asked_with_it_and_nothing_else() {
    let listed = [(LIST, 1), (TAGS, 1)];
    for (action, own) in [
        ("cloudfront:ListDistributions", &[][..]),
        ("cloudfront:GetDistributionConfig", &[(CONFIG, 1)]),
        ("logs:DescribeDeliverySources", &[(SOURCES, 1)]),
        ("logs:DescribeDeliveries", &[(SOURCES, 1), (DELIVERIES, 1)]),
    ] {
        let stub = Stub::new(account).regions(["eu-west-1"]).only([action]);
        assert_eq!(sent(stub).await, table(&[&listed, own].concat()), "{action}");
    }
    for (action, own) in [
        ("cloudfront:ListOriginAccessControls", &[(CONTROLS, 1)][..]),
        ("cloudfront:ListResponseHeadersPolicies", &[(HEADERS, 1)]),
        ("s3:GetBucketVersioning", &[]),
        ("s3:ListBucket", &[]),
    ] {
        let stub = Stub::new(account).regions(["eu-west-1"]).only([action]);
        assert_eq!(sent(stub).await, table(own), "{action}");
    }
}
