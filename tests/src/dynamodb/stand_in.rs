//! What the fake AWS does not know of tables, their exports and backups, answered by the stand-in.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::iam::days_ago;

/// An answer of a service that speaks JSON.
pub fn answer(body: &Value) -> Response {
    Response::new(200, "application/x-amz-json-1.0", body.to_string())
}

/// The body of a request.
pub fn sent(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_default()
}

/// A time so many days ago, as JSON has it.
///
/// # Panics
///
/// If there was no such day.
pub fn seconds_ago(days: i64) -> Value {
    let then = OffsetDateTime::parse(&days_ago(days), &Rfc3339).expect("a time");
    json!(then.unix_timestamp())
}

/// An answer after an edit; an error stays as it is.
fn edited(mut response: Response, edit: impl FnOnce(&mut Value)) -> Response {
    if response.status == 200 {
        let mut body: Value = serde_json::from_slice(&response.body).expect("the answer is JSON");
        edit(&mut body);
        response.body = body.to_string().into_bytes();
    }
    response
}

/// Lets tables have ids, which the fake AWS leaves out, and streams no policies, no table exports, and AWS Backup neither
/// backups nor selections.
pub fn bare(fake: &FakeAws) {
    let id = |name: &Value| json!(format!("id-of-{}", name.as_str().unwrap_or_default()));
    fake.rewrite("dynamodb", "DescribeTable", move |_, response| {
        edited(response, |body| body["Table"]["TableId"] = id(&body["Table"]["TableName"]))
    });
    fake.rewrite("dynamodb", "ListBackups", move |_, response| {
        edited(response, |body| {
            for backup in body["BackupSummaries"].as_array_mut().into_iter().flatten() {
                backup["TableId"] = id(&backup["TableName"]);
            }
        })
    });
    fake.on("dynamodb", "GetResourcePolicy").when(is_of_stream).error(
        400,
        "PolicyNotFoundException",
        "Resource-based policy not found for the provided ResourceArn",
    );
    fake.on("dynamodb", "ListExports").respond(answer(&json!({ "ExportSummaries": [] })));
    fake.on("backup", "ListProtectedResources").respond(answer(&json!({ "Results": [] })));
    fake.on("backup", "ListBackupSelections")
        .respond(answer(&json!({ "BackupSelectionsList": [] })));
}

fn is_of_stream(request: &Request) -> bool {
    sent(request)["ResourceArn"].as_str().is_some_and(|arn| arn.contains("/stream/"))
}

/// Gives a table of a region more fields, or others.
pub fn described(fake: &FakeAws, region: &str, table: &str, fields: Value) {
    fake.on("dynamodb", "DescribeTable").in_region(region).only(table).rewrite(
        move |_, response| {
            edited(response, |body| {
                for (key, value) in fields.as_object().into_iter().flatten() {
                    body["Table"][key] = value.clone();
                }
            })
        },
    );
}

/// Makes a table of a region one of a global table in these.
pub fn replicas(fake: &FakeAws, region: &str, table: &str, account: &str, regions: &[&str]) {
    let replica = |other: &&str| {
        let arn = format!("arn:aws:dynamodb:{other}:{account}:table/{table}");
        json!({ "RegionName": other, "ReplicaStatus": "ACTIVE", "ReplicaArn": arn })
    };
    let others = regions.iter().filter(|other| **other != region);
    let replicas: Vec<Value> = others.map(replica).collect();
    let fields = json!({ "GlobalTableVersion": "2019.11.21", "Replicas": replicas });
    described(fake, region, table, fields);
}

/// Sets the policy of a stream.
pub fn stream_policy(fake: &FakeAws, stream: &str, policy: &Value) {
    fake.on("dynamodb", "GetResourcePolicy")
        .only(stream)
        .respond(answer(&json!({ "Policy": policy.to_string() })));
}

/// Lets the on-demand backups of a table be of an earlier table of its name.
pub fn backups_of_another(fake: &FakeAws, table: &str) {
    let table = table.to_owned();
    fake.rewrite("dynamodb", "ListBackups", move |_, response| {
        edited(response, |body| {
            for backup in body["BackupSummaries"].as_array_mut().into_iter().flatten() {
                if backup["TableName"] == table.as_str() {
                    backup["TableId"] = json!("id-of-another");
                }
            }
        })
    });
}

/// An export of a table.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The ARN of the table.
    pub table: &'a str,
    /// Where it went.
    pub bucket: &'a str,
    /// The account that S3 held the bucket to.
    pub owner: Option<&'a str>,
}

