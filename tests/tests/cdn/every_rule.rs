//! Every rule passes one thing and fails another.

use std::collections::BTreeSet;

use awspect_tests::{report::text, rules, run::findings};
use serde_json::Value;

use crate::world::{HOME, World, shared};

/// A rule, what it passes and what it fails: a resource, or a distribution by its name in these tests, and a part of it
/// where the finding is about one.
const CASES: &[(&str, [&str; 2], [&str; 2])] = &[
    ("cloudfront/custom-certificate", ["tidy", ""], ["careless", ""]),
    ("cloudfront/default-root-object", ["tidy", ""], ["careless", ""]),
    ("cloudfront/field-level-encryption", ["tidy", ""], ["careless", ""]),
    ("cloudfront/geo-restriction", ["tidy", ""], ["careless", ""]),
    ("cloudfront/lambda-url-oac", ["tidy", "function"], ["careless", "function"]),
    ("cloudfront/logging", ["tidy", ""], ["careless", ""]),
    ("cloudfront/logging", ["older", ""], ["dedicated", ""]),
    ("cloudfront/oac-not-signing", ["signs", ""], ["never", ""]),
    ("cloudfront/origin-bypass", ["tidy", ""], ["careless", ""]),
    ("cloudfront/origin-bypass", ["tidy", ""], ["older", ""]),
    ("cloudfront/origin-failover", ["tidy", ""], ["careless", ""]),
    ("cloudfront/origin-https", ["tidy", "server"], ["careless", "server"]),
    ("cloudfront/origin-https", ["careless", "function"], ["careless", "site"]),
    ("cloudfront/origin-tls", ["tidy", "server"], ["careless", "server"]),
    ("cloudfront/response-headers", ["tidy", "/login"], ["careless", "Default (*)"]),
    ("cloudfront/s3-origin-foreign-bucket", ["tidy", ""], ["careless", ""]),
    ("cloudfront/s3-origin-missing-bucket", ["tidy", ""], ["careless", ""]),
    ("cloudfront/s3-origin-oac", ["tidy", ""], ["careless", ""]),
    ("cloudfront/s3-origin-oac", ["tidy", ""], ["older", ""]),
    ("cloudfront/s3-website-origin", ["tidy", ""], ["careless", ""]),
    ("cloudfront/sni", ["tidy", ""], ["dedicated", ""]),
    ("cloudfront/viewer-https", ["tidy", "Default (*)"], ["careless", "/app/*"]),
    ("cloudfront/viewer-tls-policy", ["tidy", ""], ["dedicated", ""]),
    ("cloudfront/viewer-tls-policy", ["tidy", ""], ["careless", ""]),
    ("cloudfront/waf", ["tidy", ""], ["careless", ""]),
    ("wafv2/classic-in-use", [HOME, HOME], ["global", "global"]),
    ("wafv2/rule-group-empty", ["full", ""], ["hollow", ""]),
    ("wafv2/web-acl-count-only", ["overridden", ""], ["counting", ""]),
    ("wafv2/web-acl-empty", ["tidy", ""], ["empty", ""]),
    ("wafv2/web-acl-logging", ["tidy", ""], ["empty", ""]),
    ("wafv2/web-acl-logging", ["edge", ""], ["counting", ""]),
    ("wafv2/web-acl-managed-rules", ["tidy", ""], ["counting", ""]),
    ("wafv2/web-acl-metrics", ["tidy", ""], ["counting", ""]),
    ("wafv2/web-acl-rate-limit", ["tidy", ""], ["counting", ""]),
    ("wafv2/web-acl-unassociated", ["tidy", ""], ["empty", ""]),
    ("wafv2/web-acl-unassociated", ["edge", ""], ["overridden", ""]),
];

/// The statuses that a rule gave to a resource, or to a part of it.
fn given<'a>(
    world: &World,
    report: &'a Value,
    rule: &str,
    [name, part]: [&str; 2],
) -> BTreeSet<&'a str> {
    let id = world.ids.get(name).filter(|_| rule.starts_with("cloudfront/"));
    let name = id.map_or(name, String::as_str);
    let own = findings(report).iter().filter(|it| {
        let says = ["/rule", "/resource/name", "/resource/part"].map(|path| text(it, path));
        says == [rule, name, part]
    });
    own.map(|it| text(it, "/status")).collect()
}

#[test]
fn every_rule_passes_one_and_fails_another() {
    let (world, report) = shared();
    let mut faults = vec![];
    for (rule, passes, fails) in CASES {
        for (resource, expected) in [(passes, "pass"), (fails, "fail")] {
            let given = given(world, report, rule, *resource);
            if given != BTreeSet::from([expected]) {
                faults.push(format!("{rule} on {resource:?}: {given:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    rules::cover(&["cloudfront", "wafv2"], CASES.iter().map(|(rule, ..)| *rule));
}

#[test]
fn who_answers_everything_leaves_nothing_open() {
    let (world, report) = shared();
    let unknown: Vec<_> =
        findings(report).iter().filter(|it| text(it, "/status") == "unknown").collect();
    assert!(unknown.is_empty(), "{unknown:#?}\n{:?}", world.ids);
    assert_eq!(report["coverage"]["complete"], true, "{:#}", report["coverage"]["actions"]);
}
