//! Who holds the bucket names that everybody can compute.

use serde_json::{Value, json};

use super::{
    account::{buckets, page, usual},
    stub::{Answer, Call, Stub, error, status},
    unknown, written,
};

const HEAD: &str = "s3:HeadBucket";
const GLUE: &str = "aws-glue-assets-111122223333-eu-west-1";
const TEMPLATES: &str = "cf-templates-0a1b2c3d4e5f-us-east-1";

/// An account in one region, with these buckets, where S3 answers this about others.
fn with(own: Answer, head: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    let answer = move |call: &Call| match call.operation.as_str() {
        "s3:ListBuckets" if call.request.contains("continuation-token") => {
            error(403, "AccessDenied")
        }
        "s3:ListBuckets" => own.clone(),
        HEAD => head(call),
        _ => usual(call),
    };
    Stub::new(answer).regions(["eu-west-1"]).predictable_names()
}

async fn names(stub: &Stub) -> Value {
    written(stub.collect().await.s3.predictable_names)
}

async fn holder(stub: &Stub, name: &str) -> Value {
    let names = names(stub).await;
    let found = names["found"].as_array().unwrap().iter().find(|it| it["name"] == name);
    found.unwrap_or_else(|| panic!("{name}"))["holder"].clone()
}

fn elsewhere(code: u16) -> Answer {
    status(code).with("x-amz-bucket-region", "sa-east-1")
}

#[tokio::test]
async fn a_name_is_told_with_its_pattern_and_asked_for_once() {
    let stub = with(buckets(&[]), |_| status(404));
    let names = names(&stub).await;
    assert_eq!(names["gaps"], json!([]));
    assert_eq!(names["found"].as_array().unwrap().len(), 8);
    assert_eq!(
        names["found"][2],
        json!({
            "arn": format!("arn:aws:s3:::{GLUE}"),
            "name": GLUE,
            "pattern": "aws-glue-assets-ACCOUNT-REGION",
            "holder": "not_set",
        })
    );
    assert_eq!(stub.calls(HEAD).len(), 8);
}

#[tokio::test]
async fn s3_tells_who_holds_a_name_that_is_not_on_the_list() {
    for (head, expected) in [
        (status(404), json!("not_set")),
        (elsewhere(403), json!({ "set": { "somebody_else": "sa-east-1" } })),
        (elsewhere(301), json!({ "set": { "somebody_else": "sa-east-1" } })),
        (status(200), json!({ "set": "own" })),
        (status(403), unknown("s3:ListBucket", "access_denied", "HTTP 403")),
        (status(500), unknown("s3:ListBucket", "failed", "HTTP 500")),
    ] {
        let stub = with(buckets(&[]), move |_| head.clone());
        assert_eq!(holder(&stub, GLUE).await, expected);
    }
}

#[tokio::test]
async fn what_is_on_the_list_is_the_accounts_and_tells_more_names() {
    // A bucket's copies go to `data`, which is asked about unless it is listed.
    let own =
        [("data", Some("eu-west-1")), (GLUE, Some("eu-west-1")), (TEMPLATES, Some("us-east-1"))];
    let stub = with(buckets(&own), |_| status(404));
    assert_eq!(holder(&stub, GLUE).await, json!({ "set": "own" }));
    assert!(stub.calls(HEAD).iter().all(|call| call.bucket() != GLUE));
    assert_eq!(stub.calls(HEAD).len(), 8);
    assert_eq!(holder(&stub, "cf-templates-0a1b2c3d4e5f-eu-west-1").await, "not_set");
}

#[tokio::test]
async fn where_own_buckets_may_be_unlisted_a_refusal_says_nothing() {
    let own = || page(&[("data", Some("eu-west-1"))], Some("more"));
    let stub = with(own(), |_| elsewhere(403));
    let names = names(&stub).await;
    assert_eq!(names["gaps"][0]["arn"], "arn:aws:s3:::cf-templates-*");
    assert_eq!(names["gaps"][0]["unknown"]["action"], "s3:ListAllMyBuckets");
    for name in names["found"].as_array().unwrap() {
        assert_eq!(name["holder"]["unknown"]["action"], "s3:ListAllMyBuckets", "{name}");
    }
    assert_eq!(holder(&with(own(), |_| status(404)), GLUE).await, "not_set");
    // Ours, in another region.
    let there = |call: &Call| if call.region == "sa-east-1" { status(200) } else { elsewhere(301) };
    assert_eq!(holder(&with(own(), there), GLUE).await, json!({ "set": "own" }));
    // One that was listed tells the names of its kind.
    let own = page(&[(TEMPLATES, Some("us-east-1"))], Some("more"));
    let listed = self::names(&with(own, |_| status(404))).await;
    assert_eq!(listed["gaps"], json!([]));
    assert_eq!(listed["found"].as_array().unwrap().len(), 9);
}

#[tokio::test]
async fn without_being_told_nobody_asks_and_nothing_is_taken_for_granted() {
    let stub = Stub::new(usual);
    let names = names(&stub).await;
    assert_eq!(names["found"], json!([]));
    assert_eq!(names["gaps"][0]["unknown"]["reason"], "not_asked");
    assert_eq!(stub.calls(HEAD).len(), 0);
}

#[tokio::test]
async fn where_regions_cannot_be_listed_there_may_be_more_names() {
    let stub = Stub::new(|call| match call.operation.as_str() {
        "ec2:DescribeRegions" => error(403, "UnauthorizedOperation"),
        HEAD => status(404),
        _ => usual(call),
    });
    let names = names(&stub.predictable_names()).await;
    assert_eq!(names["gaps"][0]["unknown"]["action"], "ec2:DescribeRegions");
    // Two regions are known: where the bucket is, and where the scan was asked from.
    assert_eq!(names["found"].as_array().unwrap().len(), 2 * 7 + 1);
}

/// The regions of an account that has enabled no others.
const DEFAULT: [&str; 17] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

#[tokio::test]
async fn an_account_with_the_default_regions_takes_a_hundred_and_twenty_calls() {
    let stub = with(buckets(&[]), |_| status(404)).regions(DEFAULT);
    names(&stub).await;
    assert_eq!(stub.calls(HEAD).len(), 120);
}
