//! What goes away between its listing and its reading.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::{error, in_turn};

fn nothing_but_one_gone() -> Value {
    json!({ "found": [], "gaps": [], "gone": 1 })
}

#[tokio::test]
async fn what_is_gone_by_its_own_call_drops_out_and_is_counted() {
    for (operation, code, kind) in [
        (TABLE, "ResourceNotFoundException", "/dynamodb/tables"),
        (EXPORT, "ExportNotFoundException", "/dynamodb/exports"),
        (SELECTIONS, "ResourceNotFoundException", "/backup/plans"),
        (SELECTION, "ResourceNotFoundException", "/backup/plans/found/0/selections"),
    ] {
        let stub = with(operation, error(400, code));
        assert_eq!(stub.collect().await.gone(), 1, "{kind}");
        assert_eq!(at(&stub, kind).await, nothing_but_one_gone());
    }
}

#[tokio::test]
async fn what_is_gone_by_another_call_is_asked_for_once_more() {
    for (operation, code) in [
        (CONTINUOUS, "TableNotFoundException"),
        (POLICY, "ResourceNotFoundException"),
        (TAGS, "ResourceNotFoundException"),
    ] {
        // It is there, after all.
        let stub = with(operation, error(400, code));
        assert_eq!(names(&at(&stub, "/dynamodb/tables").await), ["orders"]);
        assert_eq!(stub.calls(TABLE).len(), 2);
        // It is not.
        let described = json_answer(&json!({ "Table": table("orders") }));
        let answers = in_turn([described, error(400, "ResourceNotFoundException")]);
        let stub = but(move |call| match call.operation.as_str() {
            it if it == operation => Some(error(400, code)),
            TABLE => Some(answers()),
            _ => None,
        });
        assert_eq!(at(&stub, "/dynamodb/tables").await, nothing_but_one_gone());
    }
}
