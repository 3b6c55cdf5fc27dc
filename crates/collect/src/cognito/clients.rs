//! The app clients of a user pool.

use aws_sdk_cognitoidentityprovider::{
    Client,
    operation::describe_user_pool_client::DescribeUserPoolClientOutput,
    types::{RefreshTokenRotationType, TimeUnitsType, UserPoolClientDescription},
};
use awspect_inventory::{
    Arn, Gap, Listed, Region,
    cognito::{ClientSettings, RefreshTokenRotation, UserPoolClient},
};
use futures::{StreamExt as _, stream};

use super::{
    IN_FLIGHT, PAGE,
    read::{count, given, is_gone},
    risk::{self, Risks},
};
use crate::{
    Session,
    ask::{Ask, Missing, Read, still_there},
    read::{said, text},
};

/// The pool that clients are of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pool<'a> {
    pub(super) arn: &'a Arn,
    pub(super) id: &'a str,
    pub(super) region: &'a Region,
    pub(super) risks: Risks,
}

/// A client of the listing.
struct Named {
    arn: Arn,
    id: String,
    name: String,
}

/// The clients of a pool, each with its settings.
pub(super) async fn collect(
    session: &Session,
    client: &Client,
    ask: &Ask,
    pool: Pool<'_>,
) -> Listed<UserPoolClient> {
    let listing = client.list_user_pool_clients().user_pool_id(pool.id);
    let pages = listing.into_paginator().page_size(PAGE).send();
    let pattern = format!("{}/client/*", pool.arn);
    let listed = ask
        .pages::<UserPoolClient, _, _, _, _>(
            pages,
            |page| page.user_pool_clients.ok_or(Missing("UserPoolClients")),
            |client| named(pool, client),
            |unknown| Gap { arn: pattern.clone(), region: Some(pool.region.clone()), unknown },
        )
        .await;
    let read = stream::iter(listed.found)
        .map(|named| Box::pin(one(session, client, pool, named)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn named(pool: Pool<'_>, client: UserPoolClientDescription) -> Result<Named, Missing> {
    let id = text(client.client_id, "ClientId")?;
    let arn = format!("{}/client/{id}", pool.arn).parse().map_err(|_| Missing("ClientId"))?;
    Ok(Named { arn, id, name: text(client.client_name, "ClientName")? })
}

/// A client; `None` if it is not there any more, which only the call for itself can say.
async fn one(
    session: &Session,
    client: &Client,
    pool: Pool<'_>,
    Named { arn, id, name }: Named,
) -> Option<UserPoolClient> {
    let ask = session.ask(pool.region);
    let describe = client.describe_user_pool_client().user_pool_id(pool.id).client_id(&id);
    let settings = ask.fact(&[], describe.clone().send(), read).await;
    if is_gone(&settings) {
        return None;
    }
    let risk = risk::collect(client, &ask, pool.risks, pool.id, Some(&id)).await;
    if ask.gone() && is_gone(&ask.fact(&[], describe.send(), read).await) {
        return None;
    }
    Some(UserPoolClient { arn, id, name, region: pool.region.clone(), settings, risk })
}

fn read(answer: DescribeUserPoolClientOutput) -> Read<ClientSettings> {
    let client = answer.user_pool_client.ok_or(Missing("UserPoolClient"))?;
    text(client.client_id, "ClientId")?;
    let units = client.token_validity_units.as_ref();
    let access = units.and_then(|units| units.access_token.as_ref());
    let id = units.and_then(|units| units.id_token.as_ref());
    let refresh = units.and_then(|units| units.refresh_token.as_ref());
    let (hours, days) = (&TimeUnitsType::Hours, &TimeUnitsType::Days);
    Ok(Some(ClientSettings {
        has_secret: given(client.client_secret).is_some(),
        auth_flows: client
            .explicit_auth_flows
            .map(|flows| flows.iter().map(|flow| flow.as_str().into()).collect()),
        oauth_enabled: client.allowed_o_auth_flows_user_pool_client.unwrap_or_default(),
        oauth_flows: client
            .allowed_o_auth_flows
            .unwrap_or_default()
            .iter()
            .map(|flow| flow.as_str().into())
            .collect(),
        oauth_scopes: client.allowed_o_auth_scopes.unwrap_or_default(),
        callback_urls: client.callback_urls.unwrap_or_default(),
        logout_urls: client.logout_urls.unwrap_or_default(),
        identity_providers: client.supported_identity_providers.unwrap_or_default(),
        access_token_validity: seconds(client.access_token_validity, access.unwrap_or(hours))?,
        id_token_validity: seconds(client.id_token_validity, id.unwrap_or(hours))?,
        refresh_token_validity: seconds(
            Some(client.refresh_token_validity),
            refresh.unwrap_or(days),
        )?,
        token_revocation: client.enable_token_revocation,
        user_existence_errors: client.prevent_user_existence_errors.map(|it| it.as_str().into()),
        refresh_token_rotation: client.refresh_token_rotation.as_ref().map(rotation).transpose()?,
        write_attributes: client.write_attributes,
    }))
}

/// How long a token is good for. 0 is the SDK's word for nothing, and Amazon Cognito's for its own default.
fn seconds(validity: Option<i32>, unit: &TimeUnitsType) -> Result<Option<u64>, Missing> {
    let one: u64 = match unit {
        TimeUnitsType::Seconds => 1,
        TimeUnitsType::Minutes => 60,
        TimeUnitsType::Hours => 60 * 60,
        TimeUnitsType::Days => 24 * 60 * 60,
        _ => return Err(Missing("TokenValidityUnits")),
    };
    Ok(validity.and_then(count).map(|validity| u64::from(validity) * one))
}

fn rotation(rotation: &RefreshTokenRotationType) -> Result<RefreshTokenRotation, Missing> {
    Ok(RefreshTokenRotation {
        feature: said(rotation.feature.as_str(), "Feature")?.into(),
        grace_period: rotation
            .retry_grace_period_seconds
            .and_then(|seconds| seconds.try_into().ok()),
    })
}
