//! Security groups and network ACLs, as far as they are more than an id.

use serde_json::{Value, json};

use super::{answering, at, response};

async fn permission(body: &'static str) -> Value {
    let stub = answering(move |call| {
        (call.name() == "DescribeSecurityGroups").then(|| {
            response(
                call,
                &format!(
                    "<securityGroupInfo><item><groupId>sg-1</groupId><groupName>web</groupName>\
                     <ipPermissions><item>{body}</item></ipPermissions></item></securityGroupInfo>"
                ),
            )
        })
    });
    let groups = at(&stub, "/security_groups").await;
    groups["found"][0]["ingress"][0].clone()
}

#[tokio::test]
async fn a_rule_keeps_all_whom_it_lets_in() {
    assert_eq!(
        permission(
            "<ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort>\
             <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp><description>all</description></item></ipRanges>\
             <ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges>\
             <prefixListIds><item><prefixListId>pl-1</prefixListId></item></prefixListIds>\
             <groups><item><userId>999988887777</userId><groupId>sg-9</groupId><vpcId>vpc-9</vpcId>\
             <vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId><peeringStatus>active</peeringStatus>\
             </item></groups>"
        )
        .await,
        json!({
            "protocol": "tcp",
            "ports": { "range": { "from": 443, "to": 443 } },
            "ipv4": [{ "cidr": "0.0.0.0/0", "description": "all" }],
            "ipv6": [{ "cidr": "::/0" }],
            "prefix_lists": [{ "id": "pl-1" }],
            "groups": [{
                "id": "sg-9", "account": "999988887777", "vpc": "vpc-9", "peering": "pcx-1",
                "peering_status": "active",
            }],
        })
    );
}

#[tokio::test]
async fn a_rule_without_ports_is_for_all() {
    let rule = permission("<ipProtocol>-1</ipProtocol>").await;
    assert_eq!((&rule["protocol"], &rule["ports"]), (&json!("-1"), &json!("all")));
    let ping = permission("<ipProtocol>icmp</ipProtocol><fromPort>8</fromPort><toPort>-1</toPort>");
    assert_eq!(ping.await["ports"], json!({ "icmp": { "type": 8, "code": null } }));
}

#[tokio::test]
async fn a_rule_that_cannot_be_read_makes_its_group_a_gap() {
    for rule in [
        "",
        "<ipProtocol>tcp</ipProtocol><ipRanges><item><cidrIp>0.0.0.0</cidrIp></item></ipRanges>",
        "<ipProtocol>tcp</ipProtocol><ipv6Ranges><item/></ipv6Ranges>",
        "<ipProtocol>tcp</ipProtocol><prefixListIds><item/></prefixListIds>",
        "<ipProtocol>tcp</ipProtocol><groups><item><groupName>old</groupName></item></groups>",
    ] {
        assert_eq!(permission(rule).await, Value::Null, "{rule}");
    }
}

async fn entry(body: &'static str) -> Value {
    let stub = answering(move |call| {
        (call.name() == "DescribeNetworkAcls").then(|| {
            response(
                call,
                &format!(
                    "<networkAclSet><item><networkAclId>acl-1</networkAclId><vpcId>vpc-1</vpcId>\
                     <default>true</default><entrySet><item><ruleNumber>100</ruleNumber>\
                     <egress>false</egress>{body}</item></entrySet><associationSet><item>\
                     <subnetId>subnet-1</subnetId></item></associationSet></item></networkAclSet>"
                ),
            )
        })
    });
    let acls = at(&stub, "/network_acls").await;
    acls["found"][0]["entries"][0].clone()
}

#[tokio::test]
async fn an_entry_is_read_by_its_protocol() {
    for (body, protocol, ports, cidr, action) in [
        (
            "<protocol>6</protocol><ruleAction>allow</ruleAction><cidrBlock>0.0.0.0/0</cidrBlock>\
             <portRange><from>22</from><to>22</to></portRange>",
            "tcp",
            json!({ "range": { "from": 22, "to": 22 } }),
            "0.0.0.0/0",
            "allow",
        ),
        (
            "<protocol>58</protocol><ruleAction>deny</ruleAction><ipv6CidrBlock>::/0</ipv6CidrBlock>\
             <icmpTypeCode><type>128</type><code>-1</code></icmpTypeCode>",
            "icmpv6",
            json!({ "icmp": { "type": 128, "code": null } }),
            "::/0",
            "deny",
        ),
        (
            "<protocol>-1</protocol><ruleAction>deny</ruleAction><cidrBlock>0.0.0.0/0</cidrBlock>",
            "-1",
            json!("all"),
            "0.0.0.0/0",
            "deny",
        ),
    ] {
        assert_eq!(
            entry(body).await,
            json!({
                "number": 100, "egress": false, "action": action, "protocol": protocol,
                "ports": ports, "cidr": cidr,
            })
        );
    }
}

#[tokio::test]
async fn an_entry_that_does_not_say_what_it_does_makes_its_acl_a_gap() {
    for body in [
        "<protocol>-1</protocol><cidrBlock>0.0.0.0/0</cidrBlock>",
        "<protocol>-1</protocol><cidrBlock>0.0.0.0/0</cidrBlock><ruleAction>log</ruleAction>",
        "<protocol>-1</protocol><ruleAction>allow</ruleAction>",
        "<cidrBlock>0.0.0.0/0</cidrBlock><ruleAction>allow</ruleAction>",
    ] {
        assert_eq!(entry(body).await, Value::Null, "{body}");
    }
}
