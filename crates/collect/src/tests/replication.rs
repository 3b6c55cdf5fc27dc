//! Account and region of the buckets that receive copies.

use serde_json::{Value, json};

use super::{
    account::{buckets, page, usual},
    stub::{Answer, Stub, error, ok, status},
    unknown, written,
};

/// An account whose bucket `data` in eu-west-1 replicates, with `own` in us-east-2 beside it.
fn replicating(rules: &str, head: Answer) -> Stub {
    let body =
        format!("<ReplicationConfiguration><Role>r</Role>{rules}</ReplicationConfiguration>");
    Stub::new(move |call| match call.operation.as_str() {
        "s3:ListBuckets" => buckets(&[("data", Some("eu-west-1")), ("own", Some("us-east-2"))]),
        "s3:GetBucketReplication" if call.bucket() == "data" => ok(body.clone()),
        "s3:HeadBucket" => head.clone(),
        _ => usual(call),
    })
}

fn to(bucket: &str) -> String {
    format!(
        "<Rule><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::{bucket}</Bucket>\
         </Destination></Rule>"
    )
}

async fn rule(stub: &Stub) -> Value {
    let s3 = written(stub.collect().await.s3);
    s3.pointer("/buckets/found/0/replication/set/rules/0").unwrap().clone()
}

#[tokio::test]
async fn an_own_destination_is_known_without_asking() {
    let stub = replicating(&to("own"), status(500));
    let rule = rule(&stub).await;
    assert_eq!(rule["account"], json!({ "set": "111122223333" }));
    assert_eq!(rule["region"], json!({ "set": "us-east-2" }));
    assert_eq!(stub.calls("s3:HeadBucket").len(), 0);
}

#[tokio::test]
async fn an_own_destination_in_a_region_not_asked_for_is_known_as_well() {
    let stub = replicating(&to("own"), status(500)).regions(["eu-west-1"]);
    assert_eq!(rule(&stub).await["region"], json!({ "set": "us-east-2" }));
}

#[tokio::test]
async fn a_foreign_destination_tells_its_region_where_it_refuses_and_not_its_account() {
    let head = status(403).with("x-amz-bucket-region", "sa-east-1");
    let stub = replicating(&format!("{}{}", to("theirs"), to("theirs")), head);
    let rule = rule(&stub).await;
    assert_eq!(rule["account"], "not_set");
    assert_eq!(rule["region"], json!({ "set": "sa-east-1" }));
    assert_eq!(stub.calls("s3:HeadBucket").len(), 1);
}

#[tokio::test]
async fn a_foreign_destination_that_says_nothing_is_unknown() {
    for (head, reason, code) in
        [(status(403), "access_denied", "HTTP 403"), (status(404), "gone", "NotFound")]
    {
        let rule = rule(&replicating(&to("theirs"), head)).await;
        assert_eq!(rule["region"], unknown("s3:ListBucket", reason, code));
    }
    let rule = rule(&replicating(&to("theirs"), status(200))).await;
    assert_eq!(rule["region"]["unknown"]["reason"], "malformed");
}

#[tokio::test]
async fn a_rule_that_names_the_account_is_believed() {
    let body = "<Rule><ID>r</ID><Status>Disabled</Status><Filter><Prefix>logs/</Prefix></Filter>\
        <Destination><Bucket>arn:aws:s3:::theirs</Bucket><Account>444455556666</Account>\
        </Destination></Rule>";
    let head = status(403).with("x-amz-bucket-region", "sa-east-1");
    assert_eq!(
        rule(&replicating(body, head)).await,
        json!({
            "id": "r",
            "status": "Disabled",
            "filtered": true,
            "destination": "arn:aws:s3:::theirs",
            "account": { "set": "444455556666" },
            "region": { "set": "sa-east-1" },
        })
    );
}

#[tokio::test]
async fn an_empty_filter_takes_every_object() {
    for (filter, filtered) in [
        ("", false),
        ("<Prefix></Prefix>", false),
        ("<Filter/>", false),
        ("<Filter><Prefix></Prefix></Filter>", false),
        ("<Prefix>a</Prefix>", true),
        ("<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>", true),
        ("<Filter><And><Prefix>a</Prefix></And></Filter>", true),
    ] {
        let body = to("own").replace("<Rule>", &format!("<Rule>{filter}"));
        assert_eq!(rule(&replicating(&body, status(500))).await["filtered"], filtered, "{filter}");
    }
}

#[tokio::test]
async fn whose_an_unlisted_destination_is_nobody_knows_where_the_listing_broke_off() {
    let stub = Stub::new(|call| match call.operation.as_str() {
        "s3:ListBuckets" if call.request.contains("continuation-token") => {
            error(403, "AccessDenied")
        }
        "s3:ListBuckets" => page(&[("data", Some("eu-west-1"))], Some("more")),
        "s3:GetBucketReplication" => {
            ok(format!("<ReplicationConfiguration>{}</ReplicationConfiguration>", to("perhaps")))
        }
        _ => usual(call),
    });
    let account = &rule(&stub).await["account"];
    assert_eq!(account["unknown"]["action"], "s3:ListAllMyBuckets");
}
