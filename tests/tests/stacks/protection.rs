//! Termination protection, which the pages of all stacks may leave out: then each root stack is asked for by its ARN.

use awspect_fakeaws::Request;
use awspect_tests::{
    cloudformation::{is_of_one, unprotected_pages},
    report::{finding, status, text},
};
use serde_json::Value;

use crate::world::{INSTANCE, NESTED, World, without_roles};

const RULE: &str = "cloudformation/stack-termination-protection";

fn calls(report: &Value) -> u64 {
    report["run"]["api_calls"]["cloudformation:DescribeStacks"].as_u64().unwrap_or_default()
}

fn is_of(name: &'static str) -> impl Fn(&Request) -> bool + Send + Sync {
    move |request| {
        let of = request.field("StackName");
        of.is_some_and(|arn| arn.contains(&format!(":stack/{name}/")))
    }
}

fn scan(world: &World) -> Value {
    world.scan_with(&["--rule", RULE])
}

/// The root stacks of the world.
const ROOTS: [(&str, &str); 6] = [
    ("tidy", "pass"),
    ("careless", "fail"),
    (INSTANCE, "fail"),
    ("far", "fail"),
    ("CDKToolkit", "fail"),
    ("CDKToolkit-old", "fail"),
];

#[test]
fn what_the_pages_leave_out_is_asked_of_each_root_once() {
    let world = without_roles("260000000010");
    let whole = scan(&world);
    assert_eq!(calls(&whole), 2, "a page for each region");
    unprotected_pages(&world.fake);
    world.fake.forget_calls();
    let asked = scan(&world);
    assert_eq!(calls(&asked), 2 + ROOTS.len() as u64);
    for report in [&whole, &asked] {
        for (stack, expected) in ROOTS {
            assert_eq!(status(report, RULE, stack), expected, "{stack}");
        }
    }
    // Of what is nested nobody asks.
    world.fake.on("cloudformation", "DescribeStacks").when(is_of(NESTED)).refuse();
    let unasked = scan(&world);
    assert_eq!(unasked["coverage"]["missing_permissions"], serde_json::json!([]));
}

#[test]
fn a_stack_that_does_not_answer_by_name_is_unknown_and_no_other() {
    let world = without_roles("260000000011");
    unprotected_pages(&world.fake);
    world.fake.on("cloudformation", "DescribeStacks").when(is_of("tidy")).refuse();
    let report = scan(&world);
    let found = finding(&report, RULE, "tidy");
    assert_eq!(text(found, "/status"), "unknown");
    assert_eq!(text(found, "/reason/action"), "cloudformation:DescribeStacks");
    assert_eq!(status(&report, RULE, "careless"), "fail");
    assert_eq!(status(&report, RULE, "far"), "fail");
}

#[test]
fn an_answer_by_name_that_lacks_it_too_is_unknown() {
    let world = without_roles("260000000012");
    world.fake.on("cloudformation", "DescribeStacks").rewrite(|_, mut response| {
        let text = response.text();
        let text = ["true", "false"].iter().fold(text, |text, value| {
            let own = format!("<EnableTerminationProtection>{value}</EnableTerminationProtection>");
            text.replace(&own, "")
        });
        response.body = text.into_bytes();
        response
    });
    let report = scan(&world);
    for (stack, _) in ROOTS {
        let found = finding(&report, RULE, stack);
        assert_eq!(text(found, "/status"), "unknown", "{stack}");
        assert_eq!(text(found, "/reason/cause"), "malformed", "{stack}");
    }
}

#[test]
fn a_stack_that_is_throttled_by_name_is_asked_again() {
    let world = without_roles("260000000013");
    unprotected_pages(&world.fake);
    world.fake.on("cloudformation", "DescribeStacks").when(is_of_one).times(2).error(
        400,
        "Throttling",
        "Rate exceeded",
    );
    let report = scan(&world);
    assert_eq!(calls(&report), 2 + 2 + ROOTS.len() as u64);
    for (stack, expected) in ROOTS {
        assert_eq!(status(&report, RULE, stack), expected, "{stack}");
    }
}
