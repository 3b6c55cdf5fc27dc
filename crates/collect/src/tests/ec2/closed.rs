//! Regions that refuse everything.

use std::{collections::BTreeSet, time::Duration};

use serde_json::{Value, json};

use super::{account::inhabited, ec2};
use crate::tests::stub::{Answer, Stub, error};

/// Two regions, one of which gives this answer to every call to EC2.
fn half_open(answer: Answer) -> Stub {
    Stub::new(move |call| {
        if call.service() == "ec2" && call.region == "me-south-1" {
            answer.clone()
        } else {
            inhabited(call)
        }
    })
    .regions(["eu-west-1", "me-south-1"])
}

/// Why nothing is known of a region, one reason for each kind.
fn unknowns(ec2: &Value) -> Vec<Value> {
    let kinds = ec2.as_object().unwrap().values();
    kinds
        .map(|listed| {
            let gaps = listed["gaps"].as_array().unwrap();
            assert_eq!(gaps.len(), 1);
            assert_eq!(gaps[0]["region"], "me-south-1");
            gaps[0]["unknown"].clone()
        })
        .collect()
}

#[tokio::test]
async fn a_region_that_is_not_enabled_is_one_unknown_and_asked_no_further() {
    for code in ["AuthFailure", "OptInRequired"] {
        let stub = half_open(error(401, code));
        let ec2 = ec2(&stub).await;
        let why = json!({
            "action": "ec2:DescribeVpcs",
            "reason": "region_disabled",
            "code": code,
            "message": format!("It says {code}."),
        });
        assert_eq!(unknowns(&ec2), vec![why; 20]);
        assert_eq!(ec2["vpcs"]["found"][0]["region"], "eu-west-1");
        for (operation, calls) in [("DescribeVpcs", 1), ("DescribeSubnets", 0)] {
            let asked = stub.calls(&format!("ec2:{operation}"));
            let there = asked.iter().filter(|call| call.region == "me-south-1");
            assert_eq!(there.count(), calls, "{operation}");
        }
    }
}

#[tokio::test]
async fn a_region_that_does_not_answer_is_asked_no_further() {
    for (answer, reason) in [(Answer::Unreachable, "unreachable"), (Answer::Silence, "timeout")] {
        let stub = half_open(answer).limits(32, Duration::from_millis(20));
        let reasons: BTreeSet<_> =
            unknowns(&ec2(&stub).await).iter().map(|why| why["reason"].to_string()).collect();
        assert_eq!(reasons, [format!("{reason:?}")].into());
        let asked = stub.calls("ec2:DescribeSubnets");
        assert!(asked.iter().all(|call| call.region == "eu-west-1"));
    }
}

#[tokio::test]
async fn a_region_where_nothing_is_allowed_is_asked_for_everything_and_one_unknown() {
    let stub = half_open(error(403, "UnauthorizedOperation"));
    let session = stub.open().await.unwrap();
    let inventory = crate::collect(&session, time::OffsetDateTime::UNIX_EPOCH).await;
    let actions: BTreeSet<_> = unknowns(&super::written(inventory.ec2))
        .iter()
        .map(|why| (why["action"].to_string(), why["reason"].to_string()))
        .collect();
    assert_eq!(actions, [("\"ec2:DescribeVpcs\"".into(), "\"access_denied\"".into())].into());
    // What is missing is still told in full.
    let denied = inventory.asked.iter().filter(|row| {
        row.region.as_str() == "me-south-1" && row.action.service() == "ec2" && row.answered == 0
    });
    assert_eq!(denied.count(), 20);
}

#[tokio::test]
async fn what_is_allowed_in_a_region_that_refuses_the_rest_is_not_lost() {
    let stub = Stub::new(|call| match call.name() {
        "DescribeSecurityGroups" => inhabited(call),
        _ if call.service() == "ec2" => error(403, "UnauthorizedOperation"),
        _ => inhabited(call),
    })
    .regions(["eu-west-1"]);
    let ec2 = ec2(&stub).await;
    assert_eq!(ec2["security_groups"]["gaps"], json!([]));
    let why = |list: &str| ec2[list]["gaps"][0]["unknown"]["action"].clone();
    assert_eq!(why("subnets"), "ec2:DescribeSubnets");
    assert_eq!(why("vpcs"), "ec2:DescribeVpcs");
}

#[tokio::test]
async fn two_reasons_stay_two() {
    let stub = Stub::new(|call| match call.name() {
        "DescribeSubnets" => error(503, "RequestLimitExceeded"),
        _ if call.service() == "ec2" => error(403, "UnauthorizedOperation"),
        _ => inhabited(call),
    })
    .regions(["eu-west-1"]);
    let ec2 = ec2(&stub).await;
    assert_eq!(ec2["subnets"]["gaps"][0]["unknown"]["reason"], "throttled");
    assert_eq!(
        ec2["peerings"]["gaps"][0]["unknown"]["action"],
        "ec2:DescribeVpcPeeringConnections"
    );
}
