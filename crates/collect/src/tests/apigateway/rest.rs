//! What is read of REST APIs.

use serde_json::{Value, json};

use super::{account::*, *};

const API_ARN: &str = "arn:aws:apigateway:eu-west-1::/restapis/pets";

#[tokio::test]
async fn an_api_is_read_with_its_settings_and_its_policy() {
    let api = at(&Stub::new(account), "/rest_apis/found/0").await;
    assert_eq!(
        (&api["arn"], &api["id"], &api["name"]),
        (&json!(API_ARN), &json!("pets"), &json!("pets"))
    );
    assert_eq!(
        api["settings"],
        json!({ "set": {
            "endpoint_types": ["REGIONAL"],
            "vpc_endpoints": [],
            "disable_execute_api_endpoint": false,
            "api_key_source": "HEADER",
            "security_policy": null,
            "tags": { "team": "blue" },
        } })
    );
    assert_eq!(api["policy"], json!({ "set": r#"{"Version":"2012-10-17","Statement":[]}"# }));
}

/// The API, changed.
async fn changed(field: &'static str, value: Value) -> Value {
    let mut api = rest_api("pets");
    api[field] = value;
    at(&with(LIST_REST, items(&[api])), "/rest_apis/found/0").await
}

#[tokio::test]
async fn a_policy_is_not_set_or_plain_or_malformed() {
    assert_eq!(changed("policy", json!(null)).await["policy"], "not_set");
    assert_eq!(
        changed("policy", json!(r#"{"Statement":[]}"#)).await["policy"],
        json!({ "set": r#"{"Statement":[]}"# })
    );
    let malformed = changed("policy", json!(r#"{\"Statement\":\[]}"#)).await;
    assert_eq!(malformed["policy"]["unknown"]["reason"], "malformed");
    assert!(malformed["settings"].get("set").is_some());
}

#[tokio::test]
async fn a_private_api_names_its_endpoints() {
    let endpoint = json!({ "types": ["PRIVATE"], "vpcEndpointIds": ["vpce-1"] });
    let settings = &changed("endpointConfiguration", endpoint).await["settings"]["set"];
    assert_eq!(settings["endpoint_types"], json!(["PRIVATE"]));
    assert_eq!(settings["vpc_endpoints"], json!(["vpce-1"]));
}

#[tokio::test]
async fn methods_are_read_with_what_they_call() {
    let methods = at(&Stub::new(account), "/rest_apis/found/0/methods").await;
    assert_eq!(
        methods["found"],
        json!([
            {
                "arn": format!("{API_ARN}/resources/res1/methods/GET"),
                "name": "GET /pets",
                "region": "eu-west-1",
                "path": "/pets",
                "http_method": "GET",
                "authorization": "COGNITO_USER_POOLS",
                "authorizer": "auth1",
                "scopes": ["pets/read"],
                "api_key_required": true,
                "integration": {
                    "kind": "AWS_PROXY",
                    "uri": FUNCTION,
                    "http_method": "POST",
                    "connection": null,
                    "connection_id": null,
                    "credentials": null,
                    "insecure_skip_verification": false,
                    "server_name": null,
                },
                "cors": {},
            },
            {
                "arn": format!("{API_ARN}/resources/res1/methods/OPTIONS"),
                "name": "OPTIONS /pets",
                "region": "eu-west-1",
                "path": "/pets",
                "http_method": "OPTIONS",
                "authorization": "NONE",
                "authorizer": null,
                "scopes": [],
                "api_key_required": false,
                "integration": {
                    "kind": "MOCK",
                    "uri": null,
                    "http_method": null,
                    "connection": null,
                    "connection_id": null,
                    "credentials": null,
                    "insecure_skip_verification": false,
                    "server_name": null,
                },
                "cors": { "200": { "access-control-allow-origin": "'*'" } },
            },
        ])
    );
}

#[tokio::test]
async fn a_stage_is_read() {
    assert_eq!(
        at(&Stub::new(account), "/rest_apis/found/0/stages/found/0").await,
        json!({
            "arn": format!("{API_ARN}/stages/prod"),
            "name": "prod",
            "region": "eu-west-1",
            "deployment": "d1",
            "client_certificate": "cert1",
            "cache_enabled": true,
            "method_settings": { "*/*": {
                "logging": "ERROR",
                "data_trace": true,
                "metrics": false,
                "throttle": { "burst": 5_000, "rate_milli": 10_000_000 },
                "caching": true,
                "cache_data_encrypted": false,
                "require_authorization_for_cache_control": true,
            } },
            "access_log": { "destination": LOG_GROUP },
            "tracing": true,
            "web_acl": "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/front/1",
            "canary": {
                "deployment": "d2", "variables": { "set": { "names": ["TOKEN"], "secrets": [] } },
            },
            "variables": { "set": { "names": ["HOST", "TOKEN"], "secrets": [] } },
            "tags": { "team": "blue" },
        })
    );
}

#[tokio::test]
async fn a_stage_that_says_little_has_little() {
    let stub = with(
        STAGES,
        items(&[json!({ "stageName": "dev", "accessLogSettings": { "format": "x" } })]),
    );
    let api = at(&stub, "/rest_apis/found/0").await;
    let stage = &api["stages"]["found"][0];
    for nothing in ["deployment", "client_certificate", "access_log", "web_acl", "canary"] {
        assert_eq!(stage[nothing], json!(null), "{nothing}");
    }
    assert_eq!((&stage["variables"], &stage["method_settings"]), (&json!("not_set"), &json!({})));
    assert_eq!(api["deployments"], json!({ "found": [], "gaps": [], "gone": 0 }));
}

#[tokio::test]
async fn two_stages_stay_two() {
    let mut dev = stage("dev");
    dev["accessLogSettings"] = json!(null);
    let stub = with(STAGES, items(&[dev, stage("prod")]));
    let stages = at(&stub, "/rest_apis/found/0/stages").await;
    assert_eq!(names(&stages), ["dev", "prod"]);
    assert_eq!(stages["found"][0]["access_log"], json!(null));
    assert_ne!(stages["found"][1]["access_log"], json!(null));
    assert_eq!(stub.calls(DEPLOYMENT).len(), 2);
}

#[tokio::test]
async fn what_is_deployed_may_differ_from_what_is_edited() {
    let deployments = at(&Stub::new(account), "/rest_apis/found/0/deployments").await;
    assert_eq!(names(&deployments), ["d1", "d2"]);
    assert_eq!(deployments["found"][0]["arn"], format!("{API_ARN}/deployments/d1"));
    assert_eq!(
        deployments["found"][0]["methods"],
        json!({ "set": [
            { "path": "/pets", "http_method": "GET", "authorization": "AWS_IAM", "api_key_required": true },
            { "path": "/pets", "http_method": "OPTIONS", "authorization": "NONE", "api_key_required": false },
        ] })
    );
}

#[tokio::test]
async fn authorizers_and_gateway_responses_are_read() {
    let api = at(&Stub::new(account), "/rest_apis/found/0").await;
    assert_eq!(
        api["authorizers"]["found"],
        json!([{
            "arn": format!("{API_ARN}/authorizers/auth1"),
            "id": "auth1",
            "name": "staff",
            "region": "eu-west-1",
            "authorizer_type": "COGNITO_USER_POOLS",
            "user_pools": ["arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Shop"],
            "uri": null,
            "credentials": null,
            "identity_sources": ["method.request.header.Authorization"],
            "result_ttl": null,
            "jwt": null,
        }])
    );
    assert_eq!(
        api["gateway_responses"],
        json!({ "set": [{
            "kind": "DEFAULT_4XX",
            "status": null,
            "cors": { "access-control-allow-origin": "'*'" },
            "is_default": false,
        }] })
    );
}

#[tokio::test]
async fn a_function_as_authorizer_says_for_how_long_and_by_what() {
    let stub = with(
        AUTHORIZERS,
        items(&[json!({
            "id": "auth2",
            "name": "gate",
            "type": "REQUEST",
            "authorizerUri": FUNCTION,
            "authorizerCredentials": "arn:aws:iam::111122223333:role/gate",
            "identitySource": "method.request.header.Auth, context.path",
            "authorizerResultTtlInSeconds": 0,
        })]),
    );
    let authorizer = at(&stub, "/rest_apis/found/0/authorizers/found/0").await;
    assert_eq!(authorizer["uri"], FUNCTION);
    assert_eq!(
        authorizer["identity_sources"],
        json!(["method.request.header.Auth", "context.path"])
    );
    assert_eq!(authorizer["result_ttl"], 0);
    assert_eq!(authorizer["credentials"], "arn:aws:iam::111122223333:role/gate");
}

#[tokio::test]
async fn what_is_let_through_is_read_for_the_region_and_by_plan() {
    let gateway = apigateway(&Stub::new(account)).await;
    assert_eq!(
        gateway["regions"]["found"],
        json!([{
            "arn": "arn:aws:iam::111122223333:root",
            "region": "eu-west-1",
            "settings": { "set": {
                "throttle": { "burst": 5_000, "rate_milli": 10_000_000 },
                "cloudwatch_role": "arn:aws:iam::111122223333:role/logs",
            } },
        }])
    );
    assert_eq!(
        gateway["usage_plans"]["found"],
        json!([{
            "arn": "arn:aws:apigateway:eu-west-1::/usageplans/plan1",
            "id": "plan1",
            "name": "basic",
            "region": "eu-west-1",
            "stages": [{
                "api": "pets",
                "stage": "prod",
                "throttle": { "/pets/GET": { "burst": 5, "rate_milli": 2_500 } },
            }],
            "throttle": { "burst": 200, "rate_milli": 100_000 },
            "quota": { "limit": 5_000, "period": "MONTH" },
            "tags": { "team": "blue" },
        }])
    );
}

#[tokio::test]
async fn a_snapshot_gives_back_what_was_read() {
    let read = Stub::new(account).collect().await.apigateway;
    let back: awspect_inventory::apigateway::ApiGateway =
        serde_json::from_value(written(&read)).unwrap();
    assert_eq!(back, read);
}
