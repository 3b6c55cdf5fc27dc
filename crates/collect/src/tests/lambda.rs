//! The functions of each region.

use serde_json::{Value, json};

use super::{
    account::usual,
    stub::{Answer, Call, Stub, error, ok},
    written,
};

const LIST: &str = "lambda:ListFunctions";

fn page(names: &[&str], next: Option<&str>) -> Answer {
    let functions: Vec<Value> = names
        .iter()
        .map(|name| {
            json!({
                "FunctionArn": format!("arn:aws:lambda:eu-west-1:111122223333:function:{name}"),
                "FunctionName": name,
                "Role": "arn:aws:iam::111122223333:role/app",
                "Environment": { "Variables": { "TOKEN": "not for any inventory" } },
            })
        })
        .collect();
    ok(json!({ "Functions": functions, "NextMarker": next }).to_string())
}

async fn functions(answer: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Value {
    written(Stub::new(answer).collect().await.lambda.functions)
}

#[tokio::test]
async fn all_pages_are_read_and_no_environment_is_kept() {
    let found =
        functions(|call| match (call.operation.as_str(), call.request.contains("Marker=2")) {
            (LIST, false) if call.region == "eu-west-1" => page(&["shop"], Some("2")),
            (LIST, true) => page(&["cart"], None),
            _ => usual(call),
        })
        .await;
    let names: Vec<_> = found["found"].as_array().unwrap().iter().map(|own| &own["name"]).collect();
    assert_eq!(names, ["shop", "cart"]);
    assert_eq!(found["found"][0]["role"], json!("arn:aws:iam::111122223333:role/app"));
    assert!(!found.to_string().contains("inventory"));
}

#[tokio::test]
async fn what_one_region_refuses_is_a_gap_of_that_region() {
    let found = functions(|call| match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => error(403, "AccessDeniedException"),
        LIST => page(&["shop"], None),
        _ => usual(call),
    })
    .await;
    assert_eq!(found["gaps"][0]["arn"], "arn:aws:lambda:eu-west-1:111122223333:function:*");
    assert_eq!(found["gaps"][0]["unknown"]["action"], "lambda:ListFunctions");
    assert_eq!(found["gaps"].as_array().unwrap().len(), 1);
    assert_eq!(found["found"][0]["name"], "shop");
}

#[tokio::test]
async fn a_function_without_a_role_is_a_gap() {
    let found = functions(|call| match call.operation.as_str() {
        LIST if call.region == "eu-west-1" => ok(r#"{"Functions":[{"FunctionName":"shop"}]}"#),
        _ => usual(call),
    })
    .await;
    assert_eq!(found["gaps"][0]["unknown"]["reason"], "malformed");
}
