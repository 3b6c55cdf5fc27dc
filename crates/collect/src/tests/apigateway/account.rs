//! What an account of one REST API, one HTTP API and one domain name in eu-west-1 answers where a test says nothing else.

use serde_json::{Value, json};

use super::*;
use crate::tests::{account::usual, stub::ok};

pub(super) const LOG_GROUP: &str = "arn:aws:logs:eu-west-1:111122223333:log-group:requests";

pub(super) fn account(call: &Call) -> Answer {
    match call.operation.as_str() {
        LIST_REST if call.region == "eu-west-1" => items(&[rest_api("pets")]),
        REST => json_answer(&rest_api("pets")),
        RESOURCES => items(&[resource("/pets")]),
        STAGES => items(&[stage("prod")]),
        DEPLOYMENT => json_answer(&json!({ "id": "d1", "apiSummary": {
            "/pets": {
                "OPTIONS": { "authorizationType": "NONE", "apiKeyRequired": false },
                "GET": { "authorizationType": "AWS_IAM", "apiKeyRequired": true },
            },
            "/": {},
        } })),
        AUTHORIZERS => items(&[json!({
            "id": "auth1",
            "name": "staff",
            "type": "COGNITO_USER_POOLS",
            "providerARNs": ["arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop"],
            "authType": "cognito_user_pools",
            "identitySource": "method.request.header.Authorization",
        })]),
        RESPONSES => items(&[json!({
            "responseType": "DEFAULT_4XX",
            "responseParameters": {
                "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
                "gatewayresponse.header.X-Powered-By": "'not for any inventory'",
            },
            "defaultResponse": false,
        })]),
        LIST_DOMAINS if call.region == "eu-west-1" => {
            items(&[domain("api.example.com", "REGIONAL")])
        }
        DOMAIN => json_answer(&domain("api.example.com", "REGIONAL")),
        BASE_PATHS => {
            items(&[json!({ "basePath": "(none)", "restApiId": "pets", "stage": "prod" })])
        }
        MAPPINGS => v2_items(
            &[
                json!({ "apiId": "pets", "apiMappingId": "m1", "apiMappingKey": "", "stage": "prod" }),
                json!({ "apiId": "orders", "apiMappingId": "m2", "apiMappingKey": "v2/orders", "stage": "$default" }),
            ],
            None,
        ),
        PLANS => items(&[json!({
            "id": "plan1",
            "name": "basic",
            "apiStages": [{
                "apiId": "pets",
                "stage": "prod",
                "throttle": { "/pets/GET": { "burstLimit": 5, "rateLimit": 2.5 } },
            }],
            "throttle": { "burstLimit": 200, "rateLimit": 100.0 },
            "quota": { "limit": 5000, "period": "MONTH" },
            "tags": { "team": "blue" },
        })]),
        ACCOUNT => json_answer(&json!({
            "cloudwatchRoleArn": "arn:aws:iam::111122223333:role/logs",
            "throttleSettings": { "burstLimit": 5000, "rateLimit": 10000.0 },
        })),
        LIST_APIS if call.region == "eu-west-1" => v2_items(&[api("orders")], None),
        API => json_answer(&api("orders")),
        ROUTES => v2_items(&[route("r1", "GET /orders", "NONE")], None),
        V2_STAGES => v2_items(&[v2_stage("$default")], None),
        V2_AUTHORIZERS => v2_items(
            &[json!({
                "authorizerId": "jwt1",
                "name": "customers",
                "authorizerType": "JWT",
                "identitySource": ["$request.header.Authorization"],
                "jwtConfiguration": { "issuer": "https://id.example.com", "audience": ["shop"] },
            })],
            None,
        ),
        INTEGRATIONS => v2_items(
            &[json!({
                "integrationId": "i1",
                "integrationType": "HTTP_PROXY",
                "integrationMethod": "ANY",
                "integrationUri": "http://backend.example.com/orders?key=not+for+any+inventory",
                "connectionType": "INTERNET",
            })],
            None,
        ),
        _ => usual(call),
    }
}

pub(super) fn json_answer(body: &Value) -> Answer {
    ok(body.to_string())
}

/// A listing of the API of REST APIs, whole.
pub(super) fn items(items: &[Value]) -> Answer {
    page(items, None)
}

pub(super) fn page(items: &[Value], position: Option<&str>) -> Answer {
    json_answer(&json!({ "item": items, "position": position }))
}

/// A page of the API of HTTP and WebSocket APIs.
pub(super) fn v2_items(items: &[Value], next: Option<&str>) -> Answer {
    json_answer(&json!({ "items": items, "nextToken": next }))
}

