//! What an account of one function and one layer in eu-west-1 answers where a test says nothing else.
//!
//! The function has one version, one alias, and two addresses.

use serde_json::{Value, json};

use super::*;
use crate::tests::{
    account::usual,
    stub::{error, ok},
};

pub(super) const SHOP: &str = "arn:aws:lambda:eu-west-1:111122223333:function:shop";
pub(super) const LAYER: &str = "arn:aws:lambda:eu-west-1:111122223333:layer:tools";

pub(super) fn account(call: &Call) -> Answer {
    match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => {
            functions(&[function("shop", "$LATEST"), function("shop", "1")], None)
        }
        ALIASES => aliases(&[("live", "1")], None),
        URLS => urls(&[url("", "NONE"), url(":live", "AWS_IAM")], None),
        POLICY if call.request.contains("Qualifier=live") => policy("everybody"),
        POLICY | LAYER_POLICY => error(404, "ResourceNotFoundException"),
        LAYERS if call.region == "eu-west-1" => layers(&["tools"], None),
        VERSIONS => versions(&[2, 1], None),
        _ => usual(call),
    }
}

pub(super) fn json_answer(body: &Value) -> Answer {
    ok(body.to_string())
}

pub(super) fn functions(all: &[Value], next: Option<&str>) -> Answer {
    json_answer(&json!({ "Functions": all, "NextMarker": next }))
}

/// A line of the listing of all versions, where the ARN has the version behind it.
pub(super) fn function(name: &str, version: &str) -> Value {
    json!({
        "FunctionArn": format!("arn:aws:lambda:eu-west-1:111122223333:function:{name}:{version}"),
        "FunctionName": name,
        "Version": version,
        "Role": "arn:aws:iam::111122223333:role/app",
        "PackageType": "Zip",
        "Runtime": "python3.13",
        "Layers": [{ "Arn": format!("{LAYER}:1"), "CodeSize": 1 }],
        "Environment": { "Variables": { "TOKEN": "not for any inventory", "HOST": "nor this one" } },
    })
}

pub(super) fn aliases(all: &[(&str, &str)], next: Option<&str>) -> Answer {
    let aliases: Vec<Value> = all
        .iter()
        .map(|(name, version)| {
            json!({
                "AliasArn": format!("{SHOP}:{name}"),
                "Name": name,
                "FunctionVersion": version,
            })
        })
        .collect();
    json_answer(&json!({ "Aliases": aliases, "NextMarker": next }))
}

pub(super) fn urls(all: &[Value], next: Option<&str>) -> Answer {
    json_answer(&json!({ "FunctionUrlConfigs": all, "NextMarker": next }))
}

pub(super) fn url(qualifier: &str, auth: &str) -> Value {
    json!({
        "FunctionUrl": "https://abc.lambda-url.eu-west-1.on.aws/",
        "FunctionArn": format!("{SHOP}{qualifier}"),
        "AuthType": auth,
        "Cors": { "AllowCredentials": true, "AllowHeaders": ["x-shop"] },
        "CreationTime": "2025-01-01T00:00:00Z",
        "LastModifiedTime": "2025-01-01T00:00:00Z",
    })
}

pub(super) fn policy(sid: &str) -> Answer {
    let document = json!({ "Statement": [{ "Sid": sid }] }).to_string();
    json_answer(&json!({ "Policy": document, "RevisionId": "1" }))
}

pub(super) fn layers(names: &[&str], next: Option<&str>) -> Answer {
    let layers: Vec<Value> = names.iter().map(|name| json!({ "LayerName": name })).collect();
    json_answer(&json!({ "Layers": layers, "NextMarker": next }))
}

pub(super) fn versions(numbers: &[u64], next: Option<&str>) -> Answer {
    let versions: Vec<Value> = numbers
        .iter()
        .map(|number| json!({ "LayerVersionArn": format!("{LAYER}:{number}"), "Version": number }))
        .collect();
    json_answer(&json!({ "LayerVersions": versions, "NextMarker": next }))
}
