//! API Gateway rules.

mod authorizers;
mod bypass;
mod cors;
mod domains;
mod doors;
mod exposed;
mod front;
mod guarded;
mod integrations;
mod internal;
mod logging;
mod methods;
mod paths;
mod resource_policy;
mod routes;
mod scopes;
mod serving;
mod stages;
mod strangers;
#[cfg(test)]
mod tests;
mod throttling;
mod variables;
mod waf;

use methods::each_method;
use stages::{each_api_stage, each_stage};

use crate::engine::{Rule, each, rule};

pub(crate) static RULES: [Rule; 28] = [
    rule!("apigateway/rest-method-no-auth", |scan| each_method(scan, methods::no_auth)),
    rule!("apigateway/rest-authorizer-unused", authorizers::unused),
    rule!("apigateway/rest-api-key-as-auth", |scan| each_method(scan, methods::key_alone)),
    rule!("apigateway/cognito-authorizer-no-scope", scopes::asked),
    rule!("apigateway/lambda-authorizer-cache", authorizers::cache),
    rule!("apigateway/rest-public-endpoint", exposed::public_endpoint),
    rule!("apigateway/rest-resource-policy-public", strangers::policy_public),
    rule!("apigateway/rest-source-ip-restricted", internal::named_addresses),
    rule!("apigateway/rest-private-policy-open", strangers::private_open),
    rule!("apigateway/rest-private-expected", internal::private),
    rule!("apigateway/rest-waf", waf::stages),
    rule!("apigateway/rest-execution-logging", |scan| {
        each_stage(scan, move |_, stage| logging::execution(scan, stage).map(Some))
    }),
    rule!("apigateway/rest-access-logging", |scan| {
        each_stage(scan, |_, stage| Ok(Some(logging::access(stage))))
    }),
    rule!("apigateway/rest-full-request-logging", |scan| {
        each_stage(scan, move |_, stage| Ok(Some(logging::full_requests(scan, stage))))
    }),
    rule!("apigateway/rest-tracing", |scan| {
        each_stage(scan, |_, stage| Ok(Some(logging::tracing(stage))))
    }),
    rule!("apigateway/rest-client-cert", |scan| each_stage(scan, stages::client_certificate)),
    rule!("apigateway/rest-cache-encrypted", |scan| {
        each_stage(scan, |_, stage| Ok(stages::cache_encrypted(stage)))
    }),
    rule!("apigateway/rest-throttling", |scan| {
        each_stage(scan, move |api, stage| throttling::bounded(scan, api, stage).map(Some))
    }),
    rule!("apigateway/stage-variable-secret", variables::secrets),
    rule!("apigateway/rest-cors-wildcard", cors::rest),
    rule!("apigateway/http-cors-wildcard", cors::http),
    rule!("apigateway/http-route-no-auth", routes::no_auth),
    rule!("apigateway/http-access-logging", |scan| {
        each_api_stage(scan, |stage| Ok(logging::api_access(stage)))
    }),
    rule!("apigateway/http-jwt-audience", authorizers::audience),
    rule!("apigateway/http-no-waf-path", waf::http_apis),
    rule!("apigateway/execute-api-bypass", bypass::default_endpoint),
    rule!("apigateway/domain-tls", |scan| {
        each(&scan.inventory.apigateway.domain_names, domains::tls)
    }),
    rule!("apigateway/integration-cleartext", integrations::cleartext),
];
