//! Every rule passes one thing and fails another.

use std::collections::BTreeSet;

use awspect_tests::{
    report::{finding, statuses, text},
    rules,
};

use crate::world::report;

/// A rule, the resource that it passes and the one that it fails.
const CASES: &[rules::Case] = &[
    ("apigateway/cognito-authorizer-no-scope", "GET /profile", "GET /accounts"),
    ("apigateway/domain-tls", "partners.example.com", "old.example.com"),
    ("apigateway/execute-api-bypass", "partners", "leaky"),
    ("apigateway/http-access-logging", "web-prod", "web-dev"),
    ("apigateway/http-cors-wildcard", "web", "lax"),
    ("apigateway/http-jwt-audience", "web-members", "lax-members"),
    ("apigateway/http-no-waf-path", "web", "lax"),
    ("apigateway/http-route-no-auth", "GET /carts", "GET /free"),
    ("apigateway/integration-cleartext", "GET /profile", "GET /rates"),
    ("apigateway/lambda-authorizer-cache", "callers", "idle"),
    ("apigateway/rest-access-logging", "shop-prod", "careless-prod"),
    ("apigateway/rest-api-key-as-auth", "GET /orders", "GET /keyed"),
    ("apigateway/rest-authorizer-unused", "callers", "idle"),
    ("apigateway/rest-cache-encrypted", "shop-prod", "careless-prod"),
    ("apigateway/rest-client-cert", "shop-prod", "careless-prod"),
    ("apigateway/rest-cors-wildcard", "OPTIONS /orders", "OPTIONS /open"),
    ("apigateway/rest-execution-logging", "shop-prod", "careless-prod"),
    ("apigateway/rest-full-request-logging", "shop-prod", "careless-prod"),
    ("apigateway/rest-method-no-auth", "GET /orders", "GET /open"),
    ("apigateway/rest-private-expected", "internal-ledger", "admin-internal"),
    ("apigateway/rest-private-policy-open", "internal-ledger", "internal-notes"),
    ("apigateway/rest-public-endpoint", "internal-ledger", "careless"),
    ("apigateway/rest-resource-policy-public", "orders-internal", "careless"),
    ("apigateway/rest-source-ip-restricted", "orders-internal", "admin-internal"),
    ("apigateway/rest-throttling", "shop-prod", "careless-prod"),
    ("apigateway/rest-tracing", "shop-prod", "careless-prod"),
    ("apigateway/rest-waf", "shop-prod", "careless-prod"),
    ("apigateway/stage-variable-secret", "shop-prod", "careless-prod"),
    ("lambda/env-secret", "orders", "everyone"),
    ("lambda/layer-foreign", "orders", "everyone"),
    ("lambda/policy-apigw-wildcard", "orders", "thumbs"),
    ("lambda/policy-confused-deputy", "orders", "thumbs"),
    ("lambda/policy-public", "orders", "everyone"),
    ("lambda/runtime-deprecated", "orders", "everyone"),
    ("lambda/url-cors-wildcard", "orders", "everyone"),
    ("lambda/url-public", "orders", "everyone"),
];

#[test]
fn every_rule_passes_one_and_fails_another() {
    rules::hold(report(), CASES);
    rules::cover(&["apigateway", "lambda"], CASES.iter().map(|(rule, ..)| *rule));
}

#[test]
fn an_open_method_behind_a_policy_that_denies_strangers_passes() {
    let found = finding(report(), "apigateway/rest-method-no-auth", "GET /walled");
    assert_eq!(text(found, "/status"), "pass");
    let evidence = found["evidence"].to_string();
    assert!(evidence.contains("NONE") && evidence.contains("Statement[1]"), "{evidence}");
}

#[test]
fn a_private_api_is_reached_through_named_endpoints_alone() {
    let report = report();
    for (method, expected) in [("GET /ledger", "pass"), ("GET /notes", "fail")] {
        let found = finding(report, "apigateway/rest-method-no-auth", method);
        assert_eq!(text(found, "/status"), expected, "{method}");
    }
    let open = finding(report, "apigateway/rest-private-policy-open", "internal-notes");
    assert_eq!(text(open, "/severity"), "high");
    // No policy of a private API's is one of an API on the Internet.
    for name in ["internal-ledger", "internal-notes"] {
        let rule = "apigateway/rest-resource-policy-public";
        assert_eq!(statuses(report, rule, name), BTreeSet::new(), "{name}");
    }
}

#[test]
fn a_default_endpoint_leads_around_what_a_domain_asks_for() {
    let found = finding(report(), "apigateway/execute-api-bypass", "leaky");
    let evidence = found["evidence"].to_string();
    for part in ["disableExecuteApiEndpoint", "leaky.example.com", "s3://shop-trust/partners.pem"] {
        assert!(evidence.contains(part), "{part} in {evidence}");
    }
    // Where it is off, what the methods do not ask for the domain does.
    let rule = "apigateway/rest-method-no-auth";
    assert_eq!(statuses(report(), rule, "GET /partners"), ["pass"].into());
    assert_eq!(statuses(report(), rule, "GET /leaky"), ["fail"].into());
}

#[test]
fn pages_of_strangers_with_a_visitors_credentials_are_worse() {
    let report = report();
    for (rule, name, severity, credentials) in [
        ("apigateway/http-cors-wildcard", "lax", "high", "\"AllowCredentials\":true"),
        (
            "apigateway/rest-cors-wildcard",
            "OPTIONS /open",
            "medium",
            "\"Access-Control-Allow-Credentials\":\"true\"",
        ),
        ("lambda/url-cors-wildcard", "everyone", "high", "\"AllowCredentials\":true"),
    ] {
        let found = finding(report, rule, name);
        assert_eq!(text(found, "/severity"), severity, "{rule}");
        assert!(found["evidence"].to_string().contains(credentials), "{found:#}");
    }
}

#[test]
fn everybody_connects_where_nothing_asks_who_connects() {
    let found = finding(report(), "apigateway/http-route-no-auth", "chat");
    assert_eq!(text(found, "/status"), "fail");
    assert_eq!(text(found, "/resource/part"), "$connect");
}
