//! Puts pools and their app clients to rules, and leaves out those that a rule does not concern.

use awspect_findings::Decision;
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cognito::{ClientSettings, UserPool, UserPoolClient, UserPoolSettings},
};

use super::people::{everybody_from_elsewhere, is_for_machines};
pub(super) use crate::engine::{Judged, unless};
use crate::{
    Scan,
    engine::{Subject, gaps},
};

/// Puts each user pool to a rule about users that sign in with the pool itself.
pub(super) fn pool_of_people<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a UserPool) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    let pools = &scan.inventory.cognito.user_pools;
    let judged = pools.found.iter().filter_map(|pool| {
        let decision = unless(everybody_from_elsewhere(pool), decide(pool)).transpose()?;
        Some((Subject::Resource(pool as _), decision))
    });
    judged.chain(gaps(pools)).collect()
}

/// Puts each app client that people sign in by, with its pool, to a rule.
pub(super) fn client_of_people<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a UserPool, &'a UserPoolClient, &'a ClientSettings) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    let pools = &scan.inventory.cognito.user_pools;
    let one = |pool, client| {
        let settings = client_settings(client)?;
        unless(is_for_machines(settings), decide(pool, client, settings))
    };
    let mut judged = vec![];
    for pool in &pools.found {
        judged.extend(pool.clients.found.iter().filter_map(|client| {
            let decision = one(pool, client).transpose()?;
            Some((Subject::Resource(client as _), decision))
        }));
        judged.extend(gaps(&pool.clients));
    }
    judged.extend(gaps(pools));
    judged
}

/// The settings of a pool, which every pool has.
pub(super) fn pool_settings(pool: &UserPool) -> Result<&UserPoolSettings, Unknown> {
    let without = || Unknown::new(UserPoolSettings::ACTION, Reason::Malformed);
    pool.settings.known()?.ok_or_else(without)
}

/// The settings of an app client, which every one has.
pub(super) fn client_settings(client: &UserPoolClient) -> Result<&ClientSettings, Unknown> {
    let without = || Unknown::new(ClientSettings::ACTION, Reason::Malformed);
    client.settings.known()?.ok_or_else(without)
}
