//! S3 end to end: the binary against a fake AWS.

use std::collections::{BTreeMap, BTreeSet};

use awspect_fakeaws::{
    FakeAws,
    ec2::{REGIONS, no_networks},
};
use awspect_tests::{
    moto::Moto,
    run::{findings, scan},
    s3::{ALL_USERS, Bucket},
    seed::Seed,
};
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
const S3: [&str; 3] = ["--service", "s3", "--sample-objects"];
const ON: [bool; 4] = [true; 4];
const OFF: [bool; 4] = [false; 4];

/// An account with a bucket that passes every rule and one that fails every rule, in two regions.
///
/// moto keeps no MFA Delete and has no Multi-Region Access Points; the stand-in answers in its place.
fn world<'a>(moto: &'a Moto, account: &str, prefix: &str) -> (Seed<'a>, FakeAws) {
    let seed = Seed::new(moto, account);
    let (good, bad) = (format!("{prefix}-good"), format!("{prefix}-bad"));
    let copies = format!("{prefix}-copies");
    Bucket::new(&seed, "eu-central-1", &copies).versioning("Enabled").object("a", "private");
    Bucket::new(&seed, "eu-west-1", &format!("{prefix}-logs")).receives_logs();
    Bucket::with_object_lock(&seed, "eu-west-1", &good)
        .block(ON)
        .ownership("BucketOwnerEnforced")
        .encryption("aws:kms")
        .versioning("Enabled")
        .replication(&copies, None)
        .cors(&["https://app.example.com"], &["GET"])
        .logging(&format!("{prefix}-logs"))
        .lifecycle("Enabled")
        .notifications(&format!("arn:aws:sqs:eu-west-1:{account}:changes"))
        .policy(&refuses_old_connections(&good))
        .tags(&[("team", "shop")]);
    Bucket::new(&seed, "us-east-1", &bad)
        .grants(&[(ALL_USERS, "READ"), (ALL_USERS, "WRITE"), ("a-stranger", "FULL_CONTROL")])
        .versioning("Enabled")
        .replication(&format!("{prefix}-elsewhere"), Some("999999999999"))
        .versioning("Suspended")
        .cors(&["*"], &["GET", "PUT"])
        .policy(&lets_in_everybody(&format!("arn:aws:s3:::{bad}")))
        .website()
        .object("a", "private")
        .object("leaflet", "public-read")
        .lifecycle("Disabled");
    seed.access_point("eu-west-1", &format!("{prefix}-good"), &good, ON);
    seed.access_point("us-east-1", &format!("{prefix}-bad"), &bad, OFF);
    let point = format!("arn:aws:s3:us-east-1:{account}:accesspoint/{prefix}-bad");
    seed.access_point_policy("us-east-1", &format!("{prefix}-bad"), &lets_in_everybody(&point));

    let fake = FakeAws::start(moto.address());
    no_networks(&fake, REGIONS);
    fake.on("s3", "GetBucketVersioning").only(&good).rewrite(|_, mut response| {
        response.body =
            response.text().replace("</Status>", "</Status><MfaDelete>Enabled</MfaDelete>").into();
        response
    });
    // Another account's buckets: refused, and yet the header tells where they are.
    for (name, region) in
        [(format!("{prefix}-elsewhere"), "us-east-1"), (predictable(account), "eu-west-1")]
    {
        let header = [("x-amz-bucket-region", region)];
        fake.on("s3", "HeadBucket").only(&name).answer(403, &header, "");
    }
    let block = |on: bool| {
        ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
            .map(|name| format!("<{name}>{on}</{name}>"))
            .concat()
    };
    let reports: String = [("good", true), ("bad", false)]
        .map(|(name, on)| {
            format!(
                "<AccessPoint><Name>{prefix}-{name}</Name><Alias>{prefix}-{name}.mrap</Alias>\
                 <PublicAccessBlock>{}</PublicAccessBlock><Status>READY</Status></AccessPoint>",
                block(on)
            )
        })
        .concat();
    fake.answer(
        "s3control",
        "ListMultiRegionAccessPoints",
        200,
        &[("content-type", "application/xml")],
        format!(
            "<ListMultiRegionAccessPointsResult xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\">\
             <AccessPoints>{reports}</AccessPoints></ListMultiRegionAccessPointsResult>"
        ),
    );
    (seed, fake)
}

