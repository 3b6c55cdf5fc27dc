//! Whom AWS writes to.

use awspect_tests::{http::Call, moto::Moto};
use serde_json::json;

use crate::{
    found::{finding, text},
    world::plain,
};

const ACCOUNT: &str = "210000000020";

fn register(kind: &str) {
    let contact = json!({
        "AccountId": ACCOUNT, "AlternateContactType": kind, "Name": "Shop", "Title": "Team",
        "EmailAddress": "shop@example.com", "PhoneNumber": "+1 555 0100",
    });
    let call = Call {
        service: "account",
        line: "POST /putAlternateContact",
        headers: &["Content-Type: application/json"],
        body: &contact.to_string(),
        ..Call::default()
    };
    let answer = call.send(Moto::shared().address());
    assert!(answer.status < 300, "{answer:?}");
}

#[test]
fn contacts_for_bills_and_operations_stand_in_for_no_security_contact() {
    let world = plain(ACCOUNT, |_| {});
    let status = || {
        let report = world.scan(&[]);
        text(finding(&report, "account/security-contact", ACCOUNT), "/status").to_owned()
    };
    assert_eq!(status(), "fail");
    register("BILLING");
    register("OPERATIONS");
    assert_eq!(status(), "fail");
    register("SECURITY");
    assert_eq!(status(), "pass");
}
