//! Each read denied in turn: what depends on it becomes unknown and says so, and nothing that fails passes.

use std::collections::BTreeSet;

use awspect_tests::{
    denied,
    report::{statuses, text, verdicts},
    rules,
    run::findings,
};

use crate::world::{shared, world};

/// The IAM actions behind the reads, and the operation that each refuses.
const READS: &[(&str, &str, &str)] = &[
    ("apigateway:GET", "apigateway*", "*"),
    ("cloudfront:GetDistributionConfig", "cloudfront", "GetDistributionConfig"),
    (
        "cloudfront:ListCloudFrontOriginAccessIdentities",
        "cloudfront",
        "ListCloudFrontOriginAccessIdentities",
    ),
    ("cloudfront:ListDistributions", "cloudfront", "ListDistributions"),
    ("cloudfront:ListOriginAccessControls", "cloudfront", "ListOriginAccessControls"),
    ("cloudfront:ListResponseHeadersPolicies", "cloudfront", "ListResponseHeadersPolicies"),
    ("lambda:ListFunctionUrlConfigs", "lambda", "ListFunctionUrlConfigs"),
    ("lambda:ListFunctions", "lambda", "ListFunctions"),
    ("logs:DescribeDeliveries", "logs", "DescribeDeliveries"),
    ("logs:DescribeDeliverySources", "logs", "DescribeDeliverySources"),
    ("s3:GetBucketPolicy", "s3", "GetBucketPolicy"),
    ("s3:ListBucket", "s3", "HeadBucket"),
    ("waf-regional:ListWebACLs", "waf-regional", "ListWebACLs"),
    ("wafv2:DescribeManagedRuleGroup", "wafv2", "DescribeManagedRuleGroup"),
    ("wafv2:GetRuleGroup", "wafv2", "GetRuleGroup"),
    ("wafv2:GetWebACL", "wafv2", "GetWebACL"),
    ("wafv2:ListLoggingConfigurations", "wafv2", "ListLoggingConfigurations"),
    ("wafv2:ListResourcesForWebACL", "wafv2", "ListResourcesForWebACL"),
    ("wafv2:ListRuleGroups", "wafv2", "ListRuleGroups"),
    ("wafv2:ListWebACLs", "wafv2", "ListWebACLs"),
];

/// Reads without which everything is decided in this account, whatever they say.
const WITHOUT: &[(&str, &str, &str)] = &[
    ("cloudfront:ListTagsForResource", "cloudfront", "ListTagsForResource"),
    ("s3:GetAccountPublicAccessBlock", "s3control", "GetPublicAccessBlock"),
    ("s3:GetBucketAcl", "s3", "GetBucketAcl"),
    ("s3:GetBucketOwnershipControls", "s3", "GetBucketOwnershipControls"),
    ("s3:GetBucketPolicyStatus", "s3", "GetBucketPolicyStatus"),
    ("s3:GetBucketPublicAccessBlock", "s3", "GetPublicAccessBlock"),
    ("s3:GetBucketWebsite", "s3", "GetBucketWebsite"),
    ("waf:ListWebACLs", "waf", "ListWebACLs"),
];

fn deny(account: &str, reads: &[(&str, &str, &str)], needed: bool) {
    let world = world(account);
    for (action, unknown) in denied::each(&world.fake, reads, || world.scan()) {
        assert!(!needed || !unknown.is_empty(), "nothing needs {action}");
        let silent: Vec<_> = unknown.difference(&rules::naming(action)).cloned().collect();
        assert!(silent.is_empty(), "without {action} unknown, and no document says so: {silent:?}");
    }
}

#[test]
fn each_read_denied_in_turn_makes_what_needs_it_unknown_and_no_failure_a_pass() {
    deny("240000000010", READS, true);
}

#[test]
fn what_decides_nothing_here_makes_no_failure_a_pass_either() {
    deny("240000000011", WITHOUT, false);
}

