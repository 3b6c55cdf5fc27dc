//! What is read of a distribution.

use serde_json::{Value, json};

use super::{account::*, *};

/// The first distribution, of these origins and with what else its summary says.
async fn distribution(origins: &[String], also: &str) -> Value {
    let summary = with_origins(ID, origins, also);
    let stub = with(LIST, distributions(&[&summary], None));
    at(&stub, "/distributions/found/0").await
}

#[tokio::test]
async fn a_distribution_is_read_and_no_header_that_it_sends() {
    let cloudfront = cloudfront(&Stub::new(account).regions(["eu-west-1"])).await;
    assert!(!cloudfront.to_string().contains("not for any inventory"));
    let behavior = |path: Value, protocol| {
        json!({
            "path": path,
            "target": "bucket",
            "viewer_protocol": protocol,
            "allowed_methods": ["GET", "HEAD"],
            "signed": false,
            "functions": [],
            "field_level_encryption": null,
            "realtime_logs": null,
            "response_headers_policy": "P1",
        })
    };
    let bucket = |id, domain, owner| {
        json!({
            "id": id,
            "domain": domain,
            "path": "",
            "kind": { "s3": { "access_identity": null } },
            "access_control": "OAC1",
            "header_names": [],
            "bucket": { "set": owner },
        })
    };
    assert_eq!(
        cloudfront["distributions"],
        json!({ "found": [{
            "arn": arn(ID),
            "id": ID,
            "domain": "d1.cloudfront.net",
            "aliases": ["shop.example.com"],
            "enabled": true,
            "staging": false,
            "connection_mode": null,
            "origins": [
                bucket("bucket", "data.s3.eu-west-1.amazonaws.com", "own"),
                bucket("theirs", "theirs.s3.amazonaws.com", "foreign"),
                {
                    "id": "server",
                    "domain": "api.example.com",
                    "path": "/v1",
                    "kind": { "custom": {
                        "http_port": 80,
                        "https_port": 443,
                        "protocol": "https-only",
                        "ssl_protocols": ["TLSv1.1", "TLSv1.2"],
                        "mtls": false,
                    } },
                    "access_control": null,
                    "header_names": ["X-From"],
                    "bucket": "not_set",
                },
            ],
            "origin_groups": [],
            "default_behavior": behavior(json!(null), "redirect-to-https"),
            "behaviors": [behavior(json!("/login*"), "allow-all")],
            "viewer_certificate": {
                "default": true,
                "acm": null,
                "iam": null,
                "support": null,
                "minimum_protocol": "TLSv1",
            },
            "geo_restriction": { "kind": "none", "countries": [] },
            "web_acl": null,
            "http_version": "http2",
            "config": { "set": {
                "default_root_object": "index.html",
                "logging": null,
                "continuous_deployment_policy": null,
            } },
            "tags": { "set": { "team": "blue" } },
        }], "gaps": [], "gone": 0 })
    );
}

#[tokio::test]
async fn every_kind_of_origin_is_read() {
    let origins = [
        "<Origin><Id>a</Id><DomainName>data.s3.amazonaws.com</DomainName><S3OriginConfig>\
         <OriginAccessIdentity>origin-access-identity/cloudfront/OAI1</OriginAccessIdentity>\
         </S3OriginConfig></Origin>",
        "<Origin><Id>b</Id><DomainName>inside.example.com</DomainName><VpcOriginConfig>\
         <VpcOriginId>vo_1</VpcOriginId><OwnerAccountId>444455556666</OwnerAccountId>\
         </VpcOriginConfig></Origin>",
        "<Origin><Id>c</Id><DomainName>new.example.com</DomainName><BrandNewConfig/></Origin>",
    ];
    let read = distribution(&origins.map(str::to_owned), "").await;
    let kinds: Vec<&Value> =
        read["origins"].as_array().unwrap().iter().map(|origin| &origin["kind"]).collect();
    assert_eq!(
        kinds,
        [
            &json!({ "s3": { "access_identity": "OAI1" } }),
            &json!({ "vpc": { "id": "vo_1", "owner": "444455556666" } }),
            &json!("other"),
        ]
    );
}

#[tokio::test]
async fn what_a_distribution_has_besides_is_read() {
    let read = distribution(
        &[s3("a", "data.s3.amazonaws.com")],
        "<OriginGroups><Quantity>1</Quantity><Items><OriginGroup><Id>both</Id>\
         <Members><Quantity>2</Quantity><Items>\
         <OriginGroupMember><OriginId>a</OriginId></OriginGroupMember>\
         <OriginGroupMember><OriginId>b</OriginId></OriginGroupMember></Items></Members>\
         </OriginGroup></Items></OriginGroups><ConnectionMode>tenant-only</ConnectionMode>",
    )
    .await;
    assert_eq!(read["origin_groups"], json!([{ "id": "both", "members": ["a", "b"] }]));
    assert_eq!(read["connection_mode"], "tenant-only");
}

#[tokio::test]
async fn what_a_behavior_has_besides_is_read() {
    let function = "arn:aws:cloudfront::111122223333:function/hello";
    let lambda = "arn:aws:lambda:us-east-1:111122223333:function:check:3";
    let logs = "arn:aws:cloudfront::111122223333:realtime-log-config/all";
    let also = format!(
        "<TrustedKeyGroups><Enabled>true</Enabled><Quantity>0</Quantity></TrustedKeyGroups>\
         <LambdaFunctionAssociations><Quantity>1</Quantity><Items><LambdaFunctionAssociation>\
         <LambdaFunctionARN>{lambda}</LambdaFunctionARN><EventType>origin-request</EventType>\
         </LambdaFunctionAssociation></Items></LambdaFunctionAssociations>\
         <FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation>\
         <FunctionARN>{function}</FunctionARN><EventType>viewer-request</EventType>\
         </FunctionAssociation></Items></FunctionAssociations>\
         <FieldLevelEncryptionId>F1</FieldLevelEncryptionId>\
         <RealtimeLogConfigArn>{logs}</RealtimeLogConfigArn></DefaultCacheBehavior>"
    );
    let summary = summary(ID, "").replacen("</DefaultCacheBehavior>", &also, 1);
    let stub = with(LIST, distributions(&[&summary], None));
    let behavior = at(&stub, "/distributions/found/0/default_behavior").await;
    assert_eq!(
        behavior["functions"],
        json!([
            { "arn": lambda, "event": "origin-request" },
            { "arn": function, "event": "viewer-request" },
        ])
    );
    let others = ["signed", "field_level_encryption", "realtime_logs"];
    let others = others.map(|name| behavior[name].clone());
    assert_eq!(others, [json!(true), json!("F1"), json!(logs)]);
}

#[tokio::test]
async fn what_the_listing_leaves_out_is_read() {
    let logs = |enabled| {
        format!(
            "<Logging><Enabled>{enabled}</Enabled><IncludeCookies>true</IncludeCookies>\
             <Bucket>logs.s3.amazonaws.com</Bucket><Prefix>shop/</Prefix></Logging>"
        )
    };
    for (says, logging) in [
        (
            logs(true),
            json!({ "bucket": "logs.s3.amazonaws.com", "prefix": "shop/", "cookies": true }),
        ),
        (logs(false), json!(null)),
    ] {
        let also = "<ContinuousDeploymentPolicyId>C1</ContinuousDeploymentPolicyId>";
        let stub = with(CONFIG, config(&format!("{says}{also}")));
        assert_eq!(
            at(&stub, "/distributions/found/0/config/set").await,
            json!({
                "default_root_object": null,
                "logging": logging,
                "continuous_deployment_policy": "C1",
            })
        );
    }
}
