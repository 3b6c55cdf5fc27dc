//! Who is an administrator, by whichever way, and who can become one.

use awspect_tests::run::findings;
use serde_json::json;

use crate::{
    found::{finding, statuses, text},
    world::{MIXED, report},
};

#[test]
fn an_administrator_is_found_by_group_by_policy_and_by_attachment_but_not_behind_a_boundary() {
    let report = report();
    let given = |user| statuses(report, "iam/admin-without-mfa", user);
    for user in ["bare", "admin-inline", "admin-attached"] {
        assert_eq!(given(user), ["fail"].into(), "{user}");
    }
    for user in ["admin-bound", "direct", "person"] {
        assert_eq!(given(user), ["pass"].into(), "{user}");
    }
    let attached = |user| statuses(report, "iam/managed-policy-admin-attached", user);
    assert_eq!(attached("admin-attached"), ["fail"].into());
    assert_eq!(attached("admin-bound"), ["pass"].into());
}

/// Roles that only a service takes are the worst to have too much, and nobody but AWS has those that are AWS's own.
#[test]
fn a_role_of_a_service_is_judged_like_any_other_but_for_those_that_aws_keeps() {
    let report = report();
    for (rule, role) in [
        ("iam/managed-policy-admin-attached", "lambda-admin"),
        ("iam/role-lambda-admin", "lambda-admin"),
        ("iam/role-instance-admin", "instance-admin"),
    ] {
        assert_eq!(statuses(report, rule, role), ["fail"].into(), "{rule}");
    }
    let own = findings(report)
        .iter()
        .filter(|finding| text(finding, "/resource/name") == "AWSServiceRoleForShop");
    assert_eq!(own.count(), 0);
}

/// A service that nobody knows any more stands in the same policy.
#[test]
fn the_way_from_passing_a_role_to_an_administrator_is_shown() {
    let report = report();
    let arn = |role: &str| format!("arn:aws:iam::{MIXED}:role/{role}");
    let found = finding(report, "iam/privilege-escalation", "deployer");
    assert_eq!((text(found, "/status"), text(found, "/severity")), ("fail", "high"), "{found:#}");
    let (deployer, admin) = (arn("deployer"), arn("lambda-admin"));
    let step = json!({
        "from": deployer, "takes": admin, "way": "lambda-invoke",
        "with": [
            format!("iam:PassRole on {admin}"),
            "lambda:CreateFunction on *",
            "lambda:InvokeFunction on *",
        ],
    });
    assert_eq!(found["evidence"][0]["observed"], step);

    let admin = finding(report, "iam/privilege-escalation", "inline-admin");
    assert_eq!(text(admin, "/status"), "fail", "{admin:#}");
}
