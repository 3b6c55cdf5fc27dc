//! By which of an identity pool's providers a stranger can sign up.

use awspect_findings::Evidence;
use awspect_inventory::{
    Fact as _, Reason, Region, Unknown,
    cognito::{
        ClientSettings, IdentityPoolSettings, IdentityProvider, IdentityProviderKind,
        IdentityProviders, UserPool, UserPoolClient, UserPoolProvider, UserPoolSettings,
    },
};
use serde_json::json;

use crate::Scan;

/// A provider that takes everybody.
pub(super) struct Open<'a> {
    /// As role mappings name it.
    pub(super) provider: String,
    /// As tokens name it.
    pub(super) way: &'a str,
    pub(super) evidence: Evidence,
}

/// The providers of a pool that take everybody, and why others may.
pub(super) fn open<'a>(
    scan: Scan<'a>,
    settings: &'a IdentityPoolSettings,
) -> (Vec<Open<'a>>, Option<Unknown>) {
    let public = settings.login_providers.keys().map(|name| Open {
        provider: name.clone(),
        way: name,
        evidence: Evidence::of::<IdentityPoolSettings>(
            "SupportedLoginProviders",
            name.as_str(),
            "providers that do not take everybody",
        ),
    });
    let mut open: Vec<Open<'a>> = public.collect();
    let mut unread = None;
    for provider in &settings.user_pools {
        match of_user_pool(scan, provider) {
            Ok(Some(evidence)) => {
                open.push(Open { provider: mapped(provider), way: &provider.provider, evidence });
            }
            Ok(None) => {}
            Err(unknown) => {
                unread.get_or_insert(unknown);
            }
        }
    }
    (open, unread)
}

/// How role mappings name a user pool.
pub(super) fn mapped(provider: &UserPoolProvider) -> String {
    match &provider.client {
        Some(client) => format!("{}:{client}", provider.provider),
        None => provider.provider.clone(),
    }
}

/// How a stranger gets into a user pool, if one does: by signing up, or by an account elsewhere that everybody can have.
fn of_user_pool(scan: Scan<'_>, provider: &UserPoolProvider) -> Result<Option<Evidence>, Unknown> {
    let pool = user_pool(scan, provider)?;
    let Some(settings) = pool.settings.known()? else {
        return Err(Unknown::new(UserPoolSettings::ACTION, Reason::Malformed));
    };
    if !settings.admin_create_user_only {
        return Ok(Some(Evidence::of::<UserPoolSettings>(
            "UserPool.AdminCreateUserConfig.AllowAdminCreateUserOnly",
            json!({ "user pool": pool.id, "AllowAdminCreateUserOnly": false }),
            "true: only administrators create users",
        )));
    }
    let Some(IdentityProviders(elsewhere)) = pool.identity_providers.known()? else {
        return Ok(None);
    };
    for public in elsewhere.iter().filter(|own| is_public(own)) {
        if is_supported(pool, provider.client.as_deref(), &public.name)? {
            let observed = json!({ "user pool": pool.id, "app client": provider.client,
                "signs in by": public.name });
            let expected = "providers that do not take everybody";
            return Ok(Some(Evidence::of::<IdentityProviders>("Providers", observed, expected)));
        }
    }
    Ok(None)
}

fn user_pool<'a>(scan: Scan<'a>, provider: &UserPoolProvider) -> Result<&'a UserPool, Unknown> {
    let pools = &scan.inventory.cognito.user_pools;
    let id = provider.user_pool_id().unwrap_or(&provider.provider);
    if let Some(pool) = pools.found.iter().find(|pool| pool.id == id) {
        return Ok(pool);
    }
    // The id begins with the region.
    let region = id.split_once('_').and_then(|(region, _)| region.parse::<Region>().ok());
    let covers = |at: &Region| pools.gaps.iter().find(|gap| gap.covers(at));
    if let Some(gap) = region.as_ref().and_then(covers) {
        return Err(gap.unknown.clone());
    }
    let is_looked_at = region.is_some_and(|at| scan.inventory.regions.contains(&at));
    let (reason, why) = if is_looked_at {
        (Reason::Undecided, "is not in this account: it is another's, or deleted")
    } else {
        (Reason::NotAsked, "is in a region that was not looked at")
    };
    Err(Unknown::new(UserPool::ACTION, reason).because(format!("the user pool `{id}` {why}")))
}

fn is_public(provider: &IdentityProvider) -> bool {
    use IdentityProviderKind::{Amazon, Apple, Facebook, Google};
    matches!(provider.kind, Facebook | Google | Amazon | Apple)
}

/// Whether an app client lets its users sign in elsewhere.
fn is_supported(pool: &UserPool, client: Option<&str>, name: &str) -> Result<bool, Unknown> {
    let clients = &pool.clients;
    let Some(client) = clients.found.iter().find(|own| Some(own.id.as_str()) == client) else {
        let gap = clients.gaps.first().map(|gap| gap.unknown.clone());
        return Err(gap.unwrap_or_else(|| {
            Unknown::new(UserPoolClient::ACTION, Reason::Undecided)
                .because("the app client of the identity pool is not in the user pool")
        }));
    };
    let Some(settings) = client.settings.known()? else {
        return Err(Unknown::new(ClientSettings::ACTION, Reason::Malformed));
    };
    Ok(settings.identity_providers.iter().any(|own| own == name))
}
