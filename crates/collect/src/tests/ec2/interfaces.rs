//! Interfaces, addresses and instances, as far as they are more than an id.

use serde_json::{Value, json};

use super::{answering, at, response};

const NAMED: &str = "<networkInterfaceId>eni-1</networkInterfaceId><vpcId>vpc-1</vpcId>\
    <subnetId>subnet-1</subnetId><status>in-use</status><sourceDestCheck>true</sourceDestCheck>";

async fn interface(body: &str) -> Value {
    let body = format!("<networkInterfaceSet><item>{NAMED}{body}</item></networkInterfaceSet>");
    let stub = answering(move |call| {
        (call.name() == "DescribeNetworkInterfaces").then(|| response(call, &body))
    });
    at(&stub, "/network_interfaces/found/0").await
}

#[tokio::test]
async fn every_address_of_an_interface_has_its_own_public_one() {
    let interface = interface(
        "<privateIpAddress>10.0.0.4</privateIpAddress><association><publicIp>3.3.3.3</publicIp>\
         <ipOwnerId>amazon</ipOwnerId></association><privateIpAddressesSet>\
         <item><privateIpAddress>10.0.0.4</privateIpAddress><primary>true</primary><association>\
         <publicIp>3.3.3.3</publicIp><ipOwnerId>amazon</ipOwnerId></association></item>\
         <item><privateIpAddress>10.0.0.5</privateIpAddress><primary>false</primary><association>\
         <publicIp>3.3.3.4</publicIp><ipOwnerId>111122223333</ipOwnerId>\
         <allocationId>eipalloc-1</allocationId></association></item>\
         <item><privateIpAddress>10.0.0.6</privateIpAddress><primary>false</primary></item>\
         </privateIpAddressesSet>",
    )
    .await;
    assert_eq!(
        interface["addresses"],
        json!([
            {
                "address": "10.0.0.4", "primary": true,
                "public": { "address": "3.3.3.3", "owner": "amazon", "allocation": null },
            },
            {
                "address": "10.0.0.5", "primary": false,
                "public": { "address": "3.3.3.4", "owner": "111122223333", "allocation": "eipalloc-1" },
            },
            { "address": "10.0.0.6", "primary": false, "public": null },
        ])
    );
}

#[tokio::test]
async fn the_association_of_an_interface_is_that_of_its_first_address() {
    let public = json!({ "address": "3.3.3.3", "owner": null, "allocation": null });
    for set in [
        "",
        "<privateIpAddressesSet><item><privateIpAddress>10.0.0.4</privateIpAddress>\
         <primary>true</primary></item></privateIpAddressesSet>",
    ] {
        let body = format!(
            "<privateIpAddress>10.0.0.4</privateIpAddress>\
             <association><publicIp>3.3.3.3</publicIp></association>{set}"
        );
        assert_eq!(
            interface(&body).await["addresses"],
            json!([{ "address": "10.0.0.4", "primary": true, "public": public }])
        );
    }
}

#[tokio::test]
async fn an_address_of_a_carrier_is_not_on_the_internet() {
    let interface = interface(
        "<privateIpAddress>10.0.0.4</privateIpAddress>\
         <association><carrierIp>155.146.0.1</carrierIp></association>",
    )
    .await;
    assert_eq!(interface["addresses"][0]["public"], Value::Null);
}

#[tokio::test]
async fn an_interface_keeps_its_ipv6_addresses_and_whose_it_is() {
    let interface = interface(
        "<ownerId>999988887777</ownerId><requesterId>amazon-elb</requesterId>\
         <requesterManaged>true</requesterManaged><description>ELB app/a/1</description>\
         <interfaceType>interface</interfaceType><attachment><instanceOwnerId>amazon-elb</instanceOwnerId>\
         <deviceIndex>1</deviceIndex><status>attached</status></attachment>\
         <groupSet><item><groupId>sg-1</groupId></item><item><groupId>sg-2</groupId></item></groupSet>\
         <ipv6AddressesSet><item><ipv6Address>2a05:d018::4</ipv6Address></item></ipv6AddressesSet>\
         <ipv6PrefixSet><item><ipv6Prefix>2a05:d018:0:1::/80</ipv6Prefix></item></ipv6PrefixSet>",
    )
    .await;
    assert_eq!(interface["arn"], "arn:aws:ec2:eu-west-1:999988887777:network-interface/eni-1");
    assert_eq!(interface["ipv6"], json!(["2a05:d018::4"]));
    assert_eq!(interface["ipv6_prefixes"], json!(["2a05:d018:0:1::/80"]));
    assert_eq!(interface["groups"], json!(["sg-1", "sg-2"]));
    assert_eq!(interface["requester_managed"], json!(true));
    assert_eq!(
        interface["attachment"],
        json!({
            "instance": null, "instance_owner": "amazon-elb", "device_index": 1,
            "status": "attached",
        })
    );
}

