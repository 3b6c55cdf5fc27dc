//! Where a bucket is, and that it is asked there.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    account::{buckets, caller, usual},
    facts::BUCKET,
    stub::{Answer, Stub, error, ok, status},
    written,
};

/// An account whose one bucket is listed without its region.
fn unplaced(location: Answer, head: Answer) -> Stub {
    Stub::new(move |call| match call.operation.as_str() {
        "s3:ListBuckets" => buckets(&[("data", None)]),
        "s3:GetBucketLocation" => location.clone(),
        "s3:HeadBucket" => head.clone(),
        _ => usual(call),
    })
}

fn constraint(text: &str) -> Answer {
    ok(format!("<LocationConstraint>{text}</LocationConstraint>"))
}

#[tokio::test]
async fn a_region_in_the_listing_is_not_asked_for_again() {
    let stub = Stub::new(usual);
    assert_eq!(written(&stub.collect().await.s3.buckets.found[0].location)["set"], "eu-west-1");
    assert_eq!(stub.calls("s3:GetBucketLocation").len() + stub.calls("s3:HeadBucket").len(), 0);
}

#[tokio::test]
async fn a_location_is_read_as_s3_words_it() {
    for (text, region) in [
        ("", "us-east-1"),
        ("EU", "eu-west-1"),
        ("eu-west-2", "eu-west-2"),
        ("xx-new-9", "xx-new-9"),
    ] {
        let stub = unplaced(constraint(text), status(500));
        let location = written(&stub.collect().await.s3.buckets.found[0].location);
        assert_eq!((location, stub.calls("s3:HeadBucket").len()), (json!({ "set": region }), 0));
    }
}

#[tokio::test]
async fn a_bucket_that_does_not_tell_its_region_is_found_by_the_header_of_any_answer() {
    for refused in [error(403, "AccessDenied"), ok("<Wrong/>"), constraint("EAST")] {
        for head in [200, 301, 400, 403] {
            let head = status(head).with("x-amz-bucket-region", "eu-south-1");
            let bucket = unplaced(refused.clone(), head).collect().await.s3.buckets.found.remove(0);
            assert_eq!(written(bucket.location), json!({ "set": "eu-south-1" }));
            assert!(bucket.acl.set().is_some());
        }
    }
}

#[tokio::test]
async fn a_bucket_that_nobody_can_place_stays_and_nothing_else_is_known_of_it() {
    for head in [status(403), status(500), status(403).with("x-amz-bucket-region", "EAST")] {
        let stub = unplaced(error(403, "AccessDenied"), head);
        let bucket = written(stub.collect().await.s3.buckets.found.remove(0));
        for field in BUCKET.iter().map(|row| row.field).chain(["location"]) {
            let why = &bucket[field]["unknown"];
            assert_eq!(
                (&why["action"], &why["reason"]),
                (&json!("s3:GetBucketLocation"), &json!("access_denied"),)
            );
        }
        assert_eq!(stub.calls("s3:GetBucketAcl").len(), 0);
    }
}

/// An account with a bucket in each of three regions, and one that nobody can place.
fn spread() -> Stub {
    Stub::new(|call| match call.operation.as_str() {
        "s3:ListBuckets" => buckets(&[
            ("paris", Some("eu-west-3")),
            ("home", Some("us-east-1")),
            ("with.dots", Some("ap-southeast-2")),
            ("lost", None),
        ]),
        "s3:GetBucketLocation" | "s3:HeadBucket" => status(403),
        _ => usual(call),
    })
}

#[tokio::test]
async fn each_bucket_is_asked_in_its_own_region() {
    let stub = spread();
    stub.collect().await;
    let asked: BTreeSet<_> = BUCKET
        .iter()
        .flat_map(|row| stub.calls(row.operation))
        .map(|call| {
            let path = call.request.split('?').next().unwrap().to_owned();
            (call.host, path, call.region)
        })
        .collect();
    let asked: Vec<_> =
        asked.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(
        asked,
        [
            ("home.s3.us-east-1.amazonaws.com", "GET /", "us-east-1"),
            ("paris.s3.eu-west-3.amazonaws.com", "GET /", "eu-west-3"),
            ("s3.ap-southeast-2.amazonaws.com", "GET /with.dots/", "ap-southeast-2"),
        ]
    );
}

