//! Each read denied in turn: what depends on it becomes unknown and says so, and nothing that fails passes.

use awspect_tests::{denied::in_turn, rules};

use crate::world::{scan_of, world};

/// All of API Gateway is one action of IAM's.
const GET: &str = "apigateway:GET";

/// The IAM actions behind the reads, the operation that each refuses, and a rule that cannot do without.
const READS: &[(&str, &str, &str, &str)] = &[
    (GET, "apigateway", "GetAccount", "apigateway/rest-execution-logging"),
    (GET, "apigateway", "GetAuthorizers", "apigateway/rest-authorizer-unused"),
    (GET, "apigateway", "GetBasePathMappings", "apigateway/rest-method-no-auth"),
    (GET, "apigateway", "GetDeployment", "apigateway/rest-method-no-auth"),
    (GET, "apigateway", "GetDomainNames", "apigateway/domain-tls"),
    (GET, "apigateway", "GetGatewayResponses", "apigateway/rest-cors-wildcard"),
    (GET, "apigateway", "GetResources", "apigateway/rest-client-cert"),
    (GET, "apigateway", "GetRestApis", "apigateway/rest-public-endpoint"),
    (GET, "apigateway", "GetStages", "apigateway/rest-tracing"),
    (GET, "apigateway", "GetUsagePlans", "apigateway/rest-throttling"),
    (GET, "apigatewayv2", "GetApiMappings", "apigateway/execute-api-bypass"),
    (GET, "apigatewayv2", "GetApis", "apigateway/http-cors-wildcard"),
    (GET, "apigatewayv2", "GetAuthorizers", "apigateway/http-jwt-audience"),
    (GET, "apigatewayv2", "GetIntegrations", "apigateway/integration-cleartext"),
    (GET, "apigatewayv2", "GetRoutes", "apigateway/http-route-no-auth"),
    (GET, "apigatewayv2", "GetStages", "apigateway/http-access-logging"),
    (
        "cloudfront:ListDistributions",
        "cloudfront",
        "ListDistributions",
        "apigateway/http-no-waf-path",
    ),
    (
        "cognito-idp:ListUserPools",
        "cognito-idp",
        "ListUserPools",
        "apigateway/cognito-authorizer-no-scope",
    ),
    ("lambda:GetLayerVersionPolicy", "lambda", "GetLayerVersionPolicy", "lambda/policy-public"),
    ("lambda:GetPolicy", "lambda", "GetPolicy", "lambda/policy-confused-deputy"),
    ("lambda:ListAliases", "lambda", "ListAliases", "lambda/layer-foreign"),
    ("lambda:ListFunctionUrlConfigs", "lambda", "ListFunctionUrlConfigs", "lambda/url-public"),
    ("lambda:ListFunctions", "lambda", "ListFunctions", "lambda/runtime-deprecated"),
    ("lambda:ListLayers", "lambda", "ListLayers", "lambda/policy-public"),
    ("lambda:ListLayerVersions", "lambda", "ListLayerVersions", "lambda/policy-public"),
];

/// Denies the reads behind the rules of a service, each in turn.
fn deny(account: &str, service: &str) {
    let world = world(account);
    let own = READS.iter().filter(|(.., needs)| needs.split('/').next() == Some(service));
    let own: Vec<_> = own.collect();
    let reads: Vec<(&str, &str, &str)> =
        own.iter().map(|(action, api, operation, _)| (*action, *api, *operation)).collect();
    let all = in_turn(&world.fake, &reads, || scan_of(&world.keys, &world.fake, &[service]));
    let mut faults = vec![];
    for ((action, api, operation, needs), unknown) in own.into_iter().zip(all) {
        if !unknown.contains(*needs) {
            faults.push(format!("{needs} does without {api} {operation}: {unknown:?}"));
        }
        let silent: Vec<_> = unknown.difference(&rules::naming(action)).cloned().collect();
        if !silent.is_empty() {
            faults.push(format!("without {action} unknown, and no document says so: {silent:?}"));
        }
        // What is about REST APIs alone does without the others, and the other way round.
        let other = match *operation {
            "GetRestApis" => "apigateway/http-",
            "GetApis" => "apigateway/rest-",
            _ => continue,
        };
        let disturbed: Vec<_> = unknown.iter().filter(|rule| rule.starts_with(other)).collect();
        if !disturbed.is_empty() {
            faults.push(format!("without {operation} unknown: {disturbed:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_read_of_apis_denied_in_turn_makes_what_needs_it_unknown_and_no_failure_a_pass() {
    deny("230000000030", "apigateway");
}

#[test]
fn each_read_of_functions_denied_in_turn_makes_what_needs_it_unknown_and_no_failure_a_pass() {
    deny("230000000031", "lambda");
}
