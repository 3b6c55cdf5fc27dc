//! DynamoDB for the fake AWS: tables, what scales and caches them, their keys, and AWS Backup behind them.

pub mod stand_in;

use serde_json::{Value, json};

use crate::{
    json::Json,
    moto::{Keys, Moto},
};

/// DynamoDB of an account in one region, being filled, and what goes with it.
#[derive(Clone, Debug)]
pub struct Tables<'a> {
    aws: Json<'a>,
}

impl<'a> Tables<'a> {
    /// Begins.
    pub fn new(moto: &'a Moto, keys: &Keys, region: &str) -> Self {
        Self { aws: Json::new(moto, keys, region) }
    }

    fn dynamodb(&self, operation: &str, body: &Value) -> Value {
        self.aws.call("dynamodb", &format!("DynamoDB_20120810.{operation}"), body)
    }

    /// The ARN of a table.
    pub fn arn(&self, table: &str) -> String {
        format!("arn:aws:dynamodb:{}:{}:table/{table}", self.aws.region(), self.aws.account())
    }

    /// Makes a table with these settings, paid by the request if they do not say otherwise, and gives its ARN.
    pub fn table(&self, name: &str, settings: &Value) -> String {
        let mut table = json!({
            "TableName": name,
            "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
            "BillingMode": "PAY_PER_REQUEST",
        });
        for (key, value) in settings.as_object().into_iter().flatten() {
            table[key] = value.clone();
        }
        self.dynamodb("CreateTable", &table);
        self.arn(name)
    }

    /// Lets a table be restored to a point in time.
    pub fn recover(&self, table: &str) {
        let on = json!({ "PointInTimeRecoveryEnabled": true });
        let body = json!({ "TableName": table, "PointInTimeRecoverySpecification": on });
        self.dynamodb("UpdateContinuousBackups", &body);
    }

    /// Makes a backup of a table, now.
    pub fn back_up(&self, table: &str) {
        let body = json!({ "TableName": table, "BackupName": "before-the-change" });
        self.dynamodb("CreateBackup", &body);
    }

    /// Sets the policy of a table.
    pub fn policy(&self, table: &str, policy: &Value) {
        let body = json!({ "ResourceArn": self.arn(table), "Policy": policy.to_string() });
        self.dynamodb("PutResourcePolicy", &body);
    }

    /// Tags a table.
    pub fn tag(&self, table: &str, key: &str, value: &str) {
        let tags = json!([{ "Key": key, "Value": value }]);
        let body = json!({ "ResourceArn": self.arn(table), "Tags": tags });
        self.dynamodb("TagResource", &body);
    }

    /// Lets the capacity of a table follow its traffic.
    pub fn scale(&self, table: &str) {
        for dimension in ["Read", "Write"] {
            let body = json!({
                "ServiceNamespace": "dynamodb",
                "ResourceId": format!("table/{table}"),
                "ScalableDimension": format!("dynamodb:table:{dimension}CapacityUnits"),
                "MinCapacity": 5, "MaxCapacity": 50,
            });
            let target = "AnyScaleFrontendService.RegisterScalableTarget";
            self.aws.call("application-autoscaling", target, &body);
        }
    }

    /// Makes a cache of so many nodes.
    pub fn cluster(&self, name: &str, nodes: u32, encrypts: bool) {
        let body = json!({
            "ClusterName": name, "NodeType": "dax.t3.small", "ReplicationFactor": nodes,
            "IamRoleArn": format!("arn:aws:iam::{}:role/dax", self.aws.account()),
            "SSESpecification": { "Enabled": encrypts },
            "ClusterEndpointEncryptionType": if encrypts { "TLS" } else { "NONE" },
        });
        self.aws.call("dax", "AmazonDAXV3.CreateCluster", &body);
    }

    /// Makes a key, and gives its ARN.
    pub fn key(&self) -> String {
        let made = self.aws.call("kms", "TrentService.CreateKey", &json!({}));
        text(&made, "/KeyMetadata/Arn")
    }

    /// Makes a key that nobody can use, and gives its ARN.
    pub fn disabled_key(&self) -> String {
        let key = self.key();
        // The fake AWS finds it by its id alone.
        let id = key.rsplit('/').next();
        self.aws.call("kms", "TrentService.DisableKey", &json!({ "KeyId": id }));
        key
    }

    /// The key of a table.
    pub fn key_of(&self, table: &str) -> String {
        let table = self.dynamodb("DescribeTable", &json!({ "TableName": table }));
        text(&table, "/Table/SSEDescription/KMSMasterKeyArn")
    }

    /// The stream of a table.
    pub fn stream_of(&self, table: &str) -> String {
        let table = self.dynamodb("DescribeTable", &json!({ "TableName": table }));
        text(&table, "/Table/LatestStreamArn")
    }

    /// Makes a backup vault with a key.
    pub fn vault(&self, name: &str, key: &str) {
        let body = json!({ "EncryptionKeyArn": key });
        self.aws.rest("backup", &format!("PUT /backup-vaults/{name}"), &body);
    }

    /// Makes a backup plan that selects nothing, and gives its id.
    pub fn plan(&self, name: &str) -> String {
        let rule = json!({ "RuleName": "daily", "TargetBackupVaultName": "Default" });
        let plan = json!({ "BackupPlan": { "BackupPlanName": name, "Rules": [rule] } });
        text(&self.aws.rest("backup", "PUT /backup/plans", &plan), "/BackupPlanId")
    }
}

fn text(answer: &Value, path: &str) -> String {
    let text = answer.pointer(path).and_then(Value::as_str);
    text.unwrap_or_else(|| panic!("no {path} in {answer}")).to_owned()
}
