//! Each read refused: what becomes unknown, and by which action.

use super::{account::*, *};
use crate::tests::stub::error;

#[tokio::test]
async fn a_read_that_is_refused_is_unknown_by_its_action_and_costs_nothing_else() {
    let whole = stacks(&Stub::new(account).regions(["eu-west-1"])).await;
    for (operation, fact, action) in [
        (TEMPLATE, "template", "cloudformation:GetTemplate"),
        (POLICY, "policy", "cloudformation:GetStackPolicy"),
    ] {
        let refused = with(operation, error(403, "AccessDenied")).regions(["eu-west-1"]);
        let mut partial = stacks(&refused).await;
        let read = partial.pointer_mut(&format!("/found/0/{fact}")).unwrap();
        read["unknown"].as_object_mut().unwrap().remove("message");
        assert_eq!(*read, crate::tests::unknown(action, "access_denied", "AccessDenied"));
        *read = whole["found"][0][fact].clone();
        assert_eq!(partial, whole, "{fact}");
    }
}

#[tokio::test]
async fn a_stack_that_may_not_be_described_by_name_is_unknown_in_its_protection_alone() {
    for (code, reason) in [("AccessDenied", "access_denied"), ("Throttling", "throttled")] {
        let stub = but(move |call| match call.operation.as_str() {
            STACKS if !of(call).is_empty() => Some(error(400, code)),
            STACKS => Some(page(&[stack("shop", "")], None)),
            _ => None,
        });
        let stack = at(&stub.regions(["eu-west-1"]), "/found/0").await;
        let unknown = &stack["termination_protection"]["unknown"];
        assert_eq!(unknown["action"], "cloudformation:DescribeStacks");
        assert_eq!(unknown["reason"], reason);
        for fact in ["parameters", "outputs", "template", "policy"] {
            assert!(stack[fact].get("set").is_some(), "{fact}");
        }
    }
}
