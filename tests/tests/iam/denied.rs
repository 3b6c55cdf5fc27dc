//! Each read denied in turn: what depends on it becomes unknown, and nothing that fails passes.

use std::collections::BTreeSet;

use awspect_fakeaws::{FakeAws, RuleId};
use awspect_tests::{rules, run::findings};
use serde_json::{Value, json};

use crate::{
    found::{is_about_identities, statuses, text, verdicts},
    world::{World, mixed, report, tidy},
};

/// The IAM actions behind the reads, and the operation that each refuses.
const READS: &[(&str, &str, &str)] = &[
    ("access-analyzer:ListAnalyzers", "accessanalyzer", "ListAnalyzers"),
    ("access-analyzer:ListFindings", "accessanalyzer", "ListFindingsV2"),
    ("account:GetAlternateContact", "account", "GetAlternateContact"),
    ("iam:GenerateServiceLastAccessedDetails", "iam", "GenerateServiceLastAccessedDetails"),
    ("iam:GetAccountAuthorizationDetails", "iam", "GetAccountAuthorizationDetails"),
    ("iam:GetAccountPasswordPolicy", "iam", "GetAccountPasswordPolicy"),
    ("iam:GetAccountSummary", "iam", "GetAccountSummary"),
    ("iam:GetCredentialReport", "iam", "GetCredentialReport"),
    ("iam:GetOpenIDConnectProvider", "iam", "GetOpenIDConnectProvider"),
    ("iam:GetServiceLastAccessedDetails", "iam", "GetServiceLastAccessedDetails"),
    ("iam:ListOpenIDConnectProviders", "iam", "ListOpenIDConnectProviders"),
    ("iam:ListOrganizationsFeatures", "iam", "ListOrganizationsFeatures"),
    ("iam:ListSAMLProviders", "iam", "ListSAMLProviders"),
    ("iam:ListServerCertificates", "iam", "ListServerCertificates"),
    ("lambda:ListFunctions", "lambda", "ListFunctions"),
    ("organizations:DescribeOrganization", "organizations", "DescribeOrganization"),
];

/// What of identities is unknown, which names the one action that was denied; the rules that cannot tell.
fn unknown<'a>(report: &'a Value, action: &str) -> BTreeSet<&'a str> {
    let unknown = findings(report)
        .iter()
        .filter(|it| text(it, "/status") == "unknown" && is_about_identities(text(it, "/rule")));
    // What this version never asks for is no news.
    let unknown = unknown.filter(|it| text(it, "/reason/cause") != "not_collected");
    unknown
        .map(|finding| {
            // A doubt that follows from what was denied says what it follows from.
            if text(finding, "/reason/cause") != "undecided" {
                assert_eq!(text(finding, "/reason/action"), action, "{finding:#}");
                assert_eq!(text(finding, "/reason/cause"), "access_denied", "{finding:#}");
                assert!(text(finding, "/reason/code").starts_with("AccessDenied"), "{finding:#}");
            }
            text(finding, "/rule")
        })
        .collect()
}

/// The rules that cannot tell where an action is denied; none passes what failed before.
fn denied(world: &World, action: &str, rule: RuleId) -> (Value, BTreeSet<String>) {
    let report = world.scan(&["--last-accessed"]);
    world.fake.clear(rule);
    let before = verdicts(self::report());
    for (key, status) in verdicts(&report) {
        let was = before.get(&key).copied();
        assert!(
            !(was == Some("fail") && status == "pass"),
            "without {action} {key:?} turns from fail to pass"
        );
    }
    let missing = report.pointer("/coverage/missing_permissions");
    assert_eq!(missing, Some(&json!([action])));
    let unknown = unknown(&report, action).into_iter().map(str::to_owned).collect();
    (report, unknown)
}

#[test]
fn each_read_denied_in_turn_makes_what_needs_it_unknown_and_no_failure_a_pass() {
    let world = mixed();
    for (action, service, operation) in READS {
        let rule = world.fake.refuse(service, operation);
        let (_, unknown) = denied(&world, action, rule);
        assert!(!unknown.is_empty(), "nothing needs {action}");
        let silent: Vec<_> = unknown.difference(&rules::naming(action)).cloned().collect();
        assert!(silent.is_empty(), "without {action} unknown, and no document says so: {silent:?}");
    }
}

