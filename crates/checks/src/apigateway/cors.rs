//! Which pages may use an API with their visitor's browser.

use std::collections::BTreeMap;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact,
    apigateway::{
        Api, ApiSettings, Authorization, DeployedMethod, DeployedMethods, EndpointType,
        GatewayResponses, Method, Protocol, RestApi, RestApiPolicy, RestApiSettings, Route,
    },
};
use awspect_policy::{Answer, Budget};
use serde_json::{Value, json};

use super::serving::Serving;
use crate::{
    Scan,
    cors::{EXPECTED, allows_credentials, any_open, is_open, shown},
    engine::{Judged, Subject, gaps, unless},
    policy::Document,
};

const ORIGIN: &str = "access-control-allow-origin";
const CREDENTIALS: &str = "access-control-allow-credentials";

/// An answer whose origin is fixed.
struct Fixed<'a> {
    field: String,
    origin: &'a str,
    credentials: Option<&'a str>,
}

impl<'a> Fixed<'a> {
    fn read(field: String, headers: &'a BTreeMap<String, String>) -> Option<Self> {
        let fixed = |name| headers.get(name)?.trim().strip_prefix('\'')?.strip_suffix('\'');
        let origin = fixed(ORIGIN)?.trim();
        Some(Self { field, origin, credentials: fixed(CREDENTIALS) })
    }

    fn with_credentials(&self) -> bool {
        self.credentials == Some("true")
    }

    fn shown<F: Fact>(&self) -> Evidence {
        let observed = json!({ "Access-Control-Allow-Origin": self.origin,
            "Access-Control-Allow-Credentials": self.credentials });
        Evidence::of::<F>(self.field.clone(), observed, EXPECTED)
    }
}

/// Puts methods of REST APIs to the rule, and APIs for what they answer where they call nothing.
pub(super) fn rest(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let apis = &scan.inventory.apigateway.rest_apis;
    let mut judged = vec![];
    for api in &apis.found {
        let serving = Serving::of(api);
        judged.extend(api.methods.found.iter().filter_map(|method| {
            let decision = unless(serving.lacks(method), Ok(answers(scan, api, &serving, method)));
            Some((Subject::Resource(method as _), decision.transpose()?))
        }));
        judged.extend(gaps(&api.methods));
        let is_served = !(api.stages.found.is_empty() && api.stages.gaps.is_empty());
        let own = if is_served { refusals(api).transpose() } else { None };
        judged.extend(own.map(|decision| (Subject::Resource(api as _), decision)));
    }
    judged.extend(gaps(apis));
    judged
}

/// What a method says of origins by itself.
fn answers(
    scan: Scan<'_>,
    api: &RestApi,
    serving: &Serving<'_>,
    method: &Method,
) -> Option<Verdict> {
    let field = |status: &str| {
        format!("methodIntegration.integrationResponses[{status}].responseParameters")
    };
    let fixed =
        method.cors.iter().filter_map(|(status, headers)| Fixed::read(field(status), headers));
    let fixed: Vec<Fixed<'_>> = fixed.collect();
    if fixed.is_empty() {
        return None;
    }
    let open: Vec<&Fixed<'_>> = fixed.iter().filter(|own| is_open(own.origin)).collect();
    if open.is_empty() {
        return Some(Verdict::Pass(fixed.iter().map(Fixed::shown::<Method>).collect()));
    }
    let mut evidence: Vec<Evidence> = open.iter().map(|own| own.shown::<Method>()).collect();
    let on_path = serving.methods().filter(|own| own.path == method.path);
    let beside: Vec<&DeployedMethod> = on_path.filter(|own| own.http_method != "OPTIONS").collect();
    evidence.extend((!beside.is_empty()).then(|| at_stake(&beside)));
    if open.iter().any(|own| own.origin == "null" && own.with_credentials()) {
        return Some(Verdict::faults(evidence).severity(Severity::High));
    }
    if beside.iter().any(|own| own.authorization == Authorization::None)
        && let Some(wall) = wall(scan, api)
    {
        evidence.push(wall);
        return Some(Verdict::faults(evidence).severity(Severity::High));
    }
    let guarded = beside.iter().any(|own| asks(own));
    let severity = if guarded || open.iter().any(|own| own.with_credentials()) {
        Severity::Medium
    } else {
        Severity::Low
    };
    Some(Verdict::faults(evidence).severity(severity))
}

