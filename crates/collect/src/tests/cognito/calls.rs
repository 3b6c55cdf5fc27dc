//! How many calls a scan makes, and which.

use std::{collections::BTreeMap, time::Duration};

use time::OffsetDateTime;

use super::*;
use crate::tests::account::usual;

/// Operations, each with how often it is called.
type Calls = &'static [(&'static str, u64)];

/// What a scan sends to the services that this is about.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    Box::pin(crate::collect(&session, OffsetDateTime::UNIX_EPOCH)).await;
    let services = ["cognito", "sns:", "pinpoint", "cloudwatch:", WEB_ACL];
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
    const POOLS: [(&str, u64); 2] = [(LIST_POOLS, 1), (POOL, 1)];
    const IDENTITIES: [(&str, u64); 1] = [(LIST_IDENTITY_POOLS, 1)];
    let cases: [(&'static str, Calls, Calls); 12] = [
        ("cognito-idp:ListUserPools", &[(LIST_POOLS, 1)], &[]),
        ("cognito-idp:DescribeUserPool", &POOLS, &[]),
        ("cognito-idp:GetUserPoolMfaConfig", &POOLS, &[(MFA, 1)]),
        ("cognito-idp:DescribeUserPoolClient", &POOLS, &[(LIST_CLIENTS, 1), (CLIENT, 1)]),
        ("cognito-idp:DescribeRiskConfiguration", &POOLS, &[(LIST_CLIENTS, 1), (RISK, 2)]),
        ("wafv2:GetWebACLForResource", &POOLS, &[(WEB_ACL, 1)]),
        ("sns:GetSMSSandboxAccountStatus", &POOLS, &[(SANDBOX, 1)]),
        ("sms-voice:DescribeSpendLimits", &POOLS, &[(LIMITS, 1)]),
        ("cloudwatch:GetMetricStatistics", &POOLS, &[(SPENT, 1)]),
        ("cognito-identity:ListIdentityPools", &IDENTITIES, &[]),
        ("cognito-identity:GetIdentityPoolRoles", &IDENTITIES, &[(IDENTITY_POOL, 1), (ROLES, 1)]),
        ("s3:GetBucketVersioning", &[], &[]),
    ];
    for (action, needs, own) in cases {
        let stub = Stub::new(account).regions(["eu-west-1"]).only([action]);
        let calls = needs.iter().chain(own).map(|(name, count)| ((*name).to_owned(), *count));
        assert_eq!(sent(stub).await, calls.collect(), "{action}");
    }
}

#[tokio::test]
async fn few_reads_are_under_way_at_once() {
    let pools: Vec<String> = (0..40).map(|index| format!("eu-west-1_{index}")).collect();
    let stub = but(move |call| match call.operation.as_str() {
        LIST_POOLS => {
            let ids: Vec<&str> = pools.iter().map(String::as_str).collect();
            Some(account::user_pools(&ids, None))
        }
        POOL => Some(Answer::Later(Duration::from_millis(1), Box::new(account(call)))),
        _ => None,
    })
    .regions(["eu-west-1"])
    .only(["cognito-idp:DescribeUserPool"]);
    cognito(&stub).await;
    assert_eq!(stub.calls(POOL).len(), 40);
    assert_eq!(stub.most_at_once(), 4);
}
