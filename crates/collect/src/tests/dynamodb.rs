//! DynamoDB as it is collected, and what goes with its tables.

mod account;
mod backups;
mod calls;
mod exports;
mod gone;
mod keys;
mod listing;
mod malformed;
mod plans;
mod refused;
mod settings;
mod throttled;

use serde_json::{Value, json};

use super::{
    stub::{Answer, Call, Stub},
    written,
};
use account::account;

const LIST: &str = "dynamodb:ListTables";
const TABLE: &str = "dynamodb:DescribeTable";
const CONTINUOUS: &str = "dynamodb:DescribeContinuousBackups";
const POLICY: &str = "dynamodb:GetResourcePolicy";
const TAGS: &str = "dynamodb:ListTagsOfResource";
const BACKUPS: &str = "dynamodb:ListBackups";
const LIST_EXPORTS: &str = "dynamodb:ListExports";
const EXPORT: &str = "dynamodb:DescribeExport";
const TARGETS: &str = "applicationautoscaling:DescribeScalableTargets";
const CLUSTERS: &str = "dax:DescribeClusters";
const PROTECTED: &str = "backup:ListProtectedResources";
const PLANS: &str = "backup:ListBackupPlans";
const SELECTIONS: &str = "backup:ListBackupSelections";
const SELECTION: &str = "backup:GetBackupSelection";
const VAULTS: &str = "backup:ListBackupVaults";
const KEY: &str = "kms:DescribeKey";

/// An account where some calls get other answers.
fn but(other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    Stub::new(account).instead(other)
}

/// An account where one operation gets this answer.
fn with(operation: &'static str, answer: Answer) -> Stub {
    but(move |call| (call.operation == operation).then(|| answer.clone()))
}

/// DynamoDB, AWS Backup and KMS as the snapshot has them.
async fn data(stub: &Stub) -> Value {
    let inventory = Box::pin(stub.collect()).await;
    json!({
        "dynamodb": written(inventory.dynamodb),
        "backup": written(inventory.backup),
        "kms": written(inventory.kms),
    })
}

/// A part of it.
async fn at(stub: &Stub, path: &str) -> Value {
    data(stub).await.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}

/// The names of what was found of one kind.
fn names(listed: &Value) -> Vec<&str> {
    let found = listed["found"].as_array().unwrap();
    found.iter().map(|item| item["name"].as_str().unwrap()).collect()
}
