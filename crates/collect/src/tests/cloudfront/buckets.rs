//! Whose the buckets are that origins mean.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::{
    account::page,
    stub::{error, status},
    unknown,
};

/// Whose the bucket of an origin with this domain is, where S3 answers this about it.
async fn owner(domain: &str, head: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Value {
    let summary = with_origins(ID, &[s3("bucket", domain)], "");
    let stub = but(move |call| match call.operation.as_str() {
        LIST => Some(distributions(&[&summary], None)),
        HEAD => Some(head(call)),
        _ => None,
    });
    at(&stub, "/distributions/found/0/origins/0/bucket").await
}

/// The same, where the listing of the account's own buckets breaks off.
async fn unlisted(head: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Value {
    let summary = with_origins(ID, &[s3("bucket", "perhaps.s3.amazonaws.com")], "");
    let stub = but(move |call| match call.operation.as_str() {
        LIST => Some(distributions(&[&summary], None)),
        "s3:ListBuckets" if call.request.contains("continuation-token") => {
            Some(error(403, "AccessDenied"))
        }
        "s3:ListBuckets" => Some(page(&[("data", Some("eu-west-1"))], Some("more"))),
        HEAD => Some(head(call)),
        _ => None,
    });
    at(&stub, "/distributions/found/0/origins/0/bucket").await
}

fn elsewhere(code: u16) -> Answer {
    status(code).with("x-amz-bucket-region", "sa-east-1")
}

#[tokio::test]
async fn an_own_bucket_is_known_without_asking() {
    for domain in ["data.s3.amazonaws.com", "data.s3-website-eu-west-1.amazonaws.com"] {
        assert_eq!(owner(domain, |_| status(500)).await, json!({ "set": "own" }));
    }
}

#[tokio::test]
async fn s3_tells_whose_another_bucket_is() {
    for (head, expected) in [
        (status(404), json!({ "set": "missing" })),
        (elsewhere(403), json!({ "set": "foreign" })),
        (elsewhere(301), json!({ "set": "foreign" })),
        (status(200), json!({ "set": "own" })),
        // Whether there is one at all, nobody says.
        (status(403), unknown("s3:ListBucket", "access_denied", "HTTP 403")),
        (status(500), unknown("s3:ListBucket", "failed", "HTTP 500")),
    ] {
        let told = owner("backup.s3.s3.eu-west-1.amazonaws.com", move |_| head.clone()).await;
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn what_is_no_bucket_or_of_another_partition_is_not_asked_about() {
    for domain in ["ap-a1-s3alias.s3.eu-west-1.amazonaws.com", "s3.example.com"] {
        assert_eq!(owner(domain, |_| status(404)).await, "not_set", "{domain}");
    }
    let told = owner("shop.s3.cn-north-1.amazonaws.com.cn", |_| status(404)).await;
    assert_eq!(told["unknown"]["reason"], "not_supported");
}

#[tokio::test]
async fn where_own_buckets_may_be_unlisted_both_answers_of_s3_count() {
    let expects = |call: &Call| call.region == "sa-east-1";
    assert_eq!(unlisted(|_| status(404)).await, json!({ "set": "missing" }));
    // Ours, in another region.
    let told = unlisted(move |call| if expects(call) { status(200) } else { elsewhere(301) }).await;
    assert_eq!(told, json!({ "set": "own" }));
    // Whoever is refused may still be the owner.
    let told = unlisted(|_| elsewhere(403)).await;
    assert_eq!(told["unknown"]["reason"], "access_denied");
}

#[tokio::test]
async fn a_bucket_of_many_origins_is_asked_about_once() {
    let origins = ["shop.s3.amazonaws.com", "shop.s3.eu-west-1.amazonaws.com"];
    let origins = origins.map(|domain| s3(domain, domain));
    let all = ["E1", "E2"].map(|id| with_origins(id, &origins, ""));
    let stub = with(LIST, distributions(&[&all[0], &all[1]], None));
    assert_eq!(at(&stub, "/distributions/found/1/origins/1/bucket/set").await, "foreign");
    assert_eq!(stub.calls(HEAD).len(), 1);
}
