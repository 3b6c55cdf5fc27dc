//! Policy documents, encoded and plain.

use serde_json::{Value, json};

use super::{
    account::{POLICY, ROLE, USER, details},
    at, with_details,
};

async fn trust(document: &str) -> Value {
    let encoded = "%7B%22Statement%22%3A%5B%5D%7D";
    let role = ROLE.replace(encoded, document);
    let stub = with_details("Role", move || details("RoleDetailList", &role, None));
    at(&stub, "/roles/found/0/trust").await
}

fn malformed(lacks: &str) -> Value {
    json!({ "unknown": {
        "action": "iam:GetAccountAuthorizationDetails",
        "reason": "malformed",
        "message": format!("the answer has no usable `{lacks}`"),
    } })
}

#[tokio::test]
async fn a_document_may_be_encoded_or_plain() {
    assert_eq!(trust("%7B%22a%22%3A%22%25%2B%22%7D").await, json!({ "set": "{\"a\":\"%+\"}" }));
    assert_eq!(trust("%0A%7B%20%7D%0A").await, json!({ "set": "\n{ }\n" }));
    assert_eq!(trust("{\"a\":\"%7B+\"}").await, json!({ "set": "{\"a\":\"%7B+\"}" }));
    assert_eq!(trust("{&quot;a&quot;:1}").await, json!({ "set": "{\"a\":1}" }));
}

#[tokio::test]
async fn a_document_that_is_none_is_unknown_and_costs_nothing_else() {
    assert_eq!(trust("").await, malformed("AssumeRolePolicyDocument"));
    assert_eq!(trust("%7B%FF%7D").await, malformed("AssumeRolePolicyDocument"));
    let inline = USER.replace("%7B%22Version%22%3A%222012-10-17%22%7D", "");
    let user = with_details("User", move || details("UserDetailList", &inline, None));
    let inline = at(&user, "/users/found/0/inline/0").await;
    assert_eq!(inline, json!({ "name": "inline", "document": malformed("PolicyDocument") }));
}

#[tokio::test]
async fn the_version_in_force_is_the_one_that_the_policy_names() {
    for (from, to, expected) in [
        ("<DefaultVersionId>v2<", "<DefaultVersionId>v1<", json!({ "set": "{\"Id\":\"old\"}" })),
        ("<DefaultVersionId>v2</DefaultVersionId>", "", json!({ "set": "{\"Id\":\"new\"}" })),
        ("<DefaultVersionId>v2<", "<DefaultVersionId>v9<", malformed("DefaultVersionId")),
        ("<Document>%7B%22Id%22%3A%22new%22%7D</Document>", "", malformed("Document")),
    ] {
        let policy = POLICY.replace(from, to);
        let stub = with_details("LocalManagedPolicy", move || details("Policies", &policy, None));
        assert_eq!(at(&stub, "/policies/found/0/document").await, expected, "{to}");
    }
}
