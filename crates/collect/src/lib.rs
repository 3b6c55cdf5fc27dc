//! Asks AWS and writes down what it answered. The only crate that knows the SDK.
//!
//! A collector never fails: a refused call becomes an unknown fact, a refused listing a gap, and the scan
//! goes on.

mod access_analyzer;
mod apigateway;
mod ask;
mod backup;
mod cloudformation;
mod cloudfront;
mod cognito;
mod contacts;
mod data;
mod dynamodb;
mod ec2;
mod edge;
mod http;
mod iam;
mod kms;
mod lambda;
mod organizations;
mod read;
mod reason;
mod regions;
mod resolve;
mod s3;
mod secret;
mod session;
mod stop;
#[cfg(test)]
mod tests;
mod wafv2;
mod wait;
mod wanted;
mod xml;

use std::pin::Pin;

use awspect_inventory::{Completion, FORMAT, Inventory, VERSION};
use time::OffsetDateTime;

pub use http::Limits;
pub use secret::Salt;
pub use session::{Options, Session, SessionError};
pub use stop::{Stop, Stopper, stop};

/// Asks for everything that the rules look at.
pub async fn collect(session: &Session, collected_at: OffsetDateTime) -> Inventory {
    let regional = apart(|| async {
        // Where the buckets are is where the account is looked at, if its regions cannot be listed.
        let (enabled, places) = futures::join!(regions::enabled(session), s3::places(session));
        let regions = regions::chosen(session, enabled, s3::located(&places));
        let own_buckets = s3::OwnBuckets::of(&places);
        let edge = apart(|| async {
            futures::join!(
                apart(|| apigateway::collect(session, &regions)),
                apart(|| cloudfront::collect(session, &own_buckets)),
                apart(|| wafv2::collect(session, &regions)),
            )
        });
        let (s3, ec2, lambda, access_analyzer, cognito, edge, data, cloudformation) = futures::join!(
            apart(|| s3::collect(session, places, &own_buckets, &regions)),
            apart(|| ec2::collect(session, &regions)),
            apart(|| lambda::collect(session, &regions)),
            apart(|| access_analyzer::collect(session, &regions)),
            apart(|| cognito::collect(session, &regions, collected_at)),
            edge,
            apart(|| data::collect(session, &regions)),
            apart(|| cloudformation::collect(session, &regions)),
        );
        let regions = regions.looked_at;
        (s3, ec2, lambda, access_analyzer, cognito, edge, data, cloudformation, regions)
    });
    let (regional, iam, contacts, organizations) = futures::join!(
        regional,
        apart(|| iam::collect(session)),
        apart(|| contacts::collect(session)),
        apart(|| organizations::collect(session)),
    );
    let (s3, ec2, lambda, access_analyzer, cognito, edge, data, cloudformation, regions) = regional;
    let (apigateway, cloudfront, wafv2) = edge;
    let (dynamodb, backup, kms) = data;
    Inventory {
        format: FORMAT.to_owned(),
        version: VERSION,
        collected_at,
        completion: if session.stop.is_requested() {
            Completion::Interrupted
        } else {
            Completion::Complete
        },
        account: session.account.clone(),
        regions: regions.into_iter().collect(),
        asked: session.ledger.rows(),
        apigateway,
        backup,
        cloudformation,
        cloudfront,
        cognito,
        dynamodb,
        ec2,
        s3,
        iam,
        kms,
        lambda,
        access_analyzer,
        contacts,
        organizations,
        wafv2,
    }
}

/// A future in a box, made there and not on the way: all that is under way at once would be much for a thread's stack.
#[inline(never)]
fn apart<F: Future>(make: impl FnOnce() -> F) -> Pin<Box<F>> {
    Box::pin(make())
}
