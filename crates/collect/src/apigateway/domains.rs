//! Domain names, each with the APIs behind it.

use aws_sdk_apigateway::types::{self, BasePathMapping};
use aws_sdk_apigatewayv2::{operation::get_api_mappings::GetApiMappingsOutput, types::ApiMapping};
use awspect_inventory::{
    Listed, Observed,
    apigateway::{DomainName, EndpointType, Mapping, Mappings, MutualTls},
};
use futures::{StreamExt as _, stream};

use super::{IN_FLIGHT, PAGE, PAGE_V2, at::At, rest::endpoint_types};
use crate::{
    ask::{Ask, Missing, still_there, turned},
    read::{given, is_gone, some_arn, text},
};

/// The domain names of a region.
pub(super) async fn collect(at: &At<'_>) -> Listed<DomainName> {
    let listed = at
        .ask()
        .pages::<DomainName, _, _, _, _>(
            at.client.get_domain_names().into_paginator().page_size(PAGE).send(),
            |page| page.items.ok_or(Missing("items")),
            |domain| read(at, domain),
            at.gap("/domainnames/*"),
        )
        .await;
    let read =
        stream::iter(listed.found).map(|domain| Box::pin(one(at, domain))).buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn read(at: &At<'_>, domain: types::DomainName) -> Result<DomainName, Missing> {
    let name = text(domain.domain_name, "domainName")?;
    let arn = match some_arn(domain.domain_name_arn, "domainNameArn")? {
        Some(arn) => arn,
        None => at.arn(&format!("/domainnames/{name}"), "domainName")?,
    };
    let mutual_tls = domain.mutual_tls_authentication.and_then(|tls| given(tls.truststore_uri));
    Ok(DomainName {
        arn,
        name,
        id: given(domain.domain_name_id),
        region: at.region.clone(),
        endpoint_types: domain.endpoint_configuration.and_then(endpoint_types).unwrap_or_default(),
        security_policy: domain.security_policy.map(|policy| policy.as_str().to_owned()),
        mutual_tls: mutual_tls.map(|truststore| MutualTls { truststore }),
        routing_mode: domain.routing_mode.map(|mode| mode.as_str().into()),
        distribution: given(domain.distribution_domain_name),
        regional_domain: given(domain.regional_domain_name),
        mappings: Observed::default(),
        tags: domain.tags.unwrap_or_default().into_iter().collect(),
    })
}

/// A domain name; `None` if it is not there any more, which only the call for itself can say.
async fn one(at: &At<'_>, mut domain: DomainName) -> Option<DomainName> {
    let ask = at.ask();
    domain.mappings = mappings(at, &ask, &domain).await;
    if ask.gone() {
        let call = at.client.get_domain_name().domain_name(&domain.name);
        let call = call.set_domain_name_id(domain.id.clone()).send();
        if is_gone(&ask.fact::<Mappings, _, _>(&[], call, |_| Ok(None)).await) {
            return None;
        }
    }
    Some(domain)
}

/// Only regional names can have HTTP and WebSocket APIs behind them, which one of the two APIs does not know.
async fn mappings(at: &At<'_>, ask: &Ask, domain: &DomainName) -> Observed<Mappings> {
    let (edge, private) = (&EndpointType::Edge, &EndpointType::Private);
    let types = &domain.endpoint_types;
    let is_rest_alone = !types.is_empty() && types.iter().all(|it| it == edge || it == private);
    if is_rest_alone {
        base_paths(at, ask, domain).await
    } else {
        api_mappings(at, ask, domain).await
    }
}

async fn base_paths(at: &At<'_>, ask: &Ask, domain: &DomainName) -> Observed<Mappings> {
    let listing = at.client.get_base_path_mappings().domain_name(&domain.name);
    let listing = listing.set_domain_name_id(domain.id.clone());
    ask.whole(
        listing.into_paginator().page_size(PAGE).send(),
        // Where there are none, neither is the list.
        |page| Ok(page.items.unwrap_or_default()),
        base_path,
        Mappings,
    )
    .await
}

fn base_path(mapping: BasePathMapping) -> Result<Mapping, Missing> {
    Ok(Mapping {
        api: text(mapping.rest_api_id, "restApiId")?,
        stage: path(mapping.stage),
        path: path(mapping.base_path),
    })
}

async fn api_mappings(at: &At<'_>, ask: &Ask, domain: &DomainName) -> Observed<Mappings> {
    let listing = at.v2.get_api_mappings().domain_name(&domain.name).max_results(PAGE_V2);
    ask.whole(
        turned(
            move |token| listing.clone().set_next_token(token).send(),
            |page: &GetApiMappingsOutput| page.next_token.as_deref(),
        ),
        |page| Ok(page.items.unwrap_or_default()),
        api_mapping,
        Mappings,
    )
    .await
}

fn api_mapping(mapping: ApiMapping) -> Result<Mapping, Missing> {
    Ok(Mapping {
        api: text(mapping.api_id, "apiId")?,
        stage: path(mapping.stage),
        path: path(mapping.api_mapping_key),
    })
}

/// A part of the path; API Gateway has a word for none.
fn path(text: Option<String>) -> Option<String> {
    given(text).filter(|text| text != "(none)")
}
