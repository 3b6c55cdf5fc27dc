//! Each read refused: what becomes unknown, and that nothing else does.

use serde_json::{Value, json};

use super::*;
use crate::tests::stub::error;

/// Facts and listings, each with the ones that nobody can know without it.
const READS: [(&str, &str, &[&str]); 13] = [
    (RESOURCES, "/rest_apis/found/0/methods", &[]),
    (STAGES, "/rest_apis/found/0/stages", &["/rest_apis/found/0/deployments"]),
    (
        DEPLOYMENT,
        "/rest_apis/found/0/deployments/found/0/methods",
        &["/rest_apis/found/0/deployments/found/1/methods"],
    ),
    (AUTHORIZERS, "/rest_apis/found/0/authorizers", &[]),
    (RESPONSES, "/rest_apis/found/0/gateway_responses", &[]),
    (PLANS, "/usage_plans", &[]),
    (ACCOUNT, "/regions/found/0/settings", &[]),
    (ROUTES, "/apis/found/0/routes", &[]),
    (V2_STAGES, "/apis/found/0/stages", &[]),
    (V2_AUTHORIZERS, "/apis/found/0/authorizers", &[]),
    (INTEGRATIONS, "/apis/found/0/integrations", &[]),
    (MAPPINGS, "/domain_names/found/0/mappings", &[]),
    (LIST_APIS, "/apis", &[]),
];

/// Why nobody knows: of a fact, or of a listing.
fn unknown(fact: &Value) -> &Value {
    fact.get("unknown").unwrap_or_else(|| &fact["gaps"][0]["unknown"])
}

#[tokio::test]
async fn a_read_that_is_refused_is_unknown_and_costs_nothing_else() {
    let whole = apigateway(&Stub::new(account)).await;
    for (operation, path, others) in READS {
        let mut partial = apigateway(&with(operation, error(403, "AccessDeniedException"))).await;
        for path in others.iter().chain([&path]) {
            let fact = partial.pointer_mut(path).unwrap();
            assert_eq!(
                unknown(fact),
                &json!({
                    "action": "apigateway:GET",
                    "reason": "access_denied",
                    "code": "AccessDeniedException",
                    "message": "It says AccessDeniedException.",
                }),
                "{path}"
            );
            *fact = whole.pointer(path).unwrap().clone();
        }
        assert_eq!(partial, whole, "{operation}");
    }
}

#[tokio::test]
async fn where_rest_apis_cannot_be_listed_their_plans_are_asked_all_the_same() {
    let gateway = apigateway(&with(LIST_REST, error(403, "AccessDeniedException"))).await;
    assert_eq!(gateway["rest_apis"]["found"], json!([]));
    assert_eq!(gateway["rest_apis"]["gaps"][0]["arn"], "arn:aws:apigateway:eu-west-1::/restapis/*");
    for kind in ["usage_plans", "regions", "apis", "domain_names"] {
        assert_eq!(gateway[kind]["found"].as_array().unwrap().len(), 1, "{kind}");
    }
}
