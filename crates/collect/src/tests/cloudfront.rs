//! CloudFront as it is collected.

mod access;
mod account;
mod buckets;
mod calls;
mod gone;
mod headers;
mod listing;
mod logs;
mod malformed;
mod partitions;
mod refused;
mod summary;

use serde_json::Value;

use super::{
    stub::{Answer, Call, Stub},
    written,
};
use account::account;

pub(super) use account::usual;

const LIST: &str = "cloudfront:ListDistributions";
const CONFIG: &str = "cloudfront:GetDistributionConfig";
const TAGS: &str = "cloudfront:ListTagsForResource";
const CONTROLS: &str = "cloudfront:ListOriginAccessControls";
const IDENTITIES: &str = "cloudfront:ListCloudFrontOriginAccessIdentities";
const HEADERS: &str = "cloudfront:ListResponseHeadersPolicies";
const SOURCES: &str = "cloudwatchlogs:DescribeDeliverySources";
const DELIVERIES: &str = "cloudwatchlogs:DescribeDeliveries";
const HEAD: &str = "s3:HeadBucket";

/// An account where some calls get other answers.
fn but(other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static) -> Stub {
    Stub::new(account).regions(["eu-west-1"]).instead(other)
}

/// An account where one operation gets this answer.
fn with(operation: &'static str, answer: Answer) -> Stub {
    but(move |call| (call.operation == operation).then(|| answer.clone()))
}

/// CloudFront as the snapshot has it.
async fn cloudfront(stub: &Stub) -> Value {
    written(stub.collect().await.cloudfront)
}

/// A part of it.
async fn at(stub: &Stub, path: &str) -> Value {
    cloudfront(stub).await.pointer(path).cloned().unwrap_or_else(|| panic!("{path}"))
}

/// The ids of what was found of one kind.
fn ids(listed: &Value) -> Vec<&str> {
    let found = listed["found"].as_array().unwrap();
    found.iter().map(|item| item["id"].as_str().unwrap()).collect()
}
