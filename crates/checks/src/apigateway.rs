//! API Gateway rules.

mod authorizers;
mod bypass;
mod doors;
mod exposed;
mod front;
mod guarded;
mod integrations;
mod internal;
mod methods;
mod paths;
mod resource_policy;
mod routes;
mod scopes;
mod serving;
mod strangers;
#[cfg(test)]
mod tests;
mod waf;

use methods::each_method;

use crate::engine::{Rule, rule};

pub(crate) static RULES: [Rule; 16] = [
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
    rule!("apigateway/http-route-no-auth", routes::no_auth),
    rule!("apigateway/http-jwt-audience", authorizers::audience),
    rule!("apigateway/http-no-waf-path", waf::http_apis),
    rule!("apigateway/execute-api-bypass", bypass::default_endpoint),
    rule!("apigateway/integration-cleartext", integrations::cleartext),
];
