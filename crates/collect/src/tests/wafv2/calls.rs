//! How many calls a scan makes, and which.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::*;
use crate::tests::account::usual;

/// What a scan sends to AWS WAF.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    Box::pin(crate::collect(&session, OffsetDateTime::UNIX_EPOCH)).await;
    let calls = session.calls().into_iter();
    calls.filter(|(operation, _)| operation.starts_with("waf")).collect()
}

fn table(calls: &[(&str, u64)]) -> BTreeMap<String, u64> {
    calls.iter().map(|(operation, count)| ((*operation).to_owned(), *count)).collect()
}

#[tokio::test]
async fn a_region_without_web_acls_costs_three_listings() {
    assert_eq!(
        sent(Stub::new(usual).regions(["eu-west-1", "eu-north-1"])).await,
        table(&[(LIST, 3), (GROUPS, 3), (CLASSIC, 1), (CLASSIC_REGIONAL, 2)])
    );
}

#[tokio::test]
async fn a_web_acl_costs_its_reads_once() {
    assert_eq!(
        sent(Stub::new(account).regions(["eu-west-1"])).await,
        table(&[
            (LIST, 2),
            (ACL, 2),
            (LOGGING, 2),
            (RESOURCES, 2),
            (GROUPS, 2),
            (GROUP, 2),
            (CLASSIC, 1),
            (CLASSIC_REGIONAL, 1),
        ])
    );
}

#[tokio::test]
async fn what_a_fact_needs_is_asked_with_it_and_nothing_else() {
    for (action, calls) in [
        ("wafv2:ListWebACLs", &[(LIST, 2)][..]),
        ("wafv2:GetWebACL", &[(LIST, 2), (ACL, 2)]),
        ("wafv2:DescribeManagedRuleGroup", &[(LIST, 2), (ACL, 2)]),
        ("wafv2:ListLoggingConfigurations", &[(LIST, 2), (LOGGING, 2)]),
        ("wafv2:ListResourcesForWebACL", &[(LIST, 2), (RESOURCES, 2)]),
        ("wafv2:ListRuleGroups", &[(GROUPS, 2)]),
        ("wafv2:GetRuleGroup", &[(GROUPS, 2), (GROUP, 2)]),
        ("waf:ListWebACLs", &[(CLASSIC, 1)]),
        ("waf-regional:ListWebACLs", &[(CLASSIC_REGIONAL, 1)]),
        ("s3:GetBucketVersioning", &[]),
    ] {
        let stub = Stub::new(account).regions(["eu-west-1"]).only([action]);
        assert_eq!(sent(stub).await, table(calls), "{action}");
    }
}

#[tokio::test]
async fn few_reads_are_under_way_at_once() {
    let arns: Vec<String> = (0..40).map(|index| account::arn(&format!("acl{index}"))).collect();
    let stub = but(move |call| match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => {
            let arns: Vec<&str> = arns.iter().map(String::as_str).collect();
            Some(account::acls(&arns, None))
        }
        LIST => Some(account::acls(&[], None)),
        ACL => {
            let pause = std::time::Duration::from_millis(1);
            Some(Answer::Later(pause, Box::new(account(call))))
        }
        _ => None,
    })
    .only(["wafv2:GetWebACL"]);
    wafv2(&stub).await;
    assert_eq!(stub.calls(ACL).len(), 40);
    assert_eq!(stub.most_at_once(), 4);
}
