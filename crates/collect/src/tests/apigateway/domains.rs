//! What is read of domain names, and by which of the two APIs.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::ok;

/// The account with this domain name instead.
fn having(domain: serde_json::Value) -> Stub {
    with(LIST_DOMAINS, items(&[domain]))
}

#[tokio::test]
async fn a_regional_name_may_have_apis_of_all_kinds_behind_it() {
    let stub = Stub::new(account);
    assert_eq!(
        at(&stub, "/domain_names/found").await,
        json!([{
            "arn": "arn:aws:apigateway:eu-west-1::/domainnames/api.example.com",
            "name": "api.example.com",
            "id": null,
            "region": "eu-west-1",
            "endpoint_types": ["REGIONAL"],
            "security_policy": "TLS_1_2",
            "mutual_tls": { "truststore": "s3://trust/authorities.pem" },
            "routing_mode": "BASE_PATH_MAPPING_ONLY",
            "distribution": null,
            "regional_domain": "d-1.execute-api.eu-west-1.amazonaws.com",
            "mappings": { "set": [
                { "api": "pets", "stage": "prod", "path": null },
                { "api": "orders", "stage": "$default", "path": "v2/orders" },
            ] },
            "tags": { "team": "blue" },
        }])
    );
    assert_eq!((stub.calls(MAPPINGS).len(), stub.calls(BASE_PATHS).len()), (1, 0));
}

#[tokio::test]
async fn other_names_have_rest_apis_alone() {
    let stub = having(domain("api.example.com", "EDGE"));
    assert_eq!(
        at(&stub, "/domain_names/found/0/mappings").await,
        json!({ "set": [{ "api": "pets", "stage": "prod", "path": null }] })
    );
    assert_eq!((stub.calls(MAPPINGS).len(), stub.calls(BASE_PATHS).len()), (0, 1));
}

#[tokio::test]
async fn a_private_name_is_told_by_its_id() {
    let arn = "arn:aws:apigateway:eu-west-1:111122223333:/domainnames/api.example.com+abc";
    let mut private = domain("api.example.com", "PRIVATE");
    private["domainNameArn"] = json!(arn);
    private["domainNameId"] = json!("abc");
    let stub = having(private);
    let domain = at(&stub, "/domain_names/found/0").await;
    assert_eq!((&domain["arn"], &domain["id"]), (&json!(arn), &json!("abc")));
    assert!(stub.calls(BASE_PATHS)[0].request.contains("domainNameId=abc"));
}

#[tokio::test]
async fn a_name_without_apis_has_no_list_of_them() {
    for (endpoint, operation) in [("EDGE", BASE_PATHS), ("REGIONAL", MAPPINGS)] {
        let stub = having(domain("api.example.com", endpoint))
            .instead(move |call| (call.operation == operation).then(|| ok("{}")));
        assert_eq!(at(&stub, "/domain_names/found/0/mappings").await, json!({ "set": [] }));
    }
}
