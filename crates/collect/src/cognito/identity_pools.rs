//! Identity pools, each with its settings and roles.

use aws_sdk_cognitoidentity::{
    Client,
    operation::describe_identity_pool::DescribeIdentityPoolOutput,
    types::{CognitoIdentityProvider, IdentityPoolShortDescription},
};
use awspect_inventory::{
    Arn, Gap, Listed, Observed, Region,
    cognito::{IdentityPool, IdentityPoolSettings, UserPoolProvider},
};
use futures::{StreamExt as _, stream};

use super::{
    IN_FLIGHT, PAGE, identity_roles,
    read::{given, is_gone, own_arn},
};
use crate::{
    Session,
    ask::{Ask, Missing, Read, still_there},
    read::{arn, said, text},
};

/// An identity pool of the listing.
struct Named {
    arn: Arn,
    id: String,
    name: String,
}

/// The identity pools of a region.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<IdentityPool> {
    let client = session.cognito_identity(region);
    let pages = client.list_identity_pools().into_paginator().page_size(PAGE).send();
    let account = &session.account;
    let pattern = format!(
        "arn:{}:cognito-identity:{region}:{}:identitypool/*",
        account.partition, account.id
    );
    let listed = session
        .ask(region)
        .pages::<IdentityPool, _, _, _, _>(
            pages,
            |page| page.identity_pools.ok_or(Missing("IdentityPools")),
            |pool| named(session, region, pool),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    let read = stream::iter(listed.found)
        .map(|named| Box::pin(pool(session, &client, region, named)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn named(
    session: &Session,
    region: &Region,
    pool: IdentityPoolShortDescription,
) -> Result<Named, Missing> {
    let id = text(pool.identity_pool_id, "IdentityPoolId")?;
    let resource = format!("identitypool/{id}");
    let arn = own_arn(session, "cognito-identity", region, &resource, "IdentityPoolId")?;
    Ok(Named { arn, id, name: text(pool.identity_pool_name, "IdentityPoolName")? })
}

/// An identity pool; `None` if it is not there any more, which only the call for itself can say.
async fn pool(
    session: &Session,
    client: &Client,
    region: &Region,
    Named { arn, id, name }: Named,
) -> Option<IdentityPool> {
    let ask = session.ask(region);
    let settings = settings(client, &ask, &id).await;
    if is_gone(&settings) {
        return None;
    }
    let call = client.get_identity_pool_roles().identity_pool_id(&id).send();
    let roles = ask.fact(&[], call, identity_roles::read).await;
    if ask.gone() && is_gone(&self::settings(client, &ask, &id).await) {
        return None;
    }
    Some(IdentityPool { arn, id, name, region: region.clone(), settings, roles })
}

async fn settings(client: &Client, ask: &Ask, id: &str) -> Observed<IdentityPoolSettings> {
    let call = client.describe_identity_pool().identity_pool_id(id).send();
    ask.fact(&[], call, read).await
}

fn read(answer: DescribeIdentityPoolOutput) -> Read<IdentityPoolSettings> {
    said(&answer.identity_pool_id, "IdentityPoolId")?;
    let user_pools = answer.cognito_identity_providers.unwrap_or_default();
    Ok(Some(IdentityPoolSettings {
        allow_unauthenticated: answer.allow_unauthenticated_identities,
        allow_classic_flow: answer.allow_classic_flow,
        user_pools: user_pools.into_iter().map(user_pool).collect::<Result<_, _>>()?,
        saml_providers: arns(answer.saml_provider_arns, "SamlProviderARNs")?,
        oidc_providers: arns(answer.open_id_connect_provider_arns, "OpenIdConnectProviderARNs")?,
        login_providers: answer.supported_login_providers.unwrap_or_default().into_iter().collect(),
        developer_provider: given(answer.developer_provider_name),
        tags: answer.identity_pool_tags.unwrap_or_default().into_iter().collect(),
    }))
}

fn user_pool(provider: CognitoIdentityProvider) -> Result<UserPoolProvider, Missing> {
    Ok(UserPoolProvider {
        provider: text(provider.provider_name, "ProviderName")?,
        client: given(provider.client_id),
        server_side_token_check: provider.server_side_token_check,
    })
}

fn arns(texts: Option<Vec<String>>, name: &'static str) -> Result<Vec<Arn>, Missing> {
    texts.unwrap_or_default().iter().map(|text| arn(Some(text), name)).collect()
}
