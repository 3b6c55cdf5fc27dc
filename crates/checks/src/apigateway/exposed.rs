//! REST APIs that the Internet reaches.

use std::collections::BTreeMap;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Unknown,
    apigateway::{DeployedMethods, EndpointType, Mappings, RestApi, RestApiSettings, RestStage},
};
use serde_json::json;

use super::guarded::Guarded;
use crate::{
    Scan,
    engine::{Subject, each},
};

/// Nobody on the Internet reaches the API.
pub(super) fn public_endpoint(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    each(&scan.inventory.apigateway.rest_apis, |api| reached(&Guarded::of(scan, api)?))
}

fn reached(guarded: &Guarded<'_>) -> Decision {
    let Guarded { api, settings, .. } = guarded;
    let types: Vec<&str> = settings.endpoint_types.iter().map(EndpointType::as_str).collect();
    let types = Evidence::of::<RestApiSettings>("endpointConfiguration.types", types, "PRIVATE");
    if guarded.is_private {
        return Ok(Verdict::Pass(vec![types]));
    }
    let doors = guarded.doors(None);
    let default = doors.target.default_endpoint("true, and no custom domain mapped");
    let exist = doors.exist();
    if exist == Ok(false) {
        return Ok(Verdict::Pass(vec![types, default]));
    }
    let staged = json!(stages(api));
    let staged = Evidence::of::<RestStage>("stageName", staged, "none with a deployment");
    if !is_deployed(api)? {
        return Ok(Verdict::Pass(vec![types, staged]));
    }
    exist?;
    let names = doors.names();
    let domains = Evidence::of::<Mappings>("domainNames mapped to it", json!(names), "none");
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for served in &guarded.serving.served {
        *asked.entry(served.method.authorization.as_str()).or_default() += 1;
    }
    let methods = Evidence::of::<DeployedMethods>(
        "apiSummary, methods by authorizationType",
        json!(asked),
        "any; this is how each asks who calls",
    );
    Ok(Verdict::faults(vec![types, default, staged, domains, methods]))
}

/// The stages that serve something.
pub(super) fn stages(api: &RestApi) -> Vec<&str> {
    let deployed = api.stages.found.iter().filter(|stage| stage.deployment.is_some());
    deployed.map(|stage| stage.name.as_str()).collect()
}

/// Whether a stage serves something.
pub(super) fn is_deployed(api: &RestApi) -> Result<bool, Unknown> {
    match api.stages.gaps.first() {
        _ if !stages(api).is_empty() => Ok(true),
        Some(gap) => Err(gap.unknown.clone()),
        None => Ok(false),
    }
}
