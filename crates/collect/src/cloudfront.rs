//! Collects CloudFront: distributions, what they read origins with, their headers and their logs.

mod access;
mod behavior;
mod buckets;
mod distributions;
mod headers;
mod logs;
mod origin;
mod read;
mod summary;

use awspect_inventory::{Listed, cloudfront::CloudFront};

use crate::{Session, edge, s3::OwnBuckets};

/// How many distributions or buckets are read at once.
const IN_FLIGHT: usize = 8;

/// The most that a listing of CloudFront gives in one page.
const PAGE: i32 = 100;

/// All of CloudFront, which is one for all regions; where a partition has none, there is nothing.
pub(crate) async fn collect(session: &Session, own: &OwnBuckets) -> CloudFront {
    let Some(home) = edge::home(session) else { return none() };
    let client = session.cloudfront(&session.home);
    let distributions = async {
        let distributions = distributions::collect(session, &client).await;
        let (distributions, (delivery_sources, deliveries)) = futures::join!(
            buckets::collect(session, own, distributions.clone()),
            logs::collect(session, &home, &distributions),
        );
        (distributions, delivery_sources, deliveries)
    };
    let (
        (distributions, delivery_sources, deliveries),
        origin_access_controls,
        origin_access_identities,
        response_headers_policies,
    ) = futures::join!(
        distributions,
        access::controls(session, &client),
        access::identities(session, &client),
        headers::collect(session, &client),
    );
    CloudFront {
        distributions,
        origin_access_controls,
        origin_access_identities,
        response_headers_policies,
        delivery_sources,
        deliveries,
    }
}

/// A partition without CloudFront.
fn none() -> CloudFront {
    let (delivery_sources, deliveries) = logs::none();
    CloudFront {
        distributions: Listed::complete(vec![]),
        origin_access_controls: Listed::complete(vec![]),
        origin_access_identities: Listed::complete(vec![]),
        response_headers_policies: Listed::complete(vec![]),
        delivery_sources,
        deliveries,
    }
}
