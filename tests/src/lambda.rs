//! Lambda for the fake AWS: functions, layers, and who may call them.

pub mod stand_in;

use serde_json::{Value, json};

use crate::json::Json;

/// An archive with nothing in it.
const NO_CODE: &str = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==";

/// Lambda of an account in one region, being filled.
#[derive(Debug)]
pub struct Lambda<'a> {
    aws: &'a Json<'a>,
}

impl<'a> Lambda<'a> {
    /// Begins.
    pub fn new(aws: &'a Json<'a>) -> Self {
        Self { aws }
    }

    fn call(&self, line: &str, body: &Value) -> Value {
        self.aws.rest("lambda", line, body)
    }

    /// The ARN of a function, or of `function:alias`.
    pub fn arn(&self, name: &str) -> String {
        format!("arn:aws:lambda:{}:{}:function:{name}", self.aws.region(), self.aws.account())
    }

    /// Makes a function with a role that is there, and these layers.
    pub fn function(&self, name: &str, runtime: &str, role: &str, layers: &[&str]) {
        let function = json!({
            "FunctionName": name, "Runtime": runtime, "Role": role, "Handler": "index.handler",
            "Code": { "ZipFile": NO_CODE }, "Layers": layers,
        });
        self.call("POST /2015-03-31/functions", &function);
    }

    /// Gives a function an environment variable.
    pub fn environment(&self, name: &str, variable: &str, value: &str) {
        let line = format!("PUT /2015-03-31/functions/{name}/configuration");
        self.call(&line, &json!({ "Environment": { "Variables": { variable: value } } }));
    }

    /// Lets a service call a function, with these conditions.
    pub fn permit(&self, function: &str, service: &str, mut conditions: Value) {
        conditions["StatementId"] = json!(service.replace('.', "-"));
        conditions["Action"] = json!("lambda:InvokeFunction");
        conditions["Principal"] = json!(service);
        self.call(&format!("POST /2015-03-31/functions/{function}/policy"), &conditions);
    }

    /// Publishes a function as it is, and gives the version a name.
    pub fn publish(&self, function: &str, alias: &str) {
        let at = format!("POST /2015-03-31/functions/{function}");
        let made = self.call(&format!("{at}/versions"), &json!({}));
        let alias = json!({ "Name": alias, "FunctionVersion": made.get("Version") });
        self.call(&format!("{at}/aliases"), &alias);
    }

    /// Makes a layer, and gives the ARN of its first version.
    ///
    /// # Panics
    ///
    /// If the fake AWS refuses.
    pub fn layer(&self, name: &str) -> String {
        let layer = json!({ "Content": { "ZipFile": NO_CODE } });
        let made = self.call(&format!("POST /2018-10-31/layers/{name}/versions"), &layer);
        let arn = made.get("LayerVersionArn").and_then(Value::as_str);
        arn.unwrap_or_else(|| panic!("no LayerVersionArn in {made}")).to_owned()
    }

    /// Lets everybody use the first version of a layer.
    pub fn share(&self, layer: &str) {
        let all = json!({
            "StatementId": "all", "Action": "lambda:GetLayerVersion", "Principal": "*",
        });
        self.call(&format!("POST /2018-10-31/layers/{layer}/versions/1/policy"), &all);
    }
}
