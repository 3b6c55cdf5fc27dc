//! Access points of a region, and Multi-Region Access Points.

use awspect_inventory::{Listed, s3::AccessPoint};
use serde_json::{Value, json};

use super::{
    account::usual,
    stub::{Answer, Call, Stub, error, ok, status},
    written,
};

fn points(points: &str, next: &str) -> Answer {
    ok(format!(
        "<ListAccessPointsResult><AccessPointList>{points}</AccessPointList>{next}\
         </ListAccessPointsResult>"
    ))
}

fn point(name: &str) -> String {
    format!(
        "<AccessPoint><Name>{name}</Name><Bucket>data</Bucket>\
         <AccessPointArn>arn:aws:s3:eu-west-1:111122223333:accesspoint/{name}</AccessPointArn>\
         </AccessPoint>"
    )
}

/// An account whose access points in eu-west-1 are listed so.
fn listing(list: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    Stub::new(move |call| match call.name() {
        "ListAccessPoints" if call.region == "eu-west-1" => list(call),
        _ => usual(call),
    })
}

/// An account whose second page of access points is this.
fn paged(second: Answer) -> Stub {
    let first = points(&point("one"), "<NextToken>more</NextToken>");
    listing(
        move |call| {
            if call.request.contains("nextToken=more") { second.clone() } else { first.clone() }
        },
    )
}

fn names(listed: &Listed<AccessPoint>) -> Vec<&str> {
    listed.found.iter().map(|point| point.name.as_str()).collect()
}

#[tokio::test]
async fn an_access_point_is_read_as_aws_describes_it() {
    let stub = Stub::new(usual);
    assert_eq!(
        written(stub.collect().await.s3.access_points.found),
        json!([{
            "arn": "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap",
            "name": "ap",
            "region": "eu-west-1",
            "bucket": "data",
            "bucket_account": "111122223333",
            "vpc": null,
            "public_access_block": { "set": {
                "block_public_acls": false,
                "ignore_public_acls": false,
                "block_public_policy": true,
                "restrict_public_buckets": false,
            } },
            "policy": { "set": "{}" },
            "policy_status": { "set": { "is_public": true } },
        }])
    );
    let call = stub.calls("s3control:GetAccessPoint").remove(0);
    assert_eq!(call.host, "111122223333.s3-control.eu-west-1.amazonaws.com");
}

#[tokio::test]
async fn all_pages_of_access_points_are_listed() {
    let stub = paged(points(&point("two"), ""));
    assert_eq!(names(&stub.collect().await.s3.access_points), ["one", "two"]);
}

#[tokio::test]
async fn a_refused_page_is_a_gap_of_its_region_beside_what_was_listed() {
    let stub = paged(error(403, "AccessDenied"));
    let listed = stub.collect().await.s3.access_points;
    assert_eq!(names(&listed), ["one"]);
    let gap = written(&listed.gaps);
    assert_eq!(gap[0]["arn"], "arn:aws:s3:eu-west-1:111122223333:accesspoint/*");
    assert_eq!(gap[0]["region"], "eu-west-1");
    assert_eq!(gap[0]["unknown"]["action"], "s3:ListAccessPoints");
}

#[tokio::test]
async fn an_access_point_that_cannot_be_read_loses_no_other() {
    let all = format!("{}{}", point("shut"), point("open"));
    let stub = Stub::new(move |call| match call.name() {
        "ListAccessPoints" if call.region == "eu-west-1" => points(&all, ""),
        _ if call.request.contains("/accesspoint/shut") => error(403, "AccessDenied"),
        _ => usual(call),
    });
    let listed = stub.collect().await.s3.access_points;
    assert_eq!(names(&listed), ["shut", "open"]);
    let shut = written(&listed.found[0]);
    for field in ["public_access_block", "policy", "policy_status"] {
        assert_eq!(shut[field]["unknown"]["reason"], "access_denied");
    }
    assert!(listed.found[1].policy.set().is_some());
}

#[tokio::test]
async fn an_access_point_deleted_between_listing_and_reading_drops_out_and_is_counted() {
    let all = format!("{}{}", point("gone"), point("here"));
    let stub = Stub::new(move |call| match call.name() {
        "ListAccessPoints" if call.region == "eu-west-1" => points(&all, ""),
        _ if call.request.contains("/accesspoint/gone") => error(404, "NoSuchAccessPoint"),
        "GetAccessPointPolicy" => error(404, "NoSuchAccessPoint"),
        _ => usual(call),
    });
    let listed = stub.collect().await.s3.access_points;
    assert_eq!((names(&listed), listed.gone), (vec!["here"], 1));
}

