//! What EC2 answers of an account where a test says nothing else.

use super::super::{
    account,
    stub::{Answer, Call, ok},
};

/// The answer to any call to EC2: two regions, with no VPC in either.
pub(in crate::tests) fn usual(call: &Call) -> Answer {
    let body = match call.name() {
        "DescribeRegions" => {
            "<regionInfo><item><regionName>eu-west-1</regionName>\
             <optInStatus>opt-in-not-required</optInStatus></item><item>\
             <regionName>us-east-1</regionName><optInStatus>opt-in-not-required</optInStatus></item>\
             </regionInfo>"
        }
        "DescribeVpcBlockPublicAccessOptions" => {
            "<vpcBlockPublicAccessOptions><internetGatewayBlockMode>off</internetGatewayBlockMode>\
             <state>default-state</state></vpcBlockPublicAccessOptions>"
        }
        "GetInstanceMetadataDefaults" => "<accountLevel/>",
        "DescribeVpcs" => "<vpcSet/>",
        "DescribeNetworkInterfaces" => "<networkInterfaceSet/>",
        "DescribeAddresses" => "<addressesSet/>",
        "DescribeLaunchTemplates" => "<launchTemplates/>",
        "DescribeLaunchTemplateVersions" => "<launchTemplateVersionSet/>",
        "DescribeVpcBlockPublicAccessExclusions" => "<vpcBlockPublicAccessExclusionSet/>",
        "DescribeSecurityGroups" => "<securityGroupInfo/>",
        "DescribeSubnets" => "<subnetSet/>",
        "DescribeRouteTables" => "<routeTableSet/>",
        "DescribeNetworkAcls" => "<networkAclSet/>",
        "DescribeInternetGateways" => "<internetGatewaySet/>",
        "DescribeEgressOnlyInternetGateways" => "<egressOnlyInternetGatewaySet/>",
        "DescribeVpcPeeringConnections" => "<vpcPeeringConnectionSet/>",
        "DescribeVpcEndpoints" => "<vpcEndpointSet/>",
        "DescribeFlowLogs" => "<flowLogSet/>",
        "DescribeManagedPrefixLists" => "<prefixListSet/>",
        "GetManagedPrefixListEntries" => "<entrySet/>",
        "DescribeInstances" => "<reservationSet/>",
        "DescribeInstanceConnectEndpoints" => "<instanceConnectEndpointSet/>",
        "DescribeVpcEndpointServiceConfigurations" => "<serviceConfigurationSet/>",
        "DescribeVpcEndpointServicePermissions" => "<allowedPrincipals/>",
        other => unimplemented!("{other}"),
    };
    response(call, body)
}

/// An account that has a VPC and an interface in eu-west-1, and whatever else a test says.
pub(super) fn inhabited(call: &Call) -> Answer {
    match (call.operation.as_str(), call.region.as_str()) {
        ("ec2:DescribeVpcs", "eu-west-1") => response(call, &format!("<vpcSet>{VPC}</vpcSet>")),
        ("ec2:DescribeNetworkInterfaces", "eu-west-1") => {
            response(call, &format!("<networkInterfaceSet>{INTERFACE}</networkInterfaceSet>"))
        }
        _ => account::usual(call),
    }
}

/// An answer to this call.
pub(in crate::tests) fn response(call: &Call, body: &str) -> Answer {
    let name = call.name();
    ok(format!(
        "<{name}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">{body}</{name}Response>"
    ))
}

const VPC: &str = "<item><vpcId>vpc-1</vpcId><ownerId>111122223333</ownerId>\
    <isDefault>false</isDefault></item>";

const INTERFACE: &str = "<item><networkInterfaceId>eni-1</networkInterfaceId>\
    <vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId><status>in-use</status>\
    <sourceDestCheck>true</sourceDestCheck></item>";
