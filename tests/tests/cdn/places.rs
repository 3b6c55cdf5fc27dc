//! What belongs to CloudFront is asked where it lives, whatever regions are looked at.

use std::collections::BTreeMap;

use awspect_tests::{
    report::{finding, text},
    run::findings,
    wafv2::{rate, stand_in::log_for_cloudfront},
};

use crate::world::{HOME, World, world};

/// The web ACLs for CloudFront are more than a page holds.
const MANY: usize = 102;

#[test]
fn web_acls_for_cloudfront_are_whole_in_a_scan_of_another_region() {
    let world = World::empty("240000000050");
    let waf = world.waf();
    let arns: Vec<String> = (0..MANY)
        .map(|n| waf.acl("CLOUDFRONT", &format!("edge-{n:03}"), true, &[rate("floods", "Block")]))
        .collect();
    let arns: Vec<&str> = arns.iter().map(String::as_str).collect();
    log_for_cloudfront(&world.fake, world.seed.account(), &arns);
    waf.acl("REGIONAL", "here", true, &[]);
    let report = world.scan();
    for rule in ["wafv2/web-acl-empty", "wafv2/web-acl-logging"] {
        let of = |status: &str| {
            let all = findings(&report).iter();
            all.filter(|it| text(it, "/rule") == rule && text(it, "/status") == status).count()
        };
        assert_eq!((of("pass"), of("fail"), of("unknown")), (MANY, 1, 0), "{rule}");
    }
    let mut calls: BTreeMap<(String, String), usize> = BTreeMap::new();
    for call in world.fake.calls().into_iter().filter(|call| call.service == "wafv2") {
        *calls.entry((call.region, call.operation)).or_default() += 1;
    }
    let count = |region: &str, operation: &str| {
        calls.remove(&(region.to_owned(), operation.to_owned())).unwrap_or_default()
    };
    let asked = asked(count);
    assert_eq!(asked, [[2, MANY, 1, MANY], [1, 1, 3, 7]]);
}

/// Listings, web ACLs, listings of logs and of what is protected, by region.
fn asked(mut count: impl FnMut(&str, &str) -> usize) -> [[usize; 4]; 2] {
    ["us-east-1", HOME].map(|region| {
        ["ListWebACLs", "GetWebACL", "ListLoggingConfigurations", "ListResourcesForWebACL"]
            .map(|operation| count(region, operation))
    })
}

#[test]
fn what_is_elsewhere_refused_leaves_the_region_judged() {
    let world = world("240000000051");
    world.fake.on("wafv2", "*").in_region("us-east-1").refuse();
    let report = world.scan();
    let rule = "cloudfront/waf";
    let tidy = finding(&report, rule, &world.ids["tidy"]);
    assert_eq!(text(tidy, "/status"), "unknown");
    assert_eq!(text(tidy, "/reason/action"), "wafv2:ListWebACLs");
    assert_eq!(text(finding(&report, rule, &world.ids["careless"]), "/status"), "fail");
    assert_eq!(text(finding(&report, "wafv2/web-acl-empty", "tidy"), "/status"), "pass");
    assert_eq!(text(finding(&report, "wafv2/web-acl-empty", "empty"), "/status"), "fail");
}