#[tokio::test]
async fn an_access_point_is_known_by_what_there_is_of_its_names() {
    let stub = listing(|_| {
        points(
            "<AccessPoint><Name>bare</Name></AccessPoint>\
             <AccessPoint><Name>odd</Name><AccessPointArn>odd</AccessPointArn></AccessPoint>\
             <AccessPoint/>",
            "",
        )
    });
    let listed = stub.collect().await.s3.access_points;
    let arns: Vec<_> = listed.found.iter().map(|point| point.arn.as_str()).collect();
    assert_eq!(
        arns,
        [
            "arn:aws:s3:eu-west-1:111122223333:accesspoint/bare",
            "arn:aws:s3:eu-west-1:111122223333:accesspoint/odd",
        ]
    );
    let gaps: Vec<_> = listed.gaps.iter().map(|gap| gap.unknown.reason.as_str()).collect();
    assert_eq!(gaps, ["malformed"]);
}

#[tokio::test]
async fn a_vpc_is_one_only_where_it_has_a_name() {
    for (vpc, read) in [
        ("<VpcConfiguration><VpcId>vpc-1</VpcId></VpcConfiguration>", json!("vpc-1")),
        ("<VpcConfiguration><VpcId></VpcId></VpcConfiguration>", Value::Null),
        ("<VpcConfiguration/>", Value::Null),
        ("", Value::Null),
    ] {
        let one = point("ap").replace("</AccessPoint>", &format!("{vpc}</AccessPoint>"));
        let stub = listing(move |_| points(&one, ""));
        assert_eq!(written(&stub.collect().await.s3.access_points.found[0].vpc), read);
    }
}

#[tokio::test]
async fn multi_region_access_points_are_asked_for_at_their_home_alone() {
    let stub = Stub::new(usual).regions(["eu-west-1"]);
    assert_eq!(
        written(stub.collect().await.s3.multi_region_access_points),
        json!({ "found": [{
            "arn": "arn:aws:s3::111122223333:accesspoint/m.mrap",
            "name": "everywhere",
            "status": "READY",
            "buckets": { "data": "eu-west-1" },
            "public_access_block": { "set": {
                "block_public_acls": true,
                "ignore_public_acls": false,
                "block_public_policy": false,
                "restrict_public_buckets": false,
            } },
        }], "gaps": [], "gone": 0 })
    );
    let calls = stub.calls("s3control:ListMultiRegionAccessPoints");
    let regions: Vec<_> = calls.iter().map(|call| call.region.as_str()).collect();
    assert_eq!(regions, ["us-west-2"]);
}

#[tokio::test]
async fn multi_region_access_points_that_cannot_be_listed_are_a_gap() {
    for (answer, reason) in [(status(403), "access_denied"), (ok("<Wrong/>"), "malformed")] {
        let stub = Stub::new(move |call| match call.name() {
            "ListMultiRegionAccessPoints" => answer.clone(),
            _ => usual(call),
        });
        let listed = stub.collect().await.s3.multi_region_access_points;
        let gaps: Vec<_> = listed.gaps.iter().map(|gap| gap.unknown.reason.as_str()).collect();
        assert_eq!((listed.found.len(), gaps), (0, vec![reason]));
    }
}

#[tokio::test]
async fn a_multi_region_access_point_without_a_block_is_unknown_and_without_a_name_a_gap() {
    let stub = Stub::new(|call| match call.name() {
        "ListMultiRegionAccessPoints" => {
            ok("<ListMultiRegionAccessPointsResult><AccessPoints><AccessPoint><Name>n</Name>\
             <Regions><Region/><Region><Bucket>data</Bucket></Region></Regions></AccessPoint>\
             <AccessPoint/></AccessPoints></ListMultiRegionAccessPointsResult>")
        }
        _ => usual(call),
    });
    let listed = written(stub.collect().await.s3.multi_region_access_points);
    let point = &listed["found"][0];
    assert_eq!(point["public_access_block"]["unknown"]["reason"], "malformed");
    assert_eq!((&point["status"], &point["buckets"]), (&Value::Null, &json!({ "data": null })));
    assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed");
}
