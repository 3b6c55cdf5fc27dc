//! The authorizers of APIs.

use aws_sdk_apigateway::{
    operation::get_authorizers::GetAuthorizersOutput, types::Authorizer as RestAuthorizer,
};
use aws_sdk_apigatewayv2::{
    operation::get_authorizers::GetAuthorizersOutput as GetV2AuthorizersOutput,
    types::Authorizer as V2Authorizer,
};
use awspect_inventory::{
    Arn, Listed,
    apigateway::{Authorizer, JwtConfiguration},
};

use super::{
    PAGE, PAGE_V2,
    at::{At, part},
    read::address,
};
use crate::{
    ask::{Ask, Missing, turned},
    read::{arn, given, said, some_arn, text},
};

/// The authorizers of a REST API.
pub(super) async fn of_rest(at: &At<'_>, ask: &Ask, api: &Arn, id: &str) -> Listed<Authorizer> {
    let listing = at.client.get_authorizers().rest_api_id(id).limit(PAGE);
    ask.pages::<Authorizer, _, _, _, _>(
        turned(
            move |position| listing.clone().set_position(position).send(),
            |page: &GetAuthorizersOutput| page.position.as_deref(),
        ),
        |page| page.items.ok_or(Missing("items")),
        |authorizer| rest(at, api, authorizer),
        at.gap_of(api, "/authorizers/*"),
    )
    .await
}

fn rest(at: &At<'_>, api: &Arn, authorizer: RestAuthorizer) -> Result<Authorizer, Missing> {
    let id = text(authorizer.id, "id")?;
    let authorizer_type = authorizer.r#type.ok_or(Missing("type"))?;
    let user_pools = authorizer.provider_arns.unwrap_or_default();
    let sources = given(authorizer.identity_source).unwrap_or_default();
    let sources = sources.split(',').map(str::trim).filter(|source| !source.is_empty());
    Ok(Authorizer {
        arn: part(api, &format!("/authorizers/{id}"), "id")?,
        id,
        name: text(authorizer.name, "name")?,
        region: at.region.clone(),
        authorizer_type: said(authorizer_type.as_str(), "type")?.into(),
        user_pools: user_pools
            .iter()
            .map(|pool| arn(Some(pool), "providerARNs"))
            .collect::<Result<_, _>>()?,
        uri: address(authorizer.authorizer_uri),
        credentials: some_arn(authorizer.authorizer_credentials, "authorizerCredentials")?,
        identity_sources: sources.map(str::to_owned).collect(),
        result_ttl: seconds(authorizer.authorizer_result_ttl_in_seconds)?,
        jwt: None,
    })
}

/// The authorizers of an HTTP or WebSocket API.
pub(super) async fn of_v2(at: &At<'_>, ask: &Ask, api: &Arn, id: &str) -> Listed<Authorizer> {
    let listing = at.v2.get_authorizers().api_id(id).max_results(PAGE_V2);
    ask.pages::<Authorizer, _, _, _, _>(
        turned(
            move |token| listing.clone().set_next_token(token).send(),
            |page: &GetV2AuthorizersOutput| page.next_token.as_deref(),
        ),
        |page| page.items.ok_or(Missing("items")),
        |authorizer| v2(at, api, authorizer),
        at.gap_of(api, "/authorizers/*"),
    )
    .await
}

fn v2(at: &At<'_>, api: &Arn, authorizer: V2Authorizer) -> Result<Authorizer, Missing> {
    let id = text(authorizer.authorizer_id, "authorizerId")?;
    let authorizer_type = authorizer.authorizer_type.ok_or(Missing("authorizerType"))?;
    Ok(Authorizer {
        arn: part(api, &format!("/authorizers/{id}"), "authorizerId")?,
        id,
        name: text(authorizer.name, "name")?,
        region: at.region.clone(),
        authorizer_type: said(authorizer_type.as_str(), "authorizerType")?.into(),
        user_pools: vec![],
        uri: address(authorizer.authorizer_uri),
        credentials: some_arn(authorizer.authorizer_credentials_arn, "authorizerCredentialsArn")?,
        identity_sources: authorizer.identity_source.unwrap_or_default(),
        result_ttl: seconds(authorizer.authorizer_result_ttl_in_seconds)?,
        jwt: authorizer.jwt_configuration.map(|jwt| JwtConfiguration {
            issuer: given(jwt.issuer),
            audience: jwt.audience.unwrap_or_default(),
        }),
    })
}

fn seconds(ttl: Option<i32>) -> Result<Option<u32>, Missing> {
    ttl.map(|ttl| u32::try_from(ttl).map_err(|_| Missing("authorizerResultTtlInSeconds")))
        .transpose()
}
