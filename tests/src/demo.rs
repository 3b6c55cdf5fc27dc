//! The account that ships with awspect: a small web application, as people build it and leave it.

mod api;
mod data;
mod functions;
mod identities;
mod signin;
mod stacks;
mod web;

use std::{collections::BTreeMap, process::Command};

use awspect_fakeaws::{
    FakeAws, Request, Response,
    ec2::{REGIONS, no_networks},
};
use awspect_inventory::Inventory;
use serde_json::{Value, json};
use time::{Date, Month, OffsetDateTime, Time};

use crate::{
    fixtures::repository,
    moto::Moto,
    run,
    s3::{ALL_USERS, Bucket},
    seed::Seed,
};

/// The account's id, one of those that AWS keeps for documentation.
const ACCOUNT: &str = "111122223333";
const ON: [bool; 4] = [true; 4];

/// Where the snapshot is kept.
pub const PATH: &str = "fixtures/demo.json";

/// Builds the account in a fake AWS, and lets `awspect collect` write its snapshot.
///
/// The time of the collection and the digests of secrets are replaced by fixed ones, so that the file changes only with
/// its content.
///
/// # Panics
///
/// If the account cannot be built or the collection fails.
pub fn collect(binary: &str) -> Inventory {
    let moto = Moto::start();
    let seed = Seed::new(&moto, ACCOUNT);
    build(&seed);
    identities::build(&seed);
    let fake = FakeAws::start(moto.address());
    identities::stand_in(&fake);
    signin::stand_in(&fake);
    web::stand_in(&fake);
    api::stand_in(&fake);
    functions::stand_in(&fake);
    data::stand_in(&fake);
    stacks::stand_in(&fake);
    no_networks(&fake, REGIONS);
    // Its policy lets only the personnel department look, auditors not among them.
    fake.on("s3", "GetBucketAcl").only("shop-personnel").refuse();
    fake.on("s3", "GetBucketReplication").only("shop-personnel").refuse();
    // Another account's bucket: refused, and yet the header tells where it is.
    fake.on("s3", "HeadBucket").only("agency-shop-clicks").answer(
        403,
        &[("x-amz-bucket-region", "eu-west-1")],
        "",
    );
    // AWS does not take the referer for a fixed value; the fake takes any condition for one.
    fake.on("s3", "GetBucketPolicyStatus").only("shop-press-kit").rewrite(|_, mut response| {
        response.body = response.text().replace("false", "true").into_bytes();
        response
    });
    let snapshot = crate::python::target_dir().join(format!("demo-{}.json", std::process::id()));
    let mut command: Command = run::command(binary);
    let status = command
        .envs(seed.keys().variables())
        .args(["collect", "--last-accessed", "--endpoint-url", &fake.endpoint(), "--output"])
        .arg(&snapshot)
        .status()
        .expect("the binary should start");
    assert!(status.success(), "awspect collect: {status}");
    let bytes = std::fs::read(&snapshot).expect("the snapshot should be there");
    drop(std::fs::remove_file(&snapshot));
    let mut snapshot: Value = serde_json::from_slice(&bytes).expect("a snapshot is JSON");
    settle(&mut snapshot, &mut BTreeMap::new());
    let mut inventory = Inventory::read(snapshot.to_string().as_bytes()).expect("a snapshot");
    let day = Date::from_calendar_date(2026, Month::January, 15).expect("a day");
    inventory.collected_at = OffsetDateTime::new_utc(day, Time::MIDNIGHT);
    inventory
}

