//! Every rule passes one thing and fails another.

use std::collections::BTreeSet;

use awspect_tests::{
    report::{finding, text},
    rules,
    run::findings,
};

use crate::world::{FAR, HOME, report};

/// A rule, the resource that it passes and the one that it fails.
const CASES: &[rules::Case] = &[
    ("cognito/client-implicit-flow", "web", "old"),
    ("cognito/client-insecure-callback", "web", "old"),
    ("cognito/client-plain-password-flow", "web", "old"),
    ("cognito/client-token-lifetime", "web", "old"),
    ("cognito/client-token-revocation", "web", "old"),
    ("cognito/client-user-existence-errors", "web", "old"),
    ("cognito/client-writable-privileged-attribute", "web", "old"),
    ("cognito/identity-pool-auth-role-broad", "members", "open"),
    ("cognito/identity-pool-classic-flow", "members", "open"),
    ("cognito/identity-pool-guest", "members", "open"),
    ("cognito/identity-pool-guest-role-permissions", "maps", "open"),
    ("cognito/identity-pool-server-side-token-check", "members", "open"),
    ("cognito/sms-role", "tidy", "careless"),
    ("cognito/sms-sandbox", FAR, HOME),
    ("cognito/sms-spend-limit", "tidy", "careless"),
    ("cognito/user-pool-account-takeover", "tidy", "watched"),
    ("cognito/user-pool-compromised-credentials", "tidy", "watched"),
    ("cognito/user-pool-deletion-protection", "tidy", "careless"),
    ("cognito/user-pool-logging", "tidy", "careless"),
    ("cognito/user-pool-mfa", "tidy", "careless"),
    ("cognito/user-pool-mfa-sms-only", "tidy", "texting"),
    ("cognito/user-pool-password-complexity", "tidy", "careless"),
    ("cognito/user-pool-password-length", "tidy", "careless"),
    ("cognito/user-pool-recovery-sms", "tidy", "careless"),
    ("cognito/user-pool-self-registration", "tidy", "careless"),
    ("cognito/user-pool-temp-password", "tidy", "careless"),
    ("cognito/user-pool-threat-protection", "tidy", "careless"),
    ("cognito/user-pool-waf", "tidy", "careless"),
];

#[test]
fn every_rule_passes_one_and_fails_another() {
    rules::hold(report(), CASES);
    rules::cover(&["cognito"], CASES.iter().map(|(rule, ..)| *rule));
}

#[test]
fn machines_are_no_users() {
    let found = findings(report()).iter().filter(|it| text(it, "/resource/name") == "machine");
    let rules: BTreeSet<&str> = found.map(|it| text(it, "/rule")).collect();
    for rule in ["user-existence-errors", "writable-privileged-attribute"] {
        assert!(!rules.contains(&*format!("cognito/client-{rule}")), "{rules:?}");
    }
}

#[test]
fn a_guests_rights_are_told_with_a_request() {
    let found = finding(report(), "cognito/identity-pool-guest-role-permissions", "open");
    assert_eq!(text(found, "/severity"), "critical");
    let evidence = found["evidence"].to_string();
    for part in ["write", "RolePolicyList[files]", "s3:"] {
        assert!(evidence.contains(part), "{part} in {evidence}");
    }
}

#[test]
fn a_limit_that_was_never_raised_is_told_with_where_it_stands() {
    let found = finding(report(), "cognito/sms-spend-limit", "careless");
    assert_eq!(text(found, "/severity"), "high");
    let evidence = found["evidence"].as_array().unwrap();
    let actions: BTreeSet<&str> = evidence.iter().map(|it| text(it, "/action")).collect();
    for action in [
        "sms-voice:DescribeSpendLimits",
        "cloudwatch:GetMetricStatistics",
        "sns:GetSMSSandboxAccountStatus",
        "cognito-idp:DescribeUserPool",
    ] {
        assert!(actions.contains(action), "{action} in {actions:?}");
    }
}
