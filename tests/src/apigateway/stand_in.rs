//! What the fake AWS does not know of API Gateway or says otherwise, answered by the stand-in.

use awspect_fakeaws::{FakeAws, Response};
use serde_json::{Value, json};

use crate::cognito::stand_in::amended;

/// An answer of API Gateway's or Lambda's.
pub fn answer(body: &Value) -> Response {
    Response::new(200, "application/json", body.to_string())
}

/// An answer with each of its items changed.
///
/// # Panics
///
/// If the answer is no JSON.
pub fn each_item(mut response: Response, field: &str, change: impl Fn(&mut Value)) -> Response {
    let mut body: Value = serde_json::from_slice(&response.body).expect("the answer is JSON");
    let items = body.get_mut(field).and_then(Value::as_array_mut);
    items.into_iter().flatten().for_each(change);
    response.body = body.to_string().into_bytes();
    response
}

/// Says what is the same for all APIs as AWS says it: policies as the inside of a JSON string, stages with the deployment
/// that they serve, no authorizers, and no mappings where there are none.
pub fn bare(fake: &FakeAws) {
    let escaped = |api: &mut Value| {
        if let Some(policy) = api.get("policy").and_then(Value::as_str) {
            let inside = Value::from(policy).to_string();
            api["policy"] = json!(inside.trim_matches('"').replace('/', r"\/"));
        }
    };
    fake.rewrite("apigateway", "GetRestApis", move |_, response| {
        each_item(response, "item", escaped)
    });
    fake.rewrite("apigateway", "GetBasePathMappings", |_, response| {
        if response.status == 500 { answer(&json!({})) } else { response }
    });
    fake.on("apigatewayv2", "GetAuthorizers").respond(answer(&json!({ "items": [] })));
    fake.rewrite("apigatewayv2", "GetStages", |_, response| {
        each_item(response, "items", |stage| stage["deploymentId"] = json!("a1b2c3"))
    });
}

/// Says which methods a deployment has, and how they ask who calls.
pub fn deployed(fake: &FakeAws, deployment: &str, summary: &Value) {
    let summary = summary.clone();
    fake.on("apigateway", "GetDeployment")
        .only(deployment)
        .rewrite(move |_, response| amended(response, None, "apiSummary", &summary));
}

/// Lets the stages of a REST API have a certificate that tells them to servers.
pub fn client_certificate(fake: &FakeAws, api: &str) {
    fake.on("apigateway", "GetStages").only(api).rewrite(|_, response| {
        each_item(response, "item", |stage| stage["clientCertificateId"] = json!("c1a2b3"))
    });
}

/// Says which authorizers an HTTP or WebSocket API has.
pub fn authorizers(fake: &FakeAws, api: &str, all: &Value) {
    let answer = answer(&json!({ "items": all }));
    fake.on("apigatewayv2", "GetAuthorizers").only(api).respond(answer);
}

/// Lets a domain ask callers for a certificate.
pub fn mutual_tls(fake: &FakeAws, domain: &'static str) {
    fake.rewrite("apigateway", "GetDomainNames", move |_, response| {
        each_item(response, "item", |own| {
            if own["domainName"] == domain {
                let store = json!({ "truststoreUri": "s3://shop-trust/partners.pem" });
                own["mutualTlsAuthentication"] = store;
            }
        })
    });
}

/// Maps all paths of a regional domain to a stage of an API of any kind.
pub fn mapped(fake: &FakeAws, domain: &str, api: &str, stage: &str) {
    let mapping =
        json!({ "apiMappingId": "m1n2o3", "apiId": api, "stage": stage, "apiMappingKey": "" });
    let answer = answer(&json!({ "items": [mapping] }));
    fake.on("apigatewayv2", "GetApiMappings").only(domain).respond(answer);
}
