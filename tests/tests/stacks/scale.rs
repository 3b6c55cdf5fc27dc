//! How many calls a scan of many stacks takes: the pages, and the same few for every stack.

use std::collections::BTreeMap;

use awspect_fakeaws::FakeAws;
use awspect_tests::{
    cloudformation::{is_of_one, result},
    report::text,
    run::findings,
};
use serde_json::Value;

use crate::world::{HOME, World};

const STACKS: usize = 2_000;

/// How many stacks the stand-in puts into one page.
const PAGE: usize = 100;

/// Every fourth stack is a root, and the three after it are nested in it.
const FAMILY: usize = 4;

const ROOTS: usize = STACKS / FAMILY;

fn arn(index: usize) -> String {
    format!("arn:aws:cloudformation:{HOME}:260000000050:stack/s{index:04}/0a1b2c3d")
}

/// A stack as a page has it, without its termination protection.
fn stack(index: usize) -> String {
    let root = index - index % FAMILY;
    let nested = match index % FAMILY {
        0 => String::new(),
        _ => format!("<ParentId>{0}</ParentId><RootId>{0}</RootId>", arn(root)),
    };
    format!(
        "<StackId>{}</StackId><StackName>s{index:04}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>\
         <CreationTime>2025-01-02T03:04:05Z</CreationTime>{nested}",
        arn(index)
    )
}

/// Many stacks, every second root of them protected.
fn fill(fake: &FakeAws) {
    fake.on("cloudformation", "DescribeStacks").in_region(HOME).answer_with(|request| {
        let from = request.field("NextToken").and_then(|token| token.parse().ok()).unwrap_or(0);
        let to = STACKS.min(from + PAGE);
        let stacks = (from..to).map(|index| format!("<member>{}</member>", stack(index)));
        let next = (to < STACKS).then(|| format!("<NextToken>{to}</NextToken>"));
        let stacks = stacks.collect::<Vec<_>>().concat();
        result("DescribeStacks", &format!("<Stacks>{stacks}</Stacks>{}", next.unwrap_or_default()))
    });
    fake.on("cloudformation", "DescribeStacks").when(is_of_one).answer_with(|request| {
        let arn = request.field("StackName").unwrap_or_default();
        let name = arn.split('/').nth(1).unwrap_or_default();
        let index: usize = name.get(1..).and_then(|index| index.parse().ok()).unwrap_or_default();
        let on = index.is_multiple_of(2 * FAMILY);
        let said = format!("<EnableTerminationProtection>{on}</EnableTerminationProtection>");
        let one = format!("<Stacks><member>{}{said}</member></Stacks>", stack(index));
        result("DescribeStacks", &one)
    });
    let template = r#"{"Resources":{"Table":{"Type":"AWS::DynamoDB::Table"}}}"#;
    let template = format!("<TemplateBody>{template}</TemplateBody>");
    fake.on("cloudformation", "GetTemplate").respond(result("GetTemplate", &template));
}

fn count(report: &Value, status: &str) -> usize {
    findings(report).iter().filter(|it| text(it, "/status") == status).count()
}

#[test]
fn two_thousand_stacks_take_their_pages_a_template_each_and_a_call_for_each_root() {
    let world = World::empty("260000000050");
    fill(&world.fake);
    let rule = "cloudformation/stack-termination-protection";
    let report = world.scan_with(&["--rule", rule]);
    assert_eq!((count(&report, "pass"), count(&report, "fail")), (ROOTS / 2, ROOTS / 2));
    assert_eq!(findings(&report).len(), ROOTS);
    let calls: BTreeMap<&str, usize> = report["run"]["api_calls"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(call, _)| call.starts_with("cloudformation:"))
        .map(|(call, count)| (call.as_str(), count.as_u64().unwrap().try_into().unwrap()))
        .collect();
    // The other region has no stack, and is asked once.
    let pages = STACKS / PAGE + 1;
    let expected =
        [("cloudformation:DescribeStacks", pages + ROOTS), ("cloudformation:GetTemplate", STACKS)];
    assert_eq!(calls, expected.into());
}
