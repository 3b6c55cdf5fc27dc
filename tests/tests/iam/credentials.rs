//! Passwords, keys and MFA, of users and of the root user.

use awspect_fakeaws::iam::{CredentialReport, result, summary};
use awspect_tests::{iam::days_ago, run::findings};
use serde_json::{Value, json};

use crate::{
    found::{finding, statuses, text, verdicts},
    world::{OLD, ROOT, TIDY, mixed, plain, report, tidy},
};

#[test]
fn what_was_never_used_counts_from_its_making() {
    let report = report();
    for (rule, count) in [
        ("iam/user-access-key-age", 2),
        ("iam/user-access-key-unused", 2),
        ("iam/user-console-unused", 1),
    ] {
        let found = findings(report)
            .iter()
            .filter(|it| text(it, "/rule") == rule && text(it, "/resource/name") == "never");
        let statuses: Vec<&str> = found.map(|it| text(it, "/status")).collect();
        assert_eq!(statuses, vec!["fail"; count], "{rule}");
    }
}

/// Root rows, and whether the root user was in use.
#[test]
fn the_root_user_was_used_if_its_password_or_any_of_its_keys_was() {
    let world = tidy();
    let today = days_ago(0);
    let report = |change: fn(CredentialReport, &str) -> CredentialReport| -> Value {
        let today = today.clone();
        let rule = world.fake.on("iam", "GetCredentialReport").rewrite(move |_, answer| {
            CredentialReport::edited(answer, &today, |report| change(report, &today))
        });
        let report = world.scan(&[]);
        world.fake.clear(rule);
        report
    };
    let used = |report: &Value| {
        let found = finding(report, "iam/root-recent-use", TIDY);
        let field = text(found, "/evidence/0/field").to_owned();
        (text(found, "/status").to_owned(), field)
    };
    let said = |status: &str, field: &str| (status.to_owned(), field.to_owned());

    let key_today = |report: CredentialReport, today: &str| {
        report.set(ROOT, "password_last_used", "2019-01-02T03:04:05+00:00").key(
            ROOT,
            2,
            OLD,
            Some((today, "s3")),
        )
    };
    assert_eq!(used(&report(key_today)), said("fail", "access_key_2_last_used_date"));
    let password_today = |report: CredentialReport, today: &str| {
        report.set(ROOT, "password_last_used", today).key(ROOT, 1, OLD, Some((OLD, "s3")))
    };
    assert_eq!(used(&report(password_today)), said("fail", "password_last_used"));
    let long_ago = |report: CredentialReport, _: &str| report.set(ROOT, "password_last_used", OLD);
    assert_eq!(used(&report(long_ago)), said("pass", "password_last_used"));
    assert_eq!(used(&report(|report, _| report)).0, "pass", "N/A is never");
}

#[test]
fn the_root_user_is_judged_by_the_summary_whatever_the_report_says_of_its_password() {
    let world = tidy();
    let root = |report: &Value| {
        ["iam/root-access-key", "iam/root-mfa", "iam/root-hardware-mfa", "iam/root-signing-cert"]
            .map(|rule| text(finding(report, rule, TIDY), "/status").to_owned())
    };
    for password in ["not_supported", "false", "true"] {
        let rule = world.fake.on("iam", "GetCredentialReport").rewrite(move |_, answer| {
            let set = |report: CredentialReport| report.set(ROOT, "password_enabled", password);
            CredentialReport::edited(answer, &days_ago(0), set)
        });
        let figures = [
            ("AccountMFAEnabled", 0),
            ("AccountAccessKeysPresent", 1),
            ("AccountSigningCertificatesPresent", 1),
        ];
        let bad = world.fake.on("iam", "GetAccountSummary").respond(summary(&figures));
        assert_eq!(root(&world.scan(&[])), ["fail"; 4], "{password}");
        world.fake.clear(bad);
        assert_eq!(root(&world.scan(&[])), ["pass"; 4], "{password}");
        world.fake.clear(rule);
    }
    // A member account whose root user has nothing to sign in with needs no MFA.
    world.fake.on("iam", "GetAccountSummary").respond(summary(&[
        ("AccountMFAEnabled", 0),
        ("AccountAccessKeysPresent", 0),
        ("AccountSigningCertificatesPresent", 0),
        ("AccountPasswordPresent", 0),
    ]));
    assert_eq!(root(&world.scan(&[])), ["pass"; 4]);
}

#[test]
fn a_report_that_is_throttled_is_asked_for_again() {
    let world = mixed();
    let message = "Limit exceeded";
    world.fake.on("iam", "GenerateCredentialReport").times(1).error(409, "LimitExceeded", message);
    world.fake.on("iam", "GetCredentialReport").times(2).error(400, "Throttling", "Rate exceeded");
    let report = world.scan(&["--last-accessed"]);
    assert_eq!(verdicts(&report), verdicts(self::report()));
    assert_eq!(report["run"]["api_calls"]["iam:GetCredentialReport"], 3);
}

#[test]
fn without_the_report_nobody_is_said_to_have_mfa_or_to_lack_it() {
    let world = mixed();
    world.fake.refuse("iam", "GetCredentialReport");
    let report = world.scan(&[]);
    for user in ["bare", "person", "program"] {
        for rule in ["iam/user-mfa-console", "iam/user-hardware-mfa", "iam/user-console-unused"] {
            assert_eq!(statuses(&report, rule, user), ["unknown"].into(), "{rule} on {user}");
        }
    }
}

#[test]
fn a_password_policy_is_judged_part_by_part() {
    let world = plain("210000000003", |iam| {
        iam.user("person").password();
        iam.password_policy(8, 365, 3, false);
    });
    let report = world.scan(&[]);
    let found = |part: &str| {
        let found = finding(&report, &format!("iam/password-policy-{part}"), "210000000003");
        (text(found, "/status").to_owned(), found["evidence"][0]["observed"].clone())
    };
    assert_eq!(found("exists").0, "pass");
    assert_eq!(found("length"), ("fail".to_owned(), json!(8)));
    assert_eq!(found("expiry"), ("fail".to_owned(), json!(365)));
    assert_eq!(found("reuse"), ("fail".to_owned(), json!(3)));
    assert_eq!(found("complexity").0, "fail");
}

#[test]
fn where_nobody_has_a_password_it_does_not_matter_what_passwords_must_be_like() {
    let world = plain("210000000004", |iam| {
        iam.user("program").key();
    });
    let report = world.scan(&[]);
    for part in ["exists", "length", "expiry", "reuse", "complexity"] {
        let rule = format!("iam/password-policy-{part}");
        assert_eq!(statuses(&report, &rule, "210000000004"), ["pass"].into(), "{part}");
    }
}

#[test]
fn a_virtual_device_of_the_root_user_is_no_hardware() {
    let world = tidy();
    let device = format!(
        "<VirtualMFADevices><member><SerialNumber>arn:aws:iam::{TIDY}:mfa/root-account-mfa-device</SerialNumber>\
         <User><Path>/</Path><UserName>root</UserName><UserId>{TIDY}</UserId><Arn>arn:aws:iam::{TIDY}:root</Arn>\
         <CreateDate>2020-01-02T03:04:05Z</CreateDate></User></member></VirtualMFADevices>\
         <IsTruncated>false</IsTruncated>"
    );
    world.fake.on("iam", "ListVirtualMFADevices").respond(result("ListVirtualMFADevices", &device));
    let report = world.scan(&[]);
    assert_eq!(statuses(&report, "iam/root-mfa", TIDY), ["pass"].into());
    assert_eq!(statuses(&report, "iam/root-hardware-mfa", TIDY), ["fail"].into());
}
