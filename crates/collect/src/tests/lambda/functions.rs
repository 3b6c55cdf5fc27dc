//! The functions of each region, their versions and their aliases.

use serde_json::json;

use super::{account::*, *};
use crate::tests::{
    secret::{PLANTED, found},
    stub::{error, in_turn, ok},
};

#[tokio::test]
async fn a_function_is_read_with_its_version_and_its_alias() {
    let configuration = json!({ "set": {
        "package": "Zip", "runtime": "python3.13", "layers": [format!("{LAYER}:1")],
    } });
    let environment = json!({ "set": { "names": ["HOST", "TOKEN"], "secrets": [] } });
    let mut function = at(&Stub::new(account), "/functions/found/0").await;
    assert_eq!(function["urls"].take()["found"].as_array().unwrap().len(), 2);
    assert_eq!(
        function,
        json!({
            "arn": SHOP,
            "name": "shop",
            "region": "eu-west-1",
            "role": "arn:aws:iam::111122223333:role/app",
            "configuration": configuration,
            "environment": environment,
            "policy": "not_set",
            "versions": { "found": [{
                "arn": format!("{SHOP}:1"),
                "name": "shop:1",
                "region": "eu-west-1",
                "version": "1",
                "role": "arn:aws:iam::111122223333:role/app",
                "configuration": configuration,
                "environment": environment,
                "policy": "not_set",
            }], "gaps": [], "gone": 0 },
            "aliases": { "found": [{
                "arn": format!("{SHOP}:live"),
                "name": "shop:live",
                "region": "eu-west-1",
                "version": "1",
                "other_version": null,
                "policy": { "set": r#"{"Statement":[{"Sid":"everybody"}]}"# },
            }], "gaps": [], "gone": 0 },
            "urls": null,
        })
    );
}

#[tokio::test]
async fn no_value_of_the_environment_is_kept() {
    let text = written(Stub::new(account).collect().await.lambda).to_string();
    assert!(text.contains("TOKEN"));
    assert!(!text.contains("inventory") && !text.contains("nor this one"));
}

#[tokio::test]
async fn secrets_of_the_environment_are_told_and_not_kept() {
    let mut latest = function("shop", "$LATEST");
    latest["Environment"]["Variables"] = json!({
        "CACHE_URL": format!("redis://:{PLANTED}@cache.internal:6379"),
        "DB_PASSWORD": PLANTED,
        "DB_PASSWORD_ARN": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf",
        "SEALED_PASSWORD": format!("AQICAHh{PLANTED}"),
    });
    let mut version = function("shop", "1");
    version["Environment"]["Variables"] = json!({ "DB_PASSWORD": PLANTED });
    let function = at(&with(LIST, functions(&[latest, version], None)), "/functions/found/0").await;
    let environment = &function["environment"]["set"];
    assert_eq!(
        environment["names"],
        json!(["CACHE_URL", "DB_PASSWORD", "DB_PASSWORD_ARN", "SEALED_PASSWORD"])
    );
    assert_eq!(
        found(&environment["secrets"]),
        [
            ("Environment.Variables.CACHE_URL", "connection_string"),
            ("Environment.Variables.DB_PASSWORD", "named_secret"),
        ]
    );
    let published = &function["versions"]["found"][0]["environment"]["set"]["secrets"];
    assert_eq!(published[0], environment["secrets"][1]);
    assert!(!function.to_string().contains(PLANTED));
}

#[tokio::test]
async fn all_pages_are_read_and_versions_find_their_function() {
    let stub = but(|call| match (call.operation.as_str(), call.request.contains("Marker=2")) {
        (LIST, false) if call.region == "eu-west-1" => {
            // Without a version behind the ARN as well.
            let mut cart = function("cart", "$LATEST");
            cart["FunctionArn"] = json!("arn:aws:lambda:eu-west-1:111122223333:function:cart");
            Some(functions(&[function("shop", "$LATEST"), cart, function("shop", "1")], Some("2")))
        }
        (LIST, true) => Some(functions(&[function("shop", "2"), function("cart", "7")], None)),
        _ => None,
    });
    let listed = at(&stub, "/functions").await;
    assert_eq!((names(&listed), &listed["gaps"]), (vec!["shop", "cart"], &json!([])));
    assert_eq!(names(&listed["found"][0]["versions"]), ["shop:1", "shop:2"]);
    assert_eq!(names(&listed["found"][1]["versions"]), ["cart:7"]);
    assert_eq!(listed["found"][1]["arn"], "arn:aws:lambda:eu-west-1:111122223333:function:cart");
    assert!(stub.calls(LIST)[0].request.contains("FunctionVersion=ALL"));
}

#[tokio::test]
async fn three_hundred_functions_with_aliases_are_read() {
    let all: Vec<_> = (0..300).map(|index| format!("f{index}")).collect();
    let stub = but(move |call| match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => {
            let marker = call.request.split("Marker=").nth(1).unwrap_or("0");
            let from: usize = marker.split('&').next().unwrap().parse().unwrap();
            let page: Vec<_> =
                (from..from + 50).map(|index| function(&format!("f{index}"), "$LATEST")).collect();
            let next = (from + 50 < 300).then(|| (from + 50).to_string());
            Some(functions(&page, next.as_deref()))
        }
        ALIASES if call.request.contains("Marker=") => Some(aliases(&[("c", "$LATEST")], None)),
        ALIASES => Some(aliases(&[("a", "1"), ("b", "1")], Some("more"))),
        URLS => Some(urls(&[], None)),
        _ => None,
    });
    let listed = at(&stub, "/functions").await;
    assert_eq!(
        (names(&listed), &listed["gaps"]),
        (all.iter().map(String::as_str).collect(), &json!([]))
    );
    for function in listed["found"].as_array().unwrap() {
        assert_eq!(names(&function["aliases"]).len(), 3);
        assert_eq!(function["policy"], "not_set");
    }
    // One for each function and one for each alias.
    assert_eq!(stub.calls(POLICY).len(), 300 * 4);
}

