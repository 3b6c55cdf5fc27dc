//! Backup plans, and what they select.

use serde_json::json;

use super::{account::*, *};

#[tokio::test]
async fn a_selection_is_read_in_full() {
    let stub = with(
        SELECTION,
        json_answer(&json!({ "BackupSelection": {
            "SelectionName": "by tags",
            "IamRoleArn": "arn:aws:iam::111122223333:role/backup",
            "Resources": ["*"],
            "NotResources": ["arn:aws:dynamodb:*:*:table/scratch-*"],
            "ListOfTags": [{
                "ConditionType": "STRINGEQUALS",
                "ConditionKey": "backup",
                "ConditionValue": "daily",
            }],
            "Conditions": {
                "StringEquals": [
                    { "ConditionKey": "aws:ResourceTag/team", "ConditionValue": "blue" },
                ],
                "StringNotLike": [
                    { "ConditionKey": "aws:ResourceTag/stage", "ConditionValue": "test*" },
                ],
            },
        } })),
    );
    let plan = at(&stub, "/backup/plans/found/0").await;
    assert_eq!((&plan["arn"], &plan["id"]), (&json!(PLAN), &json!("plan-1")));
    let selection = &plan["selections"]["found"][0];
    assert_eq!(selection["arn"], format!("{PLAN}/selection/selection-1"));
    assert_eq!(
        selection["settings"]["set"],
        json!({
            "role": "arn:aws:iam::111122223333:role/backup",
            "resources": ["*"],
            "not_resources": ["arn:aws:dynamodb:*:*:table/scratch-*"],
            "tags": [{ "operator": "STRINGEQUALS", "key": "backup", "value": "daily" }],
            "conditions": [
                { "operator": "STRINGEQUALS", "key": "team", "value": "blue" },
                { "operator": "STRINGNOTLIKE", "key": "stage", "value": "test*" },
            ],
        })
    );
}

#[tokio::test]
async fn a_selection_that_cannot_be_read_leaves_the_others() {
    let stub = but(|call| match call.operation.as_str() {
        SELECTIONS => Some(json_answer(&json!({
            "BackupSelectionsList": [selection("a"), selection("b")],
        }))),
        SELECTION if call.request.contains("/a") => {
            Some(crate::tests::stub::error(400, "AccessDeniedException"))
        }
        _ => None,
    });
    let selections = at(&stub, "/backup/plans/found/0/selections").await;
    assert_eq!(names(&selections), ["name of a", "name of b"]);
    let [first, second] = [0, 1].map(|index| &selections["found"][index]["settings"]);
    assert_eq!(first["unknown"]["action"], "backup:GetBackupSelection");
    assert!(second.get("set").is_some());
}
