//! Collects the functions and layers of each region.

mod functions;
mod layers;
mod read;

use awspect_inventory::{
    Fact, Listed,
    lambda::{Function, Lambda, Layers},
};

use crate::{
    Session,
    regions::{Regions, all},
};

/// How much of one kind is read at once in a region.
///
/// Lambda answers fifteen calls of `GetPolicy` a second and region, and fifteen of all others together.
const IN_FLIGHT: usize = 4;

/// The functions and layers of all regions that are looked at; what one region refuses costs that region alone.
pub(crate) async fn collect(session: &Session, regions: &Regions) -> Lambda {
    let looked_at = &regions.looked_at;
    let (functions, layer_versions) = futures::join!(
        all(looked_at.iter().map(|region| functions::collect(session, region))),
        all(looked_at.iter().map(|region| layers::collect(session, region))),
    );
    Lambda {
        functions: confessed::<Function, _>(session, regions, functions, "function"),
        layer_versions: confessed::<Layers, _>(session, regions, layer_versions, "layer"),
    }
}

/// What all regions give, and that there may be more where nobody could list the regions.
fn confessed<F: Fact, T>(
    session: &Session,
    regions: &Regions,
    mut listed: Listed<T>,
    kind: &str,
) -> Listed<T> {
    if session.wants(&F::ACTION) {
        let account = &session.account;
        regions.confess(&mut listed, || {
            format!("arn:{}:lambda:*:{}:{kind}:*", account.partition, account.id)
        });
    }
    listed
}
