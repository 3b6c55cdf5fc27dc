//! Pages, regions, and what one item's trouble costs.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::error;

/// A part of many things, by the position that a call asks for.
fn part(
    call: &Call,
    token: &str,
    size: usize,
    total: usize,
) -> (std::ops::Range<usize>, Option<String>) {
    let given = call.request.split(['?', '&']).find_map(|pair| pair.strip_prefix(token));
    let from = given.map_or(0, |text| text.trim_start_matches('=').parse().unwrap());
    let to = total.min(from + size);
    (from..to, (to < total).then(|| to.to_string()))
}

#[tokio::test]
async fn all_resources_of_a_large_api_are_read() {
    let stub = but(|call| {
        let (range, next) = part(call, "position", 500, 600);
        let resources: Vec<_> = range
            .map(|index| {
                let mut resource = resource(&format!("/pets/{index}"));
                resource["id"] = json!(format!("res{index}"));
                resource
            })
            .collect();
        (call.operation == RESOURCES).then(|| page(&resources, next.as_deref()))
    });
    let methods = at(&stub, "/rest_apis/found/0/methods").await;
    assert_eq!((names(&methods).len(), &methods["gaps"]), (1_200, &json!([])));
    assert_eq!((names(&methods)[0], names(&methods)[1_199]), ("GET /pets/0", "OPTIONS /pets/599"));
    let calls = stub.calls(RESOURCES);
    assert_eq!(calls.len(), 2);
    for call in calls {
        assert!(call.request.contains("embed=methods") && call.request.contains("limit=500"));
    }
}

#[tokio::test]
async fn three_hundred_apis_of_each_kind_are_read() {
    let stub = but(|call| match call.operation.as_str() {
        LIST_REST if call.region == "eu-west-1" => {
            let (range, next) = part(call, "position", 200, 300);
            let apis: Vec<_> = range.map(|index| rest_api(&format!("rest{index}"))).collect();
            Some(page(&apis, next.as_deref()))
        }
        LIST_APIS if call.region == "eu-west-1" => {
            let (range, next) = part(call, "nextToken", 100, 300);
            let apis: Vec<_> = range.map(|index| api(&format!("http{index}"))).collect();
            Some(v2_items(&apis, next.as_deref()))
        }
        _ => None,
    });
    let gateway = apigateway(&stub).await;
    for (kind, start, parts) in [
        ("rest_apis", "rest", ["methods", "stages", "deployments", "authorizers"]),
        ("apis", "http", ["routes", "stages", "authorizers", "integrations"]),
    ] {
        let listed = &gateway[kind];
        let all: Vec<_> = (0..300).map(|index| format!("{start}{index}")).collect();
        assert_eq!(
            (names(listed), &listed["gaps"]),
            (all.iter().map(String::as_str).collect(), &json!([]))
        );
        for api in listed["found"].as_array().unwrap() {
            for part in parts {
                assert_eq!(api[part]["gaps"], json!([]), "{part}");
                assert!(!api[part]["found"].as_array().unwrap().is_empty(), "{part}");
            }
        }
    }
    for (operation, calls) in
        [(LIST_REST, 2), (LIST_APIS, 3), (RESOURCES, 300), (ROUTES, 300), (PLANS, 1)]
    {
        let own = stub.calls(operation);
        assert_eq!(
            own.iter().filter(|call| call.region == "eu-west-1").count(),
            calls,
            "{operation}"
        );
    }
}

