//! More distributions than a page holds.

use awspect_tests::{
    cloudfront::distribution::Distribution,
    report::{text, verdicts},
    run::findings,
};

use crate::world::World;

const MANY: usize = 120;

#[test]
fn distributions_of_two_pages_are_all_judged() {
    let world = World::empty("240000000040");
    let cloudfront = world.cloudfront();
    for n in 0..MANY {
        let root = (n % 2 == 0).then_some("logs.s3.amazonaws.com");
        let distribution = Distribution { logs: root, ..Distribution::plain(&n.to_string()) };
        cloudfront.simple(&distribution);
    }
    let report = world.scan();
    let judged = |status: &str| {
        let all = findings(&report).iter();
        let rule = "cloudfront/logging";
        all.filter(|it| text(it, "/rule") == rule && text(it, "/status") == status).count()
    };
    assert_eq!((judged("pass"), judged("fail"), judged("unknown")), (MANY / 2, MANY / 2, 0));
    let calls = ["ListDistributions", "GetDistributionConfig"];
    assert_eq!(calls.map(|it| world.fake.count("cloudfront", it)), [2, MANY]);
}

#[test]
fn a_second_page_that_is_refused_leaves_the_first_judged() {
    let world = World::empty("240000000041");
    let cloudfront = world.cloudfront();
    for n in 0..MANY {
        cloudfront.simple(&Distribution::plain(&n.to_string()));
    }
    world
        .fake
        .on("cloudfront", "ListDistributions")
        .when(|request| request.parameter("Marker").is_some())
        .refuse();
    let report = world.scan();
    let verdicts = verdicts(&report);
    let rule = "cloudfront/geo-restriction";
    let of = |status: &str| {
        verdicts.iter().filter(|([it, ..], given)| *it == rule && **given == status).count()
    };
    assert_eq!((of("fail"), of("unknown")), (100, 1));
}
