//! Each read refused: what becomes unknown, and by which action.

use super::{account::*, *};
use crate::tests::stub::error;

const FACTS: [(&str, &str, &str); 4] = [
    (CONFIG, "/distributions/found/0/config", "cloudfront:GetDistributionConfig"),
    (TAGS, "/distributions/found/0/tags", "cloudfront:ListTagsForResource"),
    (SOURCES, "/delivery_sources", "logs:DescribeDeliverySources"),
    (DELIVERIES, "/deliveries", "logs:DescribeDeliveries"),
];

const LISTINGS: [(&str, &str, &str); 3] = [
    (CONTROLS, "/origin_access_controls", "cloudfront:ListOriginAccessControls"),
    (IDENTITIES, "/origin_access_identities", "cloudfront:ListCloudFrontOriginAccessIdentities"),
    (HEADERS, "/response_headers_policies", "cloudfront:ListResponseHeadersPolicies"),
];

#[tokio::test]
async fn what_is_refused_is_unknown_by_its_action_and_costs_nothing_else() {
    let whole = cloudfront(&Stub::new(account).regions(["eu-west-1"])).await;
    for (operation, path, action) in FACTS {
        let mut partial = cloudfront(&with(operation, error(403, "AccessDenied"))).await;
        let fact = partial.pointer_mut(path).unwrap();
        assert_eq!(fact["unknown"]["action"], action);
        assert_eq!(fact["unknown"]["reason"], "access_denied");
        *fact = whole.pointer(path).unwrap().clone();
        assert_eq!(partial, whole, "{path}");
    }
    for (operation, path, action) in LISTINGS {
        let mut partial = cloudfront(&with(operation, error(403, "AccessDenied"))).await;
        let listed = partial.pointer_mut(path).unwrap();
        assert_eq!(listed["gaps"][0]["unknown"]["action"], action);
        assert_eq!(listed["gaps"][0]["unknown"]["reason"], "access_denied");
        *listed = whole.pointer(path).unwrap().clone();
        assert_eq!(partial, whole, "{path}");
    }
}

#[tokio::test]
async fn what_is_delivered_is_asked_for_where_nobody_could_list_the_distributions() {
    let stub = with(LIST, error(403, "AccessDenied"));
    let cloudfront = cloudfront(&stub).await;
    assert!(cloudfront["delivery_sources"].get("set").is_some());
    assert_eq!(stub.calls(DELIVERIES).len(), 1);
    let gap = &cloudfront["distributions"]["gaps"][0];
    assert_eq!(gap["arn"], arn("*"));
}
