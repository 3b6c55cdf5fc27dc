//! That every kind is listed, page after page, and loses no more than what cannot be read.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use serde_json::{Value, json};

use super::{
    answering, ec2,
    kinds::{KINDS, Kind},
    response,
};
use crate::tests::stub::{Answer, Call, Stub, error};

/// An account that gives two pages of a kind, the second of them this.
fn paged(kind: Kind, second: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    answering(move |call| {
        (call.name() == kind.operation).then(|| match call.parameter("NextToken") {
            "" => response(call, &kind.body(&kind.item("one"), "more")),
            "more" => second(call),
            other => unimplemented!("{other}"),
        })
    })
}

fn ids(ec2: &Value, kind: Kind) -> Vec<&str> {
    let found = ec2[kind.list]["found"].as_array().unwrap();
    found.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

fn with_pages() -> impl Iterator<Item = Kind> {
    KINDS.iter().copied().filter(|kind| !kind.page.is_empty())
}

#[tokio::test]
async fn all_pages_of_every_kind_are_listed_and_none_is_smaller_than_it_may_be() {
    for kind in with_pages() {
        let stub = paged(kind, move |call| response(call, &kind.body(&kind.item("two"), "")));
        let ec2 = ec2(&stub).await;
        assert_eq!(ids(&ec2, kind), ["one", "two"], "{kind:?}");
        assert_eq!(ec2[kind.list]["gaps"], json!([]), "{kind:?}");
        let calls = stub.calls(&format!("ec2:{}", kind.operation));
        let sizes: Vec<_> = calls.iter().map(|call| call.parameter("MaxResults")).collect();
        assert_eq!(sizes, [kind.page, kind.page], "{kind:?}");
    }
}

#[tokio::test]
async fn a_refused_page_is_a_gap_of_its_region_beside_what_was_listed() {
    for kind in with_pages() {
        let stub = paged(kind, |_| error(403, "UnauthorizedOperation"));
        let ec2 = ec2(&stub).await;
        assert_eq!(ids(&ec2, kind), ["one"], "{kind:?}");
        let gaps = &ec2[kind.list]["gaps"];
        let arn = format!("arn:aws:ec2:eu-west-1:111122223333:{}*", kind.arn);
        assert_eq!((&gaps[0]["arn"], &gaps[0]["region"]), (&json!(arn), &json!("eu-west-1")));
        let unknown = &gaps[0]["unknown"];
        assert_eq!(unknown["action"], format!("ec2:{}", kind.operation));
        assert_eq!(unknown["reason"], "access_denied");
        assert_eq!(unknown["code"], "UnauthorizedOperation");
    }
}

#[tokio::test]
async fn an_item_that_cannot_be_read_loses_no_other() {
    for &kind in KINDS {
        let stub = answering(move |call| {
            let items = format!("{}{}{}", kind.item("a"), kind.item(""), kind.item("b"));
            (call.name() == kind.operation).then(|| response(call, &kind.body(&items, "")))
        });
        let ec2 = ec2(&stub).await;
        assert_eq!(ids(&ec2, kind), ["a", "b"], "{kind:?}");
        let gaps = ec2[kind.list]["gaps"].as_array().unwrap();
        let reasons: Vec<_> = gaps.iter().map(|gap| &gap["unknown"]["reason"]).collect();
        assert_eq!(reasons, ["malformed"], "{kind:?}");
    }
}

#[tokio::test]
async fn an_answer_without_its_list_is_no_empty_list() {
    for &kind in KINDS {
        let stub = answering(move |call| {
            (call.name() == kind.operation).then(|| response(call, "<requestId>r</requestId>"))
        });
        let ec2 = ec2(&stub).await;
        let why = &ec2[kind.list]["gaps"][0]["unknown"];
        assert_eq!(why["reason"], "malformed", "{kind:?}");
        assert!(why["message"].as_str().unwrap().contains(kind.set), "{kind:?}");
    }
}

#[tokio::test]
async fn every_arn_names_the_region_and_the_account() {
    for &kind in KINDS {
        let stub = answering(move |call| {
            let body = kind.body(&kind.item("x-1"), "");
            (call.name() == kind.operation).then(|| response(call, &body))
        });
        let arn = format!("arn:aws:ec2:eu-west-1:111122223333:{}x-1", kind.arn);
        assert_eq!(ec2(&stub).await[kind.list]["found"][0]["arn"], arn);
    }
}

#[tokio::test]
async fn each_region_is_asked_for_itself_and_tells_its_own() {
    let stub = answering(|_| None).regions(["eu-west-1", "us-east-1"]).instead(|call| {
        let name = format!("vpc-{}", call.region);
        (call.operation == "ec2:DescribeVpcs").then(|| {
            let item = format!("<item><vpcId>{name}</vpcId><isDefault>true</isDefault></item>");
            response(call, &format!("<vpcSet>{item}</vpcSet>"))
        })
    });
    let vpcs = ec2(&stub).await["vpcs"]["found"].take();
    let places: Vec<_> =
        vpcs.as_array().unwrap().iter().map(|it| (&it["region"], &it["id"])).collect();
    assert_eq!(
        places,
        [
            (&json!("eu-west-1"), &json!("vpc-eu-west-1")),
            (&json!("us-east-1"), &json!("vpc-us-east-1")),
        ]
    );
    let hosts: Vec<_> =
        stub.calls("ec2:DescribeVpcs").into_iter().map(|call| (call.host, call.region)).collect();
    let host = |region: &str| (format!("ec2.{region}.amazonaws.com"), region.to_owned());
    assert_eq!(hosts, [host("eu-west-1"), host("us-east-1")]);
}

#[tokio::test]
async fn a_call_that_is_throttled_is_made_again() {
    let turn = AtomicUsize::new(0);
    let stub = answering(move |call| {
        let is_meant = call.name() == "DescribeSubnets";
        let is_early = || turn.fetch_add(1, Ordering::Relaxed) < 2;
        (is_meant && is_early()).then(|| error(503, "RequestLimitExceeded"))
    })
    .retries(Duration::from_millis(1));
    assert_eq!(ec2(&stub).await["subnets"]["gaps"], json!([]));
    assert_eq!(stub.calls("ec2:DescribeSubnets").len(), 3);
}
