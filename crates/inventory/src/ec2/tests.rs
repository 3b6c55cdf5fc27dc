//! What a snapshot says of EC2, and what it says by saying nothing.

use serde_json::json;

use super::*;
use crate::{Fact, Reason};

#[test]
fn what_a_snapshot_lacks_was_not_collected() {
    let ec2: Ec2 = serde_json::from_value(json!({})).unwrap();
    assert_eq!(ec2, Ec2::default());
    let gap = &ec2.network_acls.gaps[0];
    assert_eq!(gap.unknown.action, NetworkAcl::ACTION);
    assert_eq!(gap.unknown.reason, Reason::NotCollected);
    assert_eq!(ec2.gone(), 0);
}

#[test]
fn a_group_reads_as_it_is_written() {
    let written = json!({
        "arn": "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1",
        "id": "sg-1", "region": "eu-west-1", "group_name": "web", "description": null,
        "owner": "111122223333", "vpc": "vpc-1",
        "ingress": [{
            "protocol": "tcp", "ports": { "range": { "from": 443, "to": 443 } },
            "ipv4": [{ "cidr": "0.0.0.0/0", "description": "all" }], "ipv6": [{ "cidr": "::/0" }],
            "prefix_lists": [{ "id": "pl-1" }],
            "groups": [{ "id": "sg-1", "account": "111122223333", "vpc": null, "peering": null, "peering_status": null }],
        }],
        "egress": [], "tags": {},
    });
    let group: SecurityGroup = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(group.ingress[0].rules(), 4);
    assert_eq!(group.ingress[0].ports, Ports::Range { from: 443, to: 443 });
    assert_eq!(serde_json::to_value(&group).unwrap(), written);
}

#[test]
fn a_gateway_id_tells_the_kind_of_target() {
    assert_eq!(Target::gateway("local"), Target::Local);
    assert_eq!(Target::gateway("igw-1"), Target::InternetGateway("igw-1".to_owned()));
    assert_eq!(Target::gateway("vpce-1"), Target::VpcEndpoint("vpce-1".to_owned()));
    assert_eq!(Target::gateway("vgw-1"), Target::VpnGateway("vgw-1".to_owned()));
    assert_eq!(Target::gateway(""), Target::Other(String::new()));
}
