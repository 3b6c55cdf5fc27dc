//! Flow logs: who talked to whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Region,
    macros::{fact, open_enum, regional},
};

/// A flow log (`DescribeFlowLogs`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowLog {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `fl-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// The VPC, subnet, interface or transit gateway whose traffic it records.
    pub resource: String,
    /// What it records; transit gateways have no choice.
    pub traffic: Option<TrafficKind>,
    /// `ACTIVE`, the only status that AWS documents.
    pub status: Option<String>,
    /// Whether the records arrive; none before the first.
    pub delivery: Option<DeliveryStatus>,
    /// Why they do not: `Access error`, `Rate limited`, `Unknown error`.
    pub delivery_error: Option<String>,
    /// `cloud-watch-logs`, `s3` or `kinesis-data-firehose`.
    pub destination_kind: Option<String>,
    /// Where the records go, by ARN.
    pub destination: Option<String>,
    /// Where the records go, by the name of a CloudWatch log group.
    pub log_group: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(FlowLog, "ec2:DescribeFlowLogs");

open_enum! {
    /// What a flow log records.
    TrafficKind {
        /// What passed.
        Accept = "ACCEPT",
        /// What was dropped.
        Reject = "REJECT",
        /// Both.
        All = "ALL",
    }
}

open_enum! {
    /// Whether a flow log's records arrive.
    DeliveryStatus {
        /// They do.
        Success = "SUCCESS",
        /// They do not.
        Failed = "FAILED",
    }
}
