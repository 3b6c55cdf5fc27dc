//! On-demand backups.

use serde_json::json;

use super::{account::*, *};

#[tokio::test]
async fn of_each_table_the_youngest_that_can_be_restored_is_kept() {
    let mut elder_namesake = backup("a", "9", 900, "AVAILABLE");
    elder_namesake["TableId"] = json!("id-of-another-a");
    let stub = with(
        BACKUPS,
        json_answer(&json!({ "BackupSummaries": [
            backup("a", "1", 100, "AVAILABLE"),
            backup("a", "3", 300, "AVAILABLE"),
            backup("a", "2", 200, "AVAILABLE"),
            backup("a", "4", 400, "CREATING"),
            backup("a", "5", 500, "DELETED"),
            elder_namesake,
            backup("b", "6", 1, "CREATING"),
        ] })),
    );
    let backups = at(&stub, "/dynamodb/backups").await;
    assert_eq!(names(&backups), ["3", "9"]);
    assert_eq!(
        backups["found"][0],
        json!({
            "arn": "arn:aws:dynamodb:eu-west-1:111122223333:table/a/backup/3",
            "name": "3",
            "region": "eu-west-1",
            "table": "arn:aws:dynamodb:eu-west-1:111122223333:table/a",
            "table_id": "id-of-a",
            "created": "1970-01-01T00:05:00Z",
        })
    );
    assert_eq!(stub.calls(BACKUPS)[0].member("BackupType"), "USER");
    assert_eq!(stub.calls(BACKUPS)[0].member("TableName"), "");
}
