//! Stages: what each has set for itself.

use std::collections::BTreeSet;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Region, Unknown,
    apigateway::{
        ApiRegionSettings, ApiStage, Connection, Integration, IntegrationKind, Method, RestApi,
        RestStage,
    },
};
use serde_json::json;

use super::serving::{Serving, edited};
use crate::{
    Scan,
    engine::{Judged, Subject, gaps, unknown_value},
};

/// The setting for all methods that have none of their own.
pub(super) const ALL: &str = "*/*";

/// Puts each stage of a REST API to a rule.
pub(super) fn each_stage<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a RestApi, &'a RestStage) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    let apis = &scan.inventory.apigateway.rest_apis;
    let mut judged = vec![];
    for api in &apis.found {
        judged.extend(api.stages.found.iter().filter_map(|stage| {
            let decision = decide(api, stage).transpose()?;
            Some((Subject::Resource(stage as _), decision))
        }));
        judged.extend(gaps(&api.stages));
    }
    judged.extend(gaps(apis));
    judged
}

/// Puts each stage of an HTTP or WebSocket API to a rule.
pub(super) fn each_api_stage<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a ApiStage) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let apis = &scan.inventory.apigateway.apis;
    let stages = apis.found.iter().flat_map(|api| {
        let own = api.stages.found.iter();
        let own = own.map(|stage| (Subject::Resource(stage as _), decide(stage)));
        own.chain(gaps(&api.stages)).collect::<Vec<_>>()
    });
    stages.chain(gaps(apis)).collect()
}

/// What the account has in a region.
pub(super) fn region_settings<'a>(
    scan: Scan<'a>,
    region: &Region,
) -> Result<&'a ApiRegionSettings, Unknown> {
    let regions = &scan.inventory.apigateway.regions;
    let without = |reason| Unknown::new(ApiRegionSettings::ACTION, reason);
    if let Some(own) = regions.found.iter().find(|own| own.region == *region) {
        return own.settings.known()?.ok_or_else(|| without(Reason::Malformed));
    }
    let gap = regions.gaps.iter().find(|gap| gap.covers(region));
    Err(gap.map_or_else(|| without(Reason::NotCollected), |gap| gap.unknown.clone()))
}

/// Servers on the Internet can tell the API from everybody else.
pub(super) fn client_certificate(api: &RestApi, stage: &RestStage) -> Judged {
    let serving = Serving::of_stage(api, stage);
    let mut hosts = BTreeSet::new();
    let mut open = serving.unread.clone();
    for method in serving.methods() {
        match edited(api, method).map(|own| own.and_then(|own| own.integration.as_ref())) {
            Ok(None) => {}
            Ok(Some(integration)) => match server(integration) {
                Ok(host) => hosts.extend(host),
                Err(unknown) => {
                    open.get_or_insert(unknown);
                }
            },
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    if hosts.is_empty() {
        return open.map_or(Ok(None), Err);
    }
    let field = "clientCertificateId";
    let certificate = stage.client_certificate.as_deref();
    let own = Evidence::of::<RestStage>(field, certificate, "a certificate that servers know");
    let expected = "servers that know the certificate, or are behind a VPC link";
    let calls = Evidence::of::<Method>("methodIntegration.uri", json!(hosts), expected);
    Ok(Some(match certificate {
        Some(_) => Verdict::Pass(vec![own, calls]),
        None => Verdict::faults(vec![own, calls]),
    }))
}

/// The server that is called over the Internet, if it is one.
fn server(integration: &Integration) -> Result<Option<&str>, Unknown> {
    match &integration.kind {
        IntegrationKind::Http | IntegrationKind::HttpProxy => {}
        IntegrationKind::Aws | IntegrationKind::AwsProxy | IntegrationKind::Mock => {
            return Ok(None);
        }
        IntegrationKind::Other(other) => return Err(unknown_value::<Method>(other)),
    }
    match &integration.connection {
        Some(Connection::VpcLink) => Ok(None),
        Some(Connection::Other(other)) => Err(unknown_value::<Method>(other)),
        Some(Connection::Internet) | None => Ok(integration.uri.as_deref()),
    }
}

/// Whatever a cache keeps is encrypted.
pub(super) fn cache_encrypted(stage: &RestStage) -> Option<Verdict> {
    if !stage.cache_enabled {
        return None;
    }
    let caching = || stage.method_settings.iter().filter(|(_, setting)| setting.caching);
    let plain = caching().filter(|(_, setting)| !setting.cache_data_encrypted);
    let faults: Vec<Evidence> = plain
        .map(|(key, setting)| {
            let field = format!("methodSettings[{key}].cacheDataEncrypted");
            Evidence::of::<RestStage>(field, setting.cache_data_encrypted, "true")
        })
        .collect();
    if !faults.is_empty() {
        return Some(Verdict::faults(faults));
    }
    let keys: Vec<&String> = caching().map(|(key, _)| key).collect();
    let field = "methodSettings[].cachingEnabled";
    let expected = "cacheDataEncrypted wherever it is on";
    Some(Verdict::Pass(vec![Evidence::of::<RestStage>(field, json!(keys), expected)]))
}