#[tokio::test]
async fn only_buckets_that_may_be_in_the_regions_asked_for_are_read() {
    let stub = spread().regions(["eu-west-3", "eu-north-1"]);
    let inventory = stub.collect().await;
    let found = &inventory.s3.buckets.found;
    let names: Vec<_> = found.iter().map(|bucket| bucket.name.as_str()).collect();
    assert_eq!(names, ["paris", "lost"]);
    assert_eq!(written(inventory.regions), json!(["eu-north-1", "eu-west-3"]));
    assert_eq!(stub.calls("s3:ListBuckets")[0].region, "eu-west-3");
    let regions: BTreeSet<_> =
        stub.calls("s3control:ListAccessPoints").into_iter().map(|call| call.region).collect();
    assert_eq!(regions.into_iter().collect::<Vec<_>>(), ["eu-north-1", "eu-west-3"]);
}

#[tokio::test]
async fn an_endpoint_of_the_callers_gets_every_call_with_the_bucket_in_the_path() {
    let stub = Stub::new(usual).endpoint_url("http://localhost:5000");
    let inventory = stub.collect().await;
    assert!(inventory.s3.buckets.found[0].acl.set().is_some());
    let call = stub.calls("s3:GetBucketAcl").remove(0);
    assert_eq!((call.host.as_str(), call.request.as_str()), ("localhost:5000", "GET /data/?acl"));
    assert_eq!(stub.calls("sts:GetCallerIdentity")[0].host, "localhost:5000");
}

#[tokio::test]
async fn the_callers_partition_is_in_every_arn() {
    for (partition, region) in [("aws-cn", "cn-north-1"), ("aws-us-gov", "us-gov-west-1")] {
        let stub = Stub::new(move |call| match call.operation.as_str() {
            "sts:GetCallerIdentity" => {
                let arn = format!("arn:{partition}:sts::111122223333:assumed-role/r/s");
                caller(&arn, "111122223333")
            }
            "s3:ListBuckets" => buckets(&[("data", Some(region))]),
            "s3control:ListAccessPoints" => {
                ok("<ListAccessPointsResult><AccessPointList><AccessPoint><Name>ap</Name>\
                 <Bucket>data</Bucket></AccessPoint></AccessPointList></ListAccessPointsResult>")
            }
            _ => usual(call),
        });
        let inventory = stub.regions([region]).collect().await;
        assert_eq!(
            inventory.account.arn.as_str(),
            format!("arn:{partition}:iam::111122223333:root")
        );
        let s3 = inventory.s3;
        assert_eq!(s3.buckets.found[0].arn.as_str(), format!("arn:{partition}:s3:::data"));
        assert_eq!(
            s3.access_points.found[0].arn.as_str(),
            format!("arn:{partition}:s3:{region}:111122223333:accesspoint/ap")
        );
        assert_eq!(
            written(s3.multi_region_access_points),
            json!({ "found": [], "gaps": [], "gone": 0 })
        );
    }
}

#[tokio::test]
async fn a_refused_listing_names_the_callers_partition_too() {
    let stub = Stub::new(|call| match call.operation.as_str() {
        "sts:GetCallerIdentity" => caller("arn:aws-cn:iam::111122223333:user/u", "111122223333"),
        "s3:ListBuckets" | "s3control:ListAccessPoints" => error(403, "AccessDenied"),
        _ => usual(call),
    });
    let s3 = stub.regions(["cn-north-1"]).collect().await.s3;
    let gaps = s3.buckets.gaps.iter().chain(&s3.access_points.gaps).map(|gap| gap.arn.as_str());
    assert_eq!(
        gaps.collect::<Vec<_>>(),
        ["arn:aws-cn:s3:::*", "arn:aws-cn:s3:cn-north-1:111122223333:accesspoint/*"]
    );
}
