//! Authorizers: whether anything asks them, for how long their answers count, and whose tokens they take.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    apigateway::{
        Api, Authorizer, AuthorizerType, JwtConfiguration, Method, Protocol, RestApi, Route,
    },
};
use serde_json::json;

use super::{
    guarded::Guarded,
    methods::{methods_of, no_auth},
    routes::api_settings,
};
use crate::{
    Scan,
    engine::{Judged, Subject, gaps, unknown_value},
};

/// How many names a finding lists.
const NAMES: usize = 10;
/// Seconds for which an answer counts in a REST API that does not say.
const DEFAULT_TTL: u32 = 300;

/// What sources of a caller's identity begin with that he sends himself.
const SENT: [&str; 7] = [
    "method.request.header.",
    "method.request.multivalueheader.",
    "method.request.querystring.",
    "method.request.multivaluequerystring.",
    "$request.header.",
    "$request.querystring.",
    "$request.cookie",
];

/// Issuers that give tokens to everybody's apps.
const FOR_EVERYBODY: [&str; 4] = [
    "https://accounts.google.com",
    "https://appleid.apple.com",
    "https://token.actions.githubusercontent.com",
    "https://gitlab.com",
];
/// Issuers that do so for some tenants.
const TENANTED: [&str; 2] = ["https://login.microsoftonline.com/", "https://sts.windows.net/"];
/// Tenants that stand for everybody.
const TENANTS: [&str; 3] = ["common", "organizations", "consumers"];

/// An authorizer is named by a method.
pub(super) fn unused(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let apis = &scan.inventory.apigateway.rest_apis;
    let mut judged = vec![];
    for api in &apis.found {
        judged.extend(
            api.authorizers.found.iter().map(|authorizer| {
                (Subject::Resource(authorizer as _), used(scan, api, authorizer))
            }),
        );
        judged.extend(gaps(&api.authorizers));
    }
    judged.extend(gaps(apis));
    judged
}

fn used(scan: Scan<'_>, api: &RestApi, authorizer: &Authorizer) -> Decision {
    let names = by(api, authorizer);
    if names.is_empty()
        && let Some(gap) = api.methods.gaps.first()
    {
        return Err(gap.unknown.clone());
    }
    let observed = json!({ "methods that name it": names.len(), "first": first(&names) });
    let field = "resourceMethods.authorizerId";
    let evidence = Evidence::of::<Method>(field, observed, "named by at least one method");
    let verdict = Verdict::holds(!names.is_empty(), evidence);
    let Verdict::Fail { mut evidence, severity } = verdict else { return Ok(verdict) };
    let open = Guarded::of(scan, api).map_or_else(|_| vec![], |guarded| open_methods(&guarded));
    if open.is_empty() {
        return Ok(Verdict::Fail { evidence, severity });
    }
    let observed =
        json!({ "deployed methods that ask for nothing": open.len(), "first": first(&open) });
    let expected = "none, where an authorizer was made to guard them";
    evidence.push(Evidence::of::<Method>("authorizationType", observed, expected));
    Ok(Verdict::faults(evidence).severity(Severity::Medium))
}

/// The names of the methods that an authorizer guards, as they stand now.
fn by(api: &RestApi, authorizer: &Authorizer) -> Vec<String> {
    let names = |method: &&Method| method.authorizer.as_ref() == Some(&authorizer.id);
    api.methods.found.iter().filter(names).map(|method| method.name.clone()).collect()
}

fn first(names: &[String]) -> &[String] {
    names.get(..NAMES).unwrap_or(names)
}

/// The methods that are known to let everybody in to something.
fn open_methods(guarded: &Guarded<'_>) -> Vec<String> {
    let open = methods_of(guarded).into_iter().filter_map(|(_, asked)| {
        let fails =
            matches!(no_auth(guarded, &asked), Ok(Some(Verdict::Fail { severity: None, .. })));
        fails.then(|| asked.name())
    });
    open.collect()
}