fn refuse_kind(fake: &FakeAws, kind: &'static str) -> RuleId {
    fake.on("iam", "GetAccountAuthorizationDetails")
        .when(move |request| request.field("Filter.member.1").as_deref() == Some(kind))
        .refuse()
}

#[test]
fn a_kind_of_identity_that_is_not_listed_is_unknown_by_itself() {
    let world = mixed();
    let kinds = [
        ("User", "user/*", "iam/user-mfa-console"),
        ("Group", "group/*", "iam/group-empty"),
        ("Role", "role/*", "iam/role-trust-anyone"),
        ("LocalManagedPolicy", "policy/*", "iam/policy-admin-customer"),
        ("AWSManagedPolicy", "*", "iam/managed-policy-broad"),
    ];
    let action = "iam:GetAccountAuthorizationDetails";
    for (kind, gap, rule) in kinds {
        let (report, unknown) = denied(&world, action, refuse_kind(&world.fake, kind));
        assert!(unknown.contains(rule), "{kind}");
        let given = verdicts(&report);
        let unlisted = given.iter().find(|([of, arn, _], _)| *of == rule && arn.ends_with(gap));
        assert_eq!(
            unlisted.map(|(_, status)| *status),
            (gap != "*").then_some("unknown"),
            "{kind}"
        );
    }
}

#[test]
fn a_boundary_or_policy_that_nobody_can_read_makes_no_administrator_harmless() {
    let world = mixed();
    refuse_kind(&world.fake, "AWSManagedPolicy");
    let report = world.scan(&[]);
    // Its rights hang on AWS's policy; the other's stand in the user itself.
    assert_eq!(statuses(&report, "iam/admin-without-mfa", "admin-attached"), ["unknown"].into());
    assert_eq!(statuses(&report, "iam/admin-without-mfa", "admin-inline"), ["fail"].into());
    // Whatever the policies say, the boundary allows nothing of IAM.
    assert_eq!(statuses(&report, "iam/admin-without-mfa", "admin-bound"), ["pass"].into());
}

#[test]
fn the_kind_of_mfa_is_asked_of_each_user_where_the_list_of_devices_is_refused() {
    let world = mixed();
    world.fake.refuse("iam", "ListVirtualMFADevices");
    let report = world.scan(&[]);
    // Who has a password and a device.
    assert_eq!(world.fake.count("iam", "ListMFADevices"), 5);
    assert_eq!(statuses(&report, "iam/user-hardware-mfa", "person"), ["pass"].into());
    assert_eq!(statuses(&report, "iam/user-hardware-mfa", "virtual"), ["fail"].into());
    world.fake.refuse("iam", "ListMFADevices");
    let report = world.scan(&[]);
    for user in ["person", "virtual"] {
        let expected = ["unknown"].into();
        assert_eq!(statuses(&report, "iam/user-hardware-mfa", user), expected, "{user}");
        // Whether there is a device at all stands in the credential report.
        assert_eq!(statuses(&report, "iam/user-mfa-console", user), ["pass"].into());
    }
    let before = verdicts(self::report());
    for (key, status) in verdicts(&report) {
        assert!(!(before.get(&key) == Some(&"fail") && status == "pass"), "{key:?}");
    }
}

#[test]
fn who_may_not_have_a_report_made_reads_the_one_that_there_is() {
    let world = tidy();
    world.scan(&[]);
    world.fake.refuse("iam", "GenerateCredentialReport");
    let report = world.scan(&[]);
    assert_eq!(statuses(&report, "iam/user-mfa-console", "person"), ["pass"].into());
    let open = unknown(&report, "iam:GenerateCredentialReport");
    assert!(open.is_empty(), "{open:?}");

    world.fake.on("iam", "GetCredentialReport").error(410, "ReportNotPresent", "none");
    let report = world.scan(&[]);
    let unknown = unknown(&report, "iam:GenerateCredentialReport");
    assert!(unknown.contains("iam/user-mfa-console"), "{unknown:?}");
    assert!(unknown.contains("iam/root-recent-use"), "{unknown:?}");
}
