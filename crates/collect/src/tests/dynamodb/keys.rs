//! The keys that tables are encrypted with.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::error;

const OTHER_KEY: &str = "arn:aws:kms:eu-west-1:444455556666:key/2";

/// Three tables, two of which share a key.
fn shared(call: &Call) -> Option<Answer> {
    match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => {
            Some(json_answer(&json!({ "TableNames": ["a", "b", "c"] })))
        }
        TABLE => {
            let name = call.member("TableName");
            let mut table = table(&name);
            if name == "c" {
                table["SSEDescription"]["KMSMasterKeyArn"] = json!(OTHER_KEY);
            }
            Some(json_answer(&json!({ "Table": table })))
        }
        _ => None,
    }
}

#[tokio::test]
async fn each_key_is_asked_about_once_in_its_region() {
    let stub = but(shared);
    let keys = at(&stub, "/kms/keys").await;
    let key = json!({ "set": { "manager": "CUSTOMER", "state": "Enabled", "deletion": null } });
    assert_eq!(keys, json!({ A_KEY: key, OTHER_KEY: key }));
    let mut asked: Vec<_> = stub
        .calls(KEY)
        .into_iter()
        .map(|call| (call.region.clone(), call.member("KeyId")))
        .collect();
    asked.sort();
    let region = || "eu-west-1".to_owned();
    assert_eq!(asked, [(region(), A_KEY.to_owned()), (region(), OTHER_KEY.to_owned())]);
}

#[tokio::test]
async fn a_key_may_be_anothers_or_gone_or_about_to_be() {
    let stub = but(shared).instead(|call| {
        match (call.operation.as_str(), call.member("KeyId").as_str()) {
            (KEY, A_KEY) => Some(json_answer(&json!({ "KeyMetadata": {
            "KeyId": "1",
            "KeyManager": "AWS",
            "KeyState": "PendingDeletion",
            "DeletionDate": 1_000,
        } }))),
            (KEY, _) => Some(error(400, "NotFoundException")),
            _ => None,
        }
    });
    let inventory = stub.collect().await;
    let key = |arn: &str| inventory.kms.key(&arn.parse().unwrap()).map(written);
    assert_eq!(
        key(A_KEY).unwrap(),
        json!({ "manager": "AWS", "state": "PendingDeletion", "deletion": "1970-01-01T00:16:40Z" })
    );
    assert_eq!(key(OTHER_KEY).unwrap(), json!(null));
    let unasked = key("arn:aws:kms:eu-west-1:111122223333:key/3").unwrap_err();
    assert_eq!(unasked.action.as_str(), "kms:DescribeKey");
}
