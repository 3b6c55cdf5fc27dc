//! Exports to S3.

use serde_json::json;

use super::{account::*, *};

#[tokio::test]
async fn of_each_table_the_latest_that_has_not_failed_is_read() {
    let mut failed = export("a", "01600000000009-x");
    failed["ExportStatus"] = json!("FAILED");
    let stub = with(
        LIST_EXPORTS,
        json_answer(&json!({ "ExportSummaries": [
            export("a", "01600000000001-z"),
            export("a", "01600000000003-a"),
            export("a", "01600000000002-b"),
            failed,
            export("b", "01500000000000-a"),
        ] })),
    );
    let exports = at(&stub, "/dynamodb/exports").await;
    assert_eq!(exports["found"].as_array().unwrap().len(), 2);
    assert_eq!(
        exports["found"][0],
        json!({
            "arn": "arn:aws:dynamodb:eu-west-1:111122223333:table/a/export/01600000000003-a",
            "id": "01600000000003-a",
            "region": "eu-west-1",
            "table": "arn:aws:dynamodb:eu-west-1:111122223333:table/a",
            "status": "COMPLETED",
            "settings": { "set": {
                "bucket": "exports",
                "bucket_owner": "444455556666",
                "started": "2020-09-13T12:26:40Z",
            } },
        })
    );
    assert_eq!(stub.calls(EXPORT).len(), 2);
    assert_eq!(stub.calls(LIST_EXPORTS)[0].member("TableArn"), "");
}
