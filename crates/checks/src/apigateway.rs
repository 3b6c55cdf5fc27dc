//! API Gateway rules.

mod cors;
mod domains;
mod logging;
mod served;
mod stages;
mod throttling;

use stages::{each_api_stage, each_stage};

use crate::engine::{Rule, each, rule};

pub(crate) static RULES: [Rule; 11] = [
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
    rule!("apigateway/rest-cors-wildcard", cors::rest),
    rule!("apigateway/http-cors-wildcard", cors::http),
    rule!("apigateway/http-access-logging", |scan| each_api_stage(scan, logging::api_access)),
    rule!("apigateway/domain-tls", |scan| {
        each(&scan.inventory.apigateway.domain_names, domains::tls)
    }),
];
