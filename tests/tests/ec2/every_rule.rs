//! Every rule passes and fails once, and follows the way of a packet.

use std::collections::BTreeSet;

use awspect_tests::run::findings;
use serde_json::json;

use crate::{
    found::{finding, rules, status, text},
    world::{FAR, HOME, report, world},
};

#[test]
fn every_rule_passes_and_fails_once() {
    let all: BTreeSet<&str> = awspect_checks::all()
        .map(|rule| rule.id)
        .filter(|id| id.starts_with("ec2/") || id.starts_with("vpc/"))
        .collect();
    assert_eq!(all.len(), 44);
    for status in ["pass", "fail"] {
        assert_eq!(rules(report(), status), all, "{status}");
    }
    let unknown: Vec<_> =
        findings(report()).iter().filter(|it| text(it, "/status") == "unknown").collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn a_private_network_beside_open_ones_is_private() {
    let world = world("200000000002");
    let report = world.scan();
    let admin = "ec2/instance-exposed-admin-port";
    assert_eq!(status(&report, admin, &world.private.instance), "pass");
    assert_eq!(status(&report, "vpc/subnet-separation", &world.private.vpc), "pass");
    assert_eq!(status(&report, "vpc/flow-logs", &world.private.vpc), "pass");
    assert_eq!(status(&report, admin, &world.open.instance), "fail");
    assert_eq!(status(&report, "vpc/subnet-separation", &world.open.vpc), "fail");
    // The log is there, and what it should record does not arrive.
    let log = finding(&report, "vpc/flow-logs", &world.open.vpc);
    assert_eq!(log["status"], "fail");
    assert_eq!(log["evidence"][0]["observed"][0]["delivery"], "FAILED");
    // The worst group is the worst to every rule.
    for rule in ["ssh", "rdp", "all", "database", "cleartext", "high-risk", "unexpected", "icmp"] {
        let rule = format!("ec2/sg-open-{rule}");
        assert_eq!(status(&report, &rule, &world.open.group), "fail", "{rule}");
        assert_eq!(status(&report, &rule, &world.private.group), "pass", "{rule}");
    }
    let way = finding(&report, "ec2/sg-open-ssh", &world.open.group);
    assert_eq!(way["severity"], "high");
    assert_eq!(way["evidence"][1]["observed"]["owner"], json!(world.open.instance));
}

#[test]
fn regions_are_told_apart() {
    let of = |region: &str, rule: &str| {
        let own = findings(report())
            .iter()
            .find(|it| text(it, "/rule") == rule && text(it, "/resource/region") == region);
        own.map(|it| text(it, "/status")).unwrap_or_default()
    };
    for rule in ["vpc/block-public-access", "ec2/account-imdsv2-default"] {
        assert_eq!((of(HOME, rule), of(FAR, rule)), ("fail", "pass"), "{rule}");
    }
}
