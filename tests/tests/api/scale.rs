//! Many APIs, and one with more resources than a page holds.

use std::collections::{BTreeMap, BTreeSet};

use awspect_fakeaws::{FakeAws, Request, Response};
use awspect_tests::{apigateway::stand_in::answer, moto::Moto, report::text, run::findings};
use serde_json::{Map, Value, json};

use crate::world::{one_region, scan_of};

const APIS: usize = 300;
/// The API that has so many resources.
const LARGE: &str = "a000";
const RESOURCES: usize = 600;
const PAGE: usize = 500;

/// The API that a request names.
fn api(request: &Request) -> &str {
    request.path.split('/').nth(2).unwrap_or_default()
}

fn paths(api: &str) -> Vec<String> {
    let resources = if api == LARGE { RESOURCES } else { 1 };
    (0..resources).map(|n| format!("/r{n:03}")).collect()
}

fn resources(request: &Request) -> Response {
    let resource = |path: &String| {
        let get = json!({
            "httpMethod": "GET", "authorizationType": "NONE", "apiKeyRequired": false,
            "methodIntegration": { "type": "HTTP_PROXY", "uri": "https://shop.example.com/" },
        });
        json!({ "id": &path[1..], "path": path, "resourceMethods": { "GET": get } })
    };
    assert_eq!(request.parameter("embed").as_deref(), Some("methods"));
    assert_eq!(request.parameter("limit"), Some(PAGE.to_string()));
    let all: Vec<Value> = paths(api(request)).iter().map(resource).collect();
    let from = if request.parameter("position").is_some() { PAGE } else { 0 };
    let page: Vec<&Value> = all.iter().skip(from).take(PAGE).collect();
    let more = all.len() > from + PAGE;
    answer(&if more {
        json!({ "item": page, "position": "next" })
    } else {
        json!({ "item": page })
    })
}

fn deployment(request: &Request) -> Response {
    let get = json!({ "GET": { "authorizationType": "NONE", "apiKeyRequired": false } });
    let summary: Map<String, Value> =
        paths(api(request)).into_iter().map(|path| (path, get.clone())).collect();
    answer(&json!({ "id": "d1", "apiSummary": summary }))
}

fn fill(fake: &FakeAws) {
    let apis = (0..APIS).map(|n| {
        let endpoint = json!({ "types": ["REGIONAL"] });
        json!({
            "id": format!("a{n:03}"), "name": format!("api-{n:03}"),
            "endpointConfiguration": endpoint, "disableExecuteApiEndpoint": false,
        })
    });
    let apis = answer(&json!({ "item": apis.collect::<Vec<_>>() }));
    fake.on("apigateway", "GetRestApis").respond(apis);
    fake.on("apigateway", "GetResources").answer_with(resources);
    fake.on("apigateway", "GetDeployment").answer_with(deployment);
    let stage = json!({ "stageName": "prod", "deploymentId": "d1" });
    fake.on("apigateway", "GetStages").respond(answer(&json!({ "item": [stage] })));
    for operation in ["GetAuthorizers", "GetGatewayResponses"] {
        fake.on("apigateway", operation).respond(answer(&json!({ "item": [] })));
    }
}

#[test]
fn three_hundred_apis_are_judged_with_all_their_methods() {
    let keys = Moto::shared().keys("230000000020");
    let fake = one_region();
    fill(&fake);
    let report = scan_of(&keys, &fake, &["apigateway"]);
    let of = |rule: &str| {
        let own = findings(&report).iter().filter(|it| text(it, "/rule") == rule);
        let failed = own.filter(|it| text(it, "/status") == "fail");
        failed.map(|it| text(it, "/resource/arn")).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(of("apigateway/rest-method-no-auth"), RESOURCES + APIS - 1);
    assert_eq!(of("apigateway/rest-access-logging"), APIS);
    let unknown = findings(&report).iter().filter(|it| text(it, "/status") == "unknown");
    assert_eq!(unknown.count(), 0);
    let calls = report["run"]["api_calls"].as_object().unwrap();
    let calls: BTreeMap<&str, u64> = calls
        .iter()
        .filter_map(|(operation, count)| {
            Some((operation.strip_prefix("apigateway:")?, count.as_u64()?))
        })
        .collect();
    let expected = [
        ("GetAccount", 1),
        ("GetAuthorizers", 300),
        ("GetDeployment", 300),
        ("GetDomainNames", 1),
        ("GetGatewayResponses", 300),
        ("GetResources", 301),
        ("GetRestApis", 1),
        ("GetStages", 300),
        ("GetUsagePlans", 1),
    ];
    assert_eq!(calls, expected.into());
}
