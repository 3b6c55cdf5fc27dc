//! Pages, regions, and what one stack's trouble costs.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::error;

#[tokio::test]
async fn all_pages_are_read() {
    let stub = but(|call| match (call.operation.as_str(), call.parameter("NextToken")) {
        (STACKS, "") if call.region == "eu-west-1" => {
            Some(page(&[stack("a", PROTECTED), stack("b", PROTECTED)], Some("more")))
        }
        (STACKS, "more") => Some(page(&[stack("c", PROTECTED)], None)),
        _ => None,
    });
    let stacks = stacks(&stub).await;
    assert_eq!((names(&stacks), &stacks["gaps"]), (vec!["a", "b", "c"], &json!([])));
}

#[tokio::test]
async fn a_page_that_fails_keeps_what_came_before_it() {
    let stub = but(|call| match (call.operation.as_str(), call.parameter("NextToken")) {
        (STACKS, "") if call.region == "eu-west-1" => {
            Some(page(&[stack("a", PROTECTED)], Some("more")))
        }
        (STACKS, "more") => Some(error(400, "Throttling")),
        _ => None,
    });
    let stacks = stacks(&stub).await;
    assert_eq!(names(&stacks), ["a"]);
    let gap = &stacks["gaps"][0];
    assert_eq!(gap["arn"], "arn:aws:cloudformation:eu-west-1:111122223333:stack/*");
    assert_eq!(gap["unknown"]["action"], "cloudformation:DescribeStacks");
    assert_eq!(gap["unknown"]["reason"], "throttled");
}

#[tokio::test]
async fn one_regions_refusal_costs_that_region_alone() {
    let stub = but(|call| {
        let refused = call.operation == STACKS && call.region == "us-east-1";
        refused.then(|| error(403, "AccessDenied"))
    });
    let stacks = stacks(&stub).await;
    assert_eq!(names(&stacks), ["shop"]);
    let gaps = stacks["gaps"].as_array().unwrap();
    assert_eq!((gaps.len(), &gaps[0]["region"]), (1, &json!("us-east-1")));
    assert_eq!(gaps[0]["unknown"]["reason"], "access_denied");
}

#[tokio::test]
async fn a_stack_that_cannot_be_read_further_leaves_the_others() {
    let stub = but(|call| match call.operation.as_str() {
        STACKS if call.region == "eu-west-1" => {
            Some(page(&[stack("a", PROTECTED), stack("b", PROTECTED)], None))
        }
        TEMPLATE | POLICY if of(call).contains("%2Fa%2F") => Some(error(403, "AccessDenied")),
        _ => None,
    });
    let stacks = stacks(&stub).await;
    assert_eq!(names(&stacks), ["a", "b"]);
    let [first, second] = [0, 1].map(|index| &stacks["found"][index]);
    for (fact, action) in
        [("template", "cloudformation:GetTemplate"), ("policy", "cloudformation:GetStackPolicy")]
    {
        assert_eq!(first[fact]["unknown"]["action"], action);
        assert!(second[fact].get("set").is_some());
    }
}
