//! What is easily told wrong of functions: names have policies of their own, and addresses too.

use awspect_tests::report::{finding, statuses, text};

use crate::world::{report, world};

#[test]
fn each_alias_is_judged_by_its_own_policy() {
    for (name, expected) in [
        ("thumbs", "pass"),
        ("thumbs:1", "pass"),
        ("thumbs:live", "fail"),
        ("thumbs:next", "pass"),
        ("shared:1", "fail"),
        ("common:1", "pass"),
    ] {
        let found = finding(report(), "lambda/policy-public", name);
        assert_eq!(text(found, "/status"), expected, "{name}");
    }
    // Three functions, a version, and two names for it.
    assert_eq!(report()["run"]["api_calls"]["lambda:GetPolicy"], 3 + 1 + 2);
}

#[test]
fn a_bucket_of_anybody_may_call_where_no_account_is_named() {
    let found = finding(report(), "lambda/policy-confused-deputy", "thumbs");
    assert_eq!(text(found, "/severity"), "medium");
    assert!(found["evidence"].to_string().contains("s3.amazonaws.com"), "{found:#}");
    // Nothing that calls for others is let in.
    let rule = "lambda/policy-confused-deputy";
    assert!(statuses(report(), rule, "thumbs:next").is_empty());
}

#[test]
fn an_address_whose_cors_names_no_origins_is_judged() {
    let found = finding(report(), "lambda/url-public", "thumbs:live");
    assert_eq!(text(found, "/status"), "fail");
    let cors = finding(report(), "lambda/url-cors-wildcard", "thumbs:live");
    assert_eq!(text(cors, "/status"), "pass");
}

#[test]
fn one_policy_that_cannot_be_read_leaves_the_others_judged() {
    let world = world("230000000012");
    world.fake.on("lambda", "GetPolicy").only("orders").refuse();
    let broken = world.scan();
    for rule in ["lambda/policy-public", "lambda/policy-confused-deputy", "lambda/url-public"] {
        let found = finding(&broken, rule, "orders");
        assert_eq!(text(found, "/status"), "unknown", "{rule}");
        assert_eq!(text(found, "/reason/action"), "lambda:GetPolicy", "{rule}");
        for other in ["everyone", "thumbs", "thumbs:live"] {
            let whole = statuses(report(), rule, other);
            assert_eq!(statuses(&broken, rule, other), whole, "{rule} on {other}");
        }
    }
}
