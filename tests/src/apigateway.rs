//! API Gateway for the fake AWS: REST APIs, HTTP and WebSocket APIs, and the domain names in front of them.

mod http_api;
mod rest_api;
pub mod stand_in;

use awspect_fakeaws::FakeAws;
use serde_json::{Value, json};

use crate::json::Json;

pub use http_api::HttpApi;
pub use rest_api::RestApi;

/// What signs for both of API Gateway's APIs.
const SERVICE: &str = "apigateway";

/// API Gateway of an account in one region, being filled. The stand-in says what the fake AWS cannot.
#[derive(Clone, Copy)]
pub struct ApiGateway<'a> {
    aws: &'a Json<'a>,
    fake: &'a FakeAws,
}

impl<'a> ApiGateway<'a> {
    /// Begins.
    pub fn new(aws: &'a Json<'a>, fake: &'a FakeAws) -> Self {
        Self { aws, fake }
    }

    fn call(&self, line: &str, body: &Value) -> Value {
        self.aws.rest(SERVICE, line, body)
    }

    /// Makes a REST API of these settings.
    pub fn rest_api(self, name: &str, mut settings: Value) -> RestApi<'a> {
        settings["name"] = json!(name);
        RestApi::new(self, &self.call("POST /restapis", &settings))
    }

    /// Makes an HTTP or WebSocket API of these settings.
    pub fn http_api(self, name: &str, mut settings: Value) -> HttpApi<'a> {
        settings["name"] = json!(name);
        HttpApi::new(self, &self.call("POST /v2/apis", &settings))
    }

    /// Lets API Gateway write logs by a role.
    pub fn logs_by(&self, role: &str) {
        let set = json!({ "op": "replace", "path": "/cloudwatchRoleArn", "value": role });
        self.call("PATCH /account", &json!({ "patchOperations": [set] }));
    }

    /// Makes a domain name.
    pub fn domain(&self, name: &str, endpoint: &str, security_policy: &str) {
        let (region, account) = (self.aws.region(), self.aws.account());
        let certificate = format!("arn:aws:acm:{region}:{account}:certificate/shop");
        let domain = json!({
            "domainName": name, "endpointConfiguration": { "types": [endpoint] },
            "securityPolicy": security_policy, "regionalCertificateArn": certificate,
        });
        self.call("POST /domainnames", &domain);
    }

    /// Maps all paths of a domain name to a stage of a REST API.
    pub fn map(&self, domain: &str, api: &str, stage: &str) {
        let mapping = json!({ "restApiId": api, "stage": stage });
        self.call(&format!("POST /domainnames/{domain}/basepathmappings"), &mapping);
    }

    /// Makes a usage plan that lets each key of a stage make so many requests a second.
    pub fn plan(&self, name: &str, api: &str, stage: &str, rate: u32) {
        let plan = json!({
            "name": name, "apiStages": [{ "apiId": api, "stage": stage }],
            "throttle": { "rateLimit": rate, "burstLimit": rate },
        });
        self.call("POST /usageplans", &plan);
    }

    /// What calls a function.
    pub fn function(&self, name: &str) -> Value {
        let (region, account) = (self.aws.region(), self.aws.account());
        let function = format!("arn:aws:lambda:{region}:{account}:function:{name}");
        json!({
            "type": "AWS_PROXY", "httpMethod": "POST",
            "uri": format!("arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations"),
        })
    }
}

/// What calls a server over the Internet.
pub fn server(url: &str) -> Value {
    json!({ "type": "HTTP_PROXY", "httpMethod": "GET", "uri": url })
}

fn id(answer: &Value, field: &str) -> String {
    let id = answer.get(field).and_then(Value::as_str);
    id.unwrap_or_else(|| panic!("no {field} in {answer}")).to_owned()
}
