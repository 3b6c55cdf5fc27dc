//! What the fake AWS does not know of Lambda or says otherwise, answered by the stand-in.

use awspect_fakeaws::{FakeAws, Request};
use serde_json::{Value, json};

use crate::{
    apigateway::stand_in::{answer, each_item},
    iam::documents::policy,
};

/// Lets aliases and versions have no policy, where the fake AWS gives that of the function, and functions no address.
pub fn bare(fake: &FakeAws) {
    fake.on("lambda", "GetPolicy").when(|request| request.parameter("Qualifier").is_some()).error(
        404,
        "ResourceNotFoundException",
        "The resource you requested does not exist.",
    );
    let none = answer(&json!({ "FunctionUrlConfigs": [] }));
    fake.on("lambda", "ListFunctionUrlConfigs").respond(none);
}

/// Sets the policy of a function, or of one of its aliases or versions.
pub fn admits(
    fake: &FakeAws,
    function: &str,
    qualifier: Option<&'static str>,
    statements: &[Value],
) {
    let policy = policy(json!(statements)).to_string();
    let is_it = move |request: &Request| request.parameter("Qualifier").as_deref() == qualifier;
    fake.on("lambda", "GetPolicy")
        .only(function)
        .when(is_it)
        .respond(answer(&json!({ "Policy": policy, "RevisionId": "r1" })));
}

/// What lets everybody call a function by Lambda's API.
pub fn everybody(arn: &str) -> Value {
    json!({
        "Sid": "all", "Effect": "Allow", "Principal": "*", "Action": "lambda:InvokeFunction",
        "Resource": arn,
    })
}

/// What the console adds for an address that asks for nothing.
pub fn by_url(arn: &str) -> [Value; 2] {
    let statement = |sid: &str, action: &str, condition: Value| {
        json!({
            "Sid": sid, "Effect": "Allow", "Principal": "*", "Action": action, "Resource": arn,
            "Condition": condition,
        })
    };
    [
        statement(
            "FunctionURLAllowPublicAccess",
            "lambda:InvokeFunctionUrl",
            json!({ "StringEquals": { "lambda:FunctionUrlAuthType": "NONE" } }),
        ),
        statement(
            "FunctionURLAllowInvokeAction",
            "lambda:InvokeFunction",
            json!({ "Bool": { "lambda:InvokedViaFunctionUrl": "true" } }),
        ),
    ]
}

/// Gives a function an address: its own, or that of `arn:alias`.
pub fn url(fake: &FakeAws, function: &str, arn: &str, auth: &str, cors: &Value) {
    let url = json!({
        "FunctionUrl": format!("https://{function}.lambda-url.eu-west-1.on.aws/"),
        "FunctionArn": arn, "AuthType": auth, "Cors": cors,
        "CreationTime": "2026-01-02T03:04:05.000Z", "LastModifiedTime": "2026-01-02T03:04:05.000Z",
        "InvokeMode": "BUFFERED",
    });
    fake.on("lambda", "ListFunctionUrlConfigs")
        .only(function)
        .respond(answer(&json!({ "FunctionUrlConfigs": [url] })));
}

/// Gives a function a layer of another account's, where the fake AWS knows only the account's own.
pub fn foreign_layer(fake: &FakeAws, function: &'static str, layer: &'static str) {
    fake.rewrite("lambda", "ListFunctions", move |_, response| {
        each_item(response, "Functions", |own| {
            if own["FunctionName"] == function {
                own["Layers"] = json!([{ "Arn": layer, "CodeSize": 1 }]);
            }
        })
    });
}
