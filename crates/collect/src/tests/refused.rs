//! What becomes of a fact whose call AWS refuses.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    account::usual,
    facts::{Row, all},
    stub::{Answer, Stub, error, status},
    unknown, written,
};

/// All of S3, where one operation gets this answer.
async fn with(operation: &'static str, answer: Answer) -> Value {
    let stub = Stub::new(
        move |call| {
            if call.operation == operation { answer.clone() } else { usual(call) }
        },
    );
    written(stub.collect().await.s3)
}

/// All of S3, where each fact's operation gets the answer for its row.
async fn with_each(answer: impl Fn(&Row) -> Answer + Send + Sync + 'static) -> Value {
    let stub = Stub::new(move |call| {
        let row = all().into_iter().find(|(_, row)| row.operation == call.operation);
        row.map_or_else(|| usual(call), |(_, row)| answer(row))
    });
    written(stub.collect().await.s3)
}

#[tokio::test]
async fn not_configured_is_not_set() {
    let says_so = |row: &Row| row.not_configured.first().map(|code| error(404, code));
    let s3 = with_each(move |row| says_so(row).unwrap_or(status(500))).await;
    for (path, row) in all() {
        let not_set = s3.pointer(&path) == Some(&json!("not_set"));
        assert_eq!(not_set, says_so(row).is_some(), "{path}");
    }
}

#[tokio::test]
async fn a_code_for_not_configured_means_so_only_where_it_belongs() {
    let foreign = |field| if field == "tags" { "NoSuchBucketPolicy" } else { "NoSuchTagSet" };
    let s3 = with_each(move |row| error(404, foreign(row.field))).await;
    for (path, row) in all() {
        let mut fact = unknown(row.action, "failed", foreign(row.field));
        fact["unknown"]["message"] = format!("It says {}.", foreign(row.field)).into();
        assert_eq!(s3.pointer(&path), Some(&fact), "{path}");
    }
}

#[tokio::test]
async fn access_denied_names_the_action_and_touches_no_other_fact() {
    let whole = written(Stub::new(usual).collect().await.s3);
    for (path, row) in all() {
        let mut s3 = with(row.operation, error(403, "AccessDenied")).await;
        let fact = std::mem::take(s3.pointer_mut(&path).unwrap());
        assert_eq!(
            fact,
            json!({ "unknown": {
                "action": row.action,
                "reason": "access_denied",
                "code": "AccessDenied",
                "message": "It says AccessDenied.",
            } }),
            "{path}"
        );
        let mut rest = whole.clone();
        *rest.pointer_mut(&path).unwrap() = Value::Null;
        assert_eq!(s3, rest, "{path}");
    }
}

#[tokio::test]
async fn an_error_without_words_is_known_by_its_status() {
    for (answer, reason) in [
        (status(403), "access_denied"),
        (status(301), "failed"),
        (status(429), "throttled"),
        (status(500), "failed"),
        (status(501), "not_supported"),
        (Answer::Http { status: 404, headers: vec![], body: HTML.to_owned() }, "failed"),
        (Answer::Http { status: 403, headers: vec![], body: HTML.to_owned() }, "access_denied"),
        (Answer::Http { status: 500, headers: vec![], body: HTML.to_owned() }, "failed"),
        (Answer::Http { status: 502, headers: vec![], body: HTML.to_owned() }, "failed"),
    ] {
        let Answer::Http { status, .. } = &answer else { unreachable!() };
        let code = format!("HTTP {status}");
        let s3 = with_each(move |_| answer.clone()).await;
        for (path, row) in all() {
            let expected = unknown(row.action, reason, &code);
            assert_eq!(s3.pointer(&path), Some(&expected), "{path} {code}");
        }
    }
}

const HTML: &str =
    "<!DOCTYPE html><html><head><title>Sorry</title></head><body>Sorry.</body></html>";

#[tokio::test]
async fn the_code_decides_the_reason() {
    for (code, http, reason) in [
        ("AllAccessDisabled", 403, "access_denied"),
        ("ExpiredToken", 400, "failed"),
        ("IllegalLocationConstraintException", 400, "failed"),
        ("InternalError", 500, "failed"),
        ("MethodNotAllowed", 405, "not_supported"),
        ("NotImplemented", 501, "not_supported"),
        ("PermanentRedirect", 301, "failed"),
        ("RequestTimeout", 400, "timeout"),
        ("ServiceUnavailable", 503, "failed"),
        ("SlowDown", 503, "throttled"),
        ("Throttling", 400, "throttled"),
    ] {
        let s3 = with("s3:GetBucketAcl", error(http, code)).await;
        let acl = s3.pointer("/buckets/found/0/acl/unknown").unwrap();
        assert_eq!((&acl["reason"], &acl["code"]), (&json!(reason), &json!(code)));
    }
}

#[tokio::test]
async fn a_service_that_is_not_there_is_unreachable() {
    let s3 = with("s3:GetBucketAcl", Answer::Unreachable).await;
    assert_eq!(
        s3.pointer("/buckets/found/0/acl"),
        Some(&json!({ "unknown": {
            "action": "s3:GetBucketAcl",
            "reason": "unreachable",
            "message": "connection refused",
        } }))
    );
}

#[tokio::test]
async fn throttling_counts_only_when_the_retries_are_used_up() {
    let stub = Stub::new(|call| match call.name() {
        "GetBucketAcl" => error(503, "SlowDown"),
        _ => usual(call),
    })
    .retries(Duration::from_millis(1));
    let session = stub.open().await.unwrap();
    let inventory = crate::collect(&session, time::OffsetDateTime::UNIX_EPOCH).await;
    let acl = written(&inventory.s3.buckets.found[0].acl);
    assert_eq!(acl.pointer("/unknown/reason"), Some(&json!("throttled")));
    assert_eq!(session.calls()["s3:GetBucketAcl"], 3);
    assert_eq!(session.calls()["s3:GetBucketPolicy"], 1);
}

#[tokio::test]
async fn the_ledger_says_what_was_asked_and_refused() {
    let stub = Stub::new(|call| match call.name() {
        "GetBucketAcl" => error(403, "AccessDenied"),
        "GetBucketPolicy" => error(404, "NoSuchBucketPolicy"),
        _ => usual(call),
    });
    let asked = stub.collect().await.asked;
    let of = |action: &str| {
        let rows = asked.iter().filter(|row| row.action.as_str() == action);
        rows.map(written).collect::<Vec<_>>()
    };
    assert_eq!(
        of("s3:GetBucketAcl"),
        [json!({
            "action": "s3:GetBucketAcl",
            "region": "eu-west-1",
            "asked": 1,
            "answered": 0,
            "refused": { "access_denied": 1 },
        })]
    );
    assert_eq!(
        of("s3:GetBucketPolicy"),
        [json!({
            "action": "s3:GetBucketPolicy",
            "region": "eu-west-1",
            "asked": 1,
            "answered": 1,
            "refused": {},
        })]
    );
}
