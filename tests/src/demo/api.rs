//! The demo's APIs: one for the pages, one that others call.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};

use super::{ACCOUNT, answer, signin::CUSTOMERS, web::guard};

/// The API of the pages.
pub(super) const API: &str = "a1b2c3d4e5";
const HOOKS: &str = "f6g7h8i9j0";
const AUTHORIZER: &str = "c5t6m7";
const DEPLOYMENT: &str = "d8e9p0";
const HOME: &str = "eu-west-1";

/// Answers for API Gateway, whose ids the fake AWS would throw dice for.
pub(super) fn stand_in(fake: &FakeAws) {
    fake.on("apigateway", "*").answer_with(rest);
    fake.on("apigatewayv2", "*").answer_with(http);
}

fn rest(request: &Request) -> Response {
    let items = |all: Value| json!({ "item": all });
    let is_home = request.region == HOME;
    let body = match request.operation.as_str() {
        "GetRestApis" if is_home => items(json!([{
            "id": API, "name": "shop-api", "apiKeySource": "HEADER",
            "endpointConfiguration": { "types": ["REGIONAL"], "ipAddressType": "ipv4" },
            "disableExecuteApiEndpoint": false,
            "tags": { "app": "shop", "env": "prod" },
        }])),
        "GetResources" => items(resources()),
        "GetStages" => items(json!([stage()])),
        "GetDeployment" => json!({ "id": DEPLOYMENT, "apiSummary": deployed() }),
        "GetAuthorizers" => items(json!([{
            "id": AUTHORIZER, "name": "customers", "type": "COGNITO_USER_POOLS",
            "authType": "cognito_user_pools",
            "identitySource": "method.request.header.Authorization",
            "providerARNs": [format!("arn:aws:cognito-idp:{HOME}:{ACCOUNT}:userpool/{CUSTOMERS}")],
        }])),
        "GetDomainNames" if is_home => items(json!([{
            "domainName": "hooks.shop.example.com", "securityPolicy": "TLS_1_2",
            "endpointConfiguration": { "types": ["REGIONAL"] },
            "regionalDomainName": "d-a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
            "routingMode": "BASE_PATH_MAPPING_ONLY",
        }])),
        "GetAccount" => {
            json!({ "throttleSettings": { "burstLimit": 5_000, "rateLimit": 10_000.0 } })
        }
        _ => items(json!([])),
    };
    answer(&body)
}

/// What the customers do asks who they are.
fn resources() -> Value {
    json!([
        { "id": "r1orders", "path": "/orders", "resourceMethods": {
            "GET": customers("GET"), "POST": customers("POST"), "OPTIONS": preflight(),
        } },
        { "id": "r2carts", "path": "/carts", "resourceMethods": {
            "GET": customers("GET"), "PUT": customers("PUT"), "OPTIONS": preflight(),
        } },
        // For a sheet in accounting that could not sign in, and was to be replaced by Christmas 2021.
        { "id": "r3export", "path": "/export", "resourceMethods": { "GET": {
            "httpMethod": "GET", "authorizationType": "NONE", "apiKeyRequired": false,
            "methodIntegration": function(),
        } } },
    ])
}

fn customers(method: &str) -> Value {
    json!({
        "httpMethod": method, "authorizationType": "COGNITO_USER_POOLS",
        "authorizerId": AUTHORIZER, "apiKeyRequired": false, "methodIntegration": function(),
    })
}

/// All sites may ask, since the developers' own machines had to.
fn preflight() -> Value {
    json!({
        "httpMethod": "OPTIONS", "authorizationType": "NONE", "apiKeyRequired": false,
        "methodIntegration": { "type": "MOCK", "integrationResponses": { "200": {
            "statusCode": "200",
            "responseParameters": {
                "method.response.header.Access-Control-Allow-Origin": "'*'",
                "method.response.header.Access-Control-Allow-Methods": "'GET,POST,PUT'",
                "method.response.header.Access-Control-Allow-Headers": "'Authorization'",
            },
        } } },
    })
}

fn function() -> Value {
    let function = format!("arn:aws:lambda:{HOME}:{ACCOUNT}:function:shop-orders");
    json!({
        "type": "AWS_PROXY", "httpMethod": "POST",
        "uri": format!(
            "arn:aws:apigateway:{HOME}:lambda:path/2015-03-31/functions/{function}/invocations"
        ),
    })
}

fn deployed() -> Value {
    let asks = |kind: &str| json!({ "authorizationType": kind, "apiKeyRequired": false });
    let (customers, nobody) = (asks("COGNITO_USER_POOLS"), asks("NONE"));
    json!({
        "/orders": { "GET": customers, "POST": customers, "OPTIONS": nobody },
        "/carts": { "GET": customers, "PUT": customers, "OPTIONS": nobody },
        "/export": { "GET": nobody },
    })
}

/// Its logs were switched off when they cost too much, and nobody noticed since.
fn stage() -> Value {
    json!({
        "stageName": "prod", "deploymentId": DEPLOYMENT, "cacheClusterEnabled": false,
        "methodSettings": { "*/*": {
            "loggingLevel": "OFF", "dataTraceEnabled": false, "metricsEnabled": true,
            "throttlingBurstLimit": 5_000, "throttlingRateLimit": 10_000.0,
            "cachingEnabled": false, "cacheDataEncrypted": false,
            "requireAuthorizationForCacheControl": true,
        } },
        "variables": { "orders": "shop-orders" },
        "tracingEnabled": false,
        "webAclArn": guard(),
        "tags": { "app": "shop", "env": "prod" },
    })
}

/// The bank and the parcel service call it, and say in what they send who they are.
fn http(request: &Request) -> Response {
    let all = match request.operation.as_str() {
        "GetApis" if request.region == HOME => json!([{
            "apiId": HOOKS, "name": "shop-webhooks", "protocolType": "HTTP",
            "apiEndpoint": format!("https://{HOOKS}.execute-api.{HOME}.amazonaws.com"),
            "disableExecuteApiEndpoint": true,
            "routeSelectionExpression": "$request.method $request.path",
            "tags": { "app": "shop", "env": "prod" },
        }]),
        "GetRoutes" => json!([{
            "routeId": "r4t5u6", "routeKey": "$default", "authorizationType": "NONE",
            "apiKeyRequired": false, "target": "integrations/i7n8t9",
        }]),
        "GetStages" => json!([{
            "stageName": "$default", "autoDeploy": true, "deploymentId": "h1k2s3",
            "accessLogSettings": {
                "destinationArn": format!("arn:aws:logs:{HOME}:{ACCOUNT}:log-group:shop-webhooks"),
                "format": "$context.requestId $context.identity.sourceIp $context.status",
            },
            "tags": { "app": "shop", "env": "prod" },
        }]),
        "GetIntegrations" => json!([{
            "integrationId": "i7n8t9", "integrationType": "AWS_PROXY",
            "integrationMethod": "POST", "connectionType": "INTERNET",
            "integrationUri": format!("arn:aws:lambda:{HOME}:{ACCOUNT}:function:shop-orders"),
        }]),
        "GetApiMappings" => json!([{
            "apiMappingId": "m1a2p3", "apiId": HOOKS, "stage": "$default", "apiMappingKey": "",
        }]),
        _ => json!([]),
    };
    answer(&json!({ "items": all }))
}
