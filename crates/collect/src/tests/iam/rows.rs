//! Rows of the credential report.

use serde_json::{Value, json};

use super::{
    account::{BOB_ROW, COLUMNS, ROOT_ROW, report},
    iam, with,
};

/// What these lines say of bob and of the root user.
async fn read(lines: &[&str]) -> (Value, Value) {
    let answer = report(lines);
    let iam = iam(&with("iam:GetCredentialReport", move || answer.clone())).await;
    (iam["users"]["found"][0]["credentials"].clone(), iam["root"].clone())
}

async fn bob(row: &str) -> Value {
    read(&[COLUMNS, ROOT_ROW, row]).await.0
}

fn malformed(message: &str) -> Value {
    json!({ "unknown": {
        "action": "iam:GetCredentialReport",
        "reason": "malformed",
        "message": message,
    } })
}

#[tokio::test]
async fn a_row_is_written_down() {
    let (bob, root) = read(&[COLUMNS, ROOT_ROW, BOB_ROW]).await;
    let arn = "arn:aws:iam::111122223333:user/team/bob";
    assert_eq!(
        bob,
        json!({ "set": {
            "reported": "2026-03-01T12:00:00Z",
            "password": true,
            "password_last_used": null,
            "password_last_changed": "2025-01-02T03:04:05Z",
            "mfa": true,
            "access_keys": [
                {
                    "arn": arn,
                    "user": "bob",
                    "slot": "first",
                    "active": true,
                    "created": "2025-05-05T00:00:00Z",
                    "last_used": "2026-02-02T10:00:00Z",
                    "last_used_service": "s3",
                },
                // An inactive key is a key.
                {
                    "arn": arn,
                    "user": "bob",
                    "slot": "second",
                    "active": false,
                    "created": "2025-06-06T00:00:00Z",
                    "last_used": null,
                    "last_used_service": null,
                },
            ],
            "signing_certificates": 1,
        } })
    );
    assert_eq!(
        root,
        json!({ "set": {
            "reported": "2026-03-01T12:00:00Z",
            "password": null,
            "password_last_used": "2026-01-01T00:00:00Z",
            "password_last_changed": null,
            "mfa": true,
            "access_keys": [],
            "signing_certificates": 0,
        } })
    );
}

#[tokio::test]
async fn columns_are_found_by_their_names() {
    let lines = [
        "user,arn,cert_2_active,cert_1_active,mfa_active,access_key_2_last_used_service,\
         access_key_2_last_used_date,access_key_2_last_rotated,access_key_2_active,\
         access_key_1_last_used_service,access_key_1_last_used_date,access_key_1_last_rotated,\
         access_key_1_active,password_last_changed,password_last_used,password_enabled,brand_new",
        "bob,arn:aws:iam::111122223333:user/bob,true,TRUE,false,N/A,N/A,N/A,false,N/A,N/A,N/A,\
         true,N/A,N/A,FALSE,whatever",
    ];
    let (bob, root) = read(&lines).await;
    let bob = &bob["set"];
    assert_eq!((&bob["password"], &bob["mfa"]), (&json!(false), &json!(false)));
    assert_eq!(bob["signing_certificates"], 2);
    // An active key whose age nobody knows is a key.
    assert_eq!(bob["access_keys"].as_array().unwrap().len(), 1);
    assert_eq!(bob["access_keys"][0]["created"], Value::Null);
    assert_eq!(root, malformed("the report has no row of the root user"));
}

#[tokio::test]
async fn an_odd_row_is_unknown_for_its_user_alone() {
    for (from, to, lacks) in [
        (",true,no_information,", ",yes,no_information,", "password_enabled"),
        (",no_information,", ",yesterday,", "password_last_used"),
        (",2025-01-02T03:04:05Z,", ",2025-01-02,", "password_last_changed"),
        (",N/A,true,true,", ",N/A,N/A,true,", "mfa_active"),
        (",N/A,true,true,", ",N/A,true,,", "access_key_1_active"),
        (",2025-06-06T00:00:00+00:00,", ",?,", "access_key_2_last_rotated"),
        (",false,N/A", ",perhaps,N/A", "cert_2_active"),
        (",false,N/A", "", "cert_2_active"),
        ("arn:aws:iam::111122223333:user/team/bob", "bob", "arn"),
    ] {
        assert!(BOB_ROW.contains(from), "{from}");
        let (bob, root) = read(&[COLUMNS, &BOB_ROW.replace(from, to), ROOT_ROW]).await;
        assert_eq!(bob, malformed(&format!("the answer has no usable `{lacks}`")), "{to}");
        assert!(root["set"].is_object());
    }
}

#[tokio::test]
async fn a_user_that_the_report_does_not_have_yet_is_told_so() {
    let (bob, root) = read(&[COLUMNS, ROOT_ROW]).await;
    assert_eq!(
        bob,
        json!({ "unknown": {
            "action": "iam:GetCredentialReport",
            "reason": "not_collected",
            "message": "the report of 2026-03-01T12:00:00Z does not have the user yet; \
                AWS makes a new one every four hours",
        } })
    );
    assert!(root["set"].is_object());
}

#[tokio::test]
async fn a_row_of_an_earlier_user_of_the_same_name_says_nothing_of_this_one() {
    for (created, reason) in [
        ("2025-01-02T03:04:05+00:00", &Value::Null),
        ("2025-01-02T03:04:00+00:00", &Value::Null),
        ("2025-01-02T03:00:00+00:00", &json!("not_collected")),
        ("no_information", &Value::Null),
    ] {
        let row = BOB_ROW.replacen("2025-01-02T03:04:05+00:00", created, 1);
        assert_eq!(bob(&row).await["unknown"]["reason"], *reason, "{created}");
    }
}

#[tokio::test]
async fn a_report_without_the_root_user_says_so() {
    let (bob, root) = read(&[COLUMNS, BOB_ROW]).await;
    assert!(bob["set"].is_object());
    assert_eq!(root, malformed("the report has no row of the root user"));
}

#[tokio::test]
async fn what_is_no_report_says_nothing_of_anybody() {
    for lines in [&[""] as &[&str], &["<html>"], &["name,arn", "bob,x"]] {
        let expected = malformed("the answer has no usable `Content`");
        assert_eq!(read(lines).await, (expected.clone(), expected));
    }
    assert!(bob(BOB_ROW).await["set"].is_object());
}
