//! What CloudWatch Logs delivers.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::{error, ok};

const HOME: &str = "us-east-1";

#[tokio::test]
async fn what_is_delivered_is_asked_where_cloudfront_lives() {
    let stub = Stub::new(account).regions(["eu-west-1"]);
    let inventory = stub.collect().await;
    for operation in [SOURCES, DELIVERIES] {
        let calls = stub.calls(operation);
        assert_eq!(calls.iter().map(|call| call.region.as_str()).collect::<Vec<_>>(), [HOME]);
    }
    let cloudfront = inventory.cloudfront;
    let deliveries = cloudfront.deliveries_of(&cloudfront.distributions.found[0]).unwrap();
    assert_eq!(
        written(deliveries),
        json!([{
            "source": "shop",
            "destination": "arn:aws:logs:us-east-1:111122223333:delivery-destination:logs",
            "destination_type": "S3",
        }])
    );
}

#[tokio::test]
async fn sources_of_other_services_and_other_logs_are_no_access_logs() {
    let stub = with(
        SOURCES,
        ok(json!({ "deliverySources": [
            { "name": "other", "service": "bedrock" },
            {
                "name": "shop",
                "resourceArns": [arn(ID)],
                "service": "cloudfront",
                "logType": "CONNECTION_LOGS",
            },
        ] })
        .to_string()),
    );
    let cloudfront = stub.collect().await.cloudfront;
    assert_eq!(cloudfront.deliveries_of(&cloudfront.distributions.found[0]), Ok(vec![]));
}

#[tokio::test]
async fn no_delivery_is_asked_for_without_a_source() {
    let stub = with(SOURCES, ok(r#"{"deliverySources":[]}"#));
    assert_eq!(at(&stub, "/deliveries").await, json!({ "set": [] }));
    assert_eq!(stub.calls(DELIVERIES).len(), 0);
}

#[tokio::test]
async fn where_deliveries_are_refused_only_those_with_a_source_are_unknown() {
    let stub = but(|call| match call.operation.as_str() {
        LIST => Some(distributions(&[&summary(ID, ""), &summary("E2", "")], None)),
        DELIVERIES => Some(error(400, "AccessDeniedException")),
        _ => None,
    });
    let cloudfront = stub.collect().await.cloudfront;
    let [first, second] = [0, 1].map(|index| &cloudfront.distributions.found[index]);
    let unknown = cloudfront.deliveries_of(first).unwrap_err();
    assert_eq!(unknown.action.as_str(), "logs:DescribeDeliveries");
    assert_eq!(cloudfront.deliveries_of(second), Ok(vec![]));
}

#[tokio::test]
async fn all_pages_are_read() {
    let stub = but(|call| match (call.operation.as_str(), call.member("nextToken").as_str()) {
        (SOURCES, "") => Some(ok(r#"{"deliverySources":[],"nextToken":"2"}"#)),
        _ => None,
    });
    assert_eq!(at(&stub, "/delivery_sources/set/0/name").await, "shop");
    assert_eq!(stub.calls(SOURCES).len(), 2);
}