/// Puts each authorizer of all kinds of APIs to a question, with what is there about its API.
fn each_authorizer<'a>(
    scan: Scan<'a>,
    rest: impl Fn(&'a RestApi, &'a Authorizer) -> Judged,
    other: impl Fn(&'a Api, &'a Authorizer) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    let gateway = &scan.inventory.apigateway;
    let mut judged = vec![];
    let mut keep = |authorizer: &'a Authorizer, decision: Judged| {
        judged.extend(decision.transpose().map(|own| (Subject::Resource(authorizer as _), own)));
    };
    for api in &gateway.rest_apis.found {
        api.authorizers.found.iter().for_each(|own| keep(own, rest(api, own)));
    }
    for api in &gateway.apis.found {
        api.authorizers.found.iter().for_each(|own| keep(own, other(api, own)));
    }
    judged.extend(gateway.rest_apis.found.iter().flat_map(|api| gaps(&api.authorizers)));
    judged.extend(gateway.apis.found.iter().flat_map(|api| gaps(&api.authorizers)));
    judged.extend(gaps(&gateway.rest_apis));
    judged.extend(gaps(&gateway.apis));
    judged
}

/// Answers of functions are kept by caller, and not for long.
pub(super) fn cache(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let rest = |api: &RestApi, authorizer: &Authorizer| {
        let ttl = authorizer.result_ttl.unwrap_or(DEFAULT_TTL);
        kept_apart(authorizer, ttl, by(api, authorizer).len())
    };
    let other = |api: &Api, authorizer: &Authorizer| {
        if is_websocket(api)? {
            return Ok(None);
        }
        kept_apart(authorizer, authorizer.result_ttl.unwrap_or(0), routes(api, authorizer))
    };
    each_authorizer(scan, rest, other)
}

fn is_websocket(api: &Api) -> Result<bool, Unknown> {
    Ok(api_settings(api)?.protocol == Protocol::WebSocket)
}

/// How many routes name an authorizer.
fn routes(api: &Api, authorizer: &Authorizer) -> usize {
    let names = |route: &&Route| route.authorizer.as_ref() == Some(&authorizer.id);
    api.routes.found.iter().filter(names).count()
}

fn kept_apart(authorizer: &Authorizer, ttl: u32, shared_by: usize) -> Judged {
    let is_token = match &authorizer.authorizer_type {
        AuthorizerType::Token => true,
        AuthorizerType::Request => false,
        AuthorizerType::Other(other) => return Err(unknown_value::<Authorizer>(other)),
        AuthorizerType::CognitoUserPools | AuthorizerType::Jwt => return Ok(None),
    };
    let sources = &authorizer.identity_sources;
    let tells = is_token || sources.iter().any(|source| tells_callers_apart(source));
    let observed = json!({
        "authorizerResultTtlInSeconds": ttl,
        "identitySource": sources,
        "methods or routes that share an answer": shared_by,
    });
    let expected =
        format!("0, or at most {DEFAULT_TTL} seconds by something that the caller sends");
    let evidence = Evidence::of::<Authorizer>("authorizerResultTtlInSeconds", observed, expected);
    if ttl > 0 && !tells {
        return Ok(Some(Verdict::faults(vec![evidence]).severity(Severity::Medium)));
    }
    Ok(Some(Verdict::holds(ttl <= DEFAULT_TTL, evidence)))
}

/// Whether what a source holds is each caller's own.
fn tells_callers_apart(source: &str) -> bool {
    let source = source.to_ascii_lowercase();
    let context = source.trim_start_matches('$');
    match context.strip_prefix("context.identity.") {
        Some(field) => !["sourceip", "useragent"].contains(&field),
        None => SENT.iter().any(|start| source.starts_with(start)),
    }
}

