//! Whose the buckets are that origins mean.

use std::collections::{BTreeMap, BTreeSet};

use awspect_inventory::{
    Fact as _, Listed, Observed, Reason, Unknown,
    cloudfront::{Distribution, Origin, OriginBucket, S3Endpoint},
};
use futures::{StreamExt as _, stream};

use super::IN_FLIGHT;
use crate::{
    Session,
    s3::{self, OwnBuckets},
};

/// The same distributions, whose origins tell whose their buckets are. Each bucket is asked about once.
pub(super) async fn collect(
    session: &Session,
    own: &OwnBuckets,
    mut distributions: Listed<Distribution>,
) -> Listed<Distribution> {
    let origins = distributions.found.iter().flat_map(|distribution| &distribution.origins);
    let endpoints = origins.filter_map(Origin::s3).filter(|it| is_here(session, it));
    let names: BTreeSet<String> =
        endpoints.filter_map(|endpoint| endpoint.bucket().map(str::to_owned)).collect();
    let owners: BTreeMap<String, Observed<OriginBucket>> = stream::iter(names)
        .map(|name| {
            Box::pin(async move {
                let owner = s3::owner(session, own, &name).await;
                (name, owner)
            })
        })
        .buffered(IN_FLIGHT)
        .collect()
        .await;
    for distribution in &mut distributions.found {
        for origin in &mut distribution.origins {
            origin.bucket = bucket(session, &owners, origin);
        }
    }
    distributions
}

fn bucket(
    session: &Session,
    owners: &BTreeMap<String, Observed<OriginBucket>>,
    origin: &Origin,
) -> Observed<OriginBucket> {
    let Some(endpoint) = origin.s3() else { return Observed::NotSet };
    let Some(name) = endpoint.bucket() else { return Observed::NotSet };
    if let Some(owner) = owners.get(name).filter(|_| is_here(session, &endpoint)) {
        return owner.clone();
    }
    let unknown = Unknown::new(OriginBucket::ACTION, Reason::NotSupported);
    Observed::Unknown(unknown.because("the bucket is of another partition"))
}

/// Whether S3 can be asked about a bucket: there is one S3 for each partition.
fn is_here(session: &Session, endpoint: &S3Endpoint) -> bool {
    endpoint.partition == session.account.partition
}
