//! Prefix lists, and which of them are read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{answering, ec2, response};
use crate::tests::{
    stub::{Answer, Call, Stub, error},
    unknown,
};

/// Lists of the account, of another one and of AWS, of which a group and a route use one each.
fn listed(entries: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    answering(move |call| {
        let body = match call.name() {
            "DescribeManagedPrefixLists" => {
                let list = |id: &str, owner: &str| {
                    format!(
                        "<item><prefixListId>{id}</prefixListId><prefixListName>{id}</prefixListName>\
                         <ownerId>{owner}</ownerId><addressFamily>IPv4</addressFamily>\
                         <prefixListArn>arn:aws:ec2:eu-west-1:{owner}:prefix-list/{id}</prefixListArn>\
                         </item>"
                    )
                };
                let lists = [
                    list("pl-own", "111122223333"),
                    list("pl-shared", "999988887777"),
                    list("pl-other", "999988887777"),
                    list("pl-s3", "AWS"),
                    list("pl-dynamodb", "AWS"),
                ];
                format!("<prefixListSet>{}</prefixListSet>", lists.concat())
            }
            "DescribeSecurityGroups" => "<securityGroupInfo><item><groupId>sg-1</groupId>\
                <groupName>web</groupName><ipPermissionsEgress><item><ipProtocol>-1</ipProtocol>\
                <prefixListIds><item><prefixListId>pl-shared</prefixListId></item></prefixListIds></item>\
                </ipPermissionsEgress></item></securityGroupInfo>"
                .to_owned(),
            "DescribeRouteTables" => "<routeTableSet><item><routeTableId>rtb-1</routeTableId>\
                <vpcId>vpc-1</vpcId><routeSet><item><destinationPrefixListId>pl-s3\
                </destinationPrefixListId><gatewayId>vpce-1</gatewayId><state>active</state></item>\
                </routeSet></item></routeTableSet>"
                .to_owned(),
            "GetManagedPrefixListEntries" => return Some(entries(call)),
            _ => return None,
        };
        Some(response(call, &body))
    })
}

fn entries(call: &Call) -> Answer {
    let body = match call.parameter("NextToken") {
        "" => {
            "<entrySet><item><cidr>3.0.0.0/8</cidr><description>a</description></item></entrySet>\
             <nextToken>more</nextToken>"
        }
        _ => "<entrySet><item><cidr>2a05:d018::/36</cidr></item></entrySet>",
    };
    response(call, body)
}

#[tokio::test]
async fn the_entries_of_own_lists_are_asked_for_and_of_others_where_something_uses_them() {
    let stub = listed(entries);
    let ec2 = ec2(&stub).await;
    let calls = stub.calls("ec2:GetManagedPrefixListEntries");
    let asked: BTreeSet<_> = calls.iter().map(|call| call.parameter("PrefixListId")).collect();
    assert_eq!(asked, ["pl-own", "pl-s3", "pl-shared"].into());
    let lists = ec2["prefix_lists"]["found"].as_array().unwrap();
    let set = json!({ "set": [
        { "cidr": "3.0.0.0/8", "description": "a" },
        { "cidr": "2a05:d018::/36" },
    ] });
    let not_asked = json!({ "unknown": {
        "action": "ec2:GetManagedPrefixListEntries", "reason": "not_asked",
    } });
    let read: Vec<_> = lists.iter().map(|list| &list["entries"]).collect();
    assert_eq!(read, [&set, &set, &not_asked, &set, &not_asked]);
    assert_eq!(lists[3]["arn"], "arn:aws:ec2:eu-west-1:AWS:prefix-list/pl-s3");
}

#[tokio::test]
async fn entries_that_nobody_may_read_are_unknown_for_their_list_alone() {
    let stub = listed(|call| match call.parameter("PrefixListId") {
        "pl-own" => error(403, "UnauthorizedOperation"),
        _ => entries(call),
    });
    let lists = ec2(&stub).await["prefix_lists"].take();
    let mut expected =
        unknown("ec2:GetManagedPrefixListEntries", "access_denied", "UnauthorizedOperation");
    expected["unknown"]["message"] = json!("It says UnauthorizedOperation.");
    assert_eq!(lists["found"][0]["entries"], expected);
    assert!(lists["found"][1]["entries"]["set"].is_array());
    assert_eq!(lists["gaps"], json!([]));
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_makes_the_entries_unknown() {
    let stub = listed(|call| response(call, "<entrySet><item><cidr>all</cidr></item></entrySet>"));
    let list = ec2(&stub).await["prefix_lists"]["found"][0].take();
    assert_eq!(list["entries"]["unknown"]["reason"], "malformed");
}

#[tokio::test]
async fn a_list_deleted_between_listing_and_reading_drops_out_and_is_counted() {
    let stub = listed(|call| match call.parameter("PrefixListId") {
        "pl-own" => error(400, "InvalidPrefixListID.NotFound"),
        _ => entries(call),
    });
    let lists = ec2(&stub).await["prefix_lists"].take();
    let ids: Vec<&Value> =
        lists["found"].as_array().unwrap().iter().map(|list| &list["id"]).collect();
    assert_eq!(ids, ["pl-shared", "pl-other", "pl-s3", "pl-dynamodb"]);
    assert_eq!(lists["gone"], 1);
}
