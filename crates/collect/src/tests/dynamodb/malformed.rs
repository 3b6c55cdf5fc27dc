//! Answers that lack what they must have.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::ok;

#[tokio::test]
async fn an_answer_without_its_heart_is_malformed() {
    for (operation, path, lacks) in [
        (TABLE, "/dynamodb/tables/found/0/settings", "Table"),
        (
            CONTINUOUS,
            "/dynamodb/tables/found/0/continuous_backups",
            "PointInTimeRecoveryDescription",
        ),
        (POLICY, "/dynamodb/tables/found/0/policy", "Policy"),
        (EXPORT, "/dynamodb/exports/found/0/settings", "ExportDescription"),
        (SELECTION, "/backup/plans/found/0/selections/found/0/settings", "BackupSelection"),
        (KEY, "/kms/keys/arn:aws:kms:eu-west-1:111122223333:key~11", "KeyMetadata"),
    ] {
        let unknown = at(&with(operation, ok("{}")), path).await["unknown"].clone();
        assert_eq!(unknown["reason"], "malformed", "{path}");
        assert_eq!(unknown["message"], format!("the answer has no usable `{lacks}`"));
    }
    for (operation, path) in [
        (LIST, "/dynamodb/tables"),
        (BACKUPS, "/dynamodb/backups"),
        (LIST_EXPORTS, "/dynamodb/exports"),
        (TARGETS, "/dynamodb/scalable_targets"),
        (CLUSTERS, "/dynamodb/dax_clusters"),
        (PROTECTED, "/backup/protected_tables"),
        (PLANS, "/backup/plans"),
        (SELECTIONS, "/backup/plans/found/0/selections"),
        (VAULTS, "/backup/vaults"),
    ] {
        let listed = at(&with(operation, ok("{}")), path).await;
        assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed", "{path}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_malformed() {
    for body in ["<html>", "{", "[]", r#"{"Table":"#] {
        let settings = at(&with(TABLE, ok(body)), "/dynamodb/tables/found/0/settings").await;
        assert_eq!(settings["unknown"]["reason"], "malformed", "{body}");
    }
}

#[tokio::test]
async fn an_item_that_cannot_be_told_is_a_gap_beside_the_others() {
    for (operation, list, path, items) in [
        (LIST, "TableNames", "/dynamodb/tables", json!(["", "orders"])),
        (
            BACKUPS,
            "BackupSummaries",
            "/dynamodb/backups",
            json!([{ "BackupName": "a" }, backup("orders", "1", 1, "AVAILABLE")]),
        ),
        (
            LIST_EXPORTS,
            "ExportSummaries",
            "/dynamodb/exports",
            json!([{ "ExportArn": ORDERS, "ExportStatus": "COMPLETED" }, export("orders", "1")]),
        ),
        (
            TARGETS,
            "ScalableTargets",
            "/dynamodb/scalable_targets",
            json!([{ "MinCapacity": 1 }, target("table/orders", "table:Read")]),
        ),
        (CLUSTERS, "Clusters", "/dynamodb/dax_clusters", json!([{}, cluster("cache")])),
        (
            PROTECTED,
            "Results",
            "/backup/protected_tables",
            json!([{ "ResourceArn": ORDERS }, protected(ORDERS, "DynamoDB")]),
        ),
        (PLANS, "BackupPlansList", "/backup/plans", json!([{}, plan("plan-1")])),
        (
            SELECTIONS,
            "BackupSelectionsList",
            "/backup/plans/found/0/selections",
            json!([{}, selection("selection-1")]),
        ),
        (VAULTS, "BackupVaultList", "/backup/vaults", json!([{}, vault("Default")])),
    ] {
        let answer = json_answer(&json!({ list: items }));
        let stub = with(operation, answer).regions(["eu-west-1"]);
        let listed = at(&stub, path).await;
        assert_eq!(listed["found"].as_array().unwrap().len(), 1, "{path}");
        assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed", "{path}");
    }
}

#[tokio::test]
async fn what_is_no_arn_or_region_is_malformed() {
    for (field, value) in [
        ("SSEDescription", json!({ "KMSMasterKeyArn": "a key" })),
        ("LatestStreamArn", json!("a stream")),
        ("LatestStreamArn", json!(null)),
        ("Replicas", json!([{ "RegionName": "E U" }])),
        ("GlobalSecondaryIndexes", json!([{}])),
        ("TableStatus", json!(null)),
    ] {
        let mut described = table("orders");
        described[field] = value.clone();
        let stub = with(TABLE, json_answer(&json!({ "Table": described })));
        let settings = at(&stub, "/dynamodb/tables/found/0/settings").await;
        assert_eq!(settings["unknown"]["reason"], "malformed", "{field} {value}");
    }
}
