//! Answers that lack what they must have.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::stub::ok;

#[tokio::test]
async fn an_answer_without_its_heart_is_malformed() {
    for (operation, path, lacks) in [
        (DEPLOYMENT, "/rest_apis/found/0/deployments/found/0/methods", "apiSummary"),
        (RESPONSES, "/rest_apis/found/0/gateway_responses", "items"),
        (ACCOUNT, "/regions/found/0/settings", "throttleSettings"),
    ] {
        let unknown = at(&with(operation, ok("{}")), path).await["unknown"].clone();
        assert_eq!(unknown["reason"], "malformed", "{path}");
        assert_eq!(unknown["message"], format!("the answer has no usable `{lacks}`"));
    }
    for (operation, path) in [
        (LIST_REST, "/rest_apis"),
        (RESOURCES, "/rest_apis/found/0/methods"),
        (STAGES, "/rest_apis/found/0/stages"),
        (AUTHORIZERS, "/rest_apis/found/0/authorizers"),
        (PLANS, "/usage_plans"),
        (LIST_DOMAINS, "/domain_names"),
        (LIST_APIS, "/apis"),
        (ROUTES, "/apis/found/0/routes"),
        (V2_STAGES, "/apis/found/0/stages"),
        (V2_AUTHORIZERS, "/apis/found/0/authorizers"),
        (INTEGRATIONS, "/apis/found/0/integrations"),
    ] {
        for body in ["{}", "<html>", "{"] {
            let listed = at(&with(operation, ok(body)), path).await;
            assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed", "{path} {body}");
        }
    }
}

#[tokio::test]
async fn an_item_without_its_name_is_a_gap_beside_the_others() {
    let cases: [(&str, &str, Value); 8] = [
        (LIST_REST, "/rest_apis", json!({ "name": "pets" })),
        (STAGES, "/rest_apis/found/0/stages", json!({ "deploymentId": "d1" })),
        (AUTHORIZERS, "/rest_apis/found/0/authorizers", json!({ "id": "a" })),
        (PLANS, "/usage_plans", json!({ "id": "p" })),
        (LIST_DOMAINS, "/domain_names", json!({})),
        (LIST_APIS, "/apis", json!({ "name": "orders" })),
        (ROUTES, "/apis/found/0/routes", json!({ "routeId": "r", "routeKey": "GET /" })),
        (INTEGRATIONS, "/apis/found/0/integrations", json!({ "integrationId": "i" })),
    ];
    for (operation, path, odd) in cases {
        let stub = but(move |call| {
            if call.operation != operation || call.region != "eu-west-1" {
                return None;
            }
            let Answer::Http { body, .. } = account(call) else { return None };
            let mut page: Value = serde_json::from_str(&body).unwrap();
            let list = if page.get("item").is_some() { "item" } else { "items" };
            page[list].as_array_mut().unwrap().insert(0, odd.clone());
            Some(json_answer(&page))
        });
        let listed = at(&stub, path).await;
        assert_eq!(listed["found"].as_array().unwrap().len(), 1, "{path}");
        assert_eq!(listed["gaps"].as_array().unwrap().len(), 1, "{path}");
        assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed", "{path}");
    }
}

#[tokio::test]
async fn a_method_that_does_not_say_who_is_let_in_is_a_gap() {
    // As where methods are listed by their names alone.
    let mut bare = resource("/pets");
    bare["resourceMethods"]["GET"] = json!({});
    let mut keyless = resource("/shops");
    keyless["resourceMethods"]["GET"]["apiKeyRequired"] = json!(null);
    let nameless = json!({ "path": "/orders", "resourceMethods": { "GET": {} } });
    let root = json!({ "id": "root", "path": "/" });
    let stub = with(RESOURCES, items(&[root, bare, keyless, nameless]));
    let methods = at(&stub, "/rest_apis/found/0/methods").await;
    assert_eq!(names(&methods), ["OPTIONS /pets", "OPTIONS /shops"]);
    assert_eq!(methods["gaps"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn an_api_that_does_not_say_what_it_is_keeps_its_parts() {
    let mut api = rest_api("pets");
    api["endpointConfiguration"] = json!(null);
    let api = at(&with(LIST_REST, items(&[api])), "/rest_apis/found/0").await;
    assert_eq!(
        api["settings"]["unknown"]["message"],
        "the answer has no usable `endpointConfiguration`"
    );
    assert_eq!(names(&api["methods"]).len(), 2);

    let mut api = account::api("orders");
    api["protocolType"] = json!(null);
    let api = at(&with(LIST_APIS, v2_items(&[api], None)), "/apis/found/0").await;
    assert_eq!(api["settings"]["unknown"]["message"], "the answer has no usable `protocolType`");
    assert_eq!(names(&api["routes"]).len(), 1);
}

#[tokio::test]
async fn what_is_no_arn_is_malformed() {
    for field in ["webAclArn", "accessLogSettings"] {
        let mut odd = stage("prod");
        odd[field] =
            if field == "webAclArn" { json!("front") } else { json!({ "destinationArn": "x" }) };
        let stages =
            at(&with(STAGES, items(&[odd, stage("dev")])), "/rest_apis/found/0/stages").await;
        assert_eq!(names(&stages), ["dev"]);
        assert_eq!(stages["gaps"][0]["unknown"]["reason"], "malformed");
    }
}