fn asks(method: &DeployedMethod) -> bool {
    method.authorization != Authorization::None || method.api_key_required
}

/// What pages get at.
fn at_stake(methods: &[&DeployedMethod]) -> Evidence {
    let shown = |own: &&DeployedMethod| {
        json!({ "method": format!("{} {}", own.http_method, own.path),
            "authorizationType": own.authorization.as_str(), "apiKeyRequired": own.api_key_required })
    };
    let observed: Vec<Value> = methods.iter().map(shown).collect();
    Evidence::of::<DeployedMethods>("apiSummary", observed, "any; this is what pages get at")
}

/// What keeps strangers from an API that a visitor may reach, if something does.
fn wall(scan: Scan<'_>, api: &RestApi) -> Option<Evidence> {
    let expected = "any; a page in a visitor's browser comes from inside";
    if let Some(settings) = api.settings.set()
        && settings.endpoint_types.contains(&EndpointType::Private)
    {
        let field = "endpointConfiguration.types";
        return Some(Evidence::of::<RestApiSettings>(
            field,
            json!(settings.endpoint_types),
            expected,
        ));
    }
    let RestApiPolicy(text) = api.policy.set()?;
    let arn = api.arn.as_str();
    let document = Document::read::<RestApiPolicy>(scan, text, "apigateway-rest-api", arn).ok()?;
    let budget = Budget::default();
    let answer = document.subject().is_public(&budget);
    matches!(answer, Answer::No(_))
        .then(|| Evidence::of::<RestApiPolicy>("policy", "lets no stranger in", expected))
}

/// What an API says of origins where it calls nothing.
fn refusals(api: &RestApi) -> Judged {
    let Some(GatewayResponses(responses)) = api.gateway_responses.known()? else { return Ok(None) };
    let fixed = responses.iter().filter_map(|own| {
        Fixed::read(format!("items[{}].responseParameters", own.kind), &own.cors)
    });
    let fixed: Vec<Fixed<'_>> = fixed.collect();
    let open = fixed.iter().filter(|own| is_open(own.origin));
    let faults: Vec<Evidence> = open.map(Fixed::shown::<GatewayResponses>).collect();
    Ok(match (fixed.is_empty(), faults.is_empty()) {
        (true, _) => None,
        (false, true) => {
            Some(Verdict::Pass(fixed.iter().map(Fixed::shown::<GatewayResponses>).collect()))
        }
        (false, false) => Some(Verdict::faults(faults).severity(Severity::Low)),
    })
}

/// Puts HTTP APIs that answer browsers by themselves to the rule.
pub(super) fn http(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let apis = &scan.inventory.apigateway.apis;
    let judged = apis
        .found
        .iter()
        .filter_map(|api| Some((Subject::Resource(api as _), configuration(api).transpose()?)));
    judged.chain(gaps(apis)).collect()
}

fn configuration(api: &Api) -> Judged {
    let settings = api.settings.known()?;
    let asked = settings.filter(|own| own.protocol != Protocol::WebSocket);
    let Some(cors) = asked.and_then(|own| own.cors.as_ref()) else { return Ok(None) };
    let mut evidence = vec![shown::<ApiSettings>("CorsConfiguration", cors)];
    if !any_open(&cors.allow_origins) {
        return Ok(Some(Verdict::Pass(evidence)));
    }
    let severity = if allows_credentials(cors) {
        Severity::High
    } else {
        evidence.push(routes(api));
        if asks_for_something(api) { Severity::Medium } else { Severity::Low }
    };
    Ok(Some(Verdict::faults(evidence).severity(severity)))
}

/// Whether a route asks who calls, or may do.
fn asks_for_something(api: &Api) -> bool {
    let asking = guarded_routes(api).any(|own| own.authorization != Authorization::None);
    asking || !api.routes.gaps.is_empty()
}

/// Routes other than those for browsers that ask what pages may do.
fn guarded_routes(api: &Api) -> impl Iterator<Item = &Route> {
    api.routes.found.iter().filter(|route| !route.name.starts_with("OPTIONS "))
}

fn routes(api: &Api) -> Evidence {
    let routes =
        guarded_routes(api).map(|own| (own.name.clone(), json!(own.authorization.as_str())));
    let routes: serde_json::Map<String, Value> = routes.collect();
    let expected = "any; this is what pages get at";
    Evidence::of::<Route>("Items[].AuthorizationType", routes, expected)
}
