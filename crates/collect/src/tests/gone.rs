//! What goes away between its listing and its reading.

use super::{
    account::{buckets, usual},
    facts::BUCKET,
    stub::{Answer, Call, Stub, error, status},
    written,
};

/// Two buckets, of which one answers in its own way.
fn with_fading(fading: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    Stub::new(move |call| match call.operation.as_str() {
        "s3:ListBuckets" => buckets(&[("fading", Some("eu-west-1")), ("data", Some("eu-west-1"))]),
        _ if call.bucket() == "fading" => fading(call),
        _ => usual(call),
    })
}

async fn names(stub: Stub) -> (Vec<String>, u64) {
    let inventory = stub.collect().await;
    let gone = inventory.gone();
    let found = inventory.s3.buckets.found.into_iter();
    (found.map(|bucket| bucket.name).collect(), gone)
}

#[tokio::test]
async fn a_bucket_deleted_between_listing_and_reading_drops_out_and_is_counted() {
    let stub = with_fading(|call| match call.name() {
        "HeadBucket" => status(404),
        _ => error(404, "NoSuchBucket"),
    });
    assert_eq!(names(stub).await, (vec!["data".to_owned()], 1));
}

#[tokio::test]
async fn a_bucket_that_one_answer_calls_gone_stays_while_it_answers_for_itself() {
    for head in [status(200), status(403), status(301), status(500), Answer::Unreachable] {
        let stub = with_fading(move |call| match call.name() {
            "GetBucketCors" => error(404, "NoSuchBucket"),
            "HeadBucket" => head.clone(),
            _ => usual(call),
        });
        let inventory = stub.collect().await;
        assert_eq!((inventory.s3.buckets.found.len(), inventory.gone()), (2, 0));
        let bucket = written(&inventory.s3.buckets.found[0]);
        assert_eq!(bucket["cors"]["unknown"]["reason"], "gone");
        let set = BUCKET.iter().filter(|row| bucket[row.field]["set"] != serde_json::Value::Null);
        assert_eq!(set.count(), 14);
    }
}

#[tokio::test]
async fn a_bucket_deleted_before_anybody_knew_its_region_drops_out_as_well() {
    let stub = |head: Answer| {
        Stub::new(move |call| match call.operation.as_str() {
            "s3:ListBuckets" => buckets(&[("fading", None), ("data", Some("eu-west-1"))]),
            "s3:GetBucketLocation" => error(404, "NoSuchBucket"),
            "s3:HeadBucket" => head.clone(),
            _ => usual(call),
        })
    };
    assert_eq!(names(stub(status(404))).await, (vec!["data".to_owned()], 1));
    assert_eq!(names(stub(status(403))).await.1, 0);
}
