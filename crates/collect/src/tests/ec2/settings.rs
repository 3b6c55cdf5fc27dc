//! What holds for a region as a whole, and flow logs.

use serde_json::{Value, json};

use super::{answering, at, ec2, response, with};
use crate::tests::stub::{Stub, error};

fn answers(operation: &'static str, body: &'static str) -> Stub {
    answering(move |call| (call.name() == operation).then(|| response(call, body)))
}

#[tokio::test]
async fn the_block_of_a_region_has_what_it_leaves_out() {
    let stub = answering(|call| match call.name() {
        "DescribeVpcBlockPublicAccessOptions" => Some(response(
            call,
            "<vpcBlockPublicAccessOptions><awsAccountId>111122223333</awsAccountId>\
             <internetGatewayBlockMode>block-ingress</internetGatewayBlockMode>\
             <state>update-complete</state><managedBy>declarative-policy</managedBy>\
             <exclusionsAllowed>allowed</exclusionsAllowed></vpcBlockPublicAccessOptions>",
        )),
        "DescribeVpcBlockPublicAccessExclusions" => Some(response(
            call,
            "<vpcBlockPublicAccessExclusionSet><item><exclusionId>vpcbpa-exclude-1</exclusionId>\
             <internetGatewayExclusionMode>allow-bidirectional</internetGatewayExclusionMode>\
             <resourceArn>arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1</resourceArn>\
             <state>create-complete</state></item></vpcBlockPublicAccessExclusionSet>",
        )),
        _ => None,
    });
    let ec2 = ec2(&stub).await;
    assert_eq!(
        ec2["block_public_access"]["found"],
        json!([{
            "arn": "arn:aws:ec2:eu-west-1:111122223333:vpc-block-public-access-options",
            "id": "eu-west-1",
            "region": "eu-west-1",
            "mode": "block-ingress",
            "state": "update-complete",
            "exclusions_allowed": "allowed",
            "managed_by": "declarative-policy",
            "tags": {},
        }])
    );
    assert_eq!(
        ec2["block_exclusions"]["found"],
        json!([{
            "arn": "arn:aws:ec2:eu-west-1:111122223333:vpc-block-public-access-exclusion/vpcbpa-exclude-1",
            "id": "vpcbpa-exclude-1",
            "region": "eu-west-1",
            "resource": "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1",
            "mode": "allow-bidirectional",
            "state": "create-complete",
            "tags": {},
        }])
    );
}

#[tokio::test]
async fn a_block_that_does_not_say_what_it_blocks_is_a_gap() {
    for body in [
        "",
        "<vpcBlockPublicAccessOptions><state>default-state</state></vpcBlockPublicAccessOptions>",
    ] {
        let stub = answers("DescribeVpcBlockPublicAccessOptions", body);
        let block = at(&stub, "/block_public_access").await;
        assert_eq!(block["gaps"][0]["unknown"]["reason"], "malformed");
        assert_eq!(
            block["gaps"][0]["arn"],
            "arn:aws:ec2:eu-west-1:111122223333:vpc-block-public-access-options"
        );
    }
}

#[tokio::test]
async fn defaults_that_were_never_set_are_missing_and_known() {
    let nothing = json!({
        "http_tokens": null, "http_endpoint": null, "hop_limit": null, "ipv6": null,
        "instance_tags": null,
    });
    let set = json!({
        "http_tokens": "required", "http_endpoint": "enabled", "hop_limit": 1, "ipv6": null,
        "instance_tags": "no-preference",
    });
    for (body, options) in [
        ("<accountLevel/>", nothing),
        (
            "<accountLevel><httpTokens>required</httpTokens><httpEndpoint>enabled</httpEndpoint>\
             <httpPutResponseHopLimit>1</httpPutResponseHopLimit>\
             <instanceMetadataTags>no-preference</instanceMetadataTags>\
             <managedBy>account</managedBy></accountLevel>",
            set,
        ),
    ] {
        let stub = answers("GetInstanceMetadataDefaults", body);
        assert_eq!(at(&stub, "/metadata_defaults/found/0/options").await, options);
    }
    let stub = with("GetInstanceMetadataDefaults", || error(400, "UnsupportedOperation"));
    let why = at(&stub, "/metadata_defaults/gaps/0/unknown").await;
    assert_eq!(why["reason"], "not_supported");
}

#[tokio::test]
async fn a_flow_log_tells_whether_its_records_arrive() {
    let stub = answers(
        "DescribeFlowLogs",
        "<flowLogSet><item><flowLogId>fl-1</flowLogId><resourceId>vpc-1</resourceId>\
         <trafficType>ACCEPT</trafficType><flowLogStatus>ACTIVE</flowLogStatus>\
         <deliverLogsStatus>FAILED</deliverLogsStatus>\
         <deliverLogsErrorMessage>Access error</deliverLogsErrorMessage>\
         <logDestinationType>cloud-watch-logs</logDestinationType><logGroupName>flow</logGroupName>\
         </item><item><flowLogId>fl-2</flowLogId><resourceId>tgw-1</resourceId></item></flowLogSet>",
    );
    let logs = at(&stub, "/flow_logs/found").await;
    assert_eq!(
        logs[0],
        json!({
            "arn": "arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/fl-1",
            "id": "fl-1",
            "region": "eu-west-1",
            "resource": "vpc-1",
            "traffic": "ACCEPT",
            "status": "ACTIVE",
            "delivery": "FAILED",
            "delivery_error": "Access error",
            "destination_kind": "cloud-watch-logs",
            "destination": null,
            "log_group": "flow",
            "tags": {},
        })
    );
    assert_eq!(logs[1]["traffic"], Value::Null);
}
