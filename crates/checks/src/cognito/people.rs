//! Who signs in, and where: people with the pool itself or with another provider, and machines.

use awspect_inventory::{
    Unknown,
    cognito::{AuthFlow, ClientSettings, OAuthFlow, UserPool},
};

use super::concern::{client_settings, pool_settings};
use crate::engine::unknown_value;

/// Whether an app client is for machines: its only grant is that of client credentials, and no flow that it lists lets
/// anybody sign in.
pub(super) fn is_for_machines(client: &ClientSettings) -> Result<bool, Unknown> {
    if !client.oauth_enabled || client.oauth_flows.is_empty() {
        return Ok(false);
    }
    let mut open = None;
    for grant in &client.oauth_flows {
        match grant {
            OAuthFlow::ClientCredentials => {}
            OAuthFlow::Code | OAuthFlow::Implicit => return Ok(false),
            OAuthFlow::Other(other) => open = Some(unknown_value::<ClientSettings>(other)),
        }
    }
    match (signs_in(listed(client)), open) {
        (Ok(false), Some(unknown)) | (Err(unknown), _) => Err(unknown),
        (Ok(signs_in), _) => Ok(!signs_in),
    }
}

/// Whether users can sign in by the API with the password or another proof. A client that lists no flows has those of SRP
/// and of the pool's functions.
pub(super) fn takes_users_by_api(client: &ClientSettings) -> Result<bool, Unknown> {
    let flows = listed(client);
    if flows.is_empty() { Ok(true) } else { signs_in(flows) }
}

fn listed(client: &ClientSettings) -> &[AuthFlow] {
    client.auth_flows.as_deref().unwrap_or_default()
}

/// Whether one of the flows does more than renew a sign-in.
fn signs_in(flows: &[AuthFlow]) -> Result<bool, Unknown> {
    let mut open = None;
    for flow in flows {
        match flow {
            AuthFlow::RefreshToken => {}
            AuthFlow::Other(other) => open = Some(unknown_value::<ClientSettings>(other)),
            _ => return Ok(true),
        }
    }
    open.map_or(Ok(false), Err)
}

/// Whether users of a flow send the password as it is.
pub(super) fn sends_password(flow: &AuthFlow) -> bool {
    matches!(
        flow,
        AuthFlow::UserPassword
            | AuthFlow::AdminUserPassword
            | AuthFlow::OldUserPassword
            | AuthFlow::OldAdminNoSrp
    )
}

/// Whether managed login sends the client's users to other providers, and has no form for the pool's own.
pub(super) fn lists_only_others(client: &ClientSettings) -> bool {
    let providers = &client.identity_providers;
    !providers.is_empty() && !providers.iter().any(|provider| provider == "COGNITO")
}

/// Whether all people of a pool come from other providers, so that the pool's own passwords and factors are nobody's.
pub(super) fn everybody_from_elsewhere(pool: &UserPool) -> Result<bool, Unknown> {
    // Others make themselves users by the API, where the pool lets strangers register and a client takes them.
    let only_admins = pool.settings.set().is_some_and(|pool| pool.admin_create_user_only);
    let mut open = pool.clients.gaps.first().map(|gap| gap.unknown.clone());
    let mut keep = |unknown| _ = open.get_or_insert(unknown);
    let (mut people, mut by_api) = (false, false);
    for client in &pool.clients.found {
        let settings = match client_settings(client) {
            Ok(settings) => settings,
            Err(unknown) => {
                keep(unknown);
                continue;
            }
        };
        match is_for_machines(settings) {
            Ok(true) => continue,
            Ok(false) if !lists_only_others(settings) => return Ok(false),
            Ok(false) => people = true,
            Err(unknown) => keep(unknown),
        }
        match takes_users_by_api(settings) {
            Ok(takes) => by_api |= takes,
            Err(unknown) if !only_admins => keep(unknown),
            Err(_) => {}
        }
    }
    if by_api && !only_admins {
        return pool_settings(pool).map(|_| false);
    }
    open.map_or(Ok(people), Err)
}
