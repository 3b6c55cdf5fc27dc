//! Who may take a role.

use std::collections::BTreeMap;

use awspect_tests::run::findings;

use crate::{
    found::{statuses, text},
    world::report,
};

#[test]
fn every_kind_of_stranger_in_a_trust_policy_is_told() {
    let report = report();
    let expected = [
        ("iam/role-trust-anyone", "anyone", "fail"),
        ("iam/role-trust-anyone", "anyone-in-a-list", "fail"),
        ("iam/role-trust-anyone", "colleagues", "pass"),
        ("iam/role-trust-anyone", "partner", "pass"),
        ("iam/role-trust-external-account", "partner", "fail"),
        ("iam/role-trust-external-account", "partner-with-id", "fail"),
        ("iam/role-trust-external-account", "colleagues", "pass"),
        ("iam/role-trust-external-no-externalid", "partner", "fail"),
        ("iam/role-trust-external-no-externalid", "partner-with-id", "pass"),
        ("iam/role-trust-oidc-unscoped", "github-any", "fail"),
        ("iam/role-trust-oidc-unscoped", "github-owner", "fail"),
        ("iam/role-trust-oidc-unscoped", "github-one", "pass"),
        ("iam/role-trust-cognito-unscoped", "cognito-any", "fail"),
    ];
    for (rule, role, status) in expected {
        assert_eq!(statuses(report, rule, role), [status].into(), "{rule} on {role}");
    }
}

#[test]
fn a_stranger_is_worse_than_a_careless_colleague() {
    let report = report();
    let rule = "iam/role-trust-oidc-unscoped";
    let severities: BTreeMap<&str, &str> = findings(report)
        .iter()
        .filter(|it| text(it, "/rule") == rule && text(it, "/status") == "fail")
        .map(|it| (text(it, "/resource/name"), text(it, "/severity")))
        .collect();
    assert_eq!(severities["github-owner"], "medium");
    assert_ne!(severities["github-any"], "medium");
}

/// EC2 and Lambda take a role from callers of its own account alone, and send no source to check.
#[test]
fn only_services_that_act_for_others_can_be_confused() {
    let report = report();
    let rule = "iam/role-trust-service-confused-deputy";
    for (role, status) in [("deputy", "fail"), ("anybodys-deputy", "fail"), ("own-deputy", "pass")]
    {
        assert_eq!(statuses(report, rule, role), [status].into(), "{role}");
    }
    for role in ["instance", "instance-admin", "lambda-admin", "lambda-narrow"] {
        assert_eq!(statuses(report, rule, role), [].into(), "{role}");
    }
}
