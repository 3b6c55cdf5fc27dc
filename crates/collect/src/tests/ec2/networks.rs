//! VPCs, subnets, peerings, gateways and routes, as far as they are more than an id.

use serde_json::{Value, json};

use super::{answering, at, response, with};
use crate::tests::stub::ok;

/// What an operation's first item is read as, without what all kinds have.
async fn first(operation: &'static str, list: &str, body: &str) -> Value {
    let body = body.to_owned();
    let stub = answering(move |call| (call.name() == operation).then(|| response(call, &body)));
    at(&stub, &format!("/{list}/found/0")).await
}

#[tokio::test]
async fn a_shared_vpc_is_anothers() {
    let vpc = first(
        "DescribeVpcs",
        "vpcs",
        "<vpcSet><item><vpcId>vpc-9</vpcId><ownerId>999988887777</ownerId>\
         <isDefault>false</isDefault><state>available</state><cidrBlock>10.0.0.0/16</cidrBlock>\
         </item></vpcSet>",
    )
    .await;
    assert_eq!(vpc["arn"], "arn:aws:ec2:eu-west-1:999988887777:vpc/vpc-9");
    assert_eq!(vpc["owner"], "999988887777");
    assert_eq!(vpc["ipv4"], json!(["10.0.0.0/16"]));
}

#[tokio::test]
async fn a_vpc_has_the_ranges_that_are_associated() {
    let vpc = first(
        "DescribeVpcs",
        "vpcs",
        "<vpcSet><item><vpcId>vpc-1</vpcId><isDefault>true</isDefault>\
         <cidrBlock>10.0.0.0/16</cidrBlock><cidrBlockAssociationSet>\
         <item><cidrBlock>10.0.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>\
         <item><cidrBlock>10.1.0.0/16</cidrBlock><cidrBlockState><state>associating</state></cidrBlockState></item>\
         <item><cidrBlock>10.2.0.0/16</cidrBlock><cidrBlockState><state>disassociated</state></cidrBlockState></item>\
         </cidrBlockAssociationSet><ipv6CidrBlockAssociationSet>\
         <item><ipv6CidrBlock>2a05:d018::/56</ipv6CidrBlock><ipv6AddressAttribute>public</ipv6AddressAttribute>\
         <ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState></item>\
         <item><ipv6CidrBlock>2a05:d019::/56</ipv6CidrBlock>\
         <ipv6CidrBlockState><state>failed</state></ipv6CidrBlockState></item>\
         </ipv6CidrBlockAssociationSet><blockPublicAccessStates>\
         <internetGatewayBlockMode>block-ingress</internetGatewayBlockMode></blockPublicAccessStates>\
         <tagSet><item><key>Name</key><value>main</value></item><item><value>lost</value></item></tagSet>\
         </item></vpcSet>",
    )
    .await;
    assert_eq!(vpc["ipv4"], json!(["10.0.0.0/16", "10.1.0.0/16"]));
    assert_eq!(vpc["ipv6"], json!([{ "cidr": "2a05:d018::/56", "attribute": "public" }]));
    assert_eq!(vpc["internet_gateway_block"], "block-ingress");
    assert_eq!(vpc["tags"], json!({ "Name": "main" }));
}

#[tokio::test]
async fn a_subnet_may_have_ipv6_alone() {
    let subnet = first(
        "DescribeSubnets",
        "subnets",
        "<subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId>\
         <availabilityZone>eu-west-1a</availabilityZone><availabilityZoneId>euw1-az1</availabilityZoneId>\
         <defaultForAz>false</defaultForAz><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch>\
         <assignIpv6AddressOnCreation>true</assignIpv6AddressOnCreation><ipv6CidrBlockAssociationSet>\
         <item><ipv6CidrBlock>2a05:d018:0:1::/64</ipv6CidrBlock><ipv6CidrBlockState><state>associated</state>\
         </ipv6CidrBlockState></item></ipv6CidrBlockAssociationSet></item></subnetSet>",
    )
    .await;
    assert_eq!(subnet["ipv4"], json!(null));
    assert_eq!(subnet["ipv6"], json!([{ "cidr": "2a05:d018:0:1::/64", "attribute": null }]));
    assert_eq!(subnet["auto_assign_ipv6"], json!(true));
    assert_eq!((&subnet["zone"], &subnet["zone_id"]), (&json!("eu-west-1a"), &json!("euw1-az1")));
}

