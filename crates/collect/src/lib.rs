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

use awspect_inventory::{Completion, FORMAT, Inventory, VERSION};
use time::OffsetDateTime;

pub use http::Limits;
pub use secret::Salt;
pub use session::{Options, Session, SessionError};
pub use stop::{Stop, Stopper, stop};

/// Asks for everything that the rules look at.
pub async fn collect(session: &Session, collected_at: OffsetDateTime) -> Inventory {
    // In boxes, for all that is under way at once would be much for a thread's stack.
    let regional = Box::pin(async {
        // Where the buckets are is where the account is looked at, if its regions cannot be listed.
        let (enabled, places) = futures::join!(regions::enabled(session), s3::places(session));
        let regions = regions::chosen(session, enabled, s3::located(&places));
        let own_buckets = s3::OwnBuckets::of(&places);
        let edge = async {
            futures::join!(
                Box::pin(apigateway::collect(session, &regions)),
                Box::pin(cloudfront::collect(session, &own_buckets)),
                Box::pin(wafv2::collect(session, &regions)),
            )
        };
        let (s3, ec2, lambda, access_analyzer, cognito, edge, data, cloudformation) = futures::join!(
            Box::pin(s3::collect(session, places, &own_buckets, &regions)),
            Box::pin(ec2::collect(session, &regions)),
            Box::pin(lambda::collect(session, &regions)),
            access_analyzer::collect(session, &regions),
            Box::pin(cognito::collect(session, &regions, collected_at)),
            edge,
            Box::pin(data::collect(session, &regions)),
            Box::pin(cloudformation::collect(session, &regions)),
        );
        let regions = regions.looked_at;
        (s3, ec2, lambda, access_analyzer, cognito, edge, data, cloudformation, regions)
    });
    let (regional, iam, contacts, organizations) = futures::join!(
        regional,
        Box::pin(iam::collect(session)),
        Box::pin(contacts::collect(session)),
        Box::pin(organizations::collect(session)),
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
