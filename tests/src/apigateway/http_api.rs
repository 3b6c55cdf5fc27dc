//! HTTP and WebSocket APIs.

use serde_json::{Value, json};

use super::{ApiGateway, id, stand_in};

/// An HTTP or WebSocket API, being filled.
pub struct HttpApi<'a> {
    gateway: ApiGateway<'a>,
    id: String,
}

#[expect(clippy::return_self_not_must_use, reason = "the calls are made when the methods run")]
impl<'a> HttpApi<'a> {
    pub(super) fn new(gateway: ApiGateway<'a>, made: &Value) -> Self {
        Self { gateway, id: id(made, "apiId") }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    fn call(&self, part: &str, body: &Value) -> Value {
        self.gateway.call(&format!("POST /v2/apis/{}/{part}", self.id), body)
    }

    /// Makes its one authorizer, and gives its id. The fake AWS does not list authorizers.
    pub fn authorizer(&self, name: &str, mut settings: Value) -> String {
        settings["name"] = json!(name);
        let made = self.call("authorizers", &settings);
        stand_in::authorizers(self.gateway.fake, &self.id, &json!([made]));
        id(&made, "authorizerId")
    }

    /// Gives it a route, `GET /carts`, that asks for this and calls a server.
    pub fn route(self, key: &str, mut asks: Value, url: &str) -> Self {
        let calls = json!({
            "integrationType": "HTTP_PROXY", "integrationMethod": "GET", "integrationUri": url,
            "payloadFormatVersion": "1.0",
        });
        let behind = id(&self.call("integrations", &calls), "integrationId");
        asks["routeKey"] = json!(key);
        asks["target"] = json!(format!("integrations/{behind}"));
        self.call("routes", &asks);
        self
    }

    /// Makes a stage that serves each change at once, and logs requests if it is said where.
    pub fn stage(self, name: &str, log: Option<&str>) -> Self {
        let mut stage = json!({ "stageName": name, "autoDeploy": true });
        if let Some(group) = log {
            let log = json!({ "destinationArn": group, "format": "$context.requestId" });
            stage["accessLogSettings"] = log;
        }
        self.call("stages", &stage);
        self
    }
}
