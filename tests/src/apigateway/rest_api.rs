//! REST APIs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{ApiGateway, id, stand_in};
use crate::wafv2::Waf;

/// A REST API, being filled.
pub struct RestApi<'a> {
    gateway: ApiGateway<'a>,
    id: String,
    root: String,
    /// The ids of resources, by their paths.
    resources: BTreeMap<String, String>,
    /// What a deployment tells of the methods, by path and method.
    summary: Value,
}

#[expect(clippy::return_self_not_must_use, reason = "the calls are made when the methods run")]
impl<'a> RestApi<'a> {
    pub(super) fn new(gateway: ApiGateway<'a>, made: &Value) -> Self {
        let (id, root) = (id(made, "id"), id(made, "rootResourceId"));
        Self { gateway, id, root, resources: BTreeMap::new(), summary: json!({}) }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn call(&self, line: &str, body: &Value) -> Value {
        let (method, path) = line.split_once(' ').unwrap_or_default();
        self.gateway.call(&format!("{method} /restapis/{}{path}", self.id), body)
    }

    /// Makes an authorizer, and gives its id.
    pub fn authorizer(&self, name: &str, mut settings: Value) -> String {
        settings["name"] = json!(name);
        id(&self.call("POST /authorizers", &settings), "id")
    }

    /// Gives it a method, `GET /orders`, that asks for this and calls that.
    pub fn method(mut self, name: &str, mut asks: Value, calls: &Value) -> Self {
        let (method, path) = name.split_once(' ').unwrap_or_default();
        let key = asks.get("apiKeyRequired").cloned().unwrap_or(json!(false));
        asks["apiKeyRequired"] = key.clone();
        let at = self.resource(path, method);
        self.call(&format!("PUT {at}"), &asks);
        self.call(&format!("PUT {at}/integration"), calls);
        let told = json!({
            "authorizationType": asks.get("authorizationType"), "apiKeyRequired": key,
        });
        self.summary[path][method] = told;
        self
    }

    /// Takes a method away.
    pub fn remove(mut self, name: &str) -> Self {
        let (method, path) = name.split_once(' ').unwrap_or_default();
        let at = self.resource(path, method);
        self.call(&format!("DELETE {at}"), &Value::Null);
        if let Some(of_path) = self.summary[path].as_object_mut() {
            of_path.remove(method);
        }
        self
    }

    /// Lets it answer browsers by itself that ask what pages may do.
    pub fn preflight(self, path: &str, cors: &Value) -> Self {
        let headers = cors.as_object().into_iter().flatten();
        let headers = headers.map(|(name, value)| {
            let name = format!("method.response.header.Access-Control-Allow-{name}");
            (name, json!(format!("'{}'", value.as_str().unwrap_or_default())))
        });
        let headers: serde_json::Map<String, Value> = headers.collect();
        let declared: serde_json::Map<String, Value> =
            headers.keys().map(|name| (name.clone(), json!(false))).collect();
        let mut own = self.method(
            &format!("OPTIONS {path}"),
            json!({ "authorizationType": "NONE" }),
            &json!({ "type": "MOCK", "requestTemplates": { "application/json": "{}" } }),
        );
        let at = own.resource(path, "OPTIONS");
        own.call(&format!("PUT {at}/responses/200"), &json!({ "responseParameters": declared }));
        let headers = json!({ "responseParameters": headers });
        own.call(&format!("PUT {at}/integration/responses/200"), &headers);
        own
    }

    /// Where a method is, of a resource right below the root.
    fn resource(&mut self, path: &str, method: &str) -> String {
        if !self.resources.contains_key(path) {
            let part = json!({ "pathPart": path.trim_start_matches('/') });
            let made = self.call(&format!("POST /resources/{}", self.root), &part);
            self.resources.insert(path.to_owned(), id(&made, "id"));
        }
        format!("/resources/{}/methods/{method}", self.resources[path])
    }

    /// Deploys the methods as they are to a stage of its own, with these settings, `("/*/*/logging/loglevel", "INFO")`.
    pub fn deploy(self, stage: &str, settings: &[(&str, &str)]) -> Self {
        let made = self.call("POST /deployments", &json!({ "stageName": stage }));
        stand_in::deployed(self.gateway.fake, &id(&made, "id"), &self.summary);
        let set =
            |(path, value): &(&str, &str)| json!({ "op": "replace", "path": path, "value": value });
        let set: Vec<Value> = settings.iter().map(set).collect();
        self.call(&format!("PATCH /stages/{stage}"), &json!({ "patchOperations": set }));
        self
    }

    /// Puts a web ACL in front of a stage.
    pub fn guard(&self, stage: &str, acl: &str) {
        let aws = self.gateway.aws;
        let acl = Waf::new(aws.clone()).acl("REGIONAL", acl, true, &[]);
        let region = aws.region();
        let stage = format!("arn:aws:apigateway:{region}::/restapis/{}/stages/{stage}", self.id);
        let both = json!({ "WebACLArn": acl, "ResourceArn": stage });
        aws.call("wafv2", "AWSWAF_20190729.AssociateWebACL", &both);
    }
}
