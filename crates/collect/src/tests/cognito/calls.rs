//! How many calls a scan makes, and which.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::*;
use crate::tests::account::usual;

/// What a scan sends to the services that this is about.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    crate::collect(&session, OffsetDateTime::UNIX_EPOCH).await;
    let services = ["cognito", "sns", "pinpoint", "cloudwatch", "wafv2"];
    let is_ours = |operation: &String| services.iter().any(|it| operation.starts_with(it));
    session.calls().into_iter().filter(|(operation, _)| is_ours(operation)).collect()
}

fn table<const N: usize>(calls: [(&str, u64); N]) -> BTreeMap<String, u64> {
    calls.map(|(operation, count)| (operation.to_owned(), count)).into()
}

#[tokio::test]
async fn a_region_without_pools_costs_two_listings() {
    let calls = sent(Stub::new(usual).regions(["eu-west-1", "eu-north-1", "us-east-1"])).await;
    assert_eq!(calls, table([(LIST_POOLS, 3), (LIST_IDENTITY_POOLS, 3)]));
}

#[tokio::test]
async fn a_pool_costs_its_reads_once() {
    assert_eq!(
        sent(Stub::new(account).regions(["eu-west-1"])).await,
        table([
            (LIST_POOLS, 1),
            (POOL, 1),
            (MFA, 1),
            (RISK, 2),
            (LIST_CLIENTS, 1),
            (CLIENT, 1),
            (PROVIDERS, 1),
            (LOGS, 1),
            (WEB_ACL, 1),
            (LIST_IDENTITY_POOLS, 1),
            (IDENTITY_POOL, 1),
            (ROLES, 1),
            (ATTRIBUTES, 1),
            (SANDBOX, 1),
            (LIMITS, 1),
            (SPENT, 1),
        ])
    );
}

#[tokio::test]
async fn what_a_fact_needs_is_asked_with_it_and_nothing_else() {
    let only = |action| sent(Stub::new(account).regions(["eu-west-1"]).only([action]));
    let pool = [(LIST_POOLS, 1), (POOL, 1)];
    let pool_and = |more: &[(&'static str, u64)]| {
        let calls = pool.iter().chain(more);
        calls
            .map(|(operation, count)| ((*operation).to_owned(), *count))
            .collect::<BTreeMap<_, _>>()
    };
    assert_eq!(only("cognito-idp:ListUserPools").await, table([(LIST_POOLS, 1)]));
    assert_eq!(only("cognito-idp:DescribeUserPool").await, pool_and(&[]));
    assert_eq!(only("cognito-idp:GetUserPoolMfaConfig").await, pool_and(&[(MFA, 1)]));
    assert_eq!(
        only("cognito-idp:DescribeUserPoolClient").await,
        pool_and(&[(LIST_CLIENTS, 1), (CLIENT, 1)])
    );
    assert_eq!(
        only("cognito-idp:DescribeRiskConfiguration").await,
        pool_and(&[(LIST_CLIENTS, 1), (RISK, 2)])
    );
    assert_eq!(only("wafv2:GetWebACLForResource").await, pool_and(&[(WEB_ACL, 1)]));
    assert_eq!(only("sns:GetSMSSandboxAccountStatus").await, pool_and(&[(SANDBOX, 1)]));
    assert_eq!(only("sms-voice:DescribeSpendLimits").await, pool_and(&[(LIMITS, 1)]));
    assert_eq!(only("cloudwatch:GetMetricStatistics").await, pool_and(&[(SPENT, 1)]));
    assert_eq!(only("cognito-identity:ListIdentityPools").await, table([(LIST_IDENTITY_POOLS, 1)]));
    assert_eq!(
        only("cognito-identity:GetIdentityPoolRoles").await,
        table([(LIST_IDENTITY_POOLS, 1), (IDENTITY_POOL, 1), (ROLES, 1)])
    );
    assert_eq!(only("s3:GetBucketVersioning").await, BTreeMap::new());
}

#[tokio::test]
async fn few_reads_are_under_way_at_once() {
    let pools: Vec<String> = (0..40).map(|index| format!("eu-west-1_{index}")).collect();
    let stub = but(move |call| {
        let ids: Vec<&str> = pools.iter().map(String::as_str).collect();
        (call.operation == LIST_POOLS && call.region == "eu-west-1")
            .then(|| account::user_pools(&ids, None))
    })
    .only(["cognito-idp:DescribeUserPool"]);
    cognito(&stub).await;
    assert_eq!(stub.calls(POOL).len(), 40);
    assert!(stub.most_at_once() <= 4, "{}", stub.most_at_once());
}