#[tokio::test]
async fn all_pages_of_each_part_are_read() {
    for (operation, path) in [
        (AUTHORIZERS, "/rest_apis/found/0/authorizers/found"),
        (RESPONSES, "/rest_apis/found/0/gateway_responses/set"),
        (PLANS, "/usage_plans/found"),
        (ROUTES, "/apis/found/0/routes/found"),
        (V2_STAGES, "/apis/found/0/stages/found"),
        (V2_AUTHORIZERS, "/apis/found/0/authorizers/found"),
        (INTEGRATIONS, "/apis/found/0/integrations/found"),
        (MAPPINGS, "/domain_names/found/0/mappings/set"),
    ] {
        let stub = but(move |call| {
            if call.operation != operation || call.request.contains("=more") {
                return None;
            }
            // The page before the usual one.
            let Answer::Http { body, .. } = account(call) else { return None };
            let mut page: Value = serde_json::from_str(&body).unwrap();
            let token = if page.get("item").is_some() { "position" } else { "nextToken" };
            page[token] = json!("more");
            Some(json_answer(&page))
        });
        let one = at(&Stub::new(account), path).await.as_array().unwrap().len();
        assert_eq!(at(&stub, path).await.as_array().unwrap().len(), 2 * one, "{path}");
    }
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_not_taken_for_the_last() {
    let stub = with(ROUTES, v2_items(&[route("r1", "GET /orders", "NONE")], Some("same")));
    let routes = at(&stub, "/apis/found/0/routes").await;
    assert_eq!(names(&routes), ["GET /orders", "GET /orders"]);
    assert_eq!(routes["gaps"][0]["unknown"]["reason"], "failed");
    assert_eq!(stub.calls(ROUTES).len(), 2);
}

#[tokio::test]
async fn a_page_that_fails_keeps_what_came_before_it() {
    let stub =
        but(|call| match (call.operation.as_str(), call.request.contains("position=more")) {
            (RESOURCES, false) => Some(page(&[resource("/pets")], Some("more"))),
            (RESOURCES, true) => Some(error(403, "AccessDeniedException")),
            _ => None,
        });
    let methods = at(&stub, "/rest_apis/found/0/methods").await;
    assert_eq!(names(&methods), ["GET /pets", "OPTIONS /pets"]);
    let gap = &methods["gaps"][0];
    assert_eq!(gap["arn"], "arn:aws:apigateway:eu-west-1::/restapis/pets/resources/*");
    assert_eq!(gap["region"], "eu-west-1");
    assert_eq!(gap["unknown"]["action"], "apigateway:GET");
}

#[tokio::test]
async fn one_regions_refusal_costs_that_region_alone() {
    let stub = but(|call| {
        let is_listing = [LIST_REST, LIST_APIS, LIST_DOMAINS].contains(&call.operation.as_str());
        (is_listing && call.region == "us-east-1").then(|| error(403, "AccessDeniedException"))
    });
    let gateway = apigateway(&stub).await;
    for (kind, path) in
        [("rest_apis", "restapis"), ("apis", "apis"), ("domain_names", "domainnames")]
    {
        let listed = &gateway[kind];
        assert_eq!(listed["found"].as_array().unwrap().len(), 1, "{kind}");
        let gaps = listed["gaps"].as_array().unwrap();
        assert_eq!(gaps.len(), 1, "{kind}");
        assert_eq!(gaps[0]["arn"], format!("arn:aws:apigateway:us-east-1::/{path}/*"));
        assert_eq!(gaps[0]["unknown"]["reason"], "access_denied");
    }
}

#[tokio::test]
async fn an_api_that_cannot_be_read_leaves_the_others() {
    let stub = but(|call| match call.operation.as_str() {
        LIST_REST if call.region == "eu-west-1" => Some(items(&[rest_api("a"), rest_api("b")])),
        LIST_APIS if call.region == "eu-west-1" => Some(v2_items(&[api("a"), api("b")], None)),
        _ if call.request.contains("apis/a/") => Some(error(403, "AccessDeniedException")),
        _ => None,
    });
    let gateway = apigateway(&stub).await;
    for (kind, parts) in [
        ("rest_apis", ["methods", "stages", "deployments", "authorizers"]),
        ("apis", ["routes", "stages", "authorizers", "integrations"]),
    ] {
        assert_eq!(names(&gateway[kind]), ["a", "b"]);
        let [a, b] = [0, 1].map(|index| &gateway[kind]["found"][index]);
        for part in parts {
            assert_eq!(a[part]["gaps"][0]["unknown"]["reason"], "access_denied", "{part}");
            assert_eq!(b[part]["gaps"], json!([]), "{part}");
        }
        assert!(a["settings"].get("set").is_some() && b["settings"].get("set").is_some());
    }
}

#[tokio::test]
async fn where_the_regions_cannot_be_listed_there_may_be_more() {
    let stub = but(|call| {
        (call.operation == "ec2:DescribeRegions").then(|| error(403, "UnauthorizedOperation"))
    });
    let gateway = apigateway(&stub).await;
    for (kind, arn) in [
        ("rest_apis", "arn:aws:apigateway:*::/restapis/*"),
        ("apis", "arn:aws:apigateway:*::/apis/*"),
        ("domain_names", "arn:aws:apigateway:*::/domainnames/*"),
        ("usage_plans", "arn:aws:apigateway:*::/usageplans/*"),
        ("regions", "arn:aws:iam::111122223333:root"),
    ] {
        let gap = &gateway[kind]["gaps"][0];
        assert_eq!((&gap["arn"], &gap["region"]), (&json!(arn), &json!(null)));
        assert_eq!(gap["unknown"]["action"], "ec2:DescribeRegions");
        assert_eq!(gateway[kind]["found"].as_array().unwrap().len(), 1);
    }
}
