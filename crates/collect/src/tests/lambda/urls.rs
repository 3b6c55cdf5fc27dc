//! The addresses of functions.

use serde_json::json;

use super::{account::*, *};
use crate::tests::stub::error;

#[tokio::test]
async fn a_function_and_its_aliases_have_addresses() {
    let urls = at(&Stub::new(account), "/functions/found/0/urls").await;
    let cors = json!({
        "allow_credentials": true,
        "allow_origins": [],
        "allow_methods": [],
        "allow_headers": ["x-shop"],
        "expose_headers": [],
        "max_age": null,
    });
    assert_eq!(
        urls["found"],
        json!([
            {
                "arn": SHOP,
                "name": "shop",
                "region": "eu-west-1",
                "qualifier": null,
                "url": "https://abc.lambda-url.eu-west-1.on.aws/",
                "auth": "NONE",
                "cors": cors,
            },
            {
                "arn": format!("{SHOP}:live"),
                "name": "shop:live",
                "region": "eu-west-1",
                "qualifier": "live",
                "url": "https://abc.lambda-url.eu-west-1.on.aws/",
                "auth": "AWS_IAM",
                "cors": cors,
            },
        ])
    );
}

#[tokio::test]
async fn one_without_a_word_on_who_is_let_in_is_a_gap_beside_the_others() {
    let mut odd = url("", "NONE");
    odd["AuthType"] = json!(null);
    let mut bare = url(":live", "NONE");
    bare["Cors"] = json!(null);
    let found = at(&with(URLS, urls(&[odd, bare], None)), "/functions/found/0/urls").await;
    assert_eq!(names(&found), ["shop:live"]);
    assert_eq!(found["found"][0]["cors"], json!(null));
    assert_eq!(found["gaps"][0]["unknown"]["reason"], "malformed");
}

#[tokio::test]
async fn all_pages_are_read_and_one_that_fails_is_a_gap() {
    for (second, found, gaps) in
        [(urls(&[url(":live", "NONE")], None), 2, 0), (error(403, "AccessDeniedException"), 1, 1)]
    {
        let stub =
            but(move |call| match (call.operation.as_str(), call.request.contains("more")) {
                (URLS, false) => Some(urls(&[url("", "NONE")], Some("more"))),
                (URLS, true) => Some(second.clone()),
                _ => None,
            });
        let listed = at(&stub, "/functions/found/0/urls").await;
        assert_eq!(names(&listed).len(), found);
        assert_eq!(listed["gaps"].as_array().unwrap().len(), gaps);
    }
}
