//! Whose the buckets are that origins name.

use awspect_tests::{
    cloudfront::{distribution::Distribution, stand_in::refused_bucket},
    report::{finding, text},
};

use crate::world::World;

#[test]
fn a_bucket_is_missing_or_anothers_only_where_s3_says_so() {
    let mut world = World::empty("240000000030");
    let control = world.cloudfront().control("signs", "always", "s3");
    // A bucket may be called as S3's own hosts are.
    for name in ["own", "gone", "gone.s3", "theirs", "silent"] {
        let origin = world.origin(name).by(&control);
        world.distribution(name, &Distribution::of_bucket(name, origin));
    }
    world.bucket("own");
    refused_bucket(&world.fake, &world.named("theirs"), Some("sa-east-1"));
    refused_bucket(&world.fake, &world.named("silent"), None);
    let report = world.scan();
    let rules = ["s3-origin-missing-bucket", "s3-origin-foreign-bucket", "s3-origin-oac"];
    for (name, expected) in [
        ("own", ["pass", "pass", "pass"]),
        ("gone", ["fail", "pass", "unknown"]),
        ("gone.s3", ["fail", "pass", "unknown"]),
        ("theirs", ["pass", "fail", "unknown"]),
        ("silent", ["unknown", "unknown", "unknown"]),
    ] {
        let found =
            rules.map(|rule| finding(&report, &format!("cloudfront/{rule}"), &world.ids[name]));
        assert_eq!(found.map(|it| text(it, "/status")), expected, "{name}");
        if name == "silent" {
            let reasons = found.map(|it| text(it, "/reason/action"));
            assert_eq!(reasons[..2], ["s3:ListBucket"; 2]);
        }
        if name == "gone" {
            assert_eq!(text(found[0], "/severity"), "high");
        }
    }
    assert_eq!(world.fake.count("s3", "HeadBucket"), 4, "none for the account's own");
}
