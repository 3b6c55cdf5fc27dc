//! What the demo keeps: tables, and who backs them up.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};

use super::{ACCOUNT, answer, text};

const HOME: &str = "eu-west-1";
const ORDERS: &str = "shop-orders";
const SESSIONS: &str = "shop-sessions";
const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";
const PLAN: &str = "55555555-aaaa-4bbb-8ccc-666666666666";
const SELECTION: &str = "77777777-aaaa-4bbb-8ccc-888888888888";
/// Five in the morning on the day before the snapshot, in seconds.
const LAST_BACKUP: u32 = 1_768_366_800;
/// Three in the afternoon of 7 January 2026, in seconds.
const EXPORTED: u32 = 1_767_798_000;

/// Answers for DynamoDB and what goes with it: scaling, caches, keys and AWS Backup.
pub(super) fn stand_in(fake: &FakeAws) {
    fake.on("dynamodb", "*").answer_with(dynamodb);
    fake.on("dynamodb", "GetResourcePolicy").when(|it| !it.names(SESSIONS)).error(
        400,
        "PolicyNotFoundException",
        "Resource-based policy not found for the provided ResourceArn",
    );
    fake.on("backup", "*").answer_with(backup);
    fake.on("dax", "DescribeClusters").respond(answer(&json!({ "Clusters": [] })));
    fake.on("application-autoscaling", "DescribeScalableTargets").answer_with(scaled);
    fake.on("kms", "DescribeKey").respond(answer(&json!({ "KeyMetadata": {
        "KeyId": KEY, "Arn": key(), "KeyManager": "CUSTOMER", "KeyState": "Enabled",
    } })));
}

fn arn(table: &str) -> String {
    format!("arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/{table}")
}

fn key() -> String {
    format!("arn:aws:kms:{HOME}:{ACCOUNT}:key/{KEY}")
}

fn export() -> String {
    format!("{}/export/01767798000000-a1b2c3d4", arn(ORDERS))
}

fn dynamodb(request: &Request) -> Response {
    let is_home = request.region == HOME;
    let table = text(request, "TableName");
    let body = match request.operation.as_str() {
        "ListTables" if is_home => json!({ "TableNames": ["shop-carts", ORDERS, SESSIONS] }),
        "ListTables" => json!({ "TableNames": [] }),
        "DescribeTable" => json!({ "Table": described(&table) }),
        "DescribeContinuousBackups" => recovery(table == ORDERS),
        "GetResourcePolicy" => json!({ "Policy": visits().to_string(), "RevisionId": "1" }),
        "ListTagsOfResource" => json!({ "Tags": [
            { "Key": "app", "Value": "shop" }, { "Key": "env", "Value": "prod" },
        ] }),
        "ListBackups" => json!({ "BackupSummaries": [] }),
        "ListExports" => json!({ "ExportSummaries": [
            { "ExportArn": export(), "ExportStatus": "COMPLETED", "ExportType": "FULL_EXPORT" },
        ] }),
        // The agency asks for last year's orders each January, and gets them to where it works.
        "DescribeExport" => json!({ "ExportDescription": {
            "ExportArn": export(), "ExportStatus": "COMPLETED", "TableArn": arn(ORDERS),
            "S3Bucket": "agency-shop-clicks", "S3BucketOwner": "444455556666",
            "StartTime": EXPORTED,
        } }),
        _ => json!({}),
    };
    answer(&body)
}

/// The orders have all that there is. The others were made in a hurry.
fn described(table: &str) -> Value {
    let is_orders = table == ORDERS;
    let billing = if table == SESSIONS { "PROVISIONED" } else { "PAY_PER_REQUEST" };
    let mut described = json!({
        "TableName": table, "TableArn": arn(table), "TableId": format!("id-of-{table}"),
        "TableStatus": "ACTIVE", "DeletionProtectionEnabled": is_orders,
        "BillingModeSummary": { "BillingMode": billing },
    });
    if is_orders {
        described["SSEDescription"] =
            json!({ "Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": key() });
    }
    described
}

fn recovery(is_on: bool) -> Value {
    let point = if is_on {
        json!({
            "PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 35,
            // When it was the eleventh of December.
            "EarliestRestorableDateTime": 1_765_411_200,
        })
    } else {
        json!({ "PointInTimeRecoveryStatus": "DISABLED" })
    };
    json!({ "ContinuousBackupsDescription": {
        "ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": point,
    } })
}

/// The partner counts visitors, and may read all about them.
fn visits() -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{
        "Sid": "Visits", "Effect": "Allow", "Action": ["dynamodb:Query", "dynamodb:Scan"],
        "Principal": { "AWS": "arn:aws:iam::444455556666:root" }, "Resource": arn(SESSIONS),
    }] })
}

/// Of the sessions only the reads follow the traffic, for only they had failed.
fn scaled(request: &Request) -> Response {
    let reads = json!({
        "ServiceNamespace": "dynamodb", "ResourceId": format!("table/{SESSIONS}"),
        "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
        "MinCapacity": 5, "MaxCapacity": 200, "CreationTime": EXPORTED,
        "RoleARN": format!("arn:aws:iam::{ACCOUNT}:role/aws-service-role/\
            dynamodb.application-autoscaling.amazonaws.com/\
            AWSServiceRoleForApplicationAutoScaling_DynamoDBTable"),
    });
    let all = if request.region == HOME { json!([reads]) } else { json!([]) };
    answer(&json!({ "ScalableTargets": all }))
}

fn backup(request: &Request) -> Response {
    let is_home = request.region == HOME;
    let vault = format!("arn:aws:backup:{HOME}:{ACCOUNT}:backup-vault:shop");
    let role = format!("arn:aws:iam::{ACCOUNT}:role/service-role/AWSBackupDefaultServiceRole");
    let body = match request.operation.as_str() {
        "ListProtectedResources" => json!({ "Results": [{
            "ResourceArn": arn(ORDERS), "ResourceType": "DynamoDB",
            "LastBackupTime": LAST_BACKUP, "LastBackupVaultArn": vault,
        }] }),
        "ListBackupPlans" => json!({ "BackupPlansList": [{
            "BackupPlanArn": format!("arn:aws:backup:{HOME}:{ACCOUNT}:backup-plan:{PLAN}"),
            "BackupPlanId": PLAN, "BackupPlanName": "shop-daily",
        }] }),
        "ListBackupSelections" => json!({ "BackupSelectionsList": [{
            "SelectionId": SELECTION, "SelectionName": "orders", "BackupPlanId": PLAN,
        }] }),
        // By name, so that what came later is not in it.
        "GetBackupSelection" => json!({ "BackupPlanId": PLAN, "SelectionId": SELECTION,
            "BackupSelection": {
                "SelectionName": "orders", "IamRoleArn": role, "Resources": [arn(ORDERS)],
            } }),
        "ListBackupVaults" if is_home => json!({ "BackupVaultList": [{
            "BackupVaultName": "shop", "BackupVaultArn": vault, "VaultType": "BACKUP_VAULT",
            "EncryptionKeyArn": key(), "EncryptionKeyType": "CUSTOMER_MANAGED_KMS_KEY",
            "NumberOfRecoveryPoints": 35, "Locked": false,
        }] }),
        _ => json!({ "BackupVaultList": [] }),
    };
    answer(&body)
}
