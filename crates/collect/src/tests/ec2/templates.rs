//! Launch templates and the versions that count.

use serde_json::{Value, json};

use super::{answering, ec2, response};
use crate::tests::stub::{Answer, Call, Stub, error};

/// Two templates, whose versions this answers for: for all of them at once, and for those left out by themselves.
fn templates(versions: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    answering(move |call| match call.name() {
        "DescribeLaunchTemplates" => {
            let template = |id: &str| {
                format!(
                    "<item><launchTemplateId>{id}</launchTemplateId>\
                     <launchTemplateName>{id}</launchTemplateName><createdBy>me</createdBy></item>"
                )
            };
            let all = [template("lt-1"), template("lt-2")].concat();
            Some(response(call, &format!("<launchTemplates>{all}</launchTemplates>")))
        }
        "DescribeLaunchTemplateVersions" => Some(versions(call)),
        _ => None,
    })
}

fn version(template: &str, number: i64, is_default: bool, data: &str) -> String {
    format!(
        "<item><launchTemplateId>{template}</launchTemplateId><versionNumber>{number}</versionNumber>\
         <defaultVersion>{is_default}</defaultVersion>{data}</item>"
    )
}

fn page(call: &Call, versions: &[String], next: &str) -> Answer {
    let next =
        if next.is_empty() { String::new() } else { format!("<nextToken>{next}</nextToken>") };
    let set = versions.concat();
    response(call, &format!("<launchTemplateVersionSet>{set}</launchTemplateVersionSet>{next}"))
}

const DATA: &str = "<launchTemplateData/>";

/// The numbers of the default and the newest version of each template.
fn numbers(templates: &Value) -> Vec<(i64, i64)> {
    let number = |version: &Value| version["set"]["number"].as_i64().unwrap_or_default();
    let found = templates["found"].as_array().unwrap();
    found.iter().map(|it| (number(&it["default_version"]), number(&it["latest_version"]))).collect()
}

#[tokio::test]
async fn the_versions_of_all_templates_come_together() {
    let stub = templates(|call| match call.parameter("NextToken") {
        "" => page(call, &[version("lt-1", 3, true, DATA), version("lt-2", 1, true, DATA)], "more"),
        _ => page(call, &[version("lt-2", 7, false, DATA)], ""),
    });
    assert_eq!(numbers(&ec2(&stub).await["launch_templates"]), [(3, 3), (1, 7)]);
    let calls = stub.calls("ec2:DescribeLaunchTemplateVersions");
    assert_eq!(calls.len(), 2);
    let parameter = |name| calls[0].parameter(name);
    assert_eq!(
        [parameter("LaunchTemplateVersion.1"), parameter("LaunchTemplateVersion.2")],
        ["%24Default", "%24Latest"]
    );
    assert_eq!((parameter("LaunchTemplateId"), parameter("MaxResults")), ("", "200"));
}

#[tokio::test]
async fn a_version_tells_what_instances_will_be() {
    let data = "<launchTemplateData><imageId>ami-1</imageId>\
        <iamInstanceProfile><name>web</name></iamInstanceProfile>\
        <metadataOptions><httpTokens>required</httpTokens></metadataOptions>\
        <securityGroupIdSet><item>sg-1</item></securityGroupIdSet><networkInterfaceSet><item>\
        <deviceIndex>0</deviceIndex><associatePublicIpAddress>true</associatePublicIpAddress>\
        <subnetId>subnet-1</subnetId><groupSet><groupId>sg-2</groupId></groupSet>\
        <ipv6AddressCount>1</ipv6AddressCount><ipv6AddressesSet><item><ipv6Address>2a05::1</ipv6Address>\
        </item></ipv6AddressesSet></item></networkInterfaceSet></launchTemplateData>";
    let stub = templates(move |call| page(call, &[version("lt-1", 1, true, data)], ""));
    let ec2 = ec2(&stub).await;
    assert_eq!(
        ec2["launch_templates"]["found"][0]["default_version"]["set"],
        json!({
            "number": 1,
            "image": "ami-1",
            "profile": "web",
            "metadata": {
                "http_tokens": "required", "http_endpoint": null, "hop_limit": null, "ipv6": null,
                "instance_tags": null,
            },
            "groups": ["sg-1"],
            "interfaces": [{
                "device_index": 0, "interface": null, "subnet": "subnet-1", "groups": ["sg-2"],
                "public_ip": true, "ipv6_addresses": 2,
            }],
        })
    );
}

#[tokio::test]
async fn a_version_that_cannot_be_read_is_unknown_by_itself() {
    let stub = templates(|call| {
        let versions = [
            version("lt-1", 1, true, ""),
            version("lt-1", 2, false, DATA),
            version("lt-2", 1, true, DATA),
            "<item/>".to_owned(),
        ];
        page(call, &versions, "")
    });
    let templates = ec2(&stub).await["launch_templates"].take();
    assert_eq!(numbers(&templates), [(0, 2), (1, 1)]);
    let why = &templates["found"][0]["default_version"]["unknown"];
    assert_eq!(why["message"], "the answer has no usable `launchTemplateData`");
}

#[tokio::test]
async fn versions_that_nobody_may_read_leave_the_templates() {
    let stub = templates(|_| error(403, "UnauthorizedOperation"));
    let templates = ec2(&stub).await["launch_templates"].take();
    assert_eq!(templates["gaps"], json!([]));
    for template in templates["found"].as_array().unwrap() {
        for version in ["default_version", "latest_version"] {
            let why = &template[version]["unknown"];
            assert_eq!(why["action"], "ec2:DescribeLaunchTemplateVersions");
            assert_eq!(why["reason"], "access_denied");
        }
    }
    assert_eq!(stub.calls("ec2:DescribeLaunchTemplateVersions").len(), 1);
}

#[tokio::test]
async fn a_template_that_was_left_out_is_asked_about_by_itself() {
    for (answer, expected, gone) in [
        (None, vec![(1, 1), (4, 4)], 0),
        (Some(error(400, "InvalidLaunchTemplateId.NotFound")), vec![(1, 1)], 1),
        (Some(error(403, "UnauthorizedOperation")), vec![(1, 1), (0, 0)], 0),
    ] {
        let stub = templates(move |call| match call.parameter("LaunchTemplateId") {
            "" => page(call, &[version("lt-1", 1, true, DATA)], ""),
            _ => {
                answer.clone().unwrap_or_else(|| page(call, &[version("lt-2", 4, true, DATA)], ""))
            }
        });
        let templates = ec2(&stub).await["launch_templates"].take();
        assert_eq!((numbers(&templates), &templates["gone"]), (expected, &json!(gone)));
    }
}