/// Tokens are of one issuer, and made for this API.
pub(super) fn audience(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let gateway = &scan.inventory.apigateway;
    let mut judged = vec![];
    for api in &gateway.apis.found {
        let own = api.authorizers.found.iter().filter_map(|authorizer| {
            let decision = made_for_it(api, authorizer).transpose()?;
            Some((Subject::Resource(authorizer as _), decision))
        });
        judged.extend(own.chain(gaps(&api.authorizers)));
    }
    judged.extend(gaps(&gateway.apis));
    judged
}

fn made_for_it(api: &Api, authorizer: &Authorizer) -> Judged {
    match &authorizer.authorizer_type {
        AuthorizerType::Jwt => {}
        AuthorizerType::Other(other) => return Err(unknown_value::<Authorizer>(other)),
        _ => return Ok(None),
    }
    let jwt = authorizer.jwt.as_ref();
    let issuer = jwt.and_then(|jwt| jwt.issuer.as_deref()).unwrap_or_default();
    let audience: &[String] = jwt.map(|jwt: &JwtConfiguration| &*jwt.audience).unwrap_or_default();
    let is_named =
        !audience.is_empty() && audience.iter().all(|own| !["", "*"].contains(&own.trim()));
    let observed = json!({ "Audience": audience, "Issuer": jwt.and_then(|jwt| jwt.issuer.as_ref()),
        "routes that name it": routes(api, authorizer) });
    let expected = "the app clients of this API, and an issuer that begins with https://";
    let evidence = Evidence::of::<Authorizer>("JwtConfiguration", observed, expected);
    let is_safe = issuer.to_ascii_lowercase().starts_with("https://");
    let verdict = Verdict::holds(is_named && is_safe, evidence);
    let anybody = !is_named && serves_everybody(issuer);
    Ok(Some(if anybody { verdict.severity(Severity::High) } else { verdict }))
}

/// Whether whoever registers an app gets tokens of the issuer.
fn serves_everybody(issuer: &str) -> bool {
    let issuer = issuer.to_ascii_lowercase();
    let tenant = TENANTED.iter().find_map(|start| issuer.strip_prefix(start));
    let tenant = tenant.and_then(|rest| rest.split('/').next());
    FOR_EVERYBODY.contains(&issuer.trim_end_matches('/'))
        || tenant.is_some_and(|tenant| TENANTS.contains(&tenant))
}

#[cfg(test)]
mod tests {
    use super::{serves_everybody, tells_callers_apart};

    #[test]
    fn what_the_caller_sends_tells_him_apart() {
        for source in [
            "method.request.header.Authorization",
            "method.request.querystring.token",
            "$request.header.Authorization",
            "$request.querystring.token",
            "context.identity.apiKey",
            "context.identity.clientCert.serialNumber",
            "$context.identity.cognitoIdentityId",
        ] {
            assert!(tells_callers_apart(source), "{source}");
        }
        for source in [
            "context.identity.sourceIp",
            "$context.identity.sourceIp",
            "context.identity.userAgent",
            "context.path",
            "$context.routeKey",
            "$context.http.sourceIp",
            "stageVariables.tenant",
            "$stageVariables.tenant",
            "",
        ] {
            assert!(!tells_callers_apart(source), "{source}");
        }
    }

    #[test]
    fn some_issuers_serve_everybody() {
        for issuer in [
            "https://accounts.google.com",
            "https://accounts.google.com/",
            "https://login.microsoftonline.com/common/v2.0",
            "https://sts.windows.net/organizations/",
            "https://gitlab.com",
        ] {
            assert!(serves_everybody(issuer), "{issuer}");
        }
        for issuer in [
            "",
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
            "https://login.microsoftonline.com/8f3c2a1e-0000-4000-8000-000000000000/v2.0",
            "https://gitlab.com.example.com",
            "https://gitlab.example.com",
        ] {
            assert!(!serves_everybody(issuer), "{issuer}");
        }
    }
}
