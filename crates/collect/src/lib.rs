//! Asks AWS and writes down what it answered. The only crate that knows the SDK.
//!
//! A collector never fails: a refused call becomes an unknown fact, a refused listing a gap, and the scan
//! goes on.

mod ask;
mod http;
mod resolve;
mod s3;
mod session;
mod stop;
#[cfg(test)]
mod tests;
mod xml;

use awspect_inventory::{Completion, FORMAT, Inventory, Region, VERSION, ec2::Ec2};
use time::OffsetDateTime;

pub use http::Limits;
pub use session::{Options, Session, SessionError};
pub use stop::{Stop, Stopper, stop};

/// Asks for everything that the rules look at.
pub async fn collect(session: &Session, collected_at: OffsetDateTime) -> Inventory {
    let (s3, regions) = s3::collect(session).await;
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
        regions: regions.into_iter().collect::<Vec<Region>>(),
        asked: session.ledger.rows(),
        ec2: Ec2::default(),
        s3,
    }
}
