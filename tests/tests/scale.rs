//! Many buckets: the same bytes every time, no more calls than it takes, no more in flight than allowed.

use awspect_fakeaws::{FakeAws, most_in_flight};
use awspect_tests::{
    moto::Moto,
    run::{Outcome, findings, scan},
    seed::Seed,
};
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");

/// Calls that every bucket takes once its region is known.
const CALLS_PER_BUCKET: usize = 15;

fn buckets(seed: &Seed<'_>, prefix: &str, count: usize) {
    seed.run(async {
        for index in 0..count {
            let region = if index % 2 == 0 { "us-east-1" } else { "eu-west-1" };
            seed.bucket(region, &format!("{prefix}-{index:04}"), false).await;
        }
    });
}

#[test]
fn two_hundred_buckets_give_the_expected_findings_byte_for_byte() {
    let moto = Moto::shared();
    let seed = Seed::new(moto, "100000000021");
    buckets(&seed, "two-hundred", 200);
    let fake = FakeAws::start(moto.address());
    let first = scan(BINARY, seed.keys(), &fake.endpoint(), &[]);
    let report = first.json();

    let findings = findings(&report);
    // What a bucket of the fake AWS is with nothing set: ACLs private, everything else off.
    for rule in awspect_checks::all().filter(|rule| rule.id.starts_with("s3/bucket-")) {
        let expected = match rule.id {
            "s3/bucket-acl-public-read"
            | "s3/bucket-acl-public-write"
            | "s3/bucket-acl-foreign-grantee"
            | "s3/bucket-cors-wildcard-origin"
            | "s3/bucket-replication-destination-external" => "pass",
            _ => "fail",
        };
        let own = findings.iter().filter(|finding| finding["rule"] == rule.id);
        let names: Vec<_> = own
            .map(|finding| {
                assert_eq!(finding["status"], expected, "{finding:#}");
                finding["resource"]["name"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(names.len(), 200, "{}", rule.id);
    }
    // The account's rule is there once, and there are no access points.
    assert_eq!(findings.len(), 200 * 16 + 1);

    let bytes = |outcome: &Outcome| {
        let (before, rest) = outcome.stdout.split_once("\"run\": {").unwrap();
        let (_, after) = rest.split_once("\"accounts\"").unwrap();
        format!("{before}{after}")
    };
    for _ in 0..2 {
        assert!(
            bytes(&scan(BINARY, seed.keys(), &fake.endpoint(), &[])) == bytes(&first),
            "a run over the same facts differs"
        );
    }
}

#[test]
fn a_thousand_buckets_come_in_pages_and_take_no_more_calls_than_facts() {
    let moto = Moto::shared();
    let seed = Seed::new(moto, "100000000022");
    buckets(&seed, "thousand", 1_000);
    let fake = FakeAws::start(moto.address());
    fake.page_buckets(300);
    // The fake AWS answers one call at a time, and the rest of the facts has tests of its own.
    fake.on("s3", "Get*").when(|request| request.operation != "GetBucketVersioning").refuse();
    let outcome = scan(BINARY, seed.keys(), &fake.endpoint(), &[]);
    let report = outcome.json();
    let versioning = report["coverage"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["rule"] == "s3/bucket-versioning");
    assert_eq!(versioning.unwrap()["fail"], 1_000);
    assert_eq!(fake.count("s3", "ListBuckets"), 4);
    // The pages tell each bucket's region, so nobody has to ask for it.
    assert_eq!(fake.count("s3", "GetBucketLocation"), 0);
    let regional: usize = 2;
    let account_wide = 1 + 1 + 1;
    assert_eq!(fake.calls().len(), 4 + 1_000 * CALLS_PER_BUCKET + regional + account_wide);
    let sent: u64 =
        report["run"]["api_calls"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(usize::try_from(sent).unwrap(), fake.calls().len(), "{:#}", report["run"]);
    assert!(most_in_flight(&fake.calls()) <= 64, "{}", most_in_flight(&fake.calls()));
    assert!(most_in_flight(&fake.calls()) >= 32, "{}", most_in_flight(&fake.calls()));
}

#[test]
fn a_service_that_asks_to_slow_down_is_asked_again() {
    let moto = Moto::shared();
    let seed = Seed::new(moto, "100000000023");
    buckets(&seed, "slow", 4);
    let fake = FakeAws::start(moto.address());
    fake.on("s3", "GetBucketVersioning").times(2).error(
        503,
        "SlowDown",
        "Please reduce your request rate.",
    );
    let report = scan(BINARY, seed.keys(), &fake.endpoint(), &[]).json();
    assert_eq!(report["summary"]["unknown"]["total"], 0);
    assert_eq!(report["run"]["api_calls"]["s3:GetBucketVersioning"], 6);
}
