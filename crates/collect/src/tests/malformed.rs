//! Answers that are not what the API reference promises.

use serde_json::{Value, json};

use super::{
    account::{body, usual},
    facts::{BUCKET, all},
    stub::{Answer, Stub, ok},
    written,
};

/// A fact of the one bucket, where its operation answers this.
async fn bucket_fact(field: &'static str, answer: Answer) -> Value {
    let row = BUCKET.iter().find(|row| row.field == field).unwrap();
    let stub =
        Stub::new(
            move |call| {
                if call.operation == row.operation { answer.clone() } else { usual(call) }
            },
        );
    let s3 = written(stub.collect().await.s3);
    s3.pointer(&format!("/buckets/found/0/{field}")).unwrap().clone()
}

#[tokio::test]
async fn a_body_that_is_none_or_another_is_malformed() {
    for body in ["", "<", "<Unclosed><Element>", "<SomethingElse/>", "<html>Sorry</html>", "\u{0}"]
    {
        let stub = Stub::new(move |call| {
            let asked_for = all().iter().any(|(_, row)| row.operation == call.operation);
            // A policy is no XML, and S3 says it in any words.
            let text = call.operation == "s3:GetBucketPolicy" && !body.is_empty();
            if asked_for && !text { ok(body) } else { usual(call) }
        });
        let s3 = written(stub.collect().await.s3);
        for (path, row) in all() {
            if row.operation == "s3:GetBucketPolicy" && !body.is_empty() {
                continue;
            }
            let reason = s3.pointer(&format!("{path}/unknown/reason"));
            assert_eq!(reason, Some(&json!("malformed")), "{path} {body:?}");
        }
    }
}

#[tokio::test]
async fn a_document_that_is_cut_short_is_malformed_wherever_the_cut_is() {
    let body = body("s3:GetBucketAcl");
    for end in (1..body.len()).step_by(41) {
        let acl = bucket_fact("acl", ok(body.get(..end).unwrap())).await;
        assert_eq!(acl["unknown"]["reason"], "malformed", "{end}");
    }
}

#[tokio::test]
async fn what_an_answer_must_have_and_lacks_is_named() {
    for (field, body, lacks) in LACKING {
        let root = ROOTS.iter().find(|root| root.0 == *field).unwrap().1;
        let fact = bucket_fact(field, ok(format!("<{root}>{body}</{root}>"))).await;
        let message = format!("the answer has no usable `{lacks}`");
        assert_eq!(fact["unknown"]["reason"], "malformed", "{field} {fact}");
        assert_eq!(fact["unknown"]["message"], message, "{field} {fact}");
    }
}

const ROOTS: &[(&str, &str)] = &[
    ("acl", "AccessControlPolicy"),
    ("ownership", "OwnershipControls"),
    ("policy_status", "PolicyStatus"),
    ("encryption", "ServerSideEncryptionConfiguration"),
    ("versioning", "VersioningConfiguration"),
    ("replication", "ReplicationConfiguration"),
    ("cors", "CORSConfiguration"),
    ("logging", "BucketLoggingStatus"),
    ("lifecycle", "LifecycleConfiguration"),
    ("object_lock", "ObjectLockConfiguration"),
    ("notifications", "NotificationConfiguration"),
    ("tags", "Tagging"),
];

const LACKING: &[(&str, &str, &str)] = &[
    ("acl", "", "AccessControlList"),
    (
        "acl",
        "<AccessControlList><Grant><Grantee><ID>me</ID></Grantee></Grant>\
         </AccessControlList>",
        "Permission",
    ),
    (
        "acl",
        "<AccessControlList><Grant><Permission>READ</Permission></Grant>\
         </AccessControlList>",
        "Grantee",
    ),
    (
        "acl",
        "<AccessControlList><Grant><Grantee><DisplayName>me</DisplayName></Grantee>\
         <Permission>READ</Permission></Grant></AccessControlList>",
        "Grantee",
    ),
    ("ownership", "", "Rule"),
    ("ownership", "<Rule/>", "ObjectOwnership"),
    ("policy_status", "", "IsPublic"),
    ("encryption", "", "Rule"),
    ("encryption", "<Rule><ApplyServerSideEncryptionByDefault/></Rule>", "SSEAlgorithm"),
    ("versioning", "<Status/>", "Status"),
    ("replication", "", "Rule"),
    ("replication", "<Rule><Status>Enabled</Status></Rule>", "Destination.Bucket"),
    ("replication", "<Rule><Status>Enabled</Status><Destination/></Rule>", "Destination.Bucket"),
    (
        "replication",
        "<Rule><Status>Enabled</Status><Destination><Bucket>b</Bucket></Destination>\
         </Rule>",
        "Destination.Bucket",
    ),
    (
        "replication",
        "<Rule><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::data</Bucket>\
         <Account>me</Account></Destination></Rule>",
        "Destination.Account",
    ),
    (
        "replication",
        "<Rule><Destination><Bucket>arn:aws:s3:::data</Bucket></Destination></Rule>",
        "Status",
    ),
    ("cors", "", "CORSRule"),
    ("cors", "<CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule>", "AllowedMethod"),
    ("cors", "<CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule>", "AllowedOrigin"),
    ("logging", "<LoggingEnabled/>", "TargetBucket"),
    ("lifecycle", "", "Rule"),
    ("lifecycle", "<Rule/>", "Status"),
    ("object_lock", "<ObjectLockEnabled>Sometimes</ObjectLockEnabled>", "ObjectLockEnabled"),
    ("notifications", "<QueueConfiguration/>", "Topic, Queue or CloudFunction"),
    ("tags", "<TagSet><Tag><Value>blue</Value></Tag></TagSet>", "Key"),
];

#[tokio::test]
async fn a_value_that_is_new_is_kept_as_aws_spells_it() {
    let s3 = Stub::new(|call| match usual(call) {
        Answer::Http { status, headers, body } if call.operation.starts_with("s3:GetBucket") => {
            let new = ["FULL_CONTROL", "BucketOwnerEnforced", "aws:kms", "Enabled", "Disabled"]
                .iter()
                .fold(body, |body, old| body.replace(&format!(">{old}<"), ">Brand-New<"));
            Answer::Http { status, headers, body: new }
        }
        answer => answer,
    })
    .collect()
    .await;
    let s3 = written(s3.s3);
    for path in [
        "acl/set/grants/0/permission",
        "ownership/set",
        "encryption/set/rules/0/algorithm",
        "versioning/set/status",
        "versioning/set/mfa_delete",
        "replication/set/rules/0/status",
        "lifecycle/set/rules/0/status",
    ] {
        let value = s3.pointer(&format!("/buckets/found/0/{path}"));
        assert_eq!(value, Some(&json!("Brand-New")), "{path}");
    }
}

#[tokio::test]
async fn a_list_may_be_empty_where_aws_says_so() {
    let acl = ok("<AccessControlPolicy><AccessControlList/></AccessControlPolicy>");
    let acl = bucket_fact("acl", acl).await;
    assert_eq!(acl, json!({ "set": { "owner": null, "grants": [] } }));
    let tags = bucket_fact("tags", ok("<Tagging><TagSet/></Tagging>")).await;
    assert_eq!(tags, json!({ "set": {} }));
}