/// To IAM all of API Gateway is one action; what each operation says is another thing.
#[test]
fn whatever_of_an_api_is_denied_leaves_a_way_around_a_distribution_open_or_unknown() {
    let world = world("240000000015");
    let operations = [
        ("apigateway", "GetRestApis"),
        ("apigateway", "GetStages"),
        ("apigateway", "GetResources"),
        ("apigateway", "GetAuthorizers"),
        ("apigatewayv2", "GetApis"),
        ("apigateway*", "GetDomainNames"),
    ];
    let reads = operations.map(|(service, operation)| ("apigateway:GET", service, operation));
    for (unknown, read) in denied::in_turn(&world.fake, &reads, || world.scan()).iter().zip(reads) {
        assert!(
            unknown.iter().all(|rule| rule == "cloudfront/origin-bypass"),
            "{read:?}: {unknown:?}"
        );
    }
}

#[test]
fn every_action_of_the_documents_is_denied_once() {
    let ours = |id: &str| id.starts_with("cloudfront/") || id.starts_with("wafv2/");
    let rules = awspect_checks::all().filter(|rule| ours(rule.id));
    let named = rules.flat_map(|rule| rule.document().facts.actions.clone());
    let denied = READS.iter().chain(WITHOUT).map(|(action, ..)| *action);
    let denied: BTreeSet<&str> = denied.chain(["s3:ListAllMyBuckets"]).collect();
    let left: BTreeSet<String> = named.filter(|action| !denied.contains(action.as_str())).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Without the account's own list, whose a bucket is that exists takes a look into it as well.
#[test]
fn without_the_list_of_buckets_a_bucket_that_nobody_may_look_into_may_be_the_accounts() {
    let world = world("240000000012");
    let before = world.scan();
    let before = verdicts(&before);
    world.fake.refuse("s3", "ListBuckets");
    let report = world.scan();
    for (key, status) in verdicts(&report) {
        assert!(before.get(&key) != Some(&"fail") || status != "pass", "{key:?}");
    }
    for finding in findings(&report).iter().filter(|it| text(it, "/status") == "unknown") {
        let action = text(finding, "/reason/action");
        assert!(["s3:ListAllMyBuckets", "s3:ListBucket"].contains(&action), "{finding:#}");
    }
    // S3 says without any list that there is none.
    let careless = &*world.ids["careless"];
    let missing = "cloudfront/s3-origin-missing-bucket";
    assert_eq!(statuses(&report, missing, careless), ["fail"].into());
    let foreign = "cloudfront/s3-origin-foreign-bucket";
    assert_eq!(statuses(&report, foreign, careless), ["unknown"].into());
}

#[test]
fn one_distribution_whose_settings_cannot_be_read_leaves_the_others_judged() {
    let (_, whole) = shared();
    let world = world("240000000013");
    let unread = &*world.ids["careless"];
    world.fake.on("cloudfront", "GetDistributionConfig").only(unread).refuse();
    let report = world.scan();
    let logging = "cloudfront/logging";
    assert_eq!(statuses(&report, logging, unread), ["unknown"].into());
    for (name, id) in &world.ids {
        for rule in [logging, "cloudfront/waf", "cloudfront/viewer-tls-policy"] {
            let before = statuses(whole, rule, &shared().0.ids[name]);
            let is_open = rule == logging && *name == "careless";
            assert_eq!(statuses(&report, rule, id) == before, !is_open, "{rule} on {name}");
        }
    }
}

#[test]
fn one_web_acl_that_cannot_be_read_leaves_the_others_judged() {
    let world = world("240000000014");
    world.fake.on("wafv2", "GetWebACL").only("counting").refuse();
    let report = world.scan();
    let rule = "wafv2/web-acl-empty";
    for (name, expected) in [("counting", "unknown"), ("tidy", "pass"), ("empty", "fail")] {
        assert_eq!(statuses(&report, rule, name), [expected].into(), "{name}");
    }
}