/// Lets tables of a region have been exported.
pub fn exports(fake: &FakeAws, region: &str, exports: &[Export<'_>]) {
    let arn = |export: &Export<'_>| format!("{}/export/01700000000000-0a1b2c3d", export.table);
    let summaries: Vec<Value> = exports
        .iter()
        .map(|export| json!({ "ExportArn": arn(export), "ExportStatus": "COMPLETED" }))
        .collect();
    fake.on("dynamodb", "ListExports")
        .in_region(region)
        .respond(answer(&json!({ "ExportSummaries": summaries })));
    for export in exports {
        let description = json!({
            "ExportArn": arn(export), "ExportStatus": "COMPLETED", "TableArn": export.table,
            "S3Bucket": export.bucket, "S3BucketOwner": export.owner,
            "StartTime": seconds_ago(3),
        });
        fake.on("dynamodb", "DescribeExport")
            .only(&arn(export))
            .respond(answer(&json!({ "ExportDescription": description })));
    }
}

/// Lets AWS Backup have backed up these tables of a region, each so many days ago, and a bucket.
pub fn backed_up(fake: &FakeAws, region: &str, tables: &[(&str, i64)]) {
    let point = |kind: &str, arn: &str, days: i64| json!({ "ResourceArn": arn, "ResourceType": kind, "LastBackupTime": seconds_ago(days) });
    let tables = tables.iter().map(|(arn, days)| point("DynamoDB", arn, *days));
    let all: Vec<Value> = tables.chain([point("S3", "arn:aws:s3:::shop-files", 400)]).collect();
    fake.on("backup", "ListProtectedResources")
        .in_region(region)
        .respond(answer(&json!({ "Results": all })));
}

/// Lets a backup plan have these selections, by name.
pub fn selections(fake: &FakeAws, account: &str, plan: &str, selections: &[(&str, Value)]) {
    let role = format!("arn:aws:iam::{account}:role/backup");
    let id = |name: &str| format!("{plan}-{name}");
    let listed: Vec<Value> = selections
        .iter()
        .map(|(name, _)| {
            json!({
                "SelectionId": id(name), "SelectionName": name, "BackupPlanId": plan,
                "CreationDate": seconds_ago(100), "IamRoleArn": role,
            })
        })
        .collect();
    fake.on("backup", "ListBackupSelections")
        .only(plan)
        .respond(answer(&json!({ "BackupSelectionsList": listed })));
    for (name, selection) in selections {
        let mut selection = selection.clone();
        selection["SelectionName"] = json!(name);
        selection["IamRoleArn"] = json!(role);
        let body = json!({
            "BackupSelection": selection, "SelectionId": id(name), "BackupPlanId": plan,
        });
        fake.on("backup", "GetBackupSelection").only(&id(name)).respond(answer(&body));
    }
}

/// Lets a key be one that AWS manages, where the fake AWS takes every key for a customer's.
pub fn managed_by_aws(fake: &FakeAws, key: &str) {
    let id = key.rsplit('/').next().unwrap_or_default();
    fake.on("kms", "DescribeKey").only(id).rewrite(|_, response| {
        edited(response, |body| body["KeyMetadata"]["KeyManager"] = json!("AWS"))
    });
}

/// Lets caches of a region have their nodes in these zones, and be made.
pub fn placed(fake: &FakeAws, region: &str, caches: &[(&str, &[&str])]) {
    let nodes = |zones: &[&str]| {
        let node = |(at, zone): (usize, &&str)| json!({ "NodeId": at.to_string(), "AvailabilityZone": format!("{region}{zone}") });
        Value::Array(zones.iter().enumerate().map(node).collect())
    };
    let caches: Vec<(String, Value)> =
        caches.iter().map(|(name, zones)| ((*name).to_owned(), nodes(zones))).collect();
    fake.on("dax", "DescribeClusters").in_region(region).rewrite(move |_, response| {
        edited(response, |body| {
            for cluster in body["Clusters"].as_array_mut().into_iter().flatten() {
                let own = caches.iter().find(|(name, _)| cluster["ClusterName"] == name.as_str());
                if let Some((_, nodes)) = own {
                    cluster["Status"] = json!("available");
                    cluster["Nodes"] = nodes.clone();
                }
            }
        })
    });
}

/// Lets the account belong to an organization that another manages.
pub fn organization(fake: &FakeAws, id: &str, manager: &str) {
    let organization = json!({
        "Id": id, "MasterAccountId": manager, "FeatureSet": "ALL",
        "Arn": format!("arn:aws:organizations::{manager}:organization/{id}"),
    });
    fake.on("organizations", "DescribeOrganization")
        .respond(answer(&json!({ "Organization": organization })));
}
