//! Cognito for the fake AWS: user pools, their clients, identity pools.

pub mod stand_in;

use serde_json::{Value, json};

use crate::json::{Json, with};

/// Cognito of an account in one region, being filled.
#[derive(Debug)]
pub struct Cognito<'a> {
    aws: Json<'a>,
}

impl<'a> Cognito<'a> {
    /// Begins.
    pub fn new(aws: Json<'a>) -> Self {
        Self { aws }
    }

    fn idp(&self, operation: &str, body: &Value) -> Value {
        self.aws.call(
            "cognito-idp",
            &format!("AWSCognitoIdentityProviderService.{operation}"),
            body,
        )
    }

    /// Makes a user pool of these settings, and gives its id.
    pub fn pool(&self, name: &str, settings: Value) -> String {
        let settings = with(settings, "PoolName", name);
        id(&self.idp("CreateUserPool", &settings), "/UserPool/Id")
    }

    /// Sets the MFA of a pool.
    pub fn mfa(&self, pool: &str, settings: Value) {
        let settings = with(settings, "UserPoolId", pool);
        self.idp("SetUserPoolMfaConfig", &settings);
    }

    /// Makes an app client of these settings, and gives its id.
    pub fn client(&self, pool: &str, name: &str, settings: Value) -> String {
        let settings = with(settings, "UserPoolId", pool);
        let settings = with(settings, "ClientName", name);
        id(&self.idp("CreateUserPoolClient", &settings), "/UserPoolClient/ClientId")
    }

    /// Makes an identity pool of these settings, and gives its id.
    pub fn identity_pool(&self, name: &str, settings: Value) -> String {
        let settings = with(settings, "IdentityPoolName", name);
        let target = "AWSCognitoIdentityService.CreateIdentityPool";
        id(&self.aws.call("cognito-identity", target, &settings), "/IdentityPoolId")
    }

    /// The ARN of a user pool.
    pub fn pool_arn(&self, pool: &str) -> String {
        format!("arn:aws:cognito-idp:{}:{}:userpool/{pool}", self.aws.region(), self.aws.account())
    }

    /// Puts a web ACL in front of a user pool.
    pub fn guard(&self, pool: &str, name: &str) {
        let target = |operation| format!("AWSWAF_20190729.{operation}");
        let visible = json!({
            "SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": name,
        });
        let acl = json!({
            "Name": name, "Scope": "REGIONAL", "DefaultAction": { "Allow": {} },
            "VisibilityConfig": visible,
        });
        let acl = self.aws.call("wafv2", &target("CreateWebACL"), &acl);
        let both =
            json!({ "WebACLArn": id(&acl, "/Summary/ARN"), "ResourceArn": self.pool_arn(pool) });
        self.aws.call("wafv2", &target("AssociateWebACL"), &both);
    }
}

fn id(answer: &Value, path: &str) -> String {
    let id = answer.pointer(path).and_then(Value::as_str);
    id.unwrap_or_else(|| panic!("no {path} in {answer}")).to_owned()
}
