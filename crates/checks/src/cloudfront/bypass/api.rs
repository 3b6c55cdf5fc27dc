//! Which APIs an origin's name means.

use awspect_inventory::{
    Fact as _, Listed, Reason, Region, Unknown,
    apigateway::{Api, DomainName, Mapping, RestApi, RoutingMode},
    cloudfront::Origin,
};

use super::super::concern::unseen;
use crate::Scan;

/// An API behind an origin.
pub(super) struct Behind<'a> {
    /// The API.
    pub(super) api: AnyApi<'a>,
    /// The stage, where the way there names one.
    pub(super) stage: Option<&'a str>,
    /// The domain name of the account's own that it is asked by.
    pub(super) domain: Option<&'a DomainName>,
}

/// An API of either kind.
pub(super) enum AnyApi<'a> {
    Rest(&'a RestApi),
    /// HTTP or WebSocket.
    V2(&'a Api),
}

impl<'a> AnyApi<'a> {
    /// Its id.
    pub(super) fn id(&self) -> &'a str {
        match self {
            Self::Rest(api) => &api.id,
            Self::V2(api) => &api.id,
        }
    }

    /// Whether its own address does not answer.
    pub(super) fn has_no_address(&self) -> Result<bool, Unknown> {
        Ok(match self {
            Self::Rest(api) => {
                api.settings.known()?.is_some_and(|it| it.disable_execute_api_endpoint)
            }
            Self::V2(api) => {
                api.settings.known()?.is_some_and(|it| it.disable_execute_api_endpoint)
            }
        })
    }
}

/// The APIs behind an origin; none where its name means none of API Gateway.
pub(super) fn behind<'a>(scan: Scan<'a>, origin: &'a Origin) -> Vec<Result<Behind<'a>, Unknown>> {
    let host = origin.domain.trim_end_matches('.').to_ascii_lowercase();
    let is = |name: Option<&String>| name.is_some_and(|name| name.eq_ignore_ascii_case(&host));
    let domains = &scan.inventory.apigateway.domain_names;
    let own = domains.found.iter().find(|it| {
        is(Some(&it.name)) || is(it.regional_domain.as_ref()) || is(it.distribution.as_ref())
    });
    if let Some(domain) = own {
        return mapped(scan, domain);
    }
    let mut labels = host.split('.');
    let (Some(id), Some("execute-api"), Some(region)) =
        (labels.next(), labels.next(), labels.next())
    else {
        return vec![];
    };
    // What a regional domain name stands for in DNS.
    if id.starts_with("d-") {
        return vec![Err(unseen(domains, &format!("the domain name behind `{host}`")))];
    }
    let stage = origin.path.split('/').find(|part| !part.is_empty());
    let found = find(scan, id, region);
    vec![found.map(|api| Behind { api, stage, domain: None })]
}

/// The APIs behind a domain name.
fn mapped<'a>(scan: Scan<'a>, domain: &'a DomainName) -> Vec<Result<Behind<'a>, Unknown>> {
    let by_rules = !matches!(
        domain.routing_mode,
        None | Some(RoutingMode::BasePathMappingOnly | RoutingMode::ApiMappingOnly)
    );
    if by_rules {
        return vec![Err(Unknown::new(DomainName::ACTION, Reason::Undecided)
            .because(format!("the routing rules of `{}` are not read", domain.name)))];
    }
    let mappings = match domain.mappings.known() {
        Ok(mappings) => mappings,
        Err(unknown) => return vec![Err(unknown)],
    };
    let one = |mapping: &'a Mapping| {
        let api = find(scan, &mapping.api, domain.region.as_str())?;
        Ok(Behind { api, stage: mapping.stage.as_deref(), domain: Some(domain) })
    };
    mappings.into_iter().flat_map(|mappings| &mappings.0).map(one).collect()
}

/// The API of this id.
fn find<'a>(scan: Scan<'a>, id: &str, region: &str) -> Result<AnyApi<'a>, Unknown> {
    let apis = &scan.inventory.apigateway;
    let is_it = |own: &str, at: &Region| own == id && at.as_str() == region;
    if let Some(api) = apis.rest_apis.found.iter().find(|it| is_it(&it.id, &it.region)) {
        return Ok(AnyApi::Rest(api));
    }
    if let Some(api) = apis.apis.found.iter().find(|it| is_it(&it.id, &it.region)) {
        return Ok(AnyApi::V2(api));
    }
    let what = format!("the API `{id}`");
    Err(match covering(&apis.rest_apis, region) {
        Some(unknown) => unknown,
        None => covering(&apis.apis, region).unwrap_or_else(|| {
            Unknown::new(Api::ACTION, Reason::NotAsked)
                .because(format!("{what} is not among those listed"))
        }),
    })
}

/// Why something of a region may be missing from a listing.
fn covering<T>(listed: &Listed<T>, region: &str) -> Option<Unknown> {
    let mut gaps = listed.gaps.iter();
    let gap = gaps.find(|gap| gap.region.as_ref().is_none_or(|it| it.as_str() == region))?;
    Some(gap.unknown.clone())
}
