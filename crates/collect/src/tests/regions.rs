//! Which regions are looked at.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    account::{buckets, caller, usual},
    ec2::response,
    stub::{Answer, Call, Stub, error, ok},
    written,
};

/// An account with these regions, each with its status.
fn enabled(regions: &'static [(&'static str, &'static str)]) -> Stub {
    Stub::new(move |call| match call.operation.as_str() {
        "ec2:DescribeRegions" => listed(call, regions),
        _ => usual(call),
    })
}

fn listed(call: &Call, regions: &[(&str, &str)]) -> Answer {
    let items = regions.iter().map(|(name, status)| {
        let status = match *status {
            "" => String::new(),
            status => format!("<optInStatus>{status}</optInStatus>"),
        };
        format!("<item><regionName>{name}</regionName>{status}</item>")
    });
    response(call, &format!("<regionInfo>{}</regionInfo>", items.collect::<String>()))
}

/// The regions in which an operation was asked for.
fn asked(stub: &Stub, operation: &str) -> Vec<String> {
    let regions: BTreeSet<_> = stub.calls(operation).into_iter().map(|call| call.region).collect();
    regions.into_iter().collect()
}

#[tokio::test]
async fn every_regional_service_is_asked_in_the_regions_that_are_enabled() {
    let stub = enabled(&[
        ("eu-west-1", "opt-in-not-required"),
        ("me-south-1", "opted-in"),
        ("af-south-1", "not-opted-in"),
        ("xx-new-9", ""),
    ]);
    let regions = ["eu-west-1", "me-south-1", "xx-new-9"];
    assert_eq!(written(stub.collect().await.regions), json!(regions));
    for operation in [
        "ec2:DescribeVpcs",
        "lambda:ListFunctions",
        "s3control:ListAccessPoints",
        "dynamodb:ListTables",
        "backup:ListBackupVaults",
        "cloudformation:DescribeStacks",
        "accessanalyzer:ListAnalyzers",
    ] {
        assert_eq!(asked(&stub, operation), regions, "{operation}");
    }
    let calls = stub.calls("ec2:DescribeRegions");
    assert_eq!((calls.len(), calls[0].parameter("AllRegions")), (1, "false"));
}

#[tokio::test]
async fn regions_of_other_partitions_are_no_regions_of_the_account() {
    const REGIONS: &[(&str, &str)] = &[
        ("eu-west-1", "opted-in"),
        ("cn-north-1", "opted-in"),
        ("us-gov-west-1", "opted-in"),
        ("us-isob-east-1", "opted-in"),
    ];
    for (partition, region) in
        [("aws", "eu-west-1"), ("aws-cn", "cn-north-1"), ("aws-iso-b", "us-isob-east-1")]
    {
        let stub = Stub::new(move |call| match call.operation.as_str() {
            "sts:GetCallerIdentity" => {
                caller(&format!("arn:{partition}:iam::111122223333:user/u"), "111122223333")
            }
            "ec2:DescribeRegions" => listed(call, REGIONS),
            _ => usual(call),
        });
        assert_eq!(written(stub.collect().await.regions), json!([region]));
    }
}

#[tokio::test]
async fn regions_that_were_given_are_not_looked_up() {
    let stub = Stub::new(usual).regions(["eu-north-1"]);
    assert_eq!(written(stub.collect().await.regions), json!(["eu-north-1"]));
    assert_eq!(stub.calls("ec2:DescribeRegions").len(), 0);
}

#[tokio::test]
async fn nobody_looks_up_regions_for_what_has_none() {
    let stub = Stub::new(usual).only(["s3:GetBucketAcl", "iam:GetAccountSummary"]);
    let inventory = stub.collect().await;
    assert_eq!(written(inventory.regions), json!(["eu-west-1", "us-east-1"]));
    assert_eq!(stub.calls("ec2:DescribeRegions").len(), 0);
    assert_eq!(inventory.s3.access_points.gaps.len(), 2);
    for action in [
        "ec2:DescribeVpcs",
        "lambda:ListFunctions",
        "s3:ListAccessPoints",
        "access-analyzer:ListAnalyzers",
        "kms:DescribeKey",
        "backup:GetBackupSelection",
        "cloudformation:GetTemplate",
    ] {
        let stub = Stub::new(usual).only([action]);
        stub.collect().await;
        assert_eq!(stub.calls("ec2:DescribeRegions").len(), 1, "{action}");
    }
}

/// An account with buckets in two regions, whose regions nobody may list.
fn unlisted(answer: Answer) -> Stub {
    Stub::new(move |call| match call.operation.as_str() {
        "ec2:DescribeRegions" => answer.clone(),
        "s3:ListBuckets" => buckets(&[("a", Some("eu-west-3")), ("b", Some("ap-south-1"))]),
        _ => usual(call),
    })
}

#[tokio::test]
async fn where_regions_cannot_be_listed_those_are_looked_at_that_hold_something() {
    let stub = unlisted(error(403, "UnauthorizedOperation"));
    let regions = ["ap-south-1", "eu-west-3", "us-east-1"];
    assert_eq!(written(stub.collect().await.regions), json!(regions));
    assert_eq!(asked(&stub, "ec2:DescribeVpcs"), regions);
}

#[tokio::test]
async fn every_regional_kind_says_that_there_may_be_more_elsewhere() {
    let stub = unlisted(error(403, "UnauthorizedOperation"));
    let inventory = written(stub.collect().await);
    let mut lists: Vec<_> = inventory["ec2"].as_object().unwrap().values().collect();
    lists.extend([
        &inventory["s3"]["access_points"],
        &inventory["access_analyzer"]["regions"],
        &inventory["lambda"]["functions"],
        &inventory["cloudformation"]["stacks"],
    ]);
    for service in ["backup", "dynamodb"] {
        lists.extend(inventory[service].as_object().unwrap().values());
    }
    assert_eq!(lists.len(), 32);
    for list in lists {
        let gaps = list["gaps"].as_array().unwrap();
        let [gap] = gaps.as_slice() else { panic!("{gaps:?}") };
        assert_eq!(gap["region"], json!(null));
        assert!(gap["arn"].as_str().unwrap().contains(":*:111122223333:"), "{gap}");
        let why = &gap["unknown"];
        assert_eq!(
            (&why["action"], &why["reason"]),
            (&json!("ec2:DescribeRegions"), &json!("access_denied"))
        );
    }
}

#[tokio::test]
async fn what_was_looked_at_is_known_even_so() {
    let inventory = unlisted(error(403, "UnauthorizedOperation")).collect().await;
    let gap = &inventory.ec2.vpcs.gaps[0];
    for region in &inventory.regions {
        assert!(!gap.covers(region));
    }
}

#[tokio::test]
async fn an_answer_that_names_no_region_of_the_account_is_no_answer() {
    for body in [
        "",
        "<regionInfo/>",
        "<regionInfo><item/></regionInfo>",
        "<regionInfo><item><regionName>EU West</regionName></item></regionInfo>",
        "<regionInfo><item><regionName>cn-north-1</regionName></item></regionInfo>",
    ] {
        let text = format!("<DescribeRegionsResponse>{body}</DescribeRegionsResponse>");
        let inventory = unlisted(ok(text)).collect().await;
        assert_eq!(inventory.regions.len(), 3);
        assert_eq!(written(&inventory.ec2.vpcs.gaps)[0]["unknown"]["reason"], "malformed");
    }
}
