//! A scan that is told to stop.

use std::time::Duration;

use awspect_inventory::{Completion, Inventory, Reason};
use serde_json::json;

use super::{
    account::usual,
    stub::{Answer, Stub, error},
    written,
};
use crate::{Stopper, stop};

pub(super) const LONG: Duration = Duration::from_hours(1);

/// What is collected if somebody asks to stop when this operation is called.
pub(super) async fn stopped_at(stub: Stub, operation: &'static str) -> Inventory {
    let (stopper, stop) = stop();
    let watched = stub.clone();
    let asking = async move {
        while watched.calls(operation).is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // Far enough for the SDK to have begun its pause.
        tokio::time::sleep(Duration::from_millis(50)).await;
        stopper.stop();
    };
    let stub = stub.stop(stop);
    let ending = async { tokio::join!(stub.collect(), asking).0 };
    tokio::time::timeout(Duration::from_secs(10), ending).await.unwrap()
}

#[tokio::test]
async fn calls_under_way_end_at_once() {
    for hanging in
        [Answer::Silence, Answer::Trickle, Answer::Later(LONG, Box::new(Answer::Silence))]
    {
        let stub = Stub::new(move |call| match call.name() {
            "GetBucketAcl" => hanging.clone(),
            _ => usual(call),
        });
        let inventory = stopped_at(stub.limits(64, LONG), "s3:GetBucketAcl").await;
        assert_eq!(inventory.completion, Completion::Interrupted);
        let bucket = &inventory.s3.buckets.found[0];
        assert_eq!(
            written(&bucket.acl),
            json!({ "unknown": {
                "action": "s3:GetBucketAcl",
                "reason": "interrupted",
                "message": "interrupted before the answer came",
            } })
        );
        assert!(bucket.policy.set().is_some());
    }
}

#[tokio::test]
async fn calls_that_wait_for_a_permit_end_at_once() {
    let stub = Stub::new(|call| match call.name() {
        "GetBucketAcl" => Answer::Silence,
        _ => usual(call),
    });
    let inventory = stopped_at(stub.limits(1, LONG), "s3:GetBucketAcl").await;
    let refused = inventory.asked.iter().flat_map(|row| row.refused.keys());
    let reasons: Vec<_> = refused.collect();
    assert!(!reasons.is_empty() && reasons.iter().all(|reason| **reason == Reason::Interrupted));
}

#[tokio::test]
async fn pauses_between_retries_end_at_once() {
    let stub = Stub::new(|call| match call.name() {
        "GetBucketAcl" => error(503, "SlowDown"),
        _ => usual(call),
    });
    let stub = stub.retries(LONG);
    let inventory = stopped_at(stub.clone(), "s3:GetBucketAcl").await;
    let acl = written(&inventory.s3.buckets.found[0].acl);
    assert_eq!(acl["unknown"]["reason"], "interrupted");
    assert_eq!(stub.calls("s3:GetBucketAcl").len(), 1);
}

#[tokio::test]
async fn a_listing_that_is_stopped_is_a_gap() {
    let stub = Stub::new(|call| match call.name() {
        "ListBuckets" => Answer::Silence,
        _ => usual(call),
    });
    let inventory = stopped_at(stub.limits(64, LONG), "s3:ListBuckets").await;
    let gaps = inventory.s3.buckets.gaps.iter().chain(&inventory.s3.access_points.gaps);
    let reasons: Vec<_> = gaps.map(|gap| gap.unknown.reason).collect();
    assert_eq!(reasons, [Reason::Interrupted; 3]);
}

#[tokio::test]
async fn nothing_is_sent_after_the_stop() {
    let (stopper, stop) = stop();
    let stub = Stub::new(usual).stop(stop);
    let session = stub.open().await.unwrap();
    stopper.stop();
    let inventory = crate::collect(&session, time::OffsetDateTime::UNIX_EPOCH).await;
    assert_eq!(
        session.calls().into_iter().collect::<Vec<_>>(),
        [("sts:GetCallerIdentity".into(), 1)]
    );
    assert!(inventory.asked.iter().all(|row| row.answered == 0));
}

#[tokio::test]
async fn a_scan_that_nobody_can_stop_any_more_runs_to_its_end() {
    let (stopper, stop): (Stopper, _) = stop();
    drop(stopper);
    let stub = Stub::new(|call| Answer::Later(Duration::from_millis(1), Box::new(usual(call))));
    let inventory = stub.stop(stop).collect().await;
    assert_eq!(inventory.completion, Completion::Complete);
    assert!(inventory.asked.iter().all(|row| row.asked == row.answered));
}
