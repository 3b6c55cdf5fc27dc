//! What goes away between its listing and its reading.

use serde_json::json;

use super::*;
use crate::tests::stub::error;

fn gone() -> Answer {
    error(404, "NotFoundException")
}

#[tokio::test]
async fn what_is_gone_by_one_call_is_asked_for_once_more() {
    for (operation, itself, kind) in [
        (RESOURCES, REST, "/rest_apis"),
        (STAGES, REST, "/rest_apis"),
        (DEPLOYMENT, REST, "/rest_apis"),
        (AUTHORIZERS, REST, "/rest_apis"),
        (RESPONSES, REST, "/rest_apis"),
        (ROUTES, API, "/apis"),
        (V2_STAGES, API, "/apis"),
        (V2_AUTHORIZERS, API, "/apis"),
        (INTEGRATIONS, API, "/apis"),
        (MAPPINGS, DOMAIN, "/domain_names"),
    ] {
        // It is there, after all.
        let stub = with(operation, gone());
        let listed = at(&stub, kind).await;
        assert_eq!((&listed["gone"], listed["found"].as_array().unwrap().len()), (&json!(0), 1));
        assert_eq!(stub.calls(itself).len(), 1, "{operation}");
        // It is not.
        let stub =
            but(move |call| (call.operation == operation || call.operation == itself).then(gone));
        let inventory = stub.collect().await;
        assert_eq!(inventory.gone(), 1, "{operation}");
        let listed = written(inventory.apigateway).pointer(kind).unwrap().clone();
        assert_eq!(listed, json!({ "found": [], "gaps": [], "gone": 1 }), "{operation}");
    }
}
