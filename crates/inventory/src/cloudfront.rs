//! Amazon CloudFront: distributions, what they may read origins with, and the headers that they add.
//!
//! Field meanings are those of the API references of Amazon CloudFront and Amazon CloudWatch Logs.

use serde::{Deserialize, Serialize};

use crate::{Listed, Observed, Unknown};

mod access;
mod behavior;
mod certificate;
mod distribution;
mod headers;
mod logs;
mod origin;
mod s3_endpoint;

pub use access::*;
pub use behavior::*;
pub use certificate::*;
pub use distribution::*;
pub use headers::*;
pub use logs::*;
pub use origin::*;
pub use s3_endpoint::*;

/// What was learned about CloudFront in one account. It is one for all regions; a partition without it has none of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CloudFront {
    /// What hands out content at the edge.
    pub distributions: Listed<Distribution>,
    /// How distributions sign what they ask origins for.
    pub origin_access_controls: Listed<OriginAccessControl>,
    /// The identities that distributions read buckets with, before there were origin access controls.
    pub origin_access_identities: Listed<OriginAccessIdentity>,
    /// What headers are added to responses, AWS's own policies among them.
    pub response_headers_policies: Listed<ResponseHeadersPolicy>,
    /// The distributions that CloudWatch Logs may deliver logs of (standard logging v2).
    pub delivery_sources: Observed<DeliverySources>,
    /// Where CloudWatch Logs delivers them.
    pub deliveries: Observed<Deliveries>,
}

impl CloudFront {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        self.distributions.gone
    }

    /// Where CloudWatch Logs delivers the access logs of a distribution; nothing if it does not.
    pub fn deliveries_of(&self, distribution: &Distribution) -> Result<Vec<&Delivery>, Unknown> {
        let sources = self.delivery_sources.known()?;
        let sources: Vec<&DeliverySource> = sources
            .into_iter()
            .flat_map(|DeliverySources(all)| all)
            .filter(|source| source.log_type == LogType::Access)
            .filter(|source| source.resources.contains(&distribution.arn))
            .collect();
        if sources.is_empty() {
            return Ok(vec![]);
        }
        let deliveries = self.deliveries.known()?;
        let all = deliveries.into_iter().flat_map(|Deliveries(all)| all);
        let is_of = |delivery: &&Delivery| sources.iter().any(|it| it.name == delivery.source);
        Ok(all.filter(is_of).collect())
    }
}
