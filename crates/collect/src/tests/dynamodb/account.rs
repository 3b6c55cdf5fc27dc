//! What an account of one table in eu-west-1 answers where a test says nothing else.
//!
//! The table has a stream, a key of its own, an on-demand backup, an export, scaling, a cache and a backup plan.

use serde_json::{Value, json};

use super::*;
use crate::tests::{account::usual, stub::ok};

pub(super) const ORDERS: &str = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
pub(super) const STREAM: &str =
    "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2031-01-01T00:00:00.000";
pub(super) const A_KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1";
pub(super) const PLAN: &str = "arn:aws:backup:eu-west-1:111122223333:backup-plan:plan-1";

pub(super) fn account(call: &Call) -> Answer {
    let body = match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => json!({ "TableNames": ["orders"] }),
        TABLE => json!({ "Table": table(&call.member("TableName")) }),
        CONTINUOUS => continuous("ENABLED"),
        POLICY => json!({ "Policy": "{}", "RevisionId": "1" }),
        TAGS => json!({ "Tags": [{ "Key": "team", "Value": "blue" }] }),
        BACKUPS => json!({ "BackupSummaries": [backup("orders", "01", 1_000, "AVAILABLE")] }),
        LIST_EXPORTS => json!({ "ExportSummaries": [export("orders", "01600000000000-a")] }),
        EXPORT => json!({ "ExportDescription": {
            "ExportArn": call.member("ExportArn"),
            "S3Bucket": "exports",
            "S3BucketOwner": "444455556666",
            "StartTime": 1_600_000_000,
        } }),
        TARGETS => json!({ "ScalableTargets": [target("table/orders", "table:Read")] }),
        CLUSTERS => json!({ "Clusters": [cluster("cache")] }),
        PROTECTED => json!({ "Results": [protected(ORDERS, "DynamoDB")] }),
        PLANS => json!({ "BackupPlansList": [plan("plan-1")] }),
        SELECTIONS => json!({ "BackupSelectionsList": [selection("selection-1")] }),
        SELECTION => json!({ "BackupSelection": {
            "SelectionName": "tables",
            "IamRoleArn": "arn:aws:iam::111122223333:role/backup",
            "Resources": ["arn:aws:dynamodb:*:*:table/*"],
        } }),
        VAULTS if call.region == "eu-west-1" => json!({ "BackupVaultList": [vault("Default")] }),
        KEY => json!({ "KeyMetadata": {
            "KeyId": "1",
            "Arn": call.member("KeyId"),
            "KeyManager": "CUSTOMER",
            "KeyState": "Enabled",
        } }),
        _ => return usual(call),
    };
    json_answer(&body)
}

pub(super) fn json_answer(body: &Value) -> Answer {
    ok(body.to_string())
}

/// A table as `DescribeTable` has it.
pub(super) fn table(name: &str) -> Value {
    json!({
        "TableName": name,
        "TableId": format!("id-of-{name}"),
        "TableStatus": "ACTIVE",
        "DeletionProtectionEnabled": true,
        "SSEDescription": { "Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": A_KEY },
        "StreamSpecification": { "StreamEnabled": true, "StreamViewType": "KEYS_ONLY" },
        "LatestStreamArn": STREAM,
    })
}

pub(super) fn continuous(status: &str) -> Value {
    json!({ "ContinuousBackupsDescription": {
        "ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": {
            "PointInTimeRecoveryStatus": status,
            "RecoveryPeriodInDays": 35,
            "EarliestRestorableDateTime": 0,
        },
    } })
}

/// A backup as `ListBackups` has it.
pub(super) fn backup(table: &str, id: &str, at: i64, status: &str) -> Value {
    let arn = format!("arn:aws:dynamodb:eu-west-1:111122223333:table/{table}");
    json!({
        "BackupArn": format!("{arn}/backup/{id}"),
        "BackupName": id,
        "TableArn": arn,
        "TableId": format!("id-of-{table}"),
        "TableName": table,
        "BackupStatus": status,
        "BackupType": "USER",
        "BackupCreationDateTime": at,
    })
}

/// An export as `ListExports` has it.
pub(super) fn export(table: &str, id: &str) -> Value {
    let arn = format!("arn:aws:dynamodb:eu-west-1:111122223333:table/{table}/export/{id}");
    json!({ "ExportArn": arn, "ExportStatus": "COMPLETED", "ExportType": "FULL_EXPORT" })
}

/// A scalable target, its dimension without the beginning and the end.
pub(super) fn target(id: &str, dimension: &str) -> Value {
    json!({
        "ServiceNamespace": "dynamodb",
        "ResourceId": id,
        "ScalableDimension": format!("dynamodb:{dimension}CapacityUnits"),
        "MinCapacity": 5,
        "MaxCapacity": 50,
        "RoleARN": "arn:aws:iam::111122223333:role/scaling",
        "CreationTime": 0,
        "SuspendedState": { "DynamicScalingOutSuspended": true },
    })
}

/// A cluster as DAX has it.
pub(super) fn cluster(name: &str) -> Value {
    json!({
        "ClusterName": name,
        "ClusterArn": format!("arn:aws:dax:eu-west-1:111122223333:cache/{name}"),
        "TotalNodes": 2,
        "Status": "available",
        "Nodes": [
            { "NodeId": "a", "AvailabilityZone": "eu-west-1a" },
            { "NodeId": "b", "AvailabilityZone": "eu-west-1b" },
        ],
        "SSEDescription": { "Status": "ENABLED" },
        "ClusterEndpointEncryptionType": "TLS",
    })
}

pub(super) fn protected(arn: &str, kind: &str) -> Value {
    json!({
        "ResourceArn": arn,
        "ResourceType": kind,
        "LastBackupTime": 1_000,
        "LastBackupVaultArn": "arn:aws:backup:eu-west-1:111122223333:backup-vault:Default",
    })
}

pub(super) fn plan(id: &str) -> Value {
    json!({
        "BackupPlanArn": format!("arn:aws:backup:eu-west-1:111122223333:backup-plan:{id}"),
        "BackupPlanId": id,
        "BackupPlanName": format!("name of {id}"),
    })
}

pub(super) fn selection(id: &str) -> Value {
    json!({ "SelectionId": id, "SelectionName": format!("name of {id}"), "BackupPlanId": "plan-1" })
}

pub(super) fn vault(name: &str) -> Value {
    json!({
        "BackupVaultName": name,
        "BackupVaultArn": format!("arn:aws:backup:eu-west-1:111122223333:backup-vault:{name}"),
        "VaultType": "BACKUP_VAULT",
        "EncryptionKeyArn": A_KEY,
        "EncryptionKeyType": "CUSTOMER_MANAGED_KMS_KEY",
        "NumberOfRecoveryPoints": 3,
        "Locked": true,
    })
}
