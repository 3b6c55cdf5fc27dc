//! What the fake AWS does not know of AWS WAF, answered by the stand-in.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};

fn answer(body: &Value) -> Response {
    Response::new(200, "application/x-amz-json-1.1", body.to_string())
}

/// A member of what was sent.
fn member(request: &Request, name: &str) -> String {
    let sent: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    sent.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Lets web ACLs protect nothing, nobody but their owner have them log, and AWS WAF Classic be empty. What is for
/// CloudFront is known in its own region alone.
pub fn bare(fake: &FakeAws) {
    fake.on("wafv2", "ListResourcesForWebACL").respond(answer(&json!({ "ResourceArns": [] })));
    fake.on("wafv2", "ListLoggingConfigurations")
        .when(|request| member(request, "LogScope") != "CUSTOMER")
        .respond(answer(&json!({ "LoggingConfigurations": [] })));
    for service in ["waf", "waf-regional"] {
        classic(fake, service, &[]);
    }
    fake.on("wafv2", "*")
        .when(|request| member(request, "Scope") == "CLOUDFRONT" && request.region != "us-east-1")
        .error(400, "WAFInvalidParameterException", "The scope is not valid. (SCOPE, CLOUDFRONT)");
}

/// Sets what a web ACL protects of one kind.
pub fn protects(fake: &FakeAws, acl: &str, kind: &'static str, resource: &str) {
    fake.on("wafv2", "ListResourcesForWebACL")
        .only(acl)
        .when(move |request| member(request, "ResourceType") == kind)
        .respond(answer(&json!({ "ResourceArns": [resource] })));
}

/// A configuration that has a web ACL log everything.
pub fn logging(acl: &str, region: &str, account: &str) -> Value {
    let group = format!("arn:aws:logs:{region}:{account}:log-group:aws-waf-logs-all");
    json!({ "ResourceArn": acl, "LogDestinationConfigs": [group] })
}

/// Has the web ACLs for CloudFront log, which the fake AWS keeps and does not list.
pub fn log_for_cloudfront(fake: &FakeAws, account: &str, acls: &[&str]) {
    let all: Vec<Value> = acls.iter().map(|acl| logging(acl, "us-east-1", account)).collect();
    let is_it = |request: &Request| {
        member(request, "Scope") == "CLOUDFRONT" && member(request, "LogScope") == "CUSTOMER"
    };
    fake.on("wafv2", "ListLoggingConfigurations")
        .in_region("us-east-1")
        .when(is_it)
        .respond(answer(&json!({ "LoggingConfigurations": all })));
}

/// Sets the rules of managed groups, all of which block.
pub fn managed(fake: &FakeAws, rules: &[&str]) {
    let rules: Vec<Value> =
        rules.iter().map(|name| json!({ "Name": name, "Action": { "Block": {} } })).collect();
    fake.on("wafv2", "DescribeManagedRuleGroup").respond(answer(&json!({ "Rules": rules })));
}

/// Sets what is left of AWS WAF Classic: `waf` for CloudFront, `waf-regional`.
pub fn classic(fake: &FakeAws, service: &str, names: &[&str]) {
    let all: Vec<Value> =
        names.iter().map(|name| json!({ "WebACLId": name, "Name": name })).collect();
    fake.on(service, "ListWebACLs").respond(answer(&json!({ "WebACLs": all })));
}
