//! The collector against an AWS that answers what a test wants.

mod access_points;
mod account;
mod analyzers;
mod apigateway;
mod cloudformation;
mod cloudfront;
mod cognito;
mod dynamodb;
mod ec2;
mod facts;
mod gone;
mod iam;
mod identity;
mod lambda;
mod layer;
mod listing;
mod malformed;
mod names;
mod objects;
mod place;
mod refused;
mod regions;
mod replication;
mod secret;
mod stopped;
mod stub;
mod wafv2;

use serde::Serialize;
use serde_json::{Value, json};

/// A fact as the snapshot has it.
fn written(fact: impl Serialize) -> Value {
    serde_json::to_value(fact).unwrap()
}

/// An unknown as the snapshot has it, without message.
fn unknown(action: &str, reason: &str, code: &str) -> Value {
    json!({ "unknown": { "action": action, "reason": reason, "code": code } })
}
