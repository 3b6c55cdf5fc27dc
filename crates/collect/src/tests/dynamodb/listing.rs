//! Pages, regions, and what one item's trouble costs.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::error;

#[tokio::test]
async fn all_pages_are_read() {
    let stub = but(|call| {
        let token = |name: &str| call.member(name);
        let is_first = |name: &str| token(name).is_empty();
        let answer = match call.operation.as_str() {
            LIST if call.region == "eu-west-1" => match token("ExclusiveStartTableName").as_str() {
                "" => json!({ "TableNames": ["a", "b"], "LastEvaluatedTableName": "b" }),
                _ => json!({ "TableNames": ["c"] }),
            },
            TAGS if is_first("NextToken") => {
                json!({ "Tags": [{ "Key": "a", "Value": "1" }], "NextToken": "more" })
            }
            TAGS => json!({ "Tags": [{ "Key": "b", "Value": "" }] }),
            BACKUPS if is_first("ExclusiveStartBackupArn") => json!({
                "BackupSummaries": [backup("a", "1", 1, "AVAILABLE")],
                "LastEvaluatedBackupArn": "more",
            }),
            BACKUPS => json!({ "BackupSummaries": [backup("b", "2", 1, "AVAILABLE")] }),
            LIST_EXPORTS if is_first("NextToken") => {
                json!({ "ExportSummaries": [export("a", "1")], "NextToken": "more" })
            }
            LIST_EXPORTS => json!({ "ExportSummaries": [export("b", "2")] }),
            TARGETS if is_first("NextToken") => json!({
                "ScalableTargets": [target("table/a", "table:Read")],
                "NextToken": "more",
            }),
            TARGETS => json!({ "ScalableTargets": [target("table/b", "table:Read")] }),
            CLUSTERS if is_first("NextToken") => {
                json!({ "Clusters": [cluster("a")], "NextToken": "more" })
            }
            CLUSTERS => json!({ "Clusters": [cluster("b")] }),
            _ => return None,
        };
        Some(json_answer(&answer))
    });
    let data = data(&stub).await;
    let dynamodb = &data["dynamodb"];
    assert_eq!(names(&dynamodb["tables"]), ["a", "b", "c"]);
    assert_eq!(dynamodb["tables"]["found"][0]["tags"]["set"], json!({ "a": "1", "b": "" }));
    assert_eq!(names(&dynamodb["backups"]), ["1", "2"]);
    assert_eq!(names(&dynamodb["dax_clusters"]), ["a", "b"]);
    let ids =
        |kind: &str| dynamodb[kind]["found"].as_array().unwrap().iter().map(|it| it["id"].clone());
    assert_eq!(ids("exports").collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(ids("scalable_targets").collect::<Vec<_>>(), ["table/a", "table/b"]);
    for (listing, size) in [
        (LIST, r#""Limit":100"#),
        (BACKUPS, r#""Limit":100"#),
        (LIST_EXPORTS, r#""MaxResults":25"#),
        (TARGETS, r#""MaxResults":50"#),
        (CLUSTERS, r#""MaxResults":100"#),
    ] {
        for call in stub.calls(listing) {
            assert!(call.body.contains(size), "{listing} {}", call.body);
        }
    }
}

#[tokio::test]
async fn all_pages_of_aws_backup_are_read() {
    let stub = but(|call| {
        let is_first = !call.request.contains("nextToken=more");
        let answer = match call.operation.as_str() {
            VAULTS if call.region != "eu-west-1" => return None,
            VAULTS if is_first => {
                json!({ "BackupVaultList": [vault("a")], "NextToken": "more" })
            }
            VAULTS => json!({ "BackupVaultList": [vault("b")] }),
            PLANS if is_first => json!({ "BackupPlansList": [plan("a")], "NextToken": "more" }),
            PLANS => json!({ "BackupPlansList": [plan("b")] }),
            SELECTIONS if is_first => {
                json!({ "BackupSelectionsList": [selection("a")], "NextToken": "more" })
            }
            SELECTIONS => json!({ "BackupSelectionsList": [selection("b")] }),
            PROTECTED if is_first => {
                json!({ "Results": [protected("arn:aws:s3:::data", "S3")], "NextToken": "more" })
            }
            PROTECTED => json!({ "Results": [protected(ORDERS, "DynamoDB")] }),
            _ => return None,
        };
        Some(json_answer(&answer))
    });
    let backup = at(&stub, "/backup").await;
    assert_eq!(names(&backup["vaults"]), ["a", "b"]);
    assert_eq!(names(&backup["plans"]), ["name of a", "name of b"]);
    assert_eq!(names(&backup["plans"]["found"][1]["selections"]), ["name of a", "name of b"]);
    assert_eq!(backup["protected_tables"]["found"].as_array().unwrap().len(), 1);
    assert_eq!(backup["protected_tables"]["found"][0]["arn"], ORDERS);
    for listing in [VAULTS, PLANS, SELECTIONS, PROTECTED] {
        for call in stub.calls(listing) {
            assert!(call.request.contains("maxResults=1000"), "{}", call.request);
        }
    }
}

#[tokio::test]
async fn a_page_that_fails_keeps_what_came_before_it() {
    let stub = but(|call| {
        match (call.operation.as_str(), call.member("ExclusiveStartTableName").as_str()) {
            (LIST, "") if call.region == "eu-west-1" => {
                Some(json_answer(&json!({ "TableNames": ["a"], "LastEvaluatedTableName": "a" })))
            }
            (LIST, "a") => Some(error(400, "ThrottlingException")),
            _ => None,
        }
    });
    let tables = at(&stub, "/dynamodb/tables").await;
    assert_eq!(names(&tables), ["a"]);
    let gap = &tables["gaps"][0];
    assert_eq!(gap["arn"], "arn:aws:dynamodb:eu-west-1:111122223333:table/*");
    assert_eq!(gap["unknown"]["action"], "dynamodb:ListTables");
    assert_eq!(gap["unknown"]["reason"], "throttled");
}

#[tokio::test]
async fn a_token_that_leads_to_itself_is_a_gap() {
    let stub = with(CLUSTERS, json_answer(&json!({ "Clusters": [], "NextToken": "again" })));
    let clusters = at(&stub, "/dynamodb/dax_clusters").await;
    assert_eq!(clusters["gaps"].as_array().unwrap().len(), 1);
    assert_eq!(stub.calls(CLUSTERS).len(), 2);
}

#[tokio::test]
async fn a_region_whose_tables_cannot_be_listed_may_have_some() {
    let stub = but(|call| {
        let refused = call.operation == LIST && call.region == "eu-west-1";
        refused.then(|| error(400, "AccessDeniedException"))
    });
    let data = data(&stub).await;
    let gap = &data["dynamodb"]["tables"]["gaps"][0];
    assert_eq!(
        (&gap["region"], &gap["unknown"]["reason"]),
        (&json!("eu-west-1"), &json!("access_denied"))
    );
    assert_eq!(names(&data["dynamodb"]["backups"]), ["01"]);
    assert_eq!(names(&data["backup"]["plans"]), ["name of plan-1"]);
    let asked = stub.calls(BACKUPS).into_iter().map(|call| call.region);
    assert_eq!(asked.collect::<Vec<_>>(), ["eu-west-1"]);
}

#[tokio::test]
async fn a_table_that_cannot_be_described_leaves_the_others() {
    let stub = but(|call| match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => {
            Some(json_answer(&json!({ "TableNames": ["a", "b"] })))
        }
        TABLE if call.member("TableName") == "a" => Some(error(400, "AccessDeniedException")),
        _ => None,
    });
    let tables = at(&stub, "/dynamodb/tables").await;
    assert_eq!(names(&tables), ["a", "b"]);
    let [first, second] = [0, 1].map(|index| &tables["found"][index]);
    for fact in ["settings", "stream_policy"] {
        assert_eq!(first[fact]["unknown"]["action"], "dynamodb:DescribeTable");
    }
    assert!(second["settings"].get("set").is_some());
    for table in [first, second] {
        assert!(table["continuous_backups"].get("set").is_some());
        assert!(table["policy"].get("set").is_some());
    }
}
