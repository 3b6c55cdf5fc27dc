//! What goes away between its listing and its reading.

use super::{account::*, *};
use crate::tests::stub::{error, in_turn};
use serde_json::json;

fn gone() -> Answer {
    error(400, "ResourceNotFoundException")
}

#[tokio::test]
async fn what_is_gone_by_its_own_call_drops_out_and_is_counted() {
    for (operation, kind) in [
        (POOL, "/user_pools"),
        (CLIENT, "/user_pools/found/0/clients"),
        (IDENTITY_POOL, "/identity_pools"),
    ] {
        let stub = with(operation, gone());
        let inventory = stub.collect().await;
        assert_eq!(inventory.gone(), 1, "{kind}");
        let listed = written(inventory.cognito).pointer(kind).unwrap().clone();
        assert_eq!(listed, json!({ "found": [], "gaps": [], "gone": 1 }));
    }
}

#[tokio::test]
async fn what_is_gone_by_another_call_is_asked_for_once_more() {
    for (operation, itself, kind) in [
        (MFA, POOL, "/user_pools"),
        (LIST_CLIENTS, POOL, "/user_pools"),
        (ROLES, IDENTITY_POOL, "/identity_pools"),
    ] {
        // It is there, after all.
        let stub = with(operation, gone());
        assert_eq!(at(&stub, kind).await["gone"], 0);
        assert_eq!(stub.calls(itself).len(), 2);
        // It is not.
        let answers = in_turn([account_answer(itself), gone()]);
        let stub = but(move |call| match call.operation.as_str() {
            it if it == operation => Some(gone()),
            it if it == itself => Some(answers()),
            _ => None,
        });
        assert_eq!(at(&stub, kind).await, json!({ "found": [], "gaps": [], "gone": 1 }));
    }
}

/// What the account answers to the call for a thing itself.
fn account_answer(operation: &str) -> Answer {
    match operation {
        POOL => json_answer(&json!({ "UserPool": pool(POOL_ID) })),
        _ => json_answer(&json!({
            "IdentityPoolId": IDENTITY_POOL_ID,
            "IdentityPoolName": "shop",
            "AllowUnauthenticatedIdentities": false,
        })),
    }
}
