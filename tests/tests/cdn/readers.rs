//! Who reads a bucket beside the distribution in front of it.

use awspect_tests::{
    cloudfront::distribution::Distribution,
    report::{finding, text},
};
use serde_json::{Value, json};

use crate::world::{World, cloudfront, policy};

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
    // Whom the policy lets read beside the distribution itself, and what is said of it.
    let cases: Vec<(&str, Option<(Value, Value)>, &str, &str)> = vec![
        ("exact", None, "pass", ""),
        ("account", Some((cloudfront(), of_account)), "fail", "low"),
        ("pattern", Some((cloudfront(), any)), "fail", "low"),
        ("anybodys", Some((cloudfront(), json!({}))), "fail", "high"),
        ("around", Some((partner, json!({}))), "fail", "medium"),
        ("everybody", Some((json!("*"), json!({}))), "fail", "high"),
    ];
    for (name, also, ..) in &cases {
        let origin = world.origin(name).by(&control);
        world.distribution(name, &Distribution::of_bucket(name, origin));
        let own = world.for_one(name, &world.ids[name]);
        let also =
            also.clone().map(|(who, condition)| world.allow(who, "s3:GetObject", name, condition));
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
fn a_bucket_that_block_public_access_closes_is_not_read_around_the_distribution() {
    let mut world = World::empty("240000000021");
    let control = world.cloudfront().control("signs", "always", "s3");
    for (name, on) in [("shut", true), ("ajar", false)] {
        let origin = world.origin(name).by(&control);
        world.distribution(name, &Distribution::of_bucket(name, origin));
        let everybody = json!({ "AWS": "*" });
        let statement = world.allow(everybody, "s3:GetObject", name, json!({}));
        world.bucket(name).policy(&policy(&[statement])).block([on; 4]);
    }
    let report = world.scan();
    let evidence = |name: &str| finding(&report, RULE, &world.ids[name])["evidence"].to_string();
    assert!(evidence("shut").contains("RestrictPublicBuckets"), "{}", evidence("shut"));
    assert_eq!(text(finding(&report, RULE, &world.ids["ajar"]), "/status"), "fail");
}
