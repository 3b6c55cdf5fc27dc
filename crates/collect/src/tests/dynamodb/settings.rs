//! What is read of a table, of a cluster and of a vault.

use serde_json::json;

use super::{account::*, *};

#[tokio::test]
async fn a_table_is_read_in_full() {
    let table = at(&Stub::new(account), "/dynamodb/tables/found/0").await;
    assert_eq!(
        table,
        json!({
            "arn": ORDERS,
            "name": "orders",
            "region": "eu-west-1",
            "settings": { "set": {
                "id": "id-of-orders",
                "status": "ACTIVE",
                "deletion_protection": true,
                "encryption": {
                    "status": "ENABLED",
                    "kind": "KMS",
                    "key": A_KEY,
                    "inaccessible_since": null,
                },
                "billing": null,
                "class": null,
                "indexes": [],
                "stream": STREAM,
                "replicas": [],
                "global_table_version": null,
            } },
            "continuous_backups": { "set": {
                "point_in_time_recovery": "ENABLED",
                "recovery_days": 35,
                "earliest": "1970-01-01T00:00:00Z",
            } },
            "policy": { "set": "{}" },
            "stream_policy": { "set": "{}" },
            "tags": { "set": { "team": "blue" } },
        })
    );
}

#[tokio::test]
async fn what_a_table_may_have_is_read() {
    let stub = with(
        TABLE,
        json_answer(&json!({ "Table": {
            "TableName": "orders",
            "TableStatus": "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
            "SSEDescription": {
                "Status": "ENABLED",
                "SSEType": "KMS",
                "KMSMasterKeyArn": A_KEY,
                "InaccessibleEncryptionDateTime": 1_000,
            },
            "BillingModeSummary": { "BillingMode": "PROVISIONED" },
            "TableClassSummary": { "TableClass": "STANDARD_INFREQUENT_ACCESS" },
            "GlobalSecondaryIndexes": [{ "IndexName": "by-day" }, { "IndexName": "by-user" }],
            "GlobalTableVersion": "2019.11.21",
            "Replicas": [
                { "RegionName": "eu-central-1", "ReplicaStatus": "ACTIVE", "KMSMasterKeyId": "alias/k" },
                { "RegionName": "us-east-1", "ReplicaStatus": "REGION_DISABLED" },
            ],
        } })),
    );
    let settings = at(&stub, "/dynamodb/tables/found/0/settings/set").await;
    assert_eq!(settings["encryption"]["inaccessible_since"], "1970-01-01T00:16:40Z");
    assert_eq!(settings["billing"], "PROVISIONED");
    assert_eq!(settings["class"], "STANDARD_INFREQUENT_ACCESS");
    assert_eq!(settings["indexes"], json!(["by-day", "by-user"]));
    assert_eq!(settings["deletion_protection"], json!(null));
    assert_eq!(
        settings["replicas"],
        json!([
            { "region": "eu-central-1", "arn": null, "status": "ACTIVE", "key": "alias/k" },
            { "region": "us-east-1", "arn": null, "status": "REGION_DISABLED", "key": null },
        ])
    );
}

#[tokio::test]
async fn a_table_encrypted_by_dynamodb_has_no_key_and_one_without_a_stream_no_policy_of_it() {
    let stub = with(
        TABLE,
        json_answer(&json!({ "Table": {
            "TableStatus": "ACTIVE",
            // It was on once.
            "LatestStreamArn": STREAM,
            "StreamSpecification": { "StreamEnabled": false },
        } })),
    );
    let data = data(&stub).await;
    let table = &data["dynamodb"]["tables"]["found"][0];
    assert_eq!(table["settings"]["set"]["encryption"], json!(null));
    assert_eq!(table["settings"]["set"]["stream"], json!(null));
    assert_eq!(table["stream_policy"], "not_set");
    assert_eq!(stub.calls(POLICY).len(), 1);
    // That of the backup vault.
    assert_eq!(stub.calls(KEY).len(), 1);
}

#[tokio::test]
async fn a_table_or_stream_without_a_policy_says_so() {
    let none = crate::tests::stub::error(400, "PolicyNotFoundException");
    let table = at(&with(POLICY, none), "/dynamodb/tables/found/0").await;
    assert_eq!((&table["policy"], &table["stream_policy"]), (&json!("not_set"), &json!("not_set")));
}

#[tokio::test]
async fn what_scales_is_read() {
    let stub = with(
        TARGETS,
        json_answer(&json!({ "ScalableTargets": [
            target("table/orders", "table:Read"),
            target("table/orders/index/by-day", "index:Write"),
        ] })),
    );
    let targets = at(&stub, "/dynamodb/scalable_targets/found").await;
    assert_eq!(
        targets[0],
        json!({
            "arn": ORDERS,
            "id": "table/orders",
            "region": "eu-west-1",
            "dimension": "dynamodb:table:ReadCapacityUnits",
            "min": 5,
            "max": 50,
            "scale_out_suspended": true,
            "scale_in_suspended": false,
        })
    );
    assert_eq!(targets[1]["arn"], format!("{ORDERS}/index/by-day"));
    assert_eq!(targets[1]["dimension"], "dynamodb:index:WriteCapacityUnits");
    assert_eq!(stub.calls(TARGETS)[0].member("ServiceNamespace"), "dynamodb");
}

#[tokio::test]
async fn a_cluster_and_a_vault_are_read() {
    let data = data(&Stub::new(account)).await;
    assert_eq!(
        data["dynamodb"]["dax_clusters"]["found"],
        json!([{
            "arn": "arn:aws:dax:eu-west-1:111122223333:cache/cache",
            "name": "cache",
            "region": "eu-west-1",
            "status": "available",
            "encryption": "ENABLED",
            "endpoint_encryption": "TLS",
            "nodes": [{ "id": "a", "zone": "eu-west-1a" }, { "id": "b", "zone": "eu-west-1b" }],
            "total_nodes": 2,
        }])
    );
    assert_eq!(
        data["backup"]["vaults"]["found"],
        json!([{
            "arn": "arn:aws:backup:eu-west-1:111122223333:backup-vault:Default",
            "name": "Default",
            "region": "eu-west-1",
            "kind": "BACKUP_VAULT",
            "key": A_KEY,
            "key_kind": "CUSTOMER_MANAGED_KMS_KEY",
            "locked": true,
            "recovery_points": 3,
        }])
    );
}
