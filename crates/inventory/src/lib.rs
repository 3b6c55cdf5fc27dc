//! What one scan learned about an AWS account, with no opinion about it.
//!
//! This crate is the snapshot format: `collect` writes it, `checks` reads it, and nothing in it
//! talks to AWS.

pub mod access_analyzer;
pub mod apigateway;
pub mod backup;
pub mod cloudformation;
pub mod cloudfront;
pub mod cognito;
pub mod contacts;
mod cors;
pub mod dynamodb;
pub mod ec2;
mod fact;
pub mod iam;
mod id;
pub mod kms;
pub mod lambda;
mod macros;
pub mod organizations;
mod regions;
pub mod s3;
pub mod secret;
mod snapshot;
pub mod wafv2;

pub use cors::Cors;
pub use fact::{Action, Fact, Gap, Listed, Observed, Place, Reason, Resource, Unknown};
pub use id::{AccountId, Arn, InvalidId, Partition, Region};
pub use regions::EnabledRegions;
pub use snapshot::{Account, Asked, Completion, FORMAT, Inventory, SnapshotError, VERSION};