pub(super) fn rest_api(id: &str) -> Value {
    json!({
        "id": id,
        "name": id,
        "apiKeySource": "HEADER",
        "endpointConfiguration": { "types": ["REGIONAL"], "ipAddressType": "ipv4" },
        "policy": r#"{\"Version\":\"2012-10-17\",\"Statement\":[]}"#,
        "disableExecuteApiEndpoint": false,
        "tags": { "team": "blue" },
    })
}

/// A resource with a method that calls a function, and one for browsers to ask.
pub(super) fn resource(path: &str) -> Value {
    json!({
        "id": "res1",
        "path": path,
        "resourceMethods": {
            "OPTIONS": {
                "httpMethod": "OPTIONS",
                "authorizationType": "NONE",
                "apiKeyRequired": false,
                "methodIntegration": {
                    "type": "MOCK",
                    "integrationResponses": { "200": {
                        "statusCode": "200",
                        "responseParameters": {
                            "method.response.header.Access-Control-Allow-Origin": "'*'",
                            "method.response.header.X-Powered-By": "'not for any inventory'",
                        },
                    } },
                },
            },
            "GET": {
                "httpMethod": "GET",
                "authorizationType": "COGNITO_USER_POOLS",
                "authorizerId": "auth1",
                "authorizationScopes": ["pets/read"],
                "apiKeyRequired": true,
                "methodIntegration": {
                    "type": "AWS_PROXY",
                    "httpMethod": "POST",
                    "uri": FUNCTION,
                    "requestParameters": { "integration.request.header.Key": "'not for any inventory'" },
                    "requestTemplates": { "application/json": "not for any inventory" },
                },
            },
        },
    })
}

pub(super) const FUNCTION: &str = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/\
    arn:aws:lambda:eu-west-1:111122223333:function:pets/invocations";

pub(super) fn stage(name: &str) -> Value {
    json!({
        "stageName": name,
        "deploymentId": "d1",
        "cacheClusterEnabled": true,
        "clientCertificateId": "cert1",
        "methodSettings": { "*/*": {
            "loggingLevel": "ERROR",
            "dataTraceEnabled": true,
            "metricsEnabled": false,
            "throttlingBurstLimit": 5000,
            "throttlingRateLimit": 10000.0,
            "cachingEnabled": true,
            "cacheDataEncrypted": false,
            "requireAuthorizationForCacheControl": true,
        } },
        "accessLogSettings": { "destinationArn": LOG_GROUP, "format": "$context.requestId" },
        "canarySettings": {
            "deploymentId": "d2",
            "percentTraffic": 10.0,
            "stageVariableOverrides": { "TOKEN": "not for any inventory" },
        },
        "variables": { "TOKEN": "not for any inventory", "HOST": "not for any inventory" },
        "tracingEnabled": true,
        "webAclArn": "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/front/1",
        "tags": { "team": "blue" },
    })
}

pub(super) fn api(id: &str) -> Value {
    json!({
        "apiId": id,
        "name": id,
        "protocolType": "HTTP",
        "apiEndpoint": "https://orders.execute-api.eu-west-1.amazonaws.com",
        "disableExecuteApiEndpoint": true,
        "routeSelectionExpression": "$request.method $request.path",
        "corsConfiguration": { "allowOrigins": ["*"], "allowMethods": ["GET"] },
        "tags": { "team": "blue" },
    })
}

pub(super) fn route(id: &str, key: &str, authorization: &str) -> Value {
    json!({
        "routeId": id,
        "routeKey": key,
        "authorizationType": authorization,
        "apiKeyRequired": false,
        "target": "integrations/i1",
    })
}

pub(super) fn v2_stage(name: &str) -> Value {
    json!({
        "stageName": name,
        "autoDeploy": true,
        "defaultRouteSettings": { "detailedMetricsEnabled": false, "throttlingBurstLimit": 10 },
        "routeSettings": { "GET /orders": { "throttlingRateLimit": 0.5 } },
        "stageVariables": { "TOKEN": "not for any inventory" },
        "accessLogSettings": { "destinationArn": LOG_GROUP, "format": "$context.requestId" },
        "tags": {},
    })
}

pub(super) fn domain(name: &str, endpoint: &str) -> Value {
    json!({
        "domainName": name,
        "endpointConfiguration": { "types": [endpoint] },
        "securityPolicy": "TLS_1_2",
        "regionalDomainName": "d-1.execute-api.eu-west-1.amazonaws.com",
        "mutualTlsAuthentication": { "truststoreUri": "s3://trust/authorities.pem" },
        "routingMode": "BASE_PATH_MAPPING_ONLY",
        "tags": { "team": "blue" },
    })
}
