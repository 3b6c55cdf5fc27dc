//! Answers that lack what they must have.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::ok;

#[tokio::test]
async fn a_distribution_that_lacks_something_is_a_gap_beside_the_others() {
    for (what, instead, lacks) in [
        ("<Id>E1</Id>", "", "Id"),
        (format!("<ARN>{}</ARN>", arn("E1")).as_str(), "<ARN>shop</ARN>", "ARN"),
        ("<Quantity>3</Quantity>", "<Quantity>4</Quantity>", "Origins"),
        ("Origins>", "Nothing>", "Origins"),
        ("DefaultCacheBehavior>", "Nothing>", "TargetOriginId"),
        ("<CacheBehaviors><Quantity>1<", "<CacheBehaviors><Quantity>2<", "CacheBehaviors"),
        ("<HTTPPort>80</HTTPPort>", "", "HTTPPort"),
        ("<HTTPSPort>443<", "<HTTPSPort>-1<", "HTTPSPort"),
        ("<HeaderName>X-From</HeaderName>", "", "HeaderName"),
        ("<ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>", "", "ViewerProtocolPolicy"),
    ] {
        let broken = summary("E1", "").replace(what, instead);
        let stub = with(LIST, distributions(&[&broken, &summary("E2", "")], None));
        let listed = at(&stub, "/distributions").await;
        assert_eq!(ids(&listed), ["E2"], "{lacks}");
        assert_eq!(
            listed["gaps"][0]["unknown"],
            json!({
                "action": "cloudfront:ListDistributions",
                "reason": "malformed",
                "message": format!("the answer has no usable `{lacks}`"),
            })
        );
    }
}

#[tokio::test]
async fn what_a_template_of_tenants_may_lack_is_nothing() {
    for (what, field) in
        [("ViewerCertificate>", "viewer_certificate"), ("Restrictions>", "geo_restriction")]
    {
        let summary = summary(ID, "").replace(what, "Nothing>");
        let stub = with(LIST, distributions(&[&summary], None));
        let path = format!("/distributions/found/0/{field}");
        assert_eq!(at(&stub, &path).await, json!(null));
    }
}

#[tokio::test]
async fn a_page_that_does_not_say_where_the_next_one_is_is_a_gap() {
    let list = "<DistributionList><IsTruncated>true</IsTruncated></DistributionList>";
    let listed = at(&with(LIST, ok(list)), "/distributions").await;
    assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed");
}

#[tokio::test]
async fn what_is_no_answer_of_cloudfronts_is_malformed() {
    for (operation, path) in [
        (LIST, "/distributions/gaps/0"),
        (CONTROLS, "/origin_access_controls/gaps/0"),
        (IDENTITIES, "/origin_access_identities/gaps/0"),
        (HEADERS, "/response_headers_policies/gaps/0"),
        (CONFIG, "/distributions/found/0/config"),
        (TAGS, "/distributions/found/0/tags"),
        (SOURCES, "/delivery_sources"),
        (DELIVERIES, "/deliveries"),
    ] {
        for body in ["<html></html>", "<DistributionList>", ""] {
            // The SDK makes up tags where there is no body.
            if (operation, body) == (TAGS, "") {
                continue;
            }
            let fact = at(&with(operation, ok(body)), path).await;
            assert_eq!(fact["unknown"]["reason"], "malformed", "{operation} {body}");
        }
    }
}
