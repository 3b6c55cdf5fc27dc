//! Answers that lack what they must have.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::stub::ok;

#[tokio::test]
async fn an_answer_without_its_heart_is_malformed() {
    for (operation, path) in [
        (LIST, "/web_acls/gaps/0"),
        (GROUPS, "/rule_groups/gaps/0"),
        (CLASSIC, "/classic/gaps/0"),
        (CLASSIC_REGIONAL, "/classic_regional/gaps/0"),
        (ACL, "/web_acls/found/1/settings"),
        (LOGGING, "/web_acls/found/1/logging"),
        (RESOURCES, "/web_acls/found/1/protects"),
        (GROUP, "/rule_groups/found/1/settings"),
    ] {
        for body in ["{}", "<html>", "{"] {
            let fact = at(&with(operation, ok(body)), path).await;
            assert_eq!(fact["unknown"]["reason"], "malformed", "{operation} {body}");
        }
    }
}

#[tokio::test]
async fn a_nameless_item_is_a_gap_beside_the_others() {
    let stub = but(|call| {
        let is_ours = call.operation == LIST && call.region == "eu-west-1";
        is_ours.then(|| {
            json_answer(&json!({ "WebACLs": [
                { "ARN": arn("a"), "Name": "a" },
                { "ARN": "a", "Name": "a", "Id": "a" },
                { "ARN": arn("b"), "Name": "b", "Id": "b" },
            ] }))
        })
    });
    let listed = at(&stub, "/web_acls").await;
    assert_eq!(ids(&listed), ["edge", "b"]);
    assert_eq!(listed["gaps"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_web_acl_that_lacks_something_is_unknown() {
    let without = |path: &str, member: &str| -> Value {
        let mut acl = acl("shop");
        acl.pointer_mut(path).unwrap().as_object_mut().unwrap().remove(member);
        acl
    };
    for (path, member) in [
        ("", "DefaultAction"),
        ("", "VisibilityConfig"),
        ("/Rules/0", "Name"),
        ("/Rules/0", "VisibilityConfig"),
    ] {
        let stub = with(ACL, json_answer(&json!({ "WebACL": without(path, member) })));
        let unknown = &at(&stub, "/web_acls/found/1/settings").await["unknown"];
        assert_eq!(unknown["message"], format!("the answer has no usable `{member}`"));
    }
}
