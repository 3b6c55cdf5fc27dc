//! Collects the user pools and identity pools of each region, and the text messages behind them.

mod clients;
mod identity_pools;
mod identity_roles;
mod pools;
mod read;
mod risk;
mod settings;
mod spent;
mod text;

use std::collections::BTreeSet;

use awspect_inventory::{Listed, Region, cognito::Cognito};
use time::OffsetDateTime;

use crate::Session;

/// How much of one kind is read at once in a region.
///
/// Amazon Cognito answers some fifteen reads a second and region, and counts those of the account's applications in.
const IN_FLIGHT: usize = 4;

/// The most that a listing of Amazon Cognito gives in one page.
const PAGE: i32 = 60;

/// All of Cognito in these regions; what one region refuses costs that region alone.
pub(crate) async fn collect(
    session: &Session,
    regions: &BTreeSet<Region>,
    collected_at: OffsetDateTime,
) -> Cognito {
    let user_pools = async {
        let user_pools = all(regions.iter().map(|region| pools::collect(session, region))).await;
        let text_messages = text::collect(session, &user_pools, collected_at).await;
        (user_pools, text_messages)
    };
    let identity_pools = all(regions.iter().map(|region| identity_pools::collect(session, region)));
    let ((user_pools, text_messages), identity_pools) = futures::join!(user_pools, identity_pools);
    Cognito { user_pools, identity_pools, text_messages }
}

/// What each region gives, as one.
async fn all<T>(regions: impl Iterator<Item = impl Future<Output = Listed<T>>>) -> Listed<T> {
    let mut all = Listed::complete(vec![]);
    for listed in futures::future::join_all(regions).await {
        all.found.extend(listed.found);
        all.gaps.extend(listed.gaps);
        all.gone += listed.gone;
    }
    all
}
