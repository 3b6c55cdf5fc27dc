//! Whether routes of HTTP and WebSocket APIs ask who calls.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    apigateway::{Api, ApiSettings, ApiStage, Authorization, Protocol, Route},
};
use serde_json::{Value, json};

use super::doors::{Doors, Target, Way};
use crate::{
    Scan,
    engine::{Judged, Subject, gaps, unknown_value},
};

const CREDENTIALS: &str = "AWS_IAM, JWT or CUSTOM";
/// The only route of a WebSocket API that asks.
const CONNECT: &str = "$connect";

/// The settings of an HTTP or WebSocket API, which every one has.
pub(super) fn api_settings(api: &Api) -> Result<&ApiSettings, Unknown> {
    let without = || Unknown::new(ApiSettings::ACTION, Reason::Malformed);
    api.settings.known()?.ok_or_else(without)
}

/// Each route asks, of a WebSocket API the one by which connections are made.
pub(super) fn no_auth(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let apis = &scan.inventory.apigateway.apis;
    let mut judged: Vec<(Subject<'_>, Decision)> = vec![];
    for api in &apis.found {
        judged.extend(api.routes.found.iter().filter_map(|route| {
            let decision = asks(scan, api, route).transpose()?;
            Some((Subject::Resource(route as _), decision))
        }));
        if let Some(decision) = without_connect(scan, api).transpose() {
            judged.push((Subject::Part(api as _, CONNECT.to_owned()), decision));
        }
        judged.extend(gaps(&api.routes));
    }
    judged.extend(gaps(apis));
    judged
}

fn asks(scan: Scan<'_>, api: &Api, route: &Route) -> Judged {
    let settings = api_settings(api)?;
    let is_http = match &settings.protocol {
        Protocol::Http => true,
        Protocol::WebSocket => false,
        Protocol::Other(other) => return Err(unknown_value::<ApiSettings>(other)),
    };
    if if is_http { route.target.is_none() } else { route.name != CONNECT } {
        return Ok(None);
    }
    let observed = if is_http {
        json!(route.authorization.as_str())
    } else {
        json!({ "AuthorizationType": route.authorization.as_str(),
            "ApiKeyRequired": route.api_key_required })
    };
    let field = format!("AuthorizationType of {}", route.name);
    let shown = Evidence::of::<Route>(field, observed, CREDENTIALS);
    match &route.authorization {
        Authorization::None => {}
        Authorization::Other(other) => return Err(unknown_value::<Route>(other)),
        _ => return Ok(reaches(api)?.then(|| Verdict::Pass(vec![shown]))),
    }
    let severity = match route.name.split_once(' ') {
        Some(("OPTIONS", _)) => Some(Severity::Low),
        _ if route.api_key_required && !is_http => Some(Severity::Medium),
        _ => None,
    };
    open(scan, api, settings, shown, severity)
}

/// A WebSocket API without the route by which connections are made lets everybody connect.
fn without_connect(scan: Scan<'_>, api: &Api) -> Judged {
    let Some(settings) = api.settings.set() else { return Ok(None) };
    let has_one = api.routes.found.iter().any(|route| route.name == CONNECT);
    if settings.protocol != Protocol::WebSocket || has_one || !api.routes.gaps.is_empty() {
        return Ok(None);
    }
    let expected = "a route $connect that asks for AWS_IAM or CUSTOM";
    open(scan, api, settings, Evidence::of::<Route>("RouteKey", Value::Null, expected), None)
}

/// What asks for nothing is open, unless nobody comes there without a certificate.
fn open(
    scan: Scan<'_>,
    api: &Api,
    settings: &ApiSettings,
    shown: Evidence,
    severity: Option<Severity>,
) -> Judged {
    let (mut shut, mut unsure) = (vec![], None);
    for stage in serving(api) {
        match Doors::of(scan, Target::api(api, settings).stage(&stage.name)).way() {
            Ok(Way::Open(door)) => {
                let mut evidence = vec![shown, door];
                if !stage.auto_deploy {
                    let expected =
                        "true; without it the stage may serve what the routes were before";
                    let field = format!("AutoDeploy of stage {}", stage.name);
                    evidence.push(Evidence::of::<ApiStage>(field, false, expected));
                }
                return Ok(Some(Verdict::Fail { evidence, severity }));
            }
            Ok(Way::Shut(evidence)) => shut = evidence,
            Err(unknown) => _ = unsure.get_or_insert(unknown),
        }
    }
    let gap = api.stages.gaps.first().map(|gap| gap.unknown.clone());
    match unsure.or(gap) {
        Some(unknown) => Err(unknown),
        None if shut.is_empty() => Ok(None),
        None => {
            shut.insert(0, shown);
            Ok(Some(Verdict::Pass(shut)))
        }
    }
}

/// The stages that serve something.
pub(super) fn serving(api: &Api) -> impl Iterator<Item = &ApiStage> {
    api.stages.found.iter().filter(|stage| stage.deployment.is_some())
}

/// Whether a stage serves something.
pub(super) fn reaches(api: &Api) -> Result<bool, Unknown> {
    match api.stages.gaps.first() {
        _ if serving(api).next().is_some() => Ok(true),
        Some(gap) => Err(gap.unknown.clone()),
        None => Ok(false),
    }
}
