//! REST APIs, each with its parts.

use aws_sdk_apigateway::{
    operation::get_gateway_responses::GetGatewayResponsesOutput,
    types::{self, EndpointConfiguration},
};
use awspect_inventory::{
    Arn, Listed, Observed,
    apigateway::{
        EndpointType, GatewayResponse, GatewayResponses, RestApi, RestApiPolicy, RestApiSettings,
    },
};
use futures::{StreamExt as _, stream};

use super::{IN_FLIGHT, PAGE, at::At, authorizers, methods, policy, read::cors_headers, stages};
use crate::{
    ask::{Ask, Missing, Read, still_there, turned},
    read::{given, is_gone, observed, text},
};

/// A REST API of the listing.
struct Named {
    arn: Arn,
    id: String,
    name: String,
    settings: Observed<RestApiSettings>,
    policy: Observed<RestApiPolicy>,
}

/// The REST APIs of a region.
pub(super) async fn collect(at: &At<'_>) -> Listed<RestApi> {
    let listed = at
        .ask()
        .pages::<RestApi, _, _, _, _>(
            at.client.get_rest_apis().into_paginator().page_size(PAGE).send(),
            |page| page.items.ok_or(Missing("items")),
            |api| named(at, api),
            at.gap("/restapis/*"),
        )
        .await;
    let read = stream::iter(listed.found).map(|named| Box::pin(one(at, named))).buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn named(at: &At<'_>, api: types::RestApi) -> Result<Named, Missing> {
    let id = text(api.id.clone(), "id")?;
    Ok(Named {
        arn: at.arn(&format!("/restapis/{id}"), "id")?,
        id,
        name: text(api.name.clone(), "name")?,
        policy: observed(policy::read(api.policy.clone())),
        settings: observed(settings(api)),
    })
}

fn settings(api: types::RestApi) -> Read<RestApiSettings> {
    let endpoint = api.endpoint_configuration.ok_or(Missing("endpointConfiguration"))?;
    Ok(Some(RestApiSettings {
        vpc_endpoints: endpoint.vpc_endpoint_ids.clone().unwrap_or_default(),
        endpoint_types: endpoint_types(endpoint).ok_or(Missing("types"))?,
        disable_execute_api_endpoint: api.disable_execute_api_endpoint,
        api_key_source: api.api_key_source.map(|source| source.as_str().into()),
        security_policy: api.security_policy.map(|policy| policy.as_str().to_owned()),
        tags: api.tags.unwrap_or_default().into_iter().collect(),
    }))
}

/// From where an API or a domain name can be called, where AWS says so.
pub(super) fn endpoint_types(endpoint: EndpointConfiguration) -> Option<Vec<EndpointType>> {
    let types = endpoint.types.filter(|types| !types.is_empty())?;
    Some(types.iter().map(|it| it.as_str().into()).collect())
}

/// A REST API; `None` if it is not there any more, which only the call for itself can say.
async fn one(at: &At<'_>, Named { arn, id, name, settings, policy }: Named) -> Option<RestApi> {
    let ask = at.ask();
    let methods = methods::collect(at, &ask, &arn, &id).await;
    let stages = stages::collect(at, &ask, &arn, &id).await;
    let deployments = methods::deployments(at, &ask, &arn, &id, &stages).await;
    let authorizers = authorizers::of_rest(at, &ask, &arn, &id).await;
    let gateway_responses = gateway_responses(at, &ask, &id).await;
    if ask.gone() {
        let call = at.client.get_rest_api().rest_api_id(&id).send();
        if is_gone(&ask.fact::<RestApiSettings, _, _>(&[], call, |_| Ok(None)).await) {
            return None;
        }
    }
    Some(RestApi {
        arn,
        id,
        name,
        region: at.region.clone(),
        settings,
        policy,
        methods,
        stages,
        deployments,
        authorizers,
        gateway_responses,
    })
}

async fn gateway_responses(at: &At<'_>, ask: &Ask, api: &str) -> Observed<GatewayResponses> {
    let listing = at.client.get_gateway_responses().rest_api_id(api).limit(PAGE);
    ask.whole(
        turned(
            move |position| listing.clone().set_position(position).send(),
            |page: &GetGatewayResponsesOutput| page.position.as_deref(),
        ),
        |page| page.items.ok_or(Missing("items")),
        gateway_response,
        GatewayResponses,
    )
    .await
}

fn gateway_response(response: types::GatewayResponse) -> Result<GatewayResponse, Missing> {
    let kind = response.response_type.ok_or(Missing("responseType"))?;
    Ok(GatewayResponse {
        kind: kind.as_str().to_owned(),
        status: given(response.status_code),
        cors: cors_headers(response.response_parameters.unwrap_or_default()),
        is_default: response.default_response,
    })
}
