//! AWS WAF Classic, which AWS takes away.

#![expect(clippy::unwrap_used, reason = "a scan that cannot be started should stop its test")]

use std::net::TcpListener;

use awspect_tests::{
    cloudfront::distribution::Distribution,
    report::{finding, status, text},
    run::{Outcome, command},
};
use serde_json::json;

use crate::world::{HOME, World};

const RULE: &str = "wafv2/classic-in-use";

/// A scan in which nobody answers for these services, by their names in the environment.
fn without(world: &World, services: &[&str]) -> Outcome {
    let gone = nowhere();
    let gone = services.iter().map(|name| (format!("AWS_ENDPOINT_URL_{name}"), &gone));
    let asked = ["--service", "cloudfront", "--service", "wafv2", "--region", HOME];
    let told = ["--format", "json", "--severity", "info", "--status", "all", "--fail-on", "info"];
    let output = command(crate::BINARY)
        .envs(world.keys().variables())
        .env("AWS_ENDPOINT_URL", world.fake.endpoint())
        .envs(gone)
        .arg("scan")
        .args(asked)
        .args(told)
        .output();
    output.unwrap().into()
}

/// Where nobody listens any more.
fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn an_endpoint_that_is_gone_leaves_nothing_open() {
    let world = World::empty("240000000060");
    let outcome = without(&world, &["WAF", "WAF_REGIONAL"]);
    let report = outcome.json();
    for place in ["global", HOME] {
        assert_eq!(status(&report, RULE, place), "pass", "{place}");
        let evidence = finding(&report, RULE, place)["evidence"].to_string();
        assert!(evidence.contains("nothing answers there"), "{evidence}");
    }
    assert_eq!(outcome.code, 0, "nothing is open: {}", outcome.stderr);
    assert_eq!(report["coverage"]["missing_permissions"], json!([]));
    // What was asked in vain is told, and is the only such thing.
    let calls = report["coverage"]["actions"].as_array().unwrap().iter();
    let vain: Vec<_> = calls.filter(|it| it["refused"] != json!({})).collect();
    let actions: Vec<&str> = vain.iter().map(|it| text(it, "/action")).collect();
    assert_eq!(actions, ["waf-regional:ListWebACLs", "waf:ListWebACLs"]);
    assert!(vain.iter().all(|it| it["refused"] == json!({ "unreachable": 1 })), "{vain:#?}");
}

#[test]
fn an_endpoint_beside_which_nothing_answers_either_may_be_there() {
    let world = World::empty("240000000063");
    let outcome = without(&world, &["WAF", "WAF_REGIONAL", "WAFV2"]);
    let report = outcome.json();
    for place in ["global", HOME] {
        let found = finding(&report, RULE, place);
        assert_eq!(text(found, "/status"), "unknown", "{place}");
        assert_eq!(text(found, "/reason/cause"), "unreachable", "{place}");
    }
    assert_eq!(outcome.code, 4, "{}", outcome.stderr);
}

#[test]
fn a_distribution_that_names_an_old_web_acl_relies_on_it_whether_or_not_it_answers() {
    let mut world = World::empty("240000000064");
    let old = "473e64fd-f30b-4765-81a0-62ad96dd167a".to_owned();
    let distribution = Distribution { web_acl: Some(old), ..Distribution::plain("old") };
    world.distribution("old", &distribution);
    let report = without(&world, &["WAF", "WAF_REGIONAL"]).json();
    assert_eq!(status(&report, RULE, "global"), "fail");
    assert_eq!(status(&report, RULE, HOME), "pass");
    let found = finding(&report, "cloudfront/waf", &world.ids["old"]);
    assert_eq!((text(found, "/status"), text(found, "/severity")), ("fail", "low"));
}

#[test]
fn a_service_that_says_that_it_has_ended_has_nothing_left() {
    let world = World::empty("240000000061");
    let message = "AWS WAF Classic has reached its end of life.";
    world.fake.on("waf*", "ListWebACLs").when(|it| it.service != "wafv2").error(
        400,
        "WAFBadRequestException",
        message,
    );
    let report = world.scan();
    for place in ["global", HOME] {
        assert_eq!(status(&report, RULE, place), "pass", "{place}");
    }
}

#[test]
fn a_refusal_is_no_end() {
    let world = World::empty("240000000062");
    world.fake.refuse("waf-regional", "ListWebACLs");
    let report = world.scan();
    assert_eq!(status(&report, RULE, "global"), "pass");
    assert_eq!(status(&report, RULE, HOME), "unknown");
}
