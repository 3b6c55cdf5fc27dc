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

use awspect_inventory::cognito::Cognito;
use time::OffsetDateTime;

use crate::{
    Session,
    regions::{Regions, all},
};

/// How much of one kind is read at once in a region.
///
/// Amazon Cognito answers some fifteen reads a second and region, and counts those of the account's applications in.
const IN_FLIGHT: usize = 4;

/// The most that a listing of Amazon Cognito gives in one page.
const PAGE: i32 = 60;

/// All of Cognito in the regions that are looked at; what one region refuses costs that region alone.
pub(crate) async fn collect(
    session: &Session,
    regions: &Regions,
    collected_at: OffsetDateTime,
) -> Cognito {
    let looked_at = &regions.looked_at;
    let user_pools = async {
        let listed = all(looked_at.iter().map(|region| pools::collect(session, region))).await;
        let user_pools = regions.confessed(session, listed, "cognito-idp", "userpool/*");
        let text_messages = text::collect(session, &user_pools, collected_at).await;
        (user_pools, text_messages)
    };
    let identity_pools =
        all(looked_at.iter().map(|region| identity_pools::collect(session, region)));
    let ((user_pools, text_messages), identity_pools) = futures::join!(user_pools, identity_pools);
    let identity_pools =
        regions.confessed(session, identity_pools, "cognito-identity", "identitypool/*");
    Cognito { user_pools, identity_pools, text_messages }
}