#[tokio::test]
async fn what_one_region_refuses_is_a_gap_of_that_region() {
    let stub = but(|call| {
        (call.operation == LIST && call.region == "us-east-1")
            .then(|| error(403, "AccessDeniedException"))
    });
    let listed = at(&stub, "/functions").await;
    assert_eq!(names(&listed), ["shop"]);
    assert_eq!(listed["gaps"].as_array().unwrap().len(), 1);
    assert_eq!(listed["gaps"][0]["arn"], "arn:aws:lambda:us-east-1:111122223333:function:*");
    assert_eq!(listed["gaps"][0]["unknown"]["action"], "lambda:ListFunctions");
}

#[tokio::test]
async fn a_page_that_fails_may_have_held_versions() {
    let stub = but(|call| match (call.operation.as_str(), call.request.contains("Marker=2")) {
        (LIST, false) if call.region == "eu-west-1" => {
            Some(functions(&[function("shop", "$LATEST")], Some("2")))
        }
        (LIST, true) => Some(error(403, "AccessDeniedException")),
        _ => None,
    });
    let listed = at(&stub, "/functions").await;
    assert_eq!(listed["gaps"].as_array().unwrap().len(), 1);
    let gap = &listed["found"][0]["versions"]["gaps"][0];
    assert_eq!(
        (&gap["arn"], &gap["unknown"]["reason"]),
        (&json!(format!("{SHOP}:*")), &json!("access_denied"))
    );
}

#[tokio::test]
async fn a_version_without_its_function_is_a_gap() {
    let stub = with(LIST, functions(&[function("shop", "$LATEST"), function("cart", "3")], None));
    let listed = at(&stub, "/functions").await;
    assert_eq!(names(&listed), ["shop"]);
    let gap = &listed["gaps"][0];
    assert_eq!(gap["arn"], "arn:aws:lambda:eu-west-1:111122223333:function:cart");
    assert_eq!(gap["unknown"]["reason"], "malformed");
}

#[tokio::test]
async fn a_function_without_a_role_is_a_gap() {
    let odd = json!({ "FunctionArn": SHOP, "FunctionName": "shop" });
    let listed =
        at(&with(LIST, functions(&[odd, function("cart", "$LATEST")], None)), "/functions").await;
    assert_eq!(names(&listed), ["cart"]);
    assert_eq!(listed["gaps"][0]["unknown"]["reason"], "malformed");
    assert_eq!(listed["found"][0]["versions"]["gaps"], json!([]));
}

#[tokio::test]
async fn what_does_not_say_what_it_runs_on_is_unknown_there_alone() {
    let mut odd = function("shop", "$LATEST");
    odd["PackageType"] = json!(null);
    let function = at(&with(LIST, functions(&[odd], None)), "/functions/found/0").await;
    assert_eq!(function["configuration"]["unknown"]["reason"], "malformed");
    assert!(function["environment"].get("set").is_some());
}

#[tokio::test]
async fn an_environment_that_lambda_cannot_decrypt_is_unknown() {
    let mut locked = function("shop", "$LATEST");
    locked["Environment"] = json!({ "Error": {
        "ErrorCode": "AccessDeniedException",
        "Message": "Lambda was unable to decrypt the environment variables.",
    } });
    let mut bare = function("cart", "$LATEST");
    bare["Environment"] = json!(null);
    let listed = at(&with(LIST, functions(&[locked, bare], None)), "/functions").await;
    assert_eq!(
        listed["found"][0]["environment"],
        crate::tests::unknown("lambda:ListFunctions", "access_denied", "AccessDeniedException")
    );
    assert_eq!(listed["found"][1]["environment"], "not_set");
}

#[tokio::test]
async fn a_function_is_gone_if_its_listing_says_so_twice() {
    let gone = || error(404, "ResourceNotFoundException");
    for operation in [ALIASES, URLS] {
        let inventory = with(operation, gone()).collect().await;
        assert_eq!(inventory.gone(), 1);
        let listed = written(inventory.lambda.functions);
        assert_eq!(listed, json!({ "found": [], "gaps": [], "gone": 1 }));
        // The second time it is there.
        let answers = in_turn([gone(), ok(r#"{"Aliases":[],"FunctionUrlConfigs":[]}"#)]);
        let stub = but(move |call| (call.operation == operation).then(&answers));
        let listed = at(&stub, "/functions").await;
        assert_eq!((names(&listed), &listed["gone"]), (vec!["shop"], &json!(0)));
        let kind = if operation == ALIASES { "aliases" } else { "urls" };
        assert_eq!(listed["found"][0][kind]["gaps"][0]["unknown"]["reason"], "gone");
    }
}

#[tokio::test]
async fn a_snapshot_gives_back_what_was_read() {
    let read = Stub::new(account).collect().await.lambda;
    let back: awspect_inventory::lambda::Lambda = serde_json::from_value(written(&read)).unwrap();
    assert_eq!(back, read);
}
