//! Each read denied in turn: what depends on it becomes unknown and says so, and nothing that fails passes.

use awspect_tests::{denied, report::statuses, rules};

use crate::world::{report, world};

/// The IAM actions behind the reads, and the operation that each refuses.
const READS: &[(&str, &str, &str)] = &[
    ("cloudwatch:GetMetricStatistics", "cloudwatch", "GetMetricStatistics"),
    ("cognito-identity:DescribeIdentityPool", "cognito-identity", "DescribeIdentityPool"),
    ("cognito-identity:GetIdentityPoolRoles", "cognito-identity", "GetIdentityPoolRoles"),
    ("cognito-identity:ListIdentityPools", "cognito-identity", "ListIdentityPools"),
    ("cognito-idp:DescribeRiskConfiguration", "cognito-idp", "DescribeRiskConfiguration"),
    ("cognito-idp:DescribeUserPool", "cognito-idp", "DescribeUserPool"),
    ("cognito-idp:DescribeUserPoolClient", "cognito-idp", "DescribeUserPoolClient"),
    ("cognito-idp:GetLogDeliveryConfiguration", "cognito-idp", "GetLogDeliveryConfiguration"),
    ("cognito-idp:GetUserPoolMfaConfig", "cognito-idp", "GetUserPoolMfaConfig"),
    ("cognito-idp:ListUserPoolClients", "cognito-idp", "ListUserPoolClients"),
    ("cognito-idp:ListUserPools", "cognito-idp", "ListUserPools"),
    ("iam:GetAccountAuthorizationDetails", "iam", "GetAccountAuthorizationDetails"),
    ("sms-voice:DescribeSpendLimits", "sms-voice", "DescribeSpendLimits"),
    ("sns:GetSMSAttributes", "sns", "GetSMSAttributes"),
    ("sns:GetSMSSandboxAccountStatus", "sns", "GetSMSSandboxAccountStatus"),
    ("wafv2:GetWebACLForResource", "wafv2", "GetWebACLForResource"),
];

#[test]
fn each_read_denied_in_turn_makes_what_needs_it_unknown_and_no_failure_a_pass() {
    let world = world("220000000030");
    for (action, unknown) in denied::each(&world.fake, READS, || world.scan()) {
        assert!(!unknown.is_empty(), "nothing needs {action}");
        let silent: Vec<_> = unknown.difference(&rules::naming(action)).cloned().collect();
        assert!(silent.is_empty(), "without {action} unknown, and no document says so: {silent:?}");
    }
}

#[test]
fn one_pool_that_cannot_be_read_leaves_the_others_judged() {
    let world = world("220000000031");
    world.fake.on("cognito-idp", "*").only(&world.ids.tidy).refuse();
    let report = world.scan();
    for rule in ["cognito/user-pool-mfa", "cognito/user-pool-password-length"] {
        assert_eq!(statuses(&report, rule, "tidy"), ["unknown"].into(), "{rule}");
        for other in ["careless", "watched", "texting"] {
            let whole = statuses(self::report(), rule, other);
            assert_eq!(statuses(&report, rule, other), whole, "{rule}");
        }
    }
}