/// A name that everybody can compute for an account.
fn predictable(account: &str) -> String {
    format!("aws-glue-assets-{account}-eu-west-1")
}

fn refuses_old_connections(bucket: &str) -> String {
    let deny = |condition: Value| {
        json!({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": condition,
            "Resource": [format!("arn:aws:s3:::{bucket}"), format!("arn:aws:s3:::{bucket}/*")],
        })
    };
    let statements = [
        deny(json!({ "Bool": { "aws:SecureTransport": "false" } })),
        deny(json!({ "NumericLessThan": { "s3:TlsVersion": "1.2" } })),
    ];
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

/// Everybody reads and writes, another account does all, and so does a user who is no more.
fn lets_in_everybody(arn: &str) -> String {
    let objects = if arn.contains("accesspoint") { "object/*" } else { "*" };
    let allow = |principal: Value, action: Value| {
        json!({
            "Effect": "Allow", "Principal": principal, "Action": action,
            "Resource": [arn, format!("{arn}/{objects}")],
        })
    };
    let statements = [
        allow(json!("*"), json!(["s3:GetObject", "s3:PutObject"])),
        allow(json!({ "AWS": "arn:aws:iam::999999999999:root" }), json!("s3:*")),
        allow(json!({ "AWS": "AIDAEXAMPLEEXAMPLE123" }), json!("s3:ListBucket")),
    ];
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

/// The rules about the account.
const OF_ACCOUNT: [&str; 2] =
    ["s3/account-public-access-block", "s3/bucket-predictable-name-squat"];

/// Rule and resource name to status.
fn verdicts(report: &Value) -> BTreeMap<(String, String), String> {
    let text = |finding: &Value, path: &str| {
        finding.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let key = |it: &Value| (text(it, "/rule"), text(it, "/resource/name"));
    findings(report).iter().map(|it| (key(it), text(it, "/status"))).collect()
}

fn rules() -> BTreeSet<String> {
    awspect_checks::all()
        .filter(|rule| rule.service() == "s3")
        .map(|rule| rule.id.to_owned())
        .collect()
}

/// The README, whose first JSON block is the policy that a scan needs; what of it is S3's.
static README: &str = include_str!("../../README.md");

fn permissions(readme: &'static str) -> BTreeSet<&'static str> {
    let (_, rest) = readme.split_once("```json\n").unwrap_or_default();
    let (policy, _) = rest.split_once("```").unwrap_or_default();
    policy.split('"').filter(|word| word.starts_with("s3:")).collect()
}

#[test]
fn every_rule_passes_and_fails_once() {
    let (seed, fake) = world(Moto::shared(), "100000000001", "both");
    seed.account_block(OFF);
    let outcome = scan(BINARY, seed.keys(), &fake.endpoint(), &S3);
    let report = outcome.json();
    let found = verdicts(&report);
    let status =
        |rule: &str, name: &str| found.get(&(rule.into(), name.into())).map(String::as_str);
    for rule in rules().iter().filter(|rule| !OF_ACCOUNT.contains(&rule.as_str())) {
        assert_eq!(status(rule, "both-good"), Some("pass"), "{rule} {report:#}");
        // moto cannot forget encryption's absence, which AWS no longer has: it fails here as it should.
        assert_eq!(status(rule, "both-bad"), Some("fail"), "{rule}");
    }
    for rule in OF_ACCOUNT {
        assert_eq!(status(rule, "100000000001"), Some("fail"), "{rule}");
    }
    let sample = "s3/bucket-public-object-sample";
    assert_eq!(status(sample, "both-copies"), Some("pass"), "its object is private");
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    assert!(!outcome.stdout.contains("\"unknown\": {\n      \"critical\": 1"));
    assert_eq!(report["summary"]["unknown"]["total"], 0, "{report:#}");
    assert_eq!(report["coverage"]["complete"], true);
    let asked: BTreeSet<&str> = report["coverage"]["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["action"].as_str().unwrap())
        .filter(|action| action.starts_with("s3:"))
        .collect();
    assert_eq!(asked, permissions(README), "what a scan asks for is what the README lists");

    seed.account_block(ON);
    fake.on("s3", "HeadBucket").only(&predictable("100000000001")).answer(404, &[], "");
    let found = verdicts(&scan(BINARY, seed.keys(), &fake.endpoint(), &S3).json());
    let status =
        |rule: &str, name: &str| found.get(&(rule.into(), name.into())).map(String::as_str);
    for rule in OF_ACCOUNT {
        assert_eq!(status(rule, "100000000001"), Some("pass"), "{rule}");
    }
    for rule in [
        "bucket-public-access-block",
        "bucket-acl-public-read",
        "bucket-acl-public-write",
        "bucket-public-object-sample",
    ] {
        assert_eq!(
            status(&format!("s3/{rule}"), "both-bad"),
            Some("pass"),
            "the account's block reaches {rule}"
        );
    }
}

/// The IAM actions behind the reads, and the operation that each refuses.
const READS: &[(&str, &str, &str)] = &[
    ("s3:GetAccountPublicAccessBlock", "s3control", "GetPublicAccessBlock"),
    ("s3:ListAccessPoints", "s3control", "ListAccessPoints"),
    ("s3:GetAccessPoint", "s3control", "GetAccessPoint"),
    ("s3:ListMultiRegionAccessPoints", "s3control", "ListMultiRegionAccessPoints"),
    ("s3:ListAllMyBuckets", "s3", "ListBuckets"),
    ("s3:GetBucketAcl", "s3", "GetBucketAcl"),
    ("s3:GetBucketOwnershipControls", "s3", "GetBucketOwnershipControls"),
    ("s3:GetBucketPublicAccessBlock", "s3", "GetPublicAccessBlock"),
    ("s3:GetEncryptionConfiguration", "s3", "GetBucketEncryption"),
    ("s3:GetBucketVersioning", "s3", "GetBucketVersioning"),
    ("s3:GetReplicationConfiguration", "s3", "GetBucketReplication"),
    ("s3:GetBucketCORS", "s3", "GetBucketCors"),
    ("s3:GetBucketLogging", "s3", "GetBucketLogging"),
    ("s3:GetBucketObjectLockConfiguration", "s3", "GetObjectLockConfiguration"),
    ("s3:GetLifecycleConfiguration", "s3", "GetBucketLifecycleConfiguration"),
    ("s3:GetBucketNotification", "s3", "GetBucketNotificationConfiguration"),
    ("s3:GetBucketTagging", "s3", "GetBucketTagging"),
    ("s3:GetBucketWebsite", "s3", "GetBucketWebsite"),
    ("s3:GetBucketPolicy", "s3", "GetBucketPolicy"),
    ("s3:GetBucketPolicyStatus", "s3", "GetBucketPolicyStatus"),
    ("s3:GetObjectAcl", "s3", "GetObjectAcl"),
    ("s3:GetAccessPointPolicy", "s3control", "GetAccessPointPolicy"),
    ("s3:GetAccessPointPolicyStatus", "s3control", "GetAccessPointPolicyStatus"),
];

/// Reads that a verdict is compared with and never rests on.
const BESIDE: [&str; 2] = ["s3:GetBucketPolicyStatus", "s3:GetAccessPointPolicyStatus"];

#[test]
fn each_read_denied_in_turn_makes_the_rules_that_need_it_unknown_and_no_failure_a_pass() {
    let (seed, fake) = world(Moto::shared(), "100000000002", "deny");
    seed.account_block(OFF);
    let whole = verdicts(&scan(BINARY, seed.keys(), &fake.endpoint(), &S3).json());
    for (action, service, operation) in READS {
        let denied = fake.refuse(service, operation);
        let report = scan(BINARY, seed.keys(), &fake.endpoint(), &S3).json();
        fake.clear(denied);

        let needing: BTreeSet<String> = awspect_checks::all()
            .filter(|rule| rule.service() == "s3")
            .filter(|rule| rule.document().facts.actions.iter().any(|it| it == action))
            .filter(|_| !BESIDE.contains(action))
            .map(|rule| rule.id.to_owned())
            .collect();
        let mut unknown = BTreeSet::new();
        for finding in findings(&report) {
            if finding["status"] == "unknown" {
                assert_eq!(finding["reason"]["action"], *action, "{finding:#}");
                assert_eq!(finding["reason"]["cause"], "access_denied", "{finding:#}");
                assert_eq!(finding["reason"]["code"], "AccessDenied", "{finding:#}");
                unknown.insert(finding["rule"].as_str().unwrap().to_owned());
            }
        }
        assert_eq!(unknown, needing, "without {action}");
        for ((rule, name), status) in verdicts(&report) {
            let before = whole.get(&(rule.clone(), name.clone())).map(String::as_str);
            assert!(
                !(before == Some("fail") && status == "pass"),
                "without {action} {rule} on {name} turns from fail to pass"
            );
        }
        let missing = &report["coverage"]["missing_permissions"];
        assert_eq!(missing, &json!([action]));
    }
}

/// The permission stands behind two operations, and a refused `HEAD` has no body to name a code in.
#[test]
fn without_list_bucket_nobody_knows_objects_or_who_holds_a_name() {
    let (seed, fake) = world(Moto::shared(), "100000000003", "list");
    seed.account_block(OFF);
    let whole = verdicts(&scan(BINARY, seed.keys(), &fake.endpoint(), &S3).json());
    for operation in ["HeadBucket", "ListObjectsV2"] {
        fake.refuse("s3", operation);
    }
    let report = scan(BINARY, seed.keys(), &fake.endpoint(), &S3).json();
    let denied = verdicts(&report);
    let status = |rule: &str, name: &str| {
        denied.get(&(rule.to_owned(), name.to_owned())).map(String::as_str)
    };
    assert_eq!(status("s3/bucket-predictable-name-squat", "100000000003"), Some("unknown"));
    assert_eq!(status("s3/bucket-public-object-sample", "list-bad"), Some("unknown"));
    assert_eq!(status("s3/bucket-public-object-sample", "list-good"), Some("pass"));
    for (of, status) in &denied {
        assert!(
            !(whole.get(of).is_some_and(|before| before == "fail") && status == "pass"),
            "{of:?} turns from fail to pass"
        );
    }
    assert_eq!(report["coverage"]["missing_permissions"], json!(["s3:ListBucket"]));
}

#[test]
fn names_and_objects_are_asked_for_only_where_somebody_wants_them() {
    let (seed, fake) = world(Moto::shared(), "100000000004", "want");
    seed.account_block(OFF);
    let of_objects = || fake.count("s3", "ListObjectsV2") + fake.count("s3", "GetObjectAcl");

    // The bucket that receives copies, and nothing else.
    let one = ["--rule", "s3/bucket-replication-cross-region", "--sample-objects"];
    scan(BINARY, seed.keys(), &fake.endpoint(), &one);
    assert_eq!((fake.count("s3", "HeadBucket"), of_objects()), (1, 0));

    // Seven names in each of three regions, and one.
    fake.forget_calls();
    let one = ["--rule", "s3/bucket-predictable-name-squat"];
    let report = scan(BINARY, seed.keys(), &fake.endpoint(), &one).json();
    assert_eq!((fake.count("s3", "HeadBucket"), of_objects()), (3 * 7 + 1, 0));
    assert_eq!(findings(&report).len(), 1);

    // A scan that is not told to look at objects finds nothing about them, and lacks nothing.
    fake.forget_calls();
    let report = scan(BINARY, seed.keys(), &fake.endpoint(), &["--service", "s3"]).json();
    assert_eq!(of_objects(), 0);
    let rules: Vec<_> = findings(&report).iter().map(|finding| &finding["rule"]).collect();
    assert!(!rules.contains(&&json!("s3/bucket-public-object-sample")));
    assert_eq!(report["coverage"]["complete"], true);
}
