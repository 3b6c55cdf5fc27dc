//! VPC endpoints and endpoint services, as far as they are more than an id.

use serde_json::json;

use super::{answering, at, ec2, response};
use crate::tests::stub::{Answer, Call, Stub, error};

#[tokio::test]
async fn an_endpoint_tells_its_policy_and_its_guards() {
    let stub = answering(|call| {
        (call.name() == "DescribeVpcEndpoints").then(|| {
            response(
                call,
                "<vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId><vpcId>vpc-1</vpcId>\
                 <ownerId>111122223333</ownerId><vpcEndpointType>Interface</vpcEndpointType>\
                 <serviceName>com.amazonaws.eu-west-1.ssm</serviceName><state>available</state>\
                 <policyDocument>{\"Statement\":[]}</policyDocument>\
                 <subnetIdSet><item>subnet-1</item></subnetIdSet>\
                 <groupSet><item><groupId>sg-1</groupId></item></groupSet>\
                 <networkInterfaceIdSet><item>eni-1</item></networkInterfaceIdSet>\
                 <privateDnsEnabled>true</privateDnsEnabled></item>\
                 <item><vpcEndpointId>vpce-2</vpcEndpointId><vpcId>vpc-1</vpcId>\
                 <vpcEndpointType>GatewayLoadBalancer</vpcEndpointType></item></vpcEndpointSet>",
            )
        })
    });
    let endpoints = at(&stub, "/endpoints/found").await;
    assert_eq!(endpoints[0]["policy"], json!({ "set": "{\"Statement\":[]}" }));
    assert_eq!(endpoints[0]["groups"], json!(["sg-1"]));
    assert_eq!(endpoints[0]["subnets"], json!(["subnet-1"]));
    assert_eq!(endpoints[0]["interfaces"], json!(["eni-1"]));
    assert_eq!(endpoints[0]["private_dns"], json!(true));
    assert_eq!(endpoints[1]["policy"], "not_set");
}

/// Two services, whose permissions are asked for one by one.
fn services(permissions: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    answering(move |call| match call.name() {
        "DescribeVpcEndpointServiceConfigurations" => {
            let service = |id: &str| {
                format!(
                    "<item><serviceId>{id}</serviceId><serviceName>com.example.{id}</serviceName>\
                     <serviceState>Available</serviceState><acceptanceRequired>false</acceptanceRequired>\
                     <networkLoadBalancerArnSet><item>arn:nlb</item></networkLoadBalancerArnSet>\
                     <gatewayLoadBalancerArnSet><item>arn:gwlb</item></gatewayLoadBalancerArnSet></item>"
                )
            };
            let services = [service("vpce-svc-1"), service("vpce-svc-2")].concat();
            Some(response(
                call,
                &format!("<serviceConfigurationSet>{services}</serviceConfigurationSet>"),
            ))
        }
        "DescribeVpcEndpointServicePermissions" => Some(permissions(call)),
        _ => None,
    })
}

fn everybody(call: &Call) -> Answer {
    let (principal, next) = match call.parameter("NextToken") {
        "" => ("arn:aws:iam::999988887777:root", "<nextToken>more</nextToken>"),
        _ => ("*", ""),
    };
    response(
        call,
        &format!(
            "<allowedPrincipals><item><principal>{principal}</principal></item></allowedPrincipals>{next}"
        ),
    )
}

#[tokio::test]
async fn a_service_tells_who_may_connect() {
    let found = ec2(&services(everybody)).await["endpoint_services"]["found"].take();
    for service in found.as_array().unwrap() {
        assert_eq!(
            service["principals"],
            json!({ "set": ["arn:aws:iam::999988887777:root", "*"] })
        );
        assert_eq!(service["load_balancers"], json!(["arn:nlb", "arn:gwlb"]));
        assert_eq!(service["acceptance_required"], json!(false));
    }
}

#[tokio::test]
async fn permissions_that_nobody_may_read_are_unknown_for_their_service_alone() {
    let stub = services(|call| match call.parameter("ServiceId") {
        "vpce-svc-1" => error(403, "UnauthorizedOperation"),
        _ => everybody(call),
    });
    let found = ec2(&stub).await["endpoint_services"]["found"].take();
    let why = &found[0]["principals"]["unknown"];
    assert_eq!(why["action"], "ec2:DescribeVpcEndpointServicePermissions");
    assert_eq!(why["reason"], "access_denied");
    assert!(found[1]["principals"]["set"].is_array());
}

#[tokio::test]
async fn a_service_deleted_between_listing_and_reading_drops_out_and_is_counted() {
    let stub = services(|call| match call.parameter("ServiceId") {
        "vpce-svc-1" => error(400, "InvalidVpcEndpointServiceId.NotFound"),
        _ => everybody(call),
    });
    let services = ec2(&stub).await["endpoint_services"].take();
    assert_eq!((&services["found"][0]["id"], &services["gone"]), (&json!("vpce-svc-2"), &json!(1)));
}
