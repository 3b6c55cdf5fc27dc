//! Identity pools: whom they give credentials of AWS, and for what.

pub(super) mod guests;
mod reached;
pub(super) mod registration;
mod session;
mod sign_up;
pub(super) mod signed_in;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cognito::{IdentityPool, IdentityPoolSettings},
};
use serde_json::json;

/// The settings of a pool.
fn settings(pool: &IdentityPool) -> Result<&IdentityPoolSettings, Unknown> {
    let malformed = Unknown::new(IdentityPoolSettings::ACTION, Reason::Malformed);
    pool.settings.known()?.ok_or(malformed)
}

/// Whether clients may choose the role by themselves; a pool that never said does not let them.
fn is_classic(settings: &IdentityPoolSettings) -> bool {
    settings.allow_classic_flow == Some(true)
}

/// Amazon Cognito chooses the role, not the client.
pub(super) fn classic_flow(pool: &IdentityPool) -> Decision {
    let settings = settings(pool)?;
    let evidence = Evidence::of::<IdentityPoolSettings>(
        "AllowClassicFlow",
        settings.allow_classic_flow,
        "false, or not set",
    );
    Ok(Verdict::holds(!is_classic(settings), evidence))
}

/// Each user pool is asked whether a user is still there.
pub(super) fn token_check(pool: &IdentityPool) -> Option<Decision> {
    let settings = match settings(pool) {
        Ok(settings) => settings,
        Err(unknown) => return Some(Err(unknown)),
    };
    let user_pools = &settings.user_pools;
    let unchecked = user_pools.iter().filter(|own| own.server_side_token_check != Some(true));
    let faults = unchecked.map(|own| {
        let observed = json!({ "user pool": own.provider, "app client": own.client,
            "ServerSideTokenCheck": own.server_side_token_check });
        let field = "CognitoIdentityProviders[].ServerSideTokenCheck";
        Evidence::of::<IdentityPoolSettings>(field, observed, "true")
    });
    (!user_pools.is_empty()).then(|| Ok(Verdict::faults(faults.collect())))
}
