//! Pages, and what one failure costs.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::stub::error;

#[tokio::test]
async fn all_pages_of_distributions_are_read() {
    let all: Vec<String> = (0..230).map(|index| format!("E{index}")).collect();
    let listed = all.clone();
    let stub = but(move |call| {
        let (from, to, next) = match call.request.as_str() {
            it if it.contains("Marker=100") => (100, 200, Some("200")),
            it if it.contains("Marker=200") => (200, 230, None),
            _ => (0, 100, Some("100")),
        };
        let page: Vec<String> = listed[from..to].iter().map(|id| summary(id, "")).collect();
        let page: Vec<&str> = page.iter().map(String::as_str).collect();
        (call.operation == LIST).then(|| distributions(&page, next))
    });
    let listed = at(&stub, "/distributions").await;
    assert_eq!(ids(&listed), all);
    assert_eq!(listed["gaps"], json!([]));
    assert_eq!([LIST, CONFIG, TAGS, HEAD].map(|it| stub.calls(it).len()), [3, 230, 230, 1]);
    assert!(stub.calls(LIST).iter().all(|call| call.request.contains("MaxItems=100")));
}

#[tokio::test]
async fn all_pages_of_the_other_kinds_are_read() {
    let stub = but(|call| {
        let is_second = call.request.contains("Marker=2");
        let (first, next) = if is_second { ("B", None) } else { ("A", Some("2")) };
        match call.operation.as_str() {
            CONTROLS => Some(list("OriginAccessControlList", &control(first), next)),
            IDENTITIES => Some(list("CloudFrontOriginAccessIdentityList", &identity(first), next)),
            HEADERS => Some(list("ResponseHeadersPolicyList", &policy(first, "custom", ""), next)),
            _ => None,
        }
    });
    let cloudfront = cloudfront(&stub).await;
    for kind in ["origin_access_controls", "origin_access_identities", "response_headers_policies"]
    {
        assert_eq!(ids(&cloudfront[kind]), ["A", "B"], "{kind}");
        assert_eq!(cloudfront[kind]["gaps"], json!([]));
    }
}

#[tokio::test]
async fn a_page_that_fails_keeps_what_came_before_it() {
    let stub = but(|call| match (call.operation.as_str(), call.request.contains("Marker=2")) {
        (LIST, false) => Some(distributions(&[&summary("E1", "")], Some("2"))),
        (LIST, true) => Some(error(403, "AccessDenied")),
        _ => None,
    });
    let listed = at(&stub, "/distributions").await;
    assert_eq!(ids(&listed), ["E1"]);
    let gap = &listed["gaps"][0];
    assert_eq!(gap["arn"], "arn:aws:cloudfront::111122223333:distribution/*");
    assert_eq!(gap["region"], json!(null));
    assert_eq!(gap["unknown"]["action"], "cloudfront:ListDistributions");
    assert_eq!(gap["unknown"]["reason"], "access_denied");
}

#[tokio::test]
async fn a_page_that_leads_to_itself_ends_the_listing_and_is_a_gap() {
    let stub =
        with(HEADERS, list("ResponseHeadersPolicyList", &policy("A", "custom", ""), Some("2")));
    let listed = at(&stub, "/response_headers_policies").await;
    assert_eq!(ids(&listed), ["A", "A"]);
    assert_eq!(listed["gaps"][0]["unknown"]["reason"], "failed");
    assert_eq!(stub.calls(HEADERS).len(), 2);
}

#[tokio::test]
async fn a_distribution_that_cannot_be_read_leaves_the_others() {
    for operation in [CONFIG, TAGS] {
        let stub = but(move |call| match call.operation.as_str() {
            LIST => Some(distributions(&[&summary("E1", ""), &summary("E2", "")], None)),
            it if it == operation && call.request.contains("E1") => {
                Some(error(403, "AccessDenied"))
            }
            _ => None,
        });
        let listed = at(&stub, "/distributions").await;
        assert_eq!(ids(&listed), ["E1", "E2"]);
        let fact = if operation == CONFIG { "config" } else { "tags" };
        let facts: [&Value; 2] = [0, 1].map(|index| &listed["found"][index][fact]);
        assert_eq!(facts[0]["unknown"]["reason"], "access_denied");
        assert!(facts[1].get("set").is_some());
    }
}
