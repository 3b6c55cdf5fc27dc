//! What goes away between its listing and its reading.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::{Answer, error, in_turn};

fn nothing_but_one_gone() -> Value {
    json!({ "found": [], "gaps": [], "gone": 1 })
}

/// CloudFormation's words for a stack that it does not know.
fn unknown_stack() -> Answer {
    Answer::Http {
        status: 400,
        headers: vec![],
        body: "<ErrorResponse><Error><Code>ValidationError</Code>\
               <Message>Stack with id shop does not exist</Message></Error></ErrorResponse>"
            .to_owned(),
    }
}

/// The page of all stacks without the protection, and this for the stack itself.
fn unprotected(itself: Answer) -> Stub {
    but(move |call| match call.operation.as_str() {
        STACKS if !of(call).is_empty() => Some(itself.clone()),
        STACKS if call.region == "eu-west-1" => Some(page(&[stack("shop", "")], None)),
        _ => None,
    })
}

#[tokio::test]
async fn a_stack_that_is_deleted_by_its_own_words_drops_out_and_is_counted() {
    for itself in [unknown_stack(), page(&[in_status("shop", "DELETE_COMPLETE", "")], None)] {
        let stub = unprotected(itself);
        assert_eq!(stacks(&stub).await, nothing_but_one_gone());
        assert_eq!(stub.collect().await.gone(), 1);
    }
}

#[tokio::test]
async fn a_stack_that_another_call_does_not_know_is_asked_for_once_more() {
    for operation in [TEMPLATE, POLICY] {
        // It is there, after all.
        let stub = with(operation, unknown_stack()).regions(["eu-west-1"]);
        assert_eq!(names(&stacks(&stub).await), ["shop"]);
        assert_eq!(stub.calls(STACKS).len(), 2);
        // It is not.
        let answers = in_turn([page(&[stack("shop", PROTECTED)], None), unknown_stack()]);
        let stub = but(move |call| match call.operation.as_str() {
            it if it == operation => Some(unknown_stack()),
            STACKS => Some(answers()),
            _ => None,
        })
        .regions(["eu-west-1"]);
        assert_eq!(stacks(&stub).await, nothing_but_one_gone());
    }
}

#[tokio::test]
async fn other_things_that_cannot_be_validated_are_not_gone() {
    let stub = with(TEMPLATE, error(400, "ValidationError"));
    assert_eq!(at(&stub, "/found/0/template/unknown/reason").await, "failed");
}

#[tokio::test]
async fn stacks_that_are_deleted_already_do_not_count() {
    let stub = with(
        STACKS,
        page(&[in_status("old", "DELETE_COMPLETE", ""), stack("shop", PROTECTED)], None),
    );
    let stacks = stacks(&stub.regions(["eu-west-1"])).await;
    assert_eq!((names(&stacks), &stacks["gone"]), (vec!["shop"], &json!(0)));
}
