//! The routes of HTTP and WebSocket APIs.

use aws_sdk_apigatewayv2::{operation::get_routes::GetRoutesOutput, types};
use awspect_inventory::{Arn, Listed, apigateway::Route};

use super::{
    PAGE_V2,
    at::{At, part},
};
use crate::{
    ask::{Ask, Missing, turned},
    read::{given, said, text},
};

/// The routes of an API.
pub(super) async fn collect(at: &At<'_>, ask: &Ask, api: &Arn, id: &str) -> Listed<Route> {
    let listing = at.v2.get_routes().api_id(id).max_results(PAGE_V2);
    ask.pages::<Route, _, _, _, _>(
        turned(
            move |token| listing.clone().set_next_token(token).send(),
            |page: &GetRoutesOutput| page.next_token.as_deref(),
        ),
        |page| page.items.ok_or(Missing("items")),
        |route| read(at, api, route),
        at.gap_of(api, "/routes/*"),
    )
    .await
}

fn read(at: &At<'_>, api: &Arn, route: types::Route) -> Result<Route, Missing> {
    let id = text(route.route_id, "routeId")?;
    let authorization = route.authorization_type.ok_or(Missing("authorizationType"))?;
    Ok(Route {
        arn: part(api, &format!("/routes/{id}"), "routeId")?,
        name: text(route.route_key, "routeKey")?,
        region: at.region.clone(),
        authorization: said(authorization.as_str(), "authorizationType")?.into(),
        authorizer: given(route.authorizer_id),
        scopes: route.authorization_scopes.unwrap_or_default(),
        api_key_required: route.api_key_required.unwrap_or_default(),
        target: given(route.target),
    })
}
