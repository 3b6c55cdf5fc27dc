//! What runs behind the demo's pages.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};

use super::{ACCOUNT, answer, api::API};

const HOME: &str = "eu-west-1";

/// Answers for Lambda.
pub(super) fn stand_in(fake: &FakeAws) {
    fake.on("lambda", "*").answer_with(lambda);
}

fn lambda(request: &Request) -> Response {
    let is_images = request.names("shop-images");
    let body = match request.operation.as_str() {
        "ListFunctions" if request.region == HOME => json!({ "Functions": functions() }),
        "ListFunctions" => json!({ "Functions": [] }),
        "ListAliases" => json!({ "Aliases": [] }),
        "ListFunctionUrlConfigs" if is_images => json!({ "FunctionUrlConfigs": [preview()] }),
        "ListFunctionUrlConfigs" => json!({ "FunctionUrlConfigs": [] }),
        "ListLayers" => json!({ "Layers": [] }),
        "GetPolicy" => {
            let policy = match () {
                () if is_images => pictures(),
                () if request.names("shop-orders") => orders(),
                () => nightly(),
            };
            let policy = json!({ "Version": "2012-10-17", "Statement": policy });
            json!({ "Policy": policy.to_string(), "RevisionId": "1" })
        }
        _ => json!({}),
    };
    answer(&body)
}

fn arn(name: &str) -> String {
    format!("arn:aws:lambda:{HOME}:{ACCOUNT}:function:{name}")
}

/// Each with the role of its name.
fn functions() -> Value {
    let function = |name: &str, runtime: &str, variables: Value, layers: Value| {
        json!({
            "FunctionName": name, "FunctionArn": format!("{}:$LATEST", arn(name)),
            "Version": "$LATEST", "PackageType": "Zip", "Runtime": runtime,
            "Role": format!("arn:aws:iam::{ACCOUNT}:role/{name}"),
            "Environment": { "Variables": variables }, "Layers": layers,
        })
    };
    // Somebody in a forum had packed what makes small pictures of large ones.
    let pack = "arn:aws:lambda:eu-west-1:123456789012:layer:image-pack:4";
    json!([
        function(
            "shop-images",
            "nodejs22.x",
            json!({ "BUCKET": "shop-uploads" }),
            json!([
                { "Arn": pack, "CodeSize": 31_337 },
            ])
        ),
        function(
            "shop-orders",
            "nodejs22.x",
            json!({
                "ORDERS": "shop-orders", "CARTS": "shop-carts", "SESSIONS": "shop-sessions",
            }),
            json!([])
        ),
        // It works, and who wrote it has left.
        function("shop-maintenance", "python3.8", json!({}), json!([])),
    ])
}

/// To try the preview of pictures without signing in, for an afternoon.
fn preview() -> Value {
    let time = "2024-02-21T15:10:00.000Z";
    json!({
        "FunctionUrl": "https://a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6.lambda-url.eu-west-1.on.aws/",
        "FunctionArn": arn("shop-images"), "AuthType": "NONE",
        "Cors": { "AllowOrigins": ["*"], "AllowMethods": ["*"] },
        "CreationTime": time, "LastModifiedTime": time, "InvokeMode": "BUFFERED",
    })
}

fn pictures() -> Value {
    let mut by_bucket =
        admits("uploads", "s3.amazonaws.com", "shop-images", "lambda:InvokeFunction");
    by_bucket["Condition"] = json!({ "ArnLike": { "AWS:SourceArn": "arn:aws:s3:::shop-uploads" } });
    let mut by_url = admits("preview", "*", "shop-images", "lambda:InvokeFunctionUrl");
    by_url["Principal"] = json!("*");
    by_url["Condition"] = json!({ "StringEquals": { "lambda:FunctionUrlAuthType": "NONE" } });
    let mut through_url = admits("preview-calls", "*", "shop-images", "lambda:InvokeFunction");
    through_url["Principal"] = json!("*");
    through_url["Condition"] = json!({ "Bool": { "lambda:InvokedViaFunctionUrl": "true" } });
    json!([by_bucket, by_url, through_url])
}

/// The first API is named. For the second, any was good enough.
fn orders() -> Value {
    let gateway = |sid: &str, apis: &str| {
        let mut own =
            admits(sid, "apigateway.amazonaws.com", "shop-orders", "lambda:InvokeFunction");
        let apis = format!("arn:aws:execute-api:{HOME}:{ACCOUNT}:{apis}");
        own["Condition"] = json!({ "ArnLike": { "AWS:SourceArn": apis } });
        own
    };
    json!([gateway("shop-api", &format!("{API}/*")), gateway("webhooks", "*/*")])
}

fn nightly() -> Value {
    let mut clock =
        admits("nightly", "events.amazonaws.com", "shop-maintenance", "lambda:InvokeFunction");
    let rule = format!("arn:aws:events:{HOME}:{ACCOUNT}:rule/shop-nightly");
    clock["Condition"] = json!({ "ArnLike": { "AWS:SourceArn": rule } });
    json!([clock])
}

fn admits(sid: &str, service: &str, function: &str, action: &str) -> Value {
    json!({
        "Sid": sid, "Effect": "Allow", "Principal": { "Service": service },
        "Action": action, "Resource": arn(function),
    })
}
