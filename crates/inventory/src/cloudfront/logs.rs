//! Standard logs of the new kind, which CloudWatch Logs delivers.

use serde::{Deserialize, Serialize};

use crate::{
    Arn,
    macros::{fact, open_enum},
};

/// What CloudWatch Logs may deliver logs of, of CloudFront's alone (`DescribeDeliverySources` in CloudFront's own region).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliverySources(pub Vec<DeliverySource>);
fact!(DeliverySources, "logs:DescribeDeliverySources");

/// One source of logs, which are delivered only if there is a [`Delivery`] of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliverySource {
    /// Its name, unique in account and region.
    pub name: String,
    /// The distributions.
    pub resources: Vec<Arn>,
    /// Which of their logs.
    pub log_type: LogType,
}

open_enum! {
    /// A kind of logs of a distribution (`logType`).
    LogType {
        /// Requests of viewers.
        Access = "ACCESS_LOGS",
        /// Connections of viewers who prove themselves by a certificate.
        Connection = "CONNECTION_LOGS",
    }
}

/// Where CloudWatch Logs delivers to (`DescribeDeliveries` in CloudFront's own region), of whatever source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Deliveries(pub Vec<Delivery>);
fact!(Deliveries, "logs:DescribeDeliveries");

/// One source's way to one destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The name of the source.
    pub source: String,
    /// The delivery destination, which may be another account's.
    pub destination: Arn,
    /// `S3`, `CWL` or `FH`; nothing where AWS does not say.
    pub destination_type: Option<String>,
}
