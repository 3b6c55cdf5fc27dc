//! The layer under all clients: how many calls at once, how long each, and their count.

use std::time::Duration;

use awspect_inventory::{Inventory, Observed, Reason};
use serde_json::json;

use super::{
    account::{buckets, usual},
    facts::BUCKET,
    stub::{Answer, Call, Stub, error},
    written,
};

const SOON: Duration = Duration::from_millis(2);
const LONG: Duration = Duration::from_mins(1);

fn slowly(call: &Call) -> Answer {
    Answer::Later(SOON, Box::new(usual(call)))
}

/// Everything that a scan of the usual account should know.
fn is_complete(inventory: &Inventory) -> bool {
    inventory.asked.iter().all(|row| row.asked == row.answered)
}

#[tokio::test]
async fn no_more_calls_than_allowed_are_under_way_at_once() {
    for in_flight in [1, 3, 8] {
        let stub = Stub::new(slowly).limits(in_flight, LONG);
        assert!(is_complete(&stub.collect().await));
        assert_eq!(stub.most_at_once(), in_flight);
    }
}

#[tokio::test]
async fn a_limit_of_none_at_all_is_one() {
    let stub = Stub::new(usual).limits(0, LONG);
    assert!(is_complete(&stub.collect().await));
    assert_eq!(stub.most_at_once(), 1);
}

#[tokio::test]
async fn waiting_for_a_permit_does_not_count_against_the_calls_time() {
    let (pause, limit) = (Duration::from_millis(15), Duration::from_millis(300));
    let stub = Stub::new(move |call| Answer::Later(pause, Box::new(usual(call))));
    let session = stub.limits(1, limit).open().await.unwrap();
    assert!(is_complete(&crate::collect(&session, time::OffsetDateTime::UNIX_EPOCH).await));
    let calls: u64 = session.calls().values().sum();
    assert!(pause * u32::try_from(calls).unwrap() > limit);
}

#[tokio::test]
async fn a_call_that_hangs_costs_its_limit_and_is_unknown() {
    for hanging in [Answer::Silence, Answer::Trickle] {
        let stub = Stub::new(move |call| match call.name() {
            "GetBucketAcl" => hanging.clone(),
            _ => usual(call),
        });
        let limit = Duration::from_millis(200);
        let inventory = stub.limits(64, limit).collect().await;
        let bucket = &inventory.s3.buckets.found[0];
        assert_eq!(
            written(&bucket.acl),
            json!({ "unknown": {
                "action": "s3:GetBucketAcl",
                "reason": "timeout",
                "message": "no answer within 0.2 s",
            } })
        );
        assert!(bucket.policy.set().is_some());
    }
}

#[tokio::test]
async fn a_call_that_hangs_holds_no_permit_longer_than_its_limit() {
    let stub = Stub::new(|call| match call.name() {
        "GetBucketAcl" => Answer::Silence,
        _ => usual(call),
    });
    let inventory = stub.limits(1, Duration::from_millis(200)).collect().await;
    let known = inventory.asked.iter().filter(|row| row.answered == row.asked).count();
    assert_eq!(known, inventory.asked.len() - 1);
}

#[tokio::test]
async fn calls_are_counted_by_operation_and_a_call_again_is_a_call() {
    let stub = Stub::new(|call| match call.name() {
        "ListBuckets" => buckets(&[("one", Some("eu-west-1")), ("two", Some("eu-west-1"))]),
        "GetBucketAcl" => error(500, "InternalError"),
        "GetBucketCors" => error(403, "AccessDenied"),
        _ => usual(call),
    })
    .retries(Duration::from_millis(1));
    let session = stub.open().await.unwrap();
    crate::collect(&session, time::OffsetDateTime::UNIX_EPOCH).await;
    let calls = session.calls();
    for (operation, count) in [
        ("sts:GetCallerIdentity", 1),
        ("s3:ListBuckets", 1),
        ("s3:GetBucketAcl", 6),
        ("s3:GetBucketCors", 2),
        ("s3control:GetPublicAccessBlock", 1),
        ("s3control:ListAccessPoints", 2),
    ] {
        assert_eq!(calls[operation], count, "{operation}");
    }
    for (operation, count) in &calls {
        assert_eq!(stub.calls(operation).len() as u64, *count, "{operation}");
    }
}

#[tokio::test]
async fn a_bucket_whose_every_call_hangs_holds_up_no_other() {
    let stub = Stub::new(|call| match call.bucket() {
        "stuck" => Answer::Silence,
        _ if call.name() == "ListBuckets" => {
            buckets(&[("stuck", Some("eu-west-1")), ("data", Some("eu-west-1"))])
        }
        _ => usual(call),
    });
    let inventory = stub.limits(64, Duration::from_millis(200)).collect().await;
    let [stuck, data] = inventory.s3.buckets.found.try_into().unwrap();
    assert!(matches!(stuck.acl, Observed::Unknown(unknown) if unknown.reason == Reason::Timeout));
    let data = written(data);
    assert!(BUCKET.iter().all(|row| !data[row.field]["set"].is_null()));
}
