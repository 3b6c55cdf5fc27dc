//! A few objects of a bucket.

use serde_json::{Value, json};

use super::{
    account::{body, usual},
    stub::{Answer, Call, Stub, error, ok},
    written,
};

const LIST: &str = "s3:ListObjectsV2";
const ACL: &str = "s3:GetObjectAcl";

/// An account whose bucket has these objects, with ACLs that count.
fn with(keys: Answer, acl: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    let answer = move |call: &Call| match call.operation.as_str() {
        "s3:GetBucketOwnershipControls" => error(404, "OwnershipControlsNotFoundError"),
        "s3:GetPublicAccessBlock" | "s3control:GetPublicAccessBlock" => {
            error(404, "NoSuchPublicAccessBlockConfiguration")
        }
        LIST => keys.clone(),
        ACL => acl(call),
        _ => usual(call),
    };
    Stub::new(answer).sample_objects()
}

fn page(keys: impl Iterator<Item = String>, more: bool) -> Answer {
    let keys: Vec<String> =
        keys.map(|key| format!("<Contents><Key>{key}</Key></Contents>")).collect();
    ok(format!(
        "<ListBucketResult><KeyCount>{}</KeyCount><IsTruncated>{more}</IsTruncated>{}\
         </ListBucketResult>",
        keys.len(),
        keys.concat()
    ))
}

fn named(keys: &[&str]) -> Answer {
    page(keys.iter().map(ToString::to_string), false)
}

/// The list of a bucket, which objects have as well.
fn private(_: &Call) -> Answer {
    ok(body("s3:GetBucketAcl"))
}

async fn objects(stub: &Stub) -> Value {
    written(&stub.collect().await.s3.buckets.found[0].objects)
}

#[tokio::test]
async fn objects_are_told_with_their_lists() {
    let stub = with(named(&["a", "b/c"]), private);
    let acl = json!({ "set": { "owner": "me", "grants": [
        { "grantee": { "canonical_user": "me" }, "permission": "FULL_CONTROL" },
    ] } });
    assert_eq!(
        objects(&stub).await,
        json!({ "set": { "keys": 2, "more": false, "objects": [
            { "key": "a", "acl": acl },
            { "key": "b/c", "acl": acl },
        ] } })
    );
    assert!(stub.collect().await.s3.samples_objects);
    let call = stub.calls(LIST).remove(0);
    assert_eq!((call.region.as_str(), call.bucket()), ("eu-west-1", "data"));
    assert!(call.request.contains("max-keys=1000"), "{}", call.request);
}

#[tokio::test]
async fn of_many_objects_twenty_are_looked_at() {
    let stub = with(page((0..1_000).map(|key| format!("{key:04}")), true), private);
    let sample = objects(&stub).await["set"].clone();
    assert_eq!((&sample["keys"], &sample["more"]), (&json!(1_000), &json!(true)));
    let looked_at = sample["objects"].as_array().unwrap();
    assert_eq!(looked_at.len(), 20);
    assert_eq!((&looked_at[0]["key"], &looked_at[19]["key"]), (&json!("0000"), &json!("0999")));
    assert_eq!((stub.calls(LIST).len(), stub.calls(ACL).len()), (1, 20));
}

#[tokio::test]
async fn an_object_that_went_away_is_left_out_and_one_that_refuses_is_unknown() {
    let stub = with(named(&["gone", "kept", "shut"]), |call| {
        if call.request.contains("/gone") {
            error(404, "NoSuchKey")
        } else if call.request.contains("/shut") {
            error(403, "AccessDenied")
        } else {
            private(call)
        }
    });
    let sample = objects(&stub).await["set"].clone();
    let looked_at = sample["objects"].as_array().unwrap();
    assert_eq!((&sample["keys"], looked_at.len()), (&json!(3), 2));
    assert_eq!(looked_at[0]["key"], "kept");
    assert_eq!(looked_at[1]["acl"]["unknown"]["reason"], "access_denied");
    assert_eq!(looked_at[1]["acl"]["unknown"]["action"], ACL);
}

#[tokio::test]
async fn an_empty_bucket_says_so_and_keys_that_cannot_be_listed_are_unknown() {
    assert_eq!(
        objects(&with(named(&[]), private)).await,
        json!({ "set": { "keys": 0, "more": false, "objects": [] } })
    );
    let lacking = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
    for (answer, reason) in [
        (error(403, "AccessDenied"), "access_denied"),
        (ok("<ListBucketResult/>"), "malformed"),
        (ok(lacking), "malformed"),
    ] {
        let unknown = objects(&with(answer, private)).await["unknown"].clone();
        assert_eq!(unknown["action"], "s3:ListBucket");
        assert_eq!(unknown["reason"], reason);
    }
}

#[tokio::test]
async fn where_lists_are_without_effect_no_object_is_looked_at() {
    for operation in [
        "s3:GetBucketOwnershipControls",
        "s3:GetPublicAccessBlock",
        "s3control:GetPublicAccessBlock",
    ] {
        let stub = with(named(&["a"]), private)
            .instead(move |call| (call.operation == operation).then(|| usual(call)));
        assert_eq!(objects(&stub).await, "not_set", "{operation}");
        assert_eq!(stub.calls(LIST).len() + stub.calls(ACL).len(), 0);
    }
}

#[tokio::test]
async fn where_nobody_knows_whether_lists_count_objects_are_looked_at() {
    let stub = with(named(&["a"]), private).instead(|call| {
        (call.operation == "s3:GetBucketOwnershipControls").then(|| error(403, "AccessDenied"))
    });
    assert_eq!(objects(&stub).await["set"]["keys"], 1);
}

#[tokio::test]
async fn without_being_told_or_wanted_no_object_is_looked_at() {
    let untold = Stub::new(usual);
    let unwanted = with(named(&["a"]), private).only(["s3:GetReplicationConfiguration"]);
    for stub in [untold, unwanted] {
        assert_eq!(
            objects(&stub).await,
            json!({ "unknown": { "action": "s3:ListBucket", "reason": "not_asked" } })
        );
        assert_eq!(stub.calls(LIST).len(), 0);
    }
}
