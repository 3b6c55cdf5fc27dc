//! Where CloudFront is, and where it is not.

use serde_json::json;

use super::*;
use crate::tests::account::caller;

fn of(partition: &'static str, region: &'static str) -> Stub {
    let me = format!("arn:{partition}:iam::111122223333:user/auditor");
    but(move |call| {
        (call.operation == "sts:GetCallerIdentity").then(|| caller(&me, "111122223333"))
    })
    .regions([region])
}

#[tokio::test]
async fn cloudfront_is_signed_for_its_own_region_whatever_is_looked_at() {
    for (partition, region, home) in
        [("aws", "eu-west-1", "us-east-1"), ("aws-cn", "cn-north-1", "cn-northwest-1")]
    {
        let stub = of(partition, region);
        cloudfront(&stub).await;
        for operation in [LIST, CONTROLS, SOURCES, "wafv2:ListWebACLs"] {
            let calls = stub.calls(operation);
            assert!(calls.iter().any(|call| call.region == home), "{operation} {partition}");
        }
        assert!(stub.calls(LIST).iter().all(|call| call.region == home), "{partition}");
    }
}

#[tokio::test]
async fn a_partition_without_cloudfront_has_none_and_nothing_fails() {
    let stub = of("aws-us-gov", "us-gov-west-1");
    let inventory = stub.collect().await;
    let none = json!({ "found": [], "gaps": [], "gone": 0 });
    assert_eq!(
        written(inventory.cloudfront),
        json!({
            "distributions": none,
            "origin_access_controls": none,
            "origin_access_identities": none,
            "response_headers_policies": none,
            "delivery_sources": { "set": [] },
            "deliveries": { "set": [] },
        })
    );
    assert_eq!(written(inventory.wafv2)["web_acls"], none);
    assert_eq!([LIST, SOURCES, "waf:ListWebACLs"].map(|it| stub.calls(it).len()), [0; 3]);
    assert_eq!(stub.calls("wafv2:ListWebACLs").len(), 1);
}
