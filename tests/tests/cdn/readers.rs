//! Who reads a bucket beside the distribution in front of it.

use awspect_tests::{
    cloudfront::distribution::Distribution,
    report::{finding, text},
};
use serde_json::{Value, json};

use crate::world::{World, cloudfront, policy};

/// A distribution's bucket, whom its policy lets read under which condition, and what is said of it.
type Case = (&'static str, Option<(Value, Value)>, &'static str, &'static str);

const RULE: &str = "cloudfront/s3-origin-oac";

#[test]
fn the_policy_of_the_bucket_decides_who_reads_it() {
    let mut world = World::empty("240000000020");
    let control = world.cloudfront().control("signs", "always", "s3");
    let account = world.seed.account().to_owned();
    let source = |key: &str, value: String| json!({ "StringEquals": { key: value } });
    let of_account = source("aws:SourceAccount", account.clone());
    let any = json!({ "StringLike": {
        "aws:SourceArn": format!("arn:aws:cloudfront::{account}:distribution/*"),
    } });
    let partner = json!({ "AWS": "arn:aws:iam::444455556666:root" });
    let roles = anybodys_roles();
    // Whom the policy lets read beside the distribution itself, and what is said of it.
    let cases: Vec<Case> = vec![
        ("exact", None, "pass", ""),
        ("account", Some((cloudfront(), of_account)), "fail", "low"),
        ("pattern", Some((cloudfront(), any)), "fail", "low"),
        ("anybodys", Some((cloudfront(), json!({}))), "fail", "high"),
        ("around", Some((json!("*"), roles)), "fail", "medium"),
        // Named accounts are another rule's matter.
        ("partner", Some((partner, json!({}))), "pass", ""),
        ("everybody", Some((json!("*"), json!({}))), "fail", "high"),
    ];
    for (name, also, ..) in &cases {
        let origin = world.origin(name).by(&control);
        world.distribution(name, &Distribution::of_bucket(name, origin));
        let own = world.for_one(name, &world.ids[name]);
        let also =
            also.as_ref().map(|(who, condition)| world.allow(who, "s3:GetObject", name, condition));
        let statements: Vec<Value> = [own].into_iter().chain(also).collect();
        world.bucket(name).policy(&policy(&statements));
    }
    let report = world.scan();
    let mut faults = vec![];
    for (name, _, status, severity) in cases {
        let found = finding(&report, RULE, &world.ids[name]);
        let is_right = text(found, "/status") == status
            && (status == "pass" || text(found, "/severity") == severity);
        if !is_right {
            faults.push(format!("{name}: {found:#}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn block_public_access_keeps_out_who_comes_around_and_no_service() {
    let mut world = World::empty("240000000021");
    let control = world.cloudfront().control("signs", "always", "s3");
    let cases = [
        ("shut", anybodys_roles(), true, "pass"),
        ("ajar", anybodys_roles(), false, "fail"),
        ("spared", json!({}), true, "fail"),
    ];
    for (name, condition, blocks, _) in &cases {
        let origin = world.origin(name).by(&control);
        world.distribution(name, &Distribution::of_bucket(name, origin));
        let own = world.for_one(name, &world.ids[name]);
        let also = world.allow(&json!("*"), "s3:GetObject", name, condition);
        world.bucket(name).policy(&policy(&[own, also])).block([*blocks; 4]);
    }
    let report = world.scan();
    for (name, _, _, expected) in cases {
        let found = finding(&report, RULE, &world.ids[name]);
        assert_eq!(text(found, "/status"), expected, "{found:#}");
    }
    let evidence = finding(&report, RULE, &world.ids["shut"])["evidence"].to_string();
    assert!(evidence.contains("RestrictPublicBuckets"), "{evidence}");
}

/// Roles of whoever asks, and so no service.
fn anybodys_roles() -> Value {
    json!({ "StringLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } })
}
