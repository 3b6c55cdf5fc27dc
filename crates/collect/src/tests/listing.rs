//! `ListBuckets`, page by page.

use serde_json::json;

use super::{
    account::{buckets, page, usual},
    stub::{Answer, Stub, error, ok},
    written,
};

/// An account whose second page of buckets is this.
fn with_second_page(second: Answer) -> Stub {
    Stub::new(move |call| match call.operation.as_str() {
        "s3:ListBuckets" if call.request.contains("continuation-token=more") => second.clone(),
        "s3:ListBuckets" => page(&[("a", Some("eu-west-1"))], Some("more")),
        _ => usual(call),
    })
}

#[tokio::test]
async fn all_pages_are_listed() {
    let stub = with_second_page(buckets(&[("data", Some("us-east-2"))]));
    let listed = stub.collect().await.s3.buckets;
    let names: Vec<_> = listed.found.iter().map(|bucket| bucket.name.as_str()).collect();
    assert_eq!((names, listed.gaps.len()), (vec!["a", "data"], 0));
    assert_eq!(stub.calls("s3:ListBuckets").len(), 2);
    assert!(stub.calls("s3:ListBuckets")[0].request.contains("max-buckets=10000"));
}

#[tokio::test]
async fn a_page_that_is_refused_is_a_gap_beside_the_pages_before() {
    let stub = with_second_page(error(403, "AccessDenied"));
    let inventory = stub.collect().await;
    let listed = inventory.s3.buckets;
    assert_eq!(listed.found.len(), 1);
    assert_eq!(
        written(listed.gaps),
        json!([{ "arn": "arn:aws:s3:::*", "region": null, "unknown": {
            "action": "s3:ListAllMyBuckets",
            "reason": "access_denied",
            "code": "AccessDenied",
            "message": "It says AccessDenied.",
        } }])
    );
    let asked = inventory.asked.iter().find(|row| row.action.as_str() == "s3:ListAllMyBuckets");
    assert_eq!(written(&asked.unwrap().refused), json!({ "access_denied": 1 }));
}

#[tokio::test]
async fn a_page_that_is_no_answer_is_a_gap() {
    for second in [
        ok(""),
        ok("<ListAllMyBucketsResult/>"),
        ok("<html/>"),
        ok("<ListAllMyBucketsResult><Buckets>"),
    ] {
        let listed = with_second_page(second).collect().await.s3.buckets;
        let reasons: Vec<_> = listed.gaps.iter().map(|gap| gap.unknown.reason.as_str()).collect();
        assert_eq!((listed.found.len(), reasons), (1, vec!["malformed"]));
    }
}

#[tokio::test]
async fn a_token_that_leads_nowhere_new_ends_the_listing() {
    let stub = with_second_page(page(&[("data", Some("eu-west-1"))], Some("more")));
    let listed = stub.collect().await.s3.buckets;
    assert_eq!(listed.found.len(), 2);
    assert_eq!(stub.calls("s3:ListBuckets").len(), 2);
}

#[tokio::test]
async fn a_bucket_without_a_name_is_a_gap() {
    let stub = Stub::new(|call| match call.operation.as_str() {
        "s3:ListBuckets" => {
            ok("<ListAllMyBucketsResult><Buckets><Bucket/><Bucket><Name>data</Name>\
             <BucketRegion>eu-west-1</BucketRegion></Bucket><Bucket><Name></Name></Bucket></Buckets>\
             </ListAllMyBucketsResult>")
        }
        _ => usual(call),
    });
    let listed = stub.collect().await.s3.buckets;
    let messages: Vec<_> = listed.gaps.iter().map(|gap| gap.unknown.message.as_deref()).collect();
    assert_eq!(listed.found.len(), 1);
    assert_eq!(messages, [Some("the answer has no usable `Name`"); 2]);
}

#[tokio::test]
async fn an_account_without_buckets_is_no_gap() {
    let stub = Stub::new(|call| match call.operation.as_str() {
        "s3:ListBuckets" => buckets(&[]),
        _ => usual(call),
    });
    let inventory = stub.collect().await;
    assert_eq!(written(inventory.s3.buckets), json!({ "found": [], "gaps": [], "gone": 0 }));
}
