//! Of which kind a user's MFA is.

use serde_json::{Value, json};

use super::{
    account::{BOB_ROW, COLUMNS, ROOT_ROW, query, report},
    at,
};
use crate::tests::{
    account::usual,
    stub::{Answer, Stub, error, in_turn},
};

const DEVICES: &str = "/users/found/0/mfa_devices";

/// An account that refuses the list of virtual devices, where the report says this of bob.
fn unlisted(row: &str, devices: impl Fn() -> Answer + Send + Sync + 'static) -> Stub {
    let row = row.to_owned();
    Stub::new(move |call| match call.name() {
        "ListVirtualMFADevices" => error(403, "AccessDenied"),
        "GetCredentialReport" => report(&[COLUMNS, ROOT_ROW, &row]),
        "ListMFADevices" => devices(),
        _ => usual(call),
    })
}

fn page(serial_number: &str, next: Option<&str>) -> Answer {
    let next = next.map_or_else(String::new, |next| {
        format!("<IsTruncated>true</IsTruncated><Marker>{next}</Marker>")
    });
    query(
        "ListMFADevices",
        &format!(
            "<MFADevices><member><SerialNumber>{serial_number}</SerialNumber></member>\
             </MFADevices>{next}"
        ),
    )
}

fn not_asked() -> Value {
    json!({ "unknown": { "action": "iam:ListMFADevices", "reason": "not_asked" } })
}

#[tokio::test]
async fn a_complete_list_of_virtual_devices_needs_no_question_for_each_user() {
    let stub = Stub::new(usual);
    assert_eq!(at(&stub, DEVICES).await, not_asked());
    assert!(stub.calls("iam:ListMFADevices").is_empty());
}

#[tokio::test]
async fn without_that_list_users_with_password_and_mfa_are_asked_for() {
    let stub = unlisted(BOB_ROW, in_turn([page("GAHT1", Some("more")), page("GAHT2", None)]));
    assert_eq!(at(&stub, DEVICES).await, json!({ "set": ["GAHT1", "GAHT2"] }));
    let calls = stub.calls("iam:ListMFADevices");
    let asked: Vec<_> =
        calls.iter().map(|call| (call.parameter("UserName"), call.parameter("Marker"))).collect();
    assert_eq!(asked, [("bob", ""), ("bob", "more")]);
}

#[tokio::test]
async fn users_without_password_or_mfa_are_not() {
    for (from, to) in
        [(",true,no_information,", ",false,N/A,"), (",N/A,true,true,", ",N/A,false,true,")]
    {
        let row = BOB_ROW.replace(from, to);
        assert_ne!(row, BOB_ROW);
        let stub = unlisted(&row, || page("GAHT1", None));
        assert_eq!(at(&stub, DEVICES).await, not_asked());
        assert!(stub.calls("iam:ListMFADevices").is_empty());
    }
}

#[tokio::test]
async fn a_list_of_devices_is_known_as_a_whole_or_not() {
    for (answer, unknown) in [
        (
            error(403, "AccessDenied"),
            json!({
                "action": "iam:ListMFADevices",
                "reason": "access_denied",
                "code": "AccessDenied",
                "message": "It says AccessDenied.",
            }),
        ),
        (
            error(404, "NoSuchEntity"),
            json!({
                "action": "iam:ListMFADevices",
                "reason": "gone",
                "code": "NoSuchEntity",
                "message": "It says NoSuchEntity.",
            }),
        ),
        (
            page("", None),
            json!({
                "action": "iam:ListMFADevices",
                "reason": "malformed",
                "message": "the answer has no usable `SerialNumber`",
            }),
        ),
    ] {
        let stub = unlisted(BOB_ROW, in_turn([page("GAHT1", Some("more")), answer]));
        assert_eq!(at(&stub, DEVICES).await, json!({ "unknown": unknown }));
    }
}
