//! The analyzers of each region, and what they found.

use serde_json::{Value, json};

use super::{
    account::usual,
    stub::{Answer, Call, Stub, error, ok},
    written,
};

const LIST: &str = "accessanalyzer:ListAnalyzers";
const FINDINGS: &str = "accessanalyzer:ListFindingsV2";

fn analyzer(region: &str, name: &str, kind: &str, status: &str) -> String {
    let arn = format!("arn:aws:access-analyzer:{region}:111122223333:analyzer/{name}");
    format!(
        r#"{{"arn":"{arn}","name":"{name}","type":"{kind}","status":"{status}",
           "createdAt":"2025-01-01T00:00:00Z"}}"#
    )
}

fn page(list: &str, items: &[String], next: Option<&str>) -> Answer {
    let next = next.map_or_else(String::new, |next| format!(r#","nextToken":"{next}""#));
    ok(format!(r#"{{"{list}":[{}]{next}}}"#, items.join(",")))
}

fn finding(id: &str) -> String {
    format!(
        r#"{{"id":"{id}","resource":"arn:aws:s3:::data","resourceType":"AWS::S3::Bucket",
           "status":"ACTIVE","resourceOwnerAccount":"111122223333",
           "analyzedAt":"2025-01-01T00:00:00Z","createdAt":"2025-01-01T00:00:00Z",
           "updatedAt":"2025-01-01T00:00:00Z"}}"#
    )
}

/// An account with an analyzer of external access in each region.
fn watched(call: &Call) -> Answer {
    match call.operation.as_str() {
        LIST => page("analyzers", &[analyzer(&call.region, "own", "ACCOUNT", "ACTIVE")], None),
        FINDINGS => page("findings", &[finding("f-1")], None),
        _ => usual(call),
    }
}

async fn regions(stub: &Stub) -> Value {
    let regions = written(stub.collect().await.access_analyzer.regions);
    assert_eq!((&regions["gaps"], &regions["gone"]), (&json!([]), &json!(0)));
    regions["found"].clone()
}

fn known(region: &str, findings: &Value) -> Value {
    json!({
        "arn": "arn:aws:iam::111122223333:root",
        "region": region,
        "analyzers": { "set": [{
            "arn": format!("arn:aws:access-analyzer:{region}:111122223333:analyzer/own"),
            "name": "own",
            "region": region,
            "kind": "ACCOUNT",
            "status": "ACTIVE",
            "findings": findings,
        }] },
    })
}

fn found() -> Value {
    json!({ "set": [{
        "id": "f-1",
        "resource": "arn:aws:s3:::data",
        "resource_type": "AWS::S3::Bucket",
    }] })
}

fn denied(action: &str) -> Value {
    json!({ "unknown": {
        "action": action,
        "reason": "access_denied",
        "code": "AccessDeniedException",
        "message": "It says AccessDeniedException.",
    } })
}

#[tokio::test]
async fn each_region_that_is_looked_at_is_asked() {
    let stub = Stub::new(watched);
    let expected = ["eu-west-1", "us-east-1"].map(|region| known(region, &found()));
    assert_eq!(regions(&stub).await, json!(expected));
    let hosts: Vec<_> = stub.calls(LIST).into_iter().map(|call| call.host).collect();
    let host = |region| format!("access-analyzer.{region}.amazonaws.com");
    assert_eq!(hosts, [host("eu-west-1"), host("us-east-1")]);
    let stub = Stub::new(watched).regions(["eu-central-1"]);
    assert_eq!(regions(&stub).await, json!([known("eu-central-1", &found())]));
}

#[tokio::test]
async fn one_regions_refusal_costs_that_region_alone() {
    let stub = Stub::new(|call| match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => error(403, "AccessDeniedException"),
        _ => watched(call),
    });
    let found_regions = regions(&stub).await;
    assert_eq!(found_regions[0]["analyzers"], denied("access-analyzer:ListAnalyzers"));
    assert_eq!(found_regions[1], known("us-east-1", &found()));
    let stub = Stub::new(|call| match call.operation.as_str() {
        FINDINGS if call.region == "eu-west-1" => error(403, "AccessDeniedException"),
        _ => watched(call),
    });
    let found_regions = regions(&stub).await;
    assert_eq!(found_regions[0], known("eu-west-1", &denied("access-analyzer:ListFindings")));
    assert_eq!(found_regions[1], known("us-east-1", &found()));
}

#[tokio::test]
async fn only_active_analyzers_of_external_access_are_asked_for_findings() {
    let stub = Stub::new(|call| match call.operation.as_str() {
        LIST => {
            let kinds = [
                ("a", "ACCOUNT", "ACTIVE"),
                ("b", "ORGANIZATION", "ACTIVE"),
                ("c", "ACCOUNT", "DISABLED"),
                ("d", "ACCOUNT_UNUSED_ACCESS", "ACTIVE"),
                ("e", "BRAND_NEW", "ACTIVE"),
                ("f", "ACCOUNT", "BRAND_NEW"),
            ];
            let analyzers =
                kinds.map(|(name, kind, status)| analyzer("eu-west-1", name, kind, status));
            page("analyzers", &analyzers, None)
        }
        _ => watched(call),
    })
    .regions(["eu-west-1"]);
    let analyzers = regions(&stub).await[0]["analyzers"]["set"].clone();
    let known: Vec<_> = analyzers.as_array().unwrap().iter().map(|it| &it["findings"]).collect();
    let not_asked =
        json!({ "unknown": { "action": "access-analyzer:ListFindings", "reason": "not_asked" } });
    let found = found();
    assert_eq!(known, [&found, &found, &not_asked, &not_asked, &not_asked, &not_asked]);
    assert_eq!(analyzers[4]["kind"], "BRAND_NEW");
}

#[tokio::test]
async fn all_pages_are_read_and_findings_filtered() {
    let stub = Stub::new(|call| match call.operation.as_str() {
        LIST if !call.request.contains("nextToken") => {
            let first = analyzer("eu-west-1", "first", "ACCOUNT_UNUSED_ACCESS", "ACTIVE");
            page("analyzers", &[first], Some("more"))
        }
        FINDINGS if !call.body.contains("nextToken") => {
            page("findings", &[finding("f-1")], Some("more"))
        }
        FINDINGS => page("findings", &[finding("f-2")], None),
        _ => watched(call),
    })
    .regions(["eu-west-1"]);
    let analyzers = regions(&stub).await[0]["analyzers"]["set"].clone();
    assert_eq!((&analyzers[0]["name"], &analyzers[1]["name"]), (&json!("first"), &json!("own")));
    let findings = analyzers[1]["findings"]["set"].as_array().unwrap();
    assert_eq!(findings.len(), 2);
    for call in stub.calls(FINDINGS) {
        assert!(call.body.contains(r#""filter":{"status":{"eq":["ACTIVE"]}}"#), "{}", call.body);
        assert!(call.body.contains("analyzer/own"));
    }
}

#[tokio::test]
async fn what_is_no_answer_is_malformed() {
    for (body, lacks) in [
        (r#"{"analyzers":[{}]}"#.to_owned(), "arn"),
        (
            format!(r#"{{"analyzers":[{}]}}"#, analyzer("eu-west-1", "", "ACCOUNT", "ACTIVE")),
            "name",
        ),
        (format!(r#"{{"analyzers":[{}]}}"#, analyzer("eu-west-1", "a", "", "ACTIVE")), "type"),
        (format!(r#"{{"analyzers":[{}]}}"#, analyzer("eu-west-1", "a", "ACCOUNT", "")), "status"),
    ] {
        let stub = Stub::new(move |call| match call.operation.as_str() {
            LIST => ok(body.clone()),
            _ => usual(call),
        });
        let message = regions(&stub.regions(["eu-west-1"])).await;
        let message = &message[0]["analyzers"]["unknown"]["message"];
        assert_eq!(*message, format!("the answer has no usable `{lacks}`"));
    }
    for body in ["<html>", "{", "[]", r#"{"analyzers":"#] {
        let stub = Stub::new(move |call| match call.operation.as_str() {
            LIST => ok(body),
            _ => usual(call),
        });
        let unknown = regions(&stub.regions(["eu-west-1"])).await;
        assert_eq!(unknown[0]["analyzers"]["unknown"]["reason"], "malformed", "{body}");
    }
}
