//! Every rule passes one thing and fails another.

use std::collections::BTreeSet;

use awspect_tests::run::findings;
use serde_json::Value;

use crate::{
    found::{is_about_identities, statuses, text},
    world::{MIXED, TIDY, report, tidy},
};

/// A rule, the resource that it passes and the one that it fails.
const CASES: &[(&str, &str, &str)] = &[
    ("account/security-contact", TIDY, MIXED),
    ("iam/access-analyzer-external", "eu-west-1", "us-east-1"),
    ("iam/access-analyzer-findings", "clean", "watched"),
    ("iam/admin-without-mfa", "person", "bare"),
    ("iam/federation", TIDY, MIXED),
    ("iam/group-empty", "readers", "nobody"),
    ("iam/inline-policies", "readers", "nobody"),
    ("iam/managed-policy-admin-attached", "readers", "admins"),
    ("iam/managed-policy-broad", "lambda-narrow", "lambda-broad"),
    ("iam/managed-policy-deprecated", "lambda-narrow", "instance"),
    (
        "iam/oidc-provider-thumbprint-client",
        "token.actions.githubusercontent.com",
        "login.example.com",
    ),
    ("iam/password-policy-complexity", TIDY, MIXED),
    ("iam/password-policy-exists", TIDY, MIXED),
    ("iam/password-policy-expiry", TIDY, MIXED),
    ("iam/password-policy-length", TIDY, MIXED),
    ("iam/password-policy-reuse", TIDY, MIXED),
    ("iam/policy-admin-customer", "narrow", "admin"),
    ("iam/policy-admin-inline", "inline-narrow", "inline-admin"),
    ("iam/policy-admin-unattached", "narrow", "loose-admin"),
    ("iam/policy-assumerole-wildcard", "narrow", "assumes-any-role"),
    ("iam/policy-marketplace-subscribe", "narrow", "buys"),
    ("iam/policy-notaction-allow", "narrow", "all-but-iam"),
    ("iam/policy-passrole-wildcard", "narrow", "passes-any-role"),
    ("iam/policy-service-wildcard", "narrow", "all-of-s3"),
    ("iam/policy-unattached", "narrow", "loose-admin"),
    ("iam/privilege-escalation", "person", "deployer"),
    ("iam/role-apigateway-wildcard", "api-one", "api-any"),
    ("iam/role-instance-admin", "instance", "instance-admin"),
    ("iam/role-lambda-admin", "lambda-narrow", "lambda-admin"),
    ("iam/role-lambda-shared", "lambda-narrow", "lambda-broad"),
    ("iam/role-permissive-no-boundary", "bound-creator", "creator"),
    ("iam/role-trust-anyone", "own", "anyone"),
    ("iam/role-trust-cognito-unauth", "cognito-one", "cognito-guest"),
    ("iam/role-trust-cognito-unscoped", "cognito-one", "cognito-any"),
    ("iam/role-trust-dead-principal", "own", "orphaned"),
    ("iam/role-trust-external-account", "own", "partner"),
    ("iam/role-trust-external-no-externalid", "partner-with-id", "partner"),
    ("iam/role-trust-oidc-no-aud", "github-one", "github-no-aud"),
    ("iam/role-trust-oidc-unscoped", "github-one", "github-any"),
    ("iam/role-trust-saml-unscoped", "saml-aws", "saml-any"),
    ("iam/role-trust-service-confused-deputy", "own-deputy", "deputy"),
    ("iam/role-unused", "own", "forgotten"),
    ("iam/root-access-key", TIDY, MIXED),
    ("iam/root-central-management", TIDY, MIXED),
    ("iam/root-hardware-mfa", TIDY, MIXED),
    ("iam/root-mfa", TIDY, MIXED),
    ("iam/root-recent-use", TIDY, MIXED),
    ("iam/root-signing-cert", TIDY, MIXED),
    ("iam/server-certificate-expired", "valid", "expired"),
    ("iam/support-role", TIDY, MIXED),
    ("iam/user-access-key-age", "program", "old-program"),
    ("iam/user-access-key-unused", "program", "old-program"),
    ("iam/user-console-unused", "person", "dormant"),
    ("iam/user-direct-policies", "person", "direct"),
    ("iam/user-hardware-mfa", "person", "virtual"),
    ("iam/user-long-lived-credentials", "program", "old-program"),
    ("iam/user-mfa-console", "virtual", "bare"),
    ("iam/user-password-and-key", "program", "both-kinds"),
    ("iam/user-setup-key", "program", "both-kinds"),
    ("iam/user-two-active-keys", "program", "two-keys"),
];

/// Rules that this account shows only the fault of, and why.
const CANNOT: &[(&str, &str)] = &[("iam/role-ec2-unused", "nothing runs in it")];

#[test]
fn every_rule_passes_one_and_fails_another() {
    let reports = [report().clone(), tidy().scan(&["--last-accessed"])];
    let given = |rule: &str, name: &str| -> BTreeSet<&str> {
        reports.iter().flat_map(|report: &Value| statuses(report, rule, name)).collect()
    };
    let mut faults = vec![];
    for (rule, passes, fails) in CASES {
        // A region is one of both accounts, and in one of them nobody watches.
        let (good, bad) = (given(rule, passes), given(rule, fails));
        if good != BTreeSet::from(["pass"]) {
            faults.push(format!("{rule} on {passes}: {good:?}"));
        }
        if !bad.contains("fail") || bad.contains("unknown") {
            faults.push(format!("{rule} on {fails}: {bad:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    for finding in reports.iter().flat_map(findings) {
        // Who is asked for everything and answers leaves nothing open.
        let (rule, is_unknown) = (text(finding, "/rule"), finding["status"] == "unknown");
        assert!(!is_about_identities(rule) || !is_unknown, "{finding:#}");
    }
    let cases = CASES.iter().map(|(rule, ..)| *rule);
    let covered: BTreeSet<&str> = cases.chain(CANNOT.iter().map(|(rule, _)| *rule)).collect();
    let all: BTreeSet<&str> =
        awspect_checks::all().map(|rule| rule.id).filter(|id| is_about_identities(id)).collect();
    assert_eq!(covered, all, "each rule has a case");
}
