//! What goes away between its listing and its reading.

use super::*;
use crate::tests::stub::error;

fn gone() -> Answer {
    error(400, "WAFNonexistentItemException")
}

#[tokio::test]
async fn what_is_gone_by_its_own_call_drops_out_and_is_counted() {
    for (operation, kind) in [(ACL, "web_acls"), (GROUP, "rule_groups")] {
        let inventory = with(operation, gone()).collect().await;
        assert_eq!(inventory.gone(), 2);
        let wafv2 = written(inventory.wafv2);
        assert!(ids(&wafv2[kind]).is_empty());
        assert_eq!(wafv2[kind]["gone"], 2);
    }
}

#[tokio::test]
async fn what_is_gone_by_another_call_is_asked_for_once_more() {
    let stub = with(RESOURCES, gone());
    assert_eq!(at(&stub, "/web_acls/gone").await, 0);
    assert_eq!(stub.calls(ACL).len(), 4);
}
