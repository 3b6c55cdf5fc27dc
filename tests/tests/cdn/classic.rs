//! AWS WAF Classic, which AWS takes away.

use std::net::TcpListener;

use awspect_tests::{
    report::{status, text},
    run::{Outcome, command, findings},
};

use crate::world::{HOME, World};

const RULE: &str = "wafv2/classic-in-use";

#[test]
fn an_endpoint_that_is_gone_leaves_nothing_open() {
    let world = World::empty("240000000060");
    // Nobody listens any more where somebody has.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let args = [
        "scan",
        "--format",
        "json",
        "--severity",
        "info",
        "--status",
        "all",
        "--service",
        "cloudfront",
        "--service",
        "wafv2",
        "--region",
        HOME,
        "--fail-on",
        "info",
    ];
    let outcome: Outcome = command(crate::BINARY)
        .envs(world.keys().variables())
        .env("AWS_ENDPOINT_URL", world.fake.endpoint())
        .env("AWS_ENDPOINT_URL_WAF", &gone)
        .env("AWS_ENDPOINT_URL_WAF_REGIONAL", &gone)
        .args(args)
        .output()
        .unwrap()
        .into();
    let report = outcome.json();
    for place in ["global", HOME] {
        assert_eq!(status(&report, RULE, place), "pass", "{place}");
    }
    let unknown: Vec<_> =
        findings(&report).iter().filter(|it| text(it, "/status") == "unknown").collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(world.fake.count("waf", "ListWebACLs"), 0);
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
