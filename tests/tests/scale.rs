//! Many buckets: the same bytes every time, no more calls than it takes, no more in flight than allowed.

use std::time::Duration;

use awspect_checks::NAMES_RULE;
use awspect_fakeaws::{
    FakeAws,
    ec2::{REGIONS, no_networks},
    most_in_flight,
};
use awspect_tests::{
    moto::Moto,
    run::{Outcome, findings, scan},
    seed::Seed,
};
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");

/// The rules that look at buckets.
const S3: [&str; 2] = ["--service", "s3"];

/// Each fact of a bucket takes one call, once its region is known.
const FACTS_OF_A_BUCKET: usize = 15;

/// The rule about the account's names, and the one that waits to be told.
const NOT_OF_EACH: [&str; 2] = [NAMES_RULE, "s3/bucket-public-object-sample"];

/// The names that anybody can compute: seven in each of the three regions, and one.
const NAMES: usize = 3 * 7 + 1;

/// The kinds of IAM's listing, for the roles that use those names.
const KINDS_OF_IDENTITIES: usize = 5;

/// The most calls in flight.
const LIMIT: usize = 64;

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
    no_networks(&fake, REGIONS);
    let first = scan(BINARY, seed.keys(), &fake.endpoint(), &S3);
    let report = first.json();

    let findings = findings(&report);
    // What a bucket of the fake AWS is with nothing set: ACLs private, everything else off.
    let of_buckets = |id: &str| id.starts_with("s3/bucket-") && !NOT_OF_EACH.contains(&id);
    for rule in awspect_checks::all().filter(|rule| of_buckets(rule.id)) {
        let expected = match rule.id {
            "s3/bucket-acl-public-read"
            | "s3/bucket-acl-public-write"
            | "s3/bucket-acl-foreign-grantee"
            | "s3/bucket-cors-wildcard-origin"
            | "s3/bucket-policy-cross-account"
            | "s3/bucket-policy-dead-principal"
            | "s3/bucket-policy-public"
            | "s3/bucket-policy-public-write"
            | "s3/bucket-policy-wildcard-actions"
            | "s3/bucket-replication-destination-external"
            | "s3/bucket-website-public" => "pass",
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
    // The account's two rules are there once each, and there are no access points.
    assert_eq!(findings.len(), 200 * 24 + 2);

    let bytes = |outcome: &Outcome| {
        let (before, rest) = outcome.stdout.split_once("\"run\": {").unwrap();
        let (_, after) = rest.split_once("\"accounts\"").unwrap();
        format!("{before}{after}")
    };
    let again = scan(BINARY, seed.keys(), &fake.endpoint(), &S3);
    assert!(bytes(&again) == bytes(&first), "a run over the same facts differs");
}

#[test]
fn a_thousand_buckets_come_in_pages_and_take_no_more_calls_than_facts() {
    let moto = Moto::shared();
    let seed = Seed::new(moto, "100000000022");
    buckets(&seed, "thousand", 1_000);
    let fake = FakeAws::start(moto.address());
    no_networks(&fake, REGIONS);
    fake.page_buckets(300);
    let only = ["--rule", "s3/bucket-versioning"];
    let report = scan(BINARY, seed.keys(), &fake.endpoint(), &only).json();
    assert_eq!(report["summary"]["fail"]["medium"], 1_000);
    assert_eq!(findings(&report).len(), 1_000);
    // One rule needs one fact of each bucket, and its tags. The pages tell the regions.
    let expected = [
        (("s3", "GetBucketTagging"), 1_000),
        (("s3", "GetBucketVersioning"), 1_000),
        (("s3", "ListBuckets"), 4),
        (("sts", "GetCallerIdentity"), 1),
    ];
    let owned = |((service, operation), count): ((&str, &str), usize)| {
        ((service.to_owned(), operation.to_owned()), count)
    };
    assert_eq!(fake.counts(), expected.map(owned).into());
    let sent = report["run"]["api_calls"].as_object().unwrap().values();
    assert_eq!(sent.filter_map(Value::as_u64).sum::<u64>(), 2_005);
}

#[test]
fn calls_are_made_side_by_side_up_to_the_limit() {
    let moto = Moto::shared();
    let seed = Seed::new(moto, "100000000024");
    buckets(&seed, "side-by-side", 20);
    let fake = FakeAws::start(moto.address());
    no_networks(&fake, REGIONS);
    fake.on("s3", "Get*").when(|request| request.operation != "GetBucketLocation").refuse();
    fake.on("s3", "Get*").delay(Duration::from_millis(200));
    let report = scan(BINARY, seed.keys(), &fake.endpoint(), &S3).json();
    assert_eq!(report["coverage"]["missing_permissions"].as_array().unwrap().len(), 15);
    assert_eq!(most_in_flight(&fake.calls()), LIMIT);
    // The account: its block, its access points in three regions, those of many regions, itself, its organization, its regions, the
    // list.
    let of_the_account = 9 + NAMES + KINDS_OF_IDENTITIES;
    assert_eq!(fake.calls().len(), 20 * (1 + FACTS_OF_A_BUCKET) + of_the_account);
}

#[test]
fn a_service_that_asks_to_slow_down_is_asked_again() {
    let moto = Moto::shared();
    let seed = Seed::new(moto, "100000000023");
    buckets(&seed, "slow", 4);
    let fake = FakeAws::start(moto.address());
    no_networks(&fake, REGIONS);
    fake.on("s3", "GetBucketVersioning").times(2).error(
        503,
        "SlowDown",
        "Please reduce your request rate.",
    );
    let report = scan(BINARY, seed.keys(), &fake.endpoint(), &S3).json();
    assert_eq!(report["summary"]["unknown"]["total"], 0);
    assert_eq!(report["run"]["api_calls"]["s3:GetBucketVersioning"], 6);
}