/// Numbers the digests of secrets, whose salt is another each time. Equal ones stay equal.
fn settle(part: &mut Value, known: &mut BTreeMap<String, usize>) {
    match part {
        Value::Object(members) => {
            if let Some(Value::String(digest)) = members.get_mut("digest") {
                let next = known.len() + 1;
                let number = known.entry(digest.clone()).or_insert(next);
                *digest = format!("{number:032x}");
            }
            members.values_mut().for_each(|part| settle(part, known));
        }
        Value::Array(items) => items.iter_mut().for_each(|part| settle(part, known)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// An answer of a service that speaks JSON.
fn answer(body: &Value) -> Response {
    Response::new(200, "application/json", body.to_string())
}

/// A text that was sent as a member of a JSON body; empty if there is none.
fn text(request: &Request, member: &str) -> String {
    let sent: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    sent.get(member).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Writes the snapshot to where the binary is built from.
///
/// # Panics
///
/// If the file cannot be written.
pub fn write(inventory: &Inventory) {
    let text = serde_json::to_string_pretty(inventory).expect("an inventory is JSON");
    std::fs::write(repository(PATH), text + "\n").expect("the snapshot should be writable");
}

fn build(seed: &Seed<'_>) {
    seed.account_block([true, false, true, false]);
    Bucket::new(seed, "eu-west-1", "shop-logs")
        .block(ON)
        .ownership("BucketOwnerEnforced")
        .encryption("AES256")
        .lifecycle("Enabled")
        .receives_logs();
    // The pages, behind the distribution.
    Bucket::new(seed, "eu-west-1", "shop-web")
        .block(ON)
        .ownership("BucketOwnerEnforced")
        .encryption("AES256")
        .logging("shop-logs")
        .policy(&policy(&[
            refuse("shop-web", json!({ "Bool": { "aws:SecureTransport": "false" } })),
            json!({
                "Sid": "Distribution", "Effect": "Allow", "Action": "s3:GetObject",
                "Principal": { "Service": "cloudfront.amazonaws.com" },
                "Resource": "arn:aws:s3:::shop-web/*",
                "Condition": { "StringEquals": {
                    "aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE"
                } },
            }),
        ]))
        .tags(&[("app", "shop"), ("env", "prod")]);
    // What customers upload, straight from the browser.
    Bucket::new(seed, "eu-west-1", "shop-uploads")
        .block([true, true, true, false])
        .ownership("ObjectWriter")
        .encryption("AES256")
        .cors(&["*"], &["GET", "PUT", "POST"])
        .notifications("arn:aws:sqs:eu-west-1:111122223333:shop-uploads")
        .tags(&[("app", "shop"), ("env", "prod")]);
    // From before Block Public Access.
    Bucket::new(seed, "us-east-1", "shop-press-kit")
        .encryption("AES256")
        .grants(&[
            (ALL_USERS, "READ"),
            ("79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be", "FULL_CONTROL"),
        ])
        .policy(&policy(&[json!({
            "Sid": "Pages", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::shop-press-kit/*",
            "Condition": { "StringLike": { "aws:Referer": "https://shop.example.com/*" } },
        })]))
        .website();
    Bucket::new(seed, "us-east-1", "shop-supplier-inbox")
        .encryption("AES256")
        .grants(&[(ALL_USERS, "WRITE")])
        .cors(&["http://suppliers.example.com"], &["GET"]);
    // What must not be lost, and is kept well.
    Bucket::new(seed, "eu-central-1", "shop-orders-copy")
        .block(ON)
        .ownership("BucketOwnerEnforced")
        .encryption("aws:kms")
        .versioning("Enabled");
    Bucket::with_object_lock(seed, "eu-west-1", "shop-orders")
        .block(ON)
        .ownership("BucketOwnerEnforced")
        .encryption("aws:kms")
        .versioning("Enabled")
        .replication("shop-orders-copy", None)
        .logging("shop-logs")
        .policy(&policy(&[
            refuse("shop-orders", json!({ "Bool": { "aws:SecureTransport": "false" } })),
            refuse("shop-orders", json!({ "NumericLessThan": { "s3:TlsVersion": "1.2" } })),
        ]))
        .lifecycle("Enabled")
        .tags(&[("app", "shop"), ("env", "prod"), ("data", "orders")]);
    // A favour to an agency, years ago.
    Bucket::new(seed, "eu-west-1", "shop-clicks")
        .block(ON)
        .ownership("BucketOwnerEnforced")
        .encryption("AES256")
        .versioning("Enabled")
        .replication("agency-shop-clicks", Some("444455556666"))
        .policy(&policy(&[json!({
            "Sid": "Agency", "Effect": "Allow", "Action": "s3:*",
            "Principal": { "AWS": "arn:aws:iam::444455556666:root" },
            "Resource": ["arn:aws:s3:::shop-clicks", "arn:aws:s3:::shop-clicks/*"],
        })]));
    Bucket::new(seed, "eu-west-1", "shop-personnel").block(ON).encryption("aws:kms");
    seed.access_point("us-east-1", "suppliers", "shop-supplier-inbox", [true, true, false, false]);
    seed.access_point("us-east-1", "press", "shop-press-kit", ON);
}

fn policy(statements: &[Value]) -> String {
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

#[expect(clippy::needless_pass_by_value, reason = "conditions are written where they are used")]
fn refuse(bucket: &str, condition: Value) -> Value {
    json!({
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": condition,
        "Resource": [format!("arn:aws:s3:::{bucket}"), format!("arn:aws:s3:::{bucket}/*")],
    })
}
