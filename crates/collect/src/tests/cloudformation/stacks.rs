//! What is read of a stack.

use serde_json::json;

use super::{account::*, *};

#[tokio::test]
async fn a_stack_is_read_in_full() {
    let rest = "<LastUpdatedTime>2031-02-01T00:00:00Z</LastUpdatedTime>\
        <RoleARN>arn:aws:iam::111122223333:role/deployer</RoleARN>\
        <NotificationARNs><member>arn:aws:sns:eu-west-1:111122223333:stacks</member></NotificationARNs>\
        <Capabilities><member>CAPABILITY_NAMED_IAM</member><member>CAPABILITY_NEW</member></Capabilities>\
        <DriftInformation><StackDriftStatus>DRIFTED</StackDriftStatus>\
        <LastCheckTimestamp>2031-03-01T00:00:00Z</LastCheckTimestamp></DriftInformation>\
        <Tags><member><Key>team</Key><Value>blue</Value></member></Tags>\
        <EnableTerminationProtection>false</EnableTerminationProtection>\
        <Parameters><member><ParameterKey>Stage</ParameterKey><ParameterValue>prod</ParameterValue></member></Parameters>\
        <Outputs><member><OutputKey>BootstrapVersion</OutputKey><OutputValue>21</OutputValue></member>\
        <member><OutputKey>BucketName</OutputKey><OutputValue>cdk-assets</OutputValue></member>\
        <member><OutputKey>Url</OutputKey><OutputValue>https://shop.example.com</OutputValue>\
        <ExportName>shop-url</ExportName></member></Outputs>";
    let stub = with(STACKS, page(&[in_status("shop", "UPDATE_COMPLETE", rest)], None));
    assert_eq!(
        at(&stub.regions(["eu-west-1"]), "/found/0").await,
        json!({
            "arn": SHOP,
            "name": "shop",
            "region": "eu-west-1",
            "status": "UPDATE_COMPLETE",
            "created": "2031-01-01T00:00:00Z",
            "updated": "2031-02-01T00:00:00Z",
            "parent": null,
            "root": null,
            "role": "arn:aws:iam::111122223333:role/deployer",
            "notifications": ["arn:aws:sns:eu-west-1:111122223333:stacks"],
            "capabilities": ["CAPABILITY_NAMED_IAM", "CAPABILITY_NEW"],
            "drift": { "status": "DRIFTED", "checked": "2031-03-01T00:00:00Z" },
            "tags": { "team": "blue" },
            "termination_protection": { "set": { "enabled": false } },
            "parameters": { "set": { "names": ["Stage"], "secrets": [] } },
            "outputs": { "set": {
                "outputs": [
                    { "key": "BootstrapVersion", "export_name": null },
                    { "key": "BucketName", "export_name": null },
                    { "key": "Url", "export_name": "shop-url" },
                ],
                "secrets": [],
                "bootstrap_version": 21,
                "bootstrap_bucket": "cdk-assets",
            } },
            "template": { "set": {
                "resources": [{
                    "id": "Orders",
                    "kind": "AWS::DynamoDB::Table",
                    "condition": null,
                    "deletion_policy": null,
                }],
                "parameters": [],
                "default_secrets": [],
                "secrets": [],
            } },
            "policy": { "set": "{}" },
        })
    );
}

#[tokio::test]
async fn the_protection_is_asked_for_by_arn_where_the_page_lacks_it() {
    let stub = but(|call| match call.operation.as_str() {
        STACKS if !of(call).is_empty() => Some(page(&[stack("shop", PROTECTED)], None)),
        STACKS => Some(page(&[stack("shop", "")], None)),
        _ => None,
    })
    .regions(["eu-west-1"]);
    let protection = at(&stub, "/found/0/termination_protection").await;
    assert_eq!(protection, json!({ "set": { "enabled": true } }));
    let asked: Vec<String> = stub.calls(STACKS).iter().map(|call| of(call).to_owned()).collect();
    assert_eq!(asked, [String::new(), SHOP.replace(':', "%3A").replace('/', "%2F")]);
}

#[tokio::test]
async fn a_nested_stack_has_neither_protection_nor_policy_of_its_own() {
    let inner = stack("inner", &nested());
    let stub = with(STACKS, page(&[inner], None)).regions(["eu-west-1"]);
    let stack = at(&stub, "/found/0").await;
    assert_eq!((&stack["parent"], &stack["root"]), (&json!(SHOP), &json!(SHOP)));
    for fact in ["termination_protection", "policy"] {
        assert_eq!(stack[fact], "not_set");
    }
    assert!(stack["template"].get("set").is_some());
    assert_eq!((stub.calls(STACKS).len(), stub.calls(POLICY).len()), (1, 0));
}

#[tokio::test]
async fn a_stack_under_review_has_neither_template_nor_policy() {
    let review = in_status("shop", "REVIEW_IN_PROGRESS", PROTECTED);
    let stub = with(STACKS, page(&[review], None)).regions(["eu-west-1"]);
    let stack = at(&stub, "/found/0").await;
    assert_eq!((&stack["template"], &stack["policy"]), (&json!("not_set"), &json!("not_set")));
    assert_eq!((stub.calls(TEMPLATE).len(), stub.calls(POLICY).len()), (0, 0));
}

#[tokio::test]
async fn a_stack_without_a_policy_says_so() {
    assert_eq!(at(&with(POLICY, policy(None)), "/found/0/policy").await, "not_set");
}
