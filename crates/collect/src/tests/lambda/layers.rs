//! The account's own layers.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::{error, ok};

#[tokio::test]
async fn each_version_has_a_policy_of_its_own() {
    let stub = but(|call| {
        (call.operation == LAYER_POLICY && call.request.contains("/versions/2/"))
            .then(|| policy("everybody"))
    });
    let version = |number: u64, policy| {
        json!({
            "arn": format!("{LAYER}:{number}"),
            "name": format!("tools:{number}"),
            "region": "eu-west-1",
            "policy": policy,
        })
    };
    assert_eq!(
        at(&stub, "/layer_versions").await,
        json!({
            "found": [
                version(2, json!({ "set": r#"{"Statement":[{"Sid":"everybody"}]}"# })),
                version(1, json!("not_set")),
            ],
            "gaps": [],
            "gone": 0,
        })
    );
}

#[tokio::test]
async fn all_pages_of_layers_and_versions_are_read() {
    let stub = but(|call| match (call.operation.as_str(), call.request.contains("Marker=more")) {
        (LAYERS, false) if call.region == "eu-west-1" => Some(layers(&["a", "b"], Some("more"))),
        (LAYERS, true) => Some(layers(&["c"], None)),
        (VERSIONS, false) => Some(versions(&[3, 2], Some("more"))),
        (VERSIONS, true) => Some(versions(&[1], None)),
        _ => None,
    });
    let found = at(&stub, "/layer_versions").await;
    assert_eq!(names(&found), ["a:3", "a:2", "a:1", "b:3", "b:2", "b:1", "c:3", "c:2", "c:1"]);
}

#[tokio::test]
async fn what_cannot_be_read_is_a_gap_or_unknown_there_alone() {
    for (operation, arn) in [
        (LAYERS, "arn:aws:lambda:eu-west-1:111122223333:layer:*".to_owned()),
        (VERSIONS, format!("{LAYER}:*")),
    ] {
        for (answer, reason) in
            [(error(403, "AccessDeniedException"), "access_denied"), (ok("{}"), "malformed")]
        {
            let listed = at(&with(operation, answer), "/layer_versions").await;
            assert_eq!(listed["found"], json!([]));
            assert_eq!(listed["gaps"][0]["arn"], arn);
            assert_eq!(listed["gaps"][0]["unknown"]["reason"], reason);
            assert_eq!(listed["gaps"].as_array().unwrap().len(), 1);
        }
    }
    let stub = with(LAYER_POLICY, error(403, "AccessDeniedException"));
    let listed = at(&stub, "/layer_versions").await;
    assert_eq!(listed["gaps"], json!([]));
    assert_eq!(listed["found"][0]["policy"]["unknown"]["action"], "lambda:GetLayerVersionPolicy");
}

#[tokio::test]
async fn where_the_regions_cannot_be_listed_there_may_be_more() {
    let stub = but(|call| {
        (call.operation == "ec2:DescribeRegions").then(|| error(403, "UnauthorizedOperation"))
    });
    for (kind, pattern) in [("functions", "function"), ("layer_versions", "layer")] {
        let listed = at(&stub, &format!("/{kind}")).await;
        let arn = format!("arn:aws:lambda:*:111122223333:{pattern}:*");
        assert_eq!(
            (&listed["gaps"][0]["arn"], &listed["gaps"][0]["region"]),
            (&json!(arn), &json!(null))
        );
    }
}