#[tokio::test]
async fn an_elastic_address_tells_what_is_behind_it() {
    let stub = answering(|call| {
        (call.name() == "DescribeAddresses").then(|| {
            response(
                call,
                "<addressesSet><item><allocationId>eipalloc-1</allocationId>\
                 <publicIp>3.3.3.3</publicIp><associationId>eipassoc-1</associationId>\
                 <networkInterfaceId>eni-1</networkInterfaceId><instanceId>i-1</instanceId>\
                 <privateIpAddress>10.0.0.4</privateIpAddress></item></addressesSet>",
            )
        })
    });
    let address = at(&stub, "/addresses/found/0").await;
    assert_eq!((&address["public"], &address["private"]), (&json!("3.3.3.3"), &json!("10.0.0.4")));
    assert_eq!((&address["interface"], &address["instance"]), (&json!("eni-1"), &json!("i-1")));
}

#[tokio::test]
async fn an_instance_has_the_addresses_of_all_its_interfaces() {
    let stub = answering(|call| {
        (call.name() == "DescribeInstances").then(|| {
            response(
                call,
                "<reservationSet><item><ownerId>111122223333</ownerId><instancesSet><item>\
                 <instanceId>i-1</instanceId><instanceState><name>running</name></instanceState>\
                 <launchTime>2025-01-01T00:00:00.000Z</launchTime><ipAddress>3.3.3.3</ipAddress>\
                 <iamInstanceProfile><arn>arn:aws:iam::111122223333:instance-profile/web</arn>\
                 </iamInstanceProfile><metadataOptions><httpTokens>optional</httpTokens>\
                 <httpEndpoint>enabled</httpEndpoint><httpPutResponseHopLimit>2</httpPutResponseHopLimit>\
                 <httpProtocolIpv6>disabled</httpProtocolIpv6></metadataOptions><networkInterfaceSet>\
                 <item><networkInterfaceId>eni-1</networkInterfaceId><association>\
                 <publicIp>3.3.3.3</publicIp></association></item>\
                 <item><networkInterfaceId>eni-2</networkInterfaceId><privateIpAddressesSet><item>\
                 <privateIpAddress>10.0.0.9</privateIpAddress><association><publicIp>3.3.3.9</publicIp>\
                 </association></item></privateIpAddressesSet><ipv6AddressesSet><item>\
                 <ipv6Address>2a05:d018::9</ipv6Address></item></ipv6AddressesSet></item>\
                 </networkInterfaceSet></item></instancesSet></item></reservationSet>",
            )
        })
    });
    let instance = at(&stub, "/instances/found/0").await;
    assert_eq!(instance["public_ipv4"], json!(["3.3.3.3", "3.3.3.9"]));
    assert_eq!(instance["ipv6"], json!(["2a05:d018::9"]));
    assert_eq!(instance["interfaces"], json!(["eni-1", "eni-2"]));
    assert_eq!(instance["launched_at"], "2025-01-01T00:00:00Z");
    assert_eq!(instance["profile"], "arn:aws:iam::111122223333:instance-profile/web");
    assert_eq!(
        instance["metadata"],
        json!({
            "http_tokens": "optional", "http_endpoint": "enabled", "hop_limit": 2,
            "ipv6": "disabled", "instance_tags": null,
        })
    );
}

#[tokio::test]
async fn instances_that_are_no_more_are_not_asked_for() {
    let stub = answering(|_| None);
    stub.collect().await;
    let call = stub.calls("ec2:DescribeInstances").remove(0);
    assert_eq!(call.parameter("Filter.1.Name"), "instance-state-name");
    let states: Vec<_> =
        (1..=4).map(|at| call.parameter(&format!("Filter.1.Value.{at}")).to_owned()).collect();
    assert_eq!(states, ["pending", "running", "stopping", "stopped"]);
}

#[tokio::test]
async fn an_instance_whose_role_cannot_be_read_is_a_gap() {
    let stub = answering(|call| {
        (call.name() == "DescribeInstances").then(|| {
            response(
                call,
                "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>\
                 <instanceState><name>running</name></instanceState>\
                 <iamInstanceProfile><id>AIPA</id></iamInstanceProfile></item></instancesSet></item>\
                 </reservationSet>",
            )
        })
    });
    let why = at(&stub, "/instances/gaps/0/unknown").await;
    assert_eq!(why["message"], "the answer has no usable `iamInstanceProfile.arn`");
}
