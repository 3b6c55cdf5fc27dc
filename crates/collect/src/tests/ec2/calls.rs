//! How many calls a region costs.

use std::collections::BTreeMap;

use super::{account::inhabited, ec2, response, usual};
use crate::tests::{
    account,
    stub::{Call, Stub, error},
};

/// The calls to EC2 by operation.
async fn calls(stub: &Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    crate::collect(&session, time::OffsetDateTime::UNIX_EPOCH).await;
    let all = session.calls().into_iter();
    all.filter_map(|(name, count)| Some((name.strip_prefix("ec2:")?.to_owned(), count))).collect()
}

fn once<const N: usize>(names: [&str; N]) -> BTreeMap<String, u64> {
    names.map(|name| (name.to_owned(), 1)).into()
}

#[tokio::test]
async fn an_empty_region_costs_what_may_be_in_any() {
    let stub = Stub::new(account::usual).regions(["eu-west-1"]);
    assert_eq!(
        calls(&stub).await,
        once([
            "DescribeAddresses",
            "DescribeLaunchTemplates",
            "DescribeNetworkInterfaces",
            "DescribeVpcBlockPublicAccessExclusions",
            "DescribeVpcBlockPublicAccessOptions",
            "DescribeVpcs",
            "GetInstanceMetadataDefaults",
        ])
    );
}

#[tokio::test]
async fn nothing_is_unknown_of_an_empty_region() {
    let ec2 = ec2(&Stub::new(account::usual).regions(["eu-west-1"])).await;
    for (kind, listed) in ec2.as_object().unwrap() {
        assert_eq!(listed["gaps"].as_array().unwrap().len(), 0, "{kind}");
    }
}

#[tokio::test]
async fn a_region_where_nothing_has_an_interface_is_not_asked_for_machines() {
    let stub = Stub::new(|call| match call.name() {
        "DescribeNetworkInterfaces" => usual(call),
        _ => inhabited(call),
    })
    .regions(["eu-west-1"]);
    let calls = calls(&stub).await;
    assert_eq!(calls.len(), 17);
    for name in [
        "DescribeInstances",
        "DescribeInstanceConnectEndpoints",
        "DescribeVpcEndpointServiceConfigurations",
    ] {
        assert!(!calls.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn a_region_is_not_empty_because_nobody_may_look() {
    for refused in ["DescribeVpcs", "DescribeNetworkInterfaces"] {
        let stub = Stub::new(move |call: &Call| {
            if call.name() == refused {
                error(403, "UnauthorizedOperation")
            } else {
                account::usual(call)
            }
        })
        .regions(["eu-west-1"]);
        assert!(calls(&stub).await.contains_key("DescribeSubnets"));
    }
}

#[tokio::test]
async fn an_interface_in_a_vpc_that_is_not_listed_is_reason_enough_to_look() {
    let stub = Stub::new(|call| match call.name() {
        "DescribeVpcs" => usual(call),
        _ => inhabited(call),
    });
    assert_eq!(calls(&stub.regions(["eu-west-1"])).await["DescribeInstances"], 1);
}

#[tokio::test]
async fn only_what_somebody_wants_is_asked_for() {
    let stub = Stub::new(inhabited).regions(["eu-west-1"]);
    let stub = stub.only(["ec2:DescribeSecurityGroups", "ec2:GetManagedPrefixListEntries"]);
    assert_eq!(calls(&stub).await, once(["DescribeManagedPrefixLists", "DescribeSecurityGroups"]));
    let subnets = &ec2(&stub).await["subnets"]["gaps"];
    assert_eq!(subnets[0]["unknown"]["reason"], "not_asked");
}

#[tokio::test]
async fn templates_cost_one_call_more_however_many() {
    let stub = Stub::new(|call| match call.name() {
        "DescribeLaunchTemplates" => {
            let item = |id| {
                format!(
                    "<item><launchTemplateId>{id}</launchTemplateId>\
                     <launchTemplateName>{id}</launchTemplateName></item>"
                )
            };
            let items = ["lt-1", "lt-2"].map(item).concat();
            response(call, &format!("<launchTemplates>{items}</launchTemplates>"))
        }
        "DescribeLaunchTemplateVersions" => {
            let item = |id| {
                format!(
                    "<item><launchTemplateId>{id}</launchTemplateId><versionNumber>1</versionNumber>\
                     <defaultVersion>true</defaultVersion><launchTemplateData/></item>"
                )
            };
            let items = ["lt-1", "lt-2"].map(item).concat();
            response(call, &format!("<launchTemplateVersionSet>{items}</launchTemplateVersionSet>"))
        }
        _ => account::usual(call),
    })
    .regions(["eu-west-1"]);
    assert_eq!(calls(&stub).await["DescribeLaunchTemplateVersions"], 1);
}
