//! How the credential report is had.

use serde_json::{Value, json};

use super::{
    account::{body, query, report},
    at, iam,
};
use crate::tests::{
    account::usual,
    stopped::{LONG, stopped_at},
    stub::{Answer, Stub, error, in_turn},
    unknown, written,
};

const GENERATE: &str = "iam:GenerateCredentialReport";
const GET: &str = "iam:GetCredentialReport";

/// An account that answers the two calls so.
fn with(
    generate: impl Fn() -> Answer + Send + Sync + 'static,
    get: impl Fn() -> Answer + Send + Sync + 'static,
) -> Stub {
    Stub::new(move |call| match call.operation.as_str() {
        GENERATE => generate(),
        GET => get(),
        _ => usual(call),
    })
}

fn state(state: &str) -> Answer {
    query("GenerateCredentialReport", &format!("<State>{state}</State>"))
}

fn made() -> Answer {
    report(&[super::account::COLUMNS, super::account::ROOT_ROW, super::account::BOB_ROW])
}

/// How often each of the two was called.
fn calls(stub: &Stub) -> (usize, usize) {
    (stub.calls(GENERATE).len(), stub.calls(GET).len())
}

/// What the ledger says of the two: asked, answered, refused.
async fn ledger(stub: &Stub) -> [Value; 2] {
    let asked = stub.collect().await.asked;
    [GENERATE, GET].map(|action| {
        let row = asked.iter().find(|row| row.action.as_str() == action);
        row.map_or(Value::Null, |row| json!([row.asked, row.answered, row.refused]))
    })
}

#[tokio::test]
async fn a_report_that_is_made_is_read_at_once() {
    let stub = Stub::new(usual);
    assert!(at(&stub, "/root/set").await.is_object());
    assert_eq!(calls(&stub), (1, 1));
}

#[tokio::test]
async fn a_report_in_the_making_is_waited_for() {
    let stub = with(in_turn([state("STARTED"), state("INPROGRESS"), state("COMPLETE")]), made);
    assert!(at(&stub, "/root/set").await.is_object());
    assert_eq!(calls(&stub), (3, 1));
}

#[tokio::test]
async fn a_report_that_is_not_there_after_all_is_made_again() {
    for (code, http) in
        [("ReportExpired", 410), ("ReportNotPresent", 410), ("ReportInProgress", 404)]
    {
        let stub = with(|| state("COMPLETE"), in_turn([error(http, code), made()]));
        assert!(at(&stub, "/root/set").await.is_object(), "{code}");
        assert_eq!(calls(&stub), (2, 2), "{code}");
    }
}

#[tokio::test]
async fn throttling_is_waited_out() {
    for code in ["LimitExceeded", "Throttling"] {
        let generate = in_turn([error(400, code), state("COMPLETE")]);
        let stub = with(generate, in_turn([error(400, code), made()]));
        assert_eq!(ledger(&stub).await, [json!([1, 1, {}]), json!([1, 1, {}])]);
        assert_eq!(calls(&stub), (3, 2), "{code}");
    }
}

#[tokio::test]
async fn waiting_comes_to_an_end() {
    let late = "AWS was still making the report when time was up";
    let timeout = json!({ "unknown": {
        "action": GENERATE,
        "reason": "timeout",
        "message": late,
    } });
    let stub = with(|| state("STARTED"), made);
    let read = iam(&stub).await;
    assert_eq!((&read["root"], &read["users"]["found"][0]["credentials"]), (&timeout, &timeout));
    assert_eq!(calls(&stub), (11, 0));
    assert_eq!(ledger(&stub).await, [json!([1, 0, { "timeout": 1 }]), Value::Null]);

    let stub = with(|| state("COMPLETE"), || error(410, "ReportExpired"));
    assert_eq!(at(&stub, "/root").await, timeout);
    assert_eq!(calls(&stub), (11, 11));

    let stub = with(|| error(400, "LimitExceeded"), made);
    let throttled = at(&stub, "/root/unknown").await;
    assert_eq!(
        (&throttled["action"], &throttled["reason"]),
        (&json!(GENERATE), &json!("throttled"))
    );

    let stub = with(|| state("COMPLETE"), || error(400, "Throttling"));
    let throttled = at(&stub, "/root/unknown").await;
    assert_eq!((&throttled["action"], &throttled["reason"]), (&json!(GET), &json!("throttled")));
    assert_eq!(ledger(&stub).await, [json!([1, 1, {}]), json!([1, 0, { "throttled": 1 }])]);
}

#[tokio::test]
async fn who_may_not_make_a_report_may_read_the_last_one() {
    let stub = with(|| error(403, "AccessDenied"), made);
    assert_eq!(ledger(&stub).await, [json!([1, 0, { "access_denied": 1 }]), json!([1, 1, {}])]);
    assert_eq!(calls(&stub), (1, 1));
    assert!(at(&stub, "/root/set").await.is_object());
}

#[tokio::test]
async fn without_a_last_one_the_unknown_names_the_making() {
    for code in ["ReportNotPresent", "ReportExpired"] {
        let stub = with(|| error(403, "AccessDenied"), move || error(410, code));
        let mut expected = unknown(GENERATE, "access_denied", "AccessDenied");
        expected["unknown"]["message"] = "It says AccessDenied.".into();
        assert_eq!(at(&stub, "/root").await, expected);
        assert_eq!(calls(&stub), (1, 1));
        assert_eq!(ledger(&stub).await, [json!([1, 0, { "access_denied": 1 }]), Value::Null]);
    }
}

#[tokio::test]
async fn a_report_that_others_are_making_is_waited_for() {
    let get = in_turn([error(404, "ReportInProgress"), made()]);
    let stub = with(|| error(403, "AccessDenied"), get);
    assert!(at(&stub, "/root/set").await.is_object());
    assert_eq!(calls(&stub), (1, 2));
}

#[tokio::test]
async fn who_may_neither_make_nor_read_it_is_told_of_the_reading() {
    let stub = with(|| error(403, "AccessDenied"), || error(403, "AccessDenied"));
    assert_eq!(at(&stub, "/root/unknown/action").await, GET);
    let denied = json!([1, 0, { "access_denied": 1 }]);
    assert_eq!(ledger(&stub).await, [denied.clone(), denied]);
}

#[tokio::test]
async fn a_report_of_no_time_is_none() {
    let undated = || query("GetCredentialReport", "<Content>dXNlcixhcm4K</Content>");
    let message = at(&with(|| state("COMPLETE"), undated), "/root/unknown/message").await;
    assert_eq!(message, "the answer has no usable `GeneratedTime`");
    assert!(body("GenerateCredentialReport").contains("COMPLETE"));
}

#[tokio::test]
async fn an_interrupt_ends_the_wait() {
    let stub = with(|| state("STARTED"), made).pause(LONG);
    let inventory = stopped_at(stub.clone(), GENERATE).await;
    assert_eq!(
        written(&inventory.iam.root),
        json!({ "unknown": {
            "action": GET,
            "reason": "interrupted",
            "message": "interrupted before the answer came",
        } })
    );
    assert_eq!(calls(&stub), (1, 0));
    assert!(inventory.iam.summary.set().is_some());
}
