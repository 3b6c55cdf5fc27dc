//! Firewalls in front of APIs: a web ACL on the stage, or on a distribution that leads there.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::apigateway::{Api, Authorization, Protocol, RestApi, RestStage, Route};
use serde_json::Value;

use super::{
    doors::{Doors, Target},
    front::{Fronts, perhaps},
    guarded::{is_private, rest_settings},
    routes::{api_settings, reaches},
};
use crate::{
    Scan,
    engine::{Judged, Subject, gaps, unknown_value},
};

const IN_FRONT: &str = "a distribution with a web ACL";
const DISABLED: &str = "true, so that nobody goes around the distribution";

/// Each stage of a REST API that can be reached has a web ACL, or stands behind one.
pub(super) fn stages(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let apis = &scan.inventory.apigateway.rest_apis;
    let mut judged: Vec<(Subject<'_>, Decision)> = vec![];
    for api in &apis.found {
        judged.extend(api.stages.found.iter().filter_map(|stage| {
            let decision = of_stage(scan, api, stage).transpose()?;
            Some((Subject::Resource(stage as _), decision))
        }));
        judged.extend(gaps(&api.stages));
    }
    judged.extend(gaps(apis));
    judged
}

fn of_stage(scan: Scan<'_>, api: &RestApi, stage: &RestStage) -> Judged {
    let field = "webAclArn";
    if let Some(own) = &stage.web_acl {
        let evidence = Evidence::of::<RestStage>(field, own.as_str(), "a web ACL");
        return Ok(Some(Verdict::Pass(vec![evidence])));
    }
    let settings = rest_settings(api)?;
    let doors = Doors::of(scan, Target::rest(api, settings).stage(&stage.name));
    if stage.deployment.is_none() || !doors.exist()? {
        return Ok(None);
    }
    let fronts = Fronts::of(scan, &doors);
    let (guarded, open) = fronts.behind_acl();
    let expected = "a web ACL, or one in front";
    let mut evidence = vec![Evidence::of::<RestStage>(field, Value::Null, expected)];
    evidence.extend(fronts.shown(IN_FRONT));
    if !fronts.found.is_empty() {
        evidence.push(doors.target.default_endpoint(DISABLED));
    }
    if doors.target.default {
        let low = !guarded.is_empty() || is_private(settings)?;
        let fault = Verdict::faults(evidence);
        return Ok(Some(if low { fault.severity(Severity::Low) } else { fault }));
    }
    if guarded.iter().any(|front| front.domain.is_some()) {
        return Ok(Some(Verdict::Pass(evidence)));
    }
    let open = open.or_else(|| perhaps(scan, &doors));
    open.map_or_else(|| Ok(Some(Verdict::faults(evidence))), Err)
}

/// Each HTTP API that can be reached stands behind a distribution with a web ACL.
pub(super) fn http_apis(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let apis = &scan.inventory.apigateway.apis;
    let one = |api| Some((Subject::Resource(api as _), of_api(scan, api).transpose()?));
    apis.found.iter().filter_map(one).chain(gaps(apis)).collect()
}

fn of_api(scan: Scan<'_>, api: &Api) -> Judged {
    let settings = api_settings(api)?;
    match &settings.protocol {
        Protocol::Http => {}
        Protocol::WebSocket => return Ok(None),
        Protocol::Other(other) => return Err(unknown_value::<Api>(other)),
    }
    let doors = Doors::of(scan, Target::api(api, settings));
    if !reaches(api)? || !doors.exist()? {
        return Ok(None);
    }
    let fronts = Fronts::of(scan, &doors);
    let (guarded, open) = fronts.behind_acl();
    if !guarded.is_empty() {
        let shown = guarded.iter().map(|front| front.shown(IN_FRONT));
        return Ok(Some(Verdict::Pass(shown.collect())));
    }
    if let Some(unknown) = open.or_else(|| perhaps(scan, &doors)) {
        return Err(unknown);
    }
    let mut evidence = fronts.shown(IN_FRONT);
    evidence.push(doors.target.default_endpoint("true, once the distribution leads to a domain"));
    let fault = Verdict::faults(evidence);
    Ok(Some(if all_ask(api) { fault.severity(Severity::Info) } else { fault }))
}

/// Whether all routes but `OPTIONS` are known to ask who calls.
pub(super) fn all_ask(api: &Api) -> bool {
    let asks = |route: &Route| route.name.starts_with("OPTIONS ") || is_known(&route.authorization);
    api.routes.gaps.is_empty() && api.routes.found.iter().all(asks)
}

/// Whether an authorization is one that asks.
pub(super) fn is_known(authorization: &Authorization) -> bool {
    !matches!(authorization, Authorization::None | Authorization::Other(_))
}