#[tokio::test]
async fn both_sides_of_a_peering_keep_all_their_ranges() {
    let peering = first(
        "DescribeVpcPeeringConnections",
        "peerings",
        "<vpcPeeringConnectionSet><item><vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId>\
         <status><code>active</code></status><requesterVpcInfo><ownerId>111122223333</ownerId>\
         <vpcId>vpc-1</vpcId><region>eu-west-1</region><cidrBlock>10.0.0.0/16</cidrBlock><cidrBlockSet>\
         <item><cidrBlock>10.0.0.0/16</cidrBlock></item><item><cidrBlock>10.9.0.0/16</cidrBlock></item>\
         </cidrBlockSet></requesterVpcInfo><accepterVpcInfo><ownerId>999988887777</ownerId>\
         <cidrBlock>10.1.0.0/16</cidrBlock><ipv6CidrBlockSet><item><ipv6CidrBlock>2a05:d018::/56\
         </ipv6CidrBlock></item></ipv6CidrBlockSet></accepterVpcInfo></item></vpcPeeringConnectionSet>",
    )
    .await;
    assert_eq!(peering["status"], "active");
    assert_eq!(peering["requester"]["ipv4"], json!(["10.0.0.0/16", "10.9.0.0/16"]));
    assert_eq!(
        peering["accepter"],
        json!({
            "account": "999988887777", "vpc": null, "region": null,
            "ipv4": ["10.1.0.0/16"], "ipv6": ["2a05:d018::/56"],
        })
    );
}

#[tokio::test]
async fn a_route_is_read_by_whatever_names_its_ends() {
    for (ends, destination, target) in [
        (
            "<destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>igw-1</gatewayId>",
            json!({ "cidr": "0.0.0.0/0" }),
            json!({ "internet_gateway": "igw-1" }),
        ),
        (
            "<destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId>",
            json!({ "cidr": "10.0.0.0/16" }),
            json!("local"),
        ),
        (
            "<destinationIpv6CidrBlock>::/0</destinationIpv6CidrBlock>\
             <egressOnlyInternetGatewayId>eigw-1</egressOnlyInternetGatewayId>",
            json!({ "cidr": "::/0" }),
            json!({ "egress_only_gateway": "eigw-1" }),
        ),
        (
            "<destinationPrefixListId>pl-1</destinationPrefixListId><gatewayId>vpce-1</gatewayId>",
            json!({ "prefix_list": "pl-1" }),
            json!({ "vpc_endpoint": "vpce-1" }),
        ),
        (
            "<destinationCidrBlock>10.2.0.0/16</destinationCidrBlock>\
             <networkInterfaceId>eni-1</networkInterfaceId><instanceId>i-1</instanceId>",
            json!({ "cidr": "10.2.0.0/16" }),
            json!({ "interface": "eni-1" }),
        ),
        (
            "<destinationCidrBlock>10.3.0.0/16</destinationCidrBlock>",
            json!({ "cidr": "10.3.0.0/16" }),
            json!({ "other": "" }),
        ),
    ] {
        let body = format!(
            "<routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId><routeSet>\
             <item>{ends}<origin>CreateRoute</origin><state>active</state></item></routeSet>\
             </item></routeTableSet>"
        );
        let table = first("DescribeRouteTables", "route_tables", &body).await;
        assert_eq!(
            table["routes"],
            json!([{ "destination": destination, "target": target, "state": "active", "propagated": false }])
        );
    }
}

#[tokio::test]
async fn an_association_that_is_over_is_none() {
    let table = first(
        "DescribeRouteTables",
        "route_tables",
        "<routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId><associationSet>\
         <item><main>true</main><associationState><state>associated</state></associationState></item>\
         <item><main>false</main><subnetId>subnet-1</subnetId></item>\
         <item><main>false</main><subnetId>subnet-2</subnetId>\
         <associationState><state>disassociated</state></associationState></item>\
         <item><main>false</main><gatewayId>igw-1</gatewayId></item></associationSet></item></routeTableSet>",
    )
    .await;
    assert_eq!(
        table["associations"],
        json!([
            { "main": true, "subnet": null, "gateway": null },
            { "main": false, "subnet": "subnet-1", "gateway": null },
            { "main": false, "subnet": null, "gateway": "igw-1" },
        ])
    );
}

#[tokio::test]
async fn a_gateway_tells_what_it_is_attached_to() {
    let gateway = first(
        "DescribeInternetGateways",
        "internet_gateways",
        "<internetGatewaySet><item><internetGatewayId>igw-1</internetGatewayId>\
         <ownerId>111122223333</ownerId><attachmentSet><item><vpcId>vpc-1</vpcId>\
         <state>available</state></item></attachmentSet></item></internetGatewaySet>",
    )
    .await;
    assert_eq!(gateway["attachments"], json!([{ "vpc": "vpc-1", "state": "available" }]));
}

#[tokio::test]
async fn half_an_answer_is_no_answer() {
    let stub = with("DescribeSubnets", || ok("<DescribeSubnetsResponse><subnetSet><item>"));
    assert_eq!(at(&stub, "/subnets/gaps/0/unknown/reason").await, "malformed");
}
