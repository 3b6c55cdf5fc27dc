//! HTTP and WebSocket APIs, each with its parts.

use aws_sdk_apigatewayv2::{operation::get_apis::GetApisOutput, types};
use awspect_inventory::{
    Arn, Cors, Listed, Observed,
    apigateway::{Api, ApiSettings},
};
use futures::{StreamExt as _, stream};

use super::{IN_FLIGHT, PAGE_V2, at::At, authorizers, backends, routes, stages};
use crate::{
    ask::{Missing, Read, still_there, turned},
    read::{given, is_gone, observed, said, text},
};

/// An API of the listing.
struct Named {
    arn: Arn,
    id: String,
    name: String,
    settings: Observed<ApiSettings>,
}

/// The HTTP and WebSocket APIs of a region.
pub(super) async fn collect(at: &At<'_>) -> Listed<Api> {
    let listing = at.v2.get_apis().max_results(PAGE_V2);
    let listed = at
        .ask()
        .pages::<Api, _, _, _, _>(
            turned(
                move |token| listing.clone().set_next_token(token).send(),
                |page: &GetApisOutput| page.next_token.as_deref(),
            ),
            |page| page.items.ok_or(Missing("items")),
            |api| named(at, api),
            at.gap("/apis/*"),
        )
        .await;
    let read = stream::iter(listed.found).map(|named| Box::pin(one(at, named))).buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn named(at: &At<'_>, api: types::Api) -> Result<Named, Missing> {
    let id = text(api.api_id.clone(), "apiId")?;
    Ok(Named {
        arn: at.arn(&format!("/apis/{id}"), "apiId")?,
        id,
        name: text(api.name.clone(), "name")?,
        settings: observed(settings(api)),
    })
}

fn settings(api: types::Api) -> Read<ApiSettings> {
    let protocol = api.protocol_type.ok_or(Missing("protocolType"))?;
    Ok(Some(ApiSettings {
        protocol: said(protocol.as_str(), "protocolType")?.into(),
        endpoint: given(api.api_endpoint),
        disable_execute_api_endpoint: api.disable_execute_api_endpoint.unwrap_or_default(),
        cors: api.cors_configuration.map(cors),
        route_selection: given(api.route_selection_expression),
        tags: api.tags.unwrap_or_default().into_iter().collect(),
    }))
}

fn cors(cors: types::Cors) -> Cors {
    Cors {
        allow_credentials: cors.allow_credentials,
        allow_origins: cors.allow_origins.unwrap_or_default(),
        allow_methods: cors.allow_methods.unwrap_or_default(),
        allow_headers: cors.allow_headers.unwrap_or_default(),
        expose_headers: cors.expose_headers.unwrap_or_default(),
        max_age: cors.max_age,
    }
}

/// An API; `None` if it is not there any more, which only the call for itself can say.
async fn one(at: &At<'_>, Named { arn, id, name, settings }: Named) -> Option<Api> {
    let ask = at.ask();
    let routes = routes::collect(at, &ask, &arn, &id).await;
    let stages = stages::of_v2(at, &ask, &arn, &id).await;
    let authorizers = authorizers::of_v2(at, &ask, &arn, &id).await;
    let integrations = backends::collect(at, &ask, &arn, &id).await;
    if ask.gone() {
        let call = at.v2.get_api().api_id(&id).send();
        if is_gone(&ask.fact::<ApiSettings, _, _>(&[], call, |_| Ok(None)).await) {
            return None;
        }
    }
    Some(Api {
        arn,
        id,
        name,
        region: at.region.clone(),
        settings,
        routes,
        stages,
        authorizers,
        integrations,
    })
}
