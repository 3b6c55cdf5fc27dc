//! What goes away between its listing and its reading.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::{error, in_turn};

fn gone() -> Answer {
    error(404, "NoSuchDistribution")
}

#[tokio::test]
async fn a_distribution_that_is_gone_drops_out_and_is_counted() {
    let inventory = with(CONFIG, gone()).collect().await;
    assert_eq!(inventory.gone(), 1);
    let listed = &written(inventory.cloudfront)["distributions"];
    assert_eq!(*listed, json!({ "found": [], "gaps": [], "gone": 1 }));
}

#[tokio::test]
async fn a_distribution_that_is_gone_by_its_tags_is_asked_for_once_more() {
    let stub = with(TAGS, error(404, "NoSuchResource"));
    assert_eq!(at(&stub, "/distributions/gone").await, 0);
    assert_eq!(stub.calls(CONFIG).len(), 2);
    let answers = in_turn([config(""), gone()]);
    let stub = but(move |call| match call.operation.as_str() {
        TAGS => Some(error(404, "NoSuchResource")),
        CONFIG => Some(answers()),
        _ => None,
    });
    assert_eq!(at(&stub, "/distributions/gone").await, 1);
}
