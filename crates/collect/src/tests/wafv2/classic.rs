//! What is left of AWS WAF Classic.

use serde_json::json;

use super::{account::json_answer, *};

#[tokio::test]
async fn what_is_left_is_listed_with_its_region() {
    let stub = but(|call| match (call.operation.as_str(), call.member("NextMarker").as_str()) {
        (CLASSIC | CLASSIC_REGIONAL, "") => Some(json_answer(&json!({
            "WebACLs": [{ "WebACLId": "a", "Name": "old" }],
            "NextMarker": "2",
        }))),
        (CLASSIC | CLASSIC_REGIONAL, _) => Some(json_answer(&json!({
            "WebACLs": [{ "WebACLId": "b", "Name": "older" }],
        }))),
        _ => None,
    });
    let wafv2 = wafv2(&stub).await;
    assert_eq!(ids(&wafv2["classic"]), ["a", "b"]);
    assert_eq!(
        wafv2["classic"]["found"][0],
        json!({ "arn": "arn:aws:waf::111122223333:webacl/a", "id": "a", "name": "old" })
    );
    assert_eq!(
        wafv2["classic_regional"]["found"][1],
        json!({
            "arn": "arn:aws:waf-regional:eu-west-1:111122223333:webacl/b",
            "id": "b",
            "name": "older",
            "region": "eu-west-1",
        })
    );
    assert_eq!(stub.calls(CLASSIC)[0].region, "us-east-1");
}

#[tokio::test]
async fn an_endpoint_that_is_gone_leaves_it_unknown() {
    let stub = but(|call| {
        let is_ours = [CLASSIC, CLASSIC_REGIONAL].contains(&call.operation.as_str());
        is_ours.then_some(Answer::Unreachable)
    });
    let wafv2 = wafv2(&stub).await;
    for (kind, arn) in [
        ("classic", "arn:aws:waf::111122223333:webacl/*"),
        ("classic_regional", "arn:aws:waf-regional:eu-west-1:111122223333:webacl/*"),
    ] {
        let gap = &wafv2[kind]["gaps"][0];
        assert_eq!((&gap["arn"], &gap["unknown"]["reason"]), (&json!(arn), &json!("unreachable")));
    }
}
