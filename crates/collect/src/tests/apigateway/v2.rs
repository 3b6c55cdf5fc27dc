//! What is read of HTTP and WebSocket APIs.

use serde_json::json;

use super::{account::*, *};

const API_ARN: &str = "arn:aws:apigateway:eu-west-1::/apis/orders";

#[tokio::test]
async fn an_api_is_read_with_its_parts() {
    assert_eq!(
        at(&Stub::new(account), "/apis").await,
        json!({
            "found": [{
                "arn": API_ARN,
                "id": "orders",
                "name": "orders",
                "region": "eu-west-1",
                "settings": { "set": {
                    "protocol": "HTTP",
                    "endpoint": "https://orders.execute-api.eu-west-1.amazonaws.com",
                    "disable_execute_api_endpoint": true,
                    "cors": {
                        "allow_credentials": null,
                        "allow_origins": ["*"],
                        "allow_methods": ["GET"],
                        "allow_headers": [],
                        "expose_headers": [],
                        "max_age": null,
                    },
                    "route_selection": "$request.method $request.path",
                    "tags": { "team": "blue" },
                } },
                "routes": { "found": [{
                    "arn": format!("{API_ARN}/routes/r1"),
                    "name": "GET /orders",
                    "region": "eu-west-1",
                    "authorization": "NONE",
                    "authorizer": null,
                    "scopes": [],
                    "api_key_required": false,
                    "target": "integrations/i1",
                }], "gaps": [], "gone": 0 },
                "stages": { "found": [{
                    "arn": format!("{API_ARN}/stages/$default"),
                    "name": "$default",
                    "region": "eu-west-1",
                    "deployment": null,
                    "auto_deploy": true,
                    "client_certificate": null,
                    "access_log": { "destination": LOG_GROUP },
                    "default_route_settings": {
                        "logging": null, "data_trace": false, "burst": 10, "rate_milli": null,
                    },
                    "route_settings": { "GET /orders": {
                        "logging": null, "data_trace": false, "burst": null, "rate_milli": 500,
                    } },
                    "variables": { "set": { "names": ["TOKEN"], "secrets": [] } },
                    "tags": {},
                }], "gaps": [], "gone": 0 },
                "authorizers": { "found": [{
                    "arn": format!("{API_ARN}/authorizers/jwt1"),
                    "id": "jwt1",
                    "name": "customers",
                    "region": "eu-west-1",
                    "authorizer_type": "JWT",
                    "user_pools": [],
                    "uri": null,
                    "credentials": null,
                    "identity_sources": ["$request.header.Authorization"],
                    "result_ttl": null,
                    "jwt": { "issuer": "https://id.example.com", "audience": ["shop"] },
                }], "gaps": [], "gone": 0 },
                "integrations": { "found": [{
                    "arn": format!("{API_ARN}/integrations/i1"),
                    "name": "i1",
                    "region": "eu-west-1",
                    "calls": {
                        "kind": "HTTP_PROXY",
                        "uri": "http://backend.example.com",
                        "http_method": "ANY",
                        "connection": "INTERNET",
                        "connection_id": null,
                        "credentials": null,
                        "insecure_skip_verification": false,
                        "server_name": null,
                    },
                    "subtype": null,
                }], "gaps": [], "gone": 0 },
            }],
            "gaps": [],
            "gone": 0,
        })
    );
}

#[tokio::test]
async fn a_websocket_api_has_routes_of_its_own_kind() {
    let mut chat = api("chat");
    chat["protocolType"] = json!("WEBSOCKET");
    chat["routeSelectionExpression"] = json!("$request.body.action");
    chat["corsConfiguration"] = json!(null);
    let stub = but(move |call| match call.operation.as_str() {
        LIST_APIS if call.region == "eu-west-1" => {
            Some(v2_items(std::slice::from_ref(&chat), None))
        }
        ROUTES => Some(v2_items(
            &[route("r1", "$connect", "AWS_IAM"), route("r2", "$default", "BRAND_NEW")],
            None,
        )),
        _ => None,
    });
    let api = at(&stub, "/apis/found/0").await;
    assert_eq!(api["settings"]["set"]["protocol"], "WEBSOCKET");
    assert_eq!(api["settings"]["set"]["cors"], json!(null));
    assert_eq!(names(&api["routes"]), ["$connect", "$default"]);
    assert_eq!(api["routes"]["found"][1]["authorization"], "BRAND_NEW");
}
