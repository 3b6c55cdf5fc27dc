//! Calls of services that speak JSON, for seeding: with the operation in a header, or in method and path.

use serde_json::Value;

use crate::{
    http::Call,
    moto::{Keys, Moto},
};

/// Services of one account in one region that speak JSON.
#[derive(Clone, Debug)]
pub struct Json<'a> {
    moto: &'a Moto,
    keys: Keys,
    region: String,
}

impl<'a> Json<'a> {
    /// Speaks for an account, in a region.
    pub fn new(moto: &'a Moto, keys: &Keys, region: &str) -> Self {
        Self { moto, keys: keys.clone(), region: region.to_owned() }
    }

    /// The account's id.
    pub fn account(&self) -> &str {
        &self.keys.account
    }

    /// The region.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Calls an operation, `AWSCognitoIdentityProviderService.CreateUserPool`, and gives the answer.
    ///
    /// # Panics
    ///
    /// If the fake AWS refuses.
    pub fn call(&self, service: &str, target: &str, body: &Value) -> Value {
        let own = [
            "Content-Type: application/x-amz-json-1.1".to_owned(),
            format!("X-Amz-Target: {target}"),
        ];
        self.send(service, "POST /", &own, body)
    }

    /// Calls an operation that is a method and a path, `POST /restapis`, and gives the answer.
    ///
    /// # Panics
    ///
    /// If the fake AWS refuses.
    pub fn rest(&self, service: &str, line: &str, body: &Value) -> Value {
        self.send(service, line, &["Content-Type: application/json".to_owned()], body)
    }

    fn send(&self, service: &str, line: &str, own: &[String], body: &Value) -> Value {
        let region = &self.region;
        let signed = [
            format!("X-Amz-Security-Token: {}", self.keys.session_token),
            format!(
                "Authorization: AWS4-HMAC-SHA256 Credential={}/20260102/{region}/{service}/aws4_request, \
                 SignedHeaders=host, Signature=00",
                self.keys.access_key_id
            ),
        ];
        let headers: Vec<&str> = own.iter().chain(&signed).map(String::as_str).collect();
        let body = body.to_string();
        let call =
            Call { service, region, line, headers: &headers, body: &body, ..Call::default() };
        let answer = call.send(self.moto.address());
        assert!(answer.status < 300, "{line} {own:?}: {} {}", answer.status, answer.body);
        serde_json::from_str(&answer.body).unwrap_or(Value::Null)
    }
}

/// An object with one more field.
pub fn with(mut object: Value, field: &str, value: impl Into<Value>) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(field.to_owned(), value.into());
    }
    object
}
