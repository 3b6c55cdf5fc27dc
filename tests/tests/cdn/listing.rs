//! More distributions than a page holds.

use awspect_fakeaws::Request;
use awspect_tests::{cloudfront::distribution::Distribution, report::text, run::findings};
use serde_json::Value;

use crate::world::World;

const MANY: usize = 102;

/// How many findings of a rule have each status: pass, fail, unknown.
fn judged(report: &Value, rule: &str) -> [usize; 3] {
    let own = || findings(report).iter().filter(|it| text(it, "/rule") == rule);
    ["pass", "fail", "unknown"]
        .map(|status| own().filter(|it| text(it, "/status") == status).count())
}

#[test]
fn distributions_of_two_pages_are_all_judged_and_those_of_one_where_the_second_is_refused() {
    let world = World::empty("240000000040");
    let cloudfront = world.cloudfront();
    for n in 0..MANY {
        let logs = (n % 2 == 0).then_some("logs.s3.amazonaws.com");
        let distribution = Distribution { logs, ..Distribution::plain(&n.to_string()) };
        cloudfront.simple(&distribution);
    }
    let rule = "cloudfront/logging";
    assert_eq!(judged(&world.scan(), rule), [MANY / 2, MANY / 2, 0]);
    let calls = ["ListDistributions", "GetDistributionConfig"];
    assert_eq!(calls.map(|it| world.fake.count("cloudfront", it)), [2, MANY]);
    let is_second = |request: &Request| request.parameter("Marker").is_some();
    world.fake.on("cloudfront", "ListDistributions").when(is_second).refuse();
    assert_eq!(judged(&world.scan(), rule), [50, 50, 1]);
}
