//! Which services a principal used.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::macros::fact;

/// The services that a principal may use, and when it last did (`GetServiceLastAccessedDetails`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LastAccessed(pub Vec<ServiceUse>);
fact!(LastAccessed, "iam:GetServiceLastAccessedDetails");

/// One service of a principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceUse {
    /// The prefix of its actions, `s3`.
    pub service: String,
    /// The last attempt to use it; nothing where there was none in the 400 days that IAM remembers.
    #[serde(with = "time::serde::rfc3339::option")]
    pub last_used: Option<OffsetDateTime>,
}

/// The job that finds out what a principal used (`GenerateServiceLastAccessedDetails`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessJob(pub String);
fact!(AccessJob, "iam:GenerateServiceLastAccessedDetails");

/// The state of the credential report's making (`GenerateCredentialReport`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReportState(pub String);
fact!(ReportState, "iam:GenerateCredentialReport");
