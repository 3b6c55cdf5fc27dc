//! What an account of one stack in eu-west-1 answers where a test says nothing else.

use super::*;
use crate::tests::{account::usual, stub::ok};

pub(super) const SHOP: &str = "arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1";

/// The end of what `DescribeStacks` says of a protected stack.
pub(super) const PROTECTED: &str =
    "<EnableTerminationProtection>true</EnableTerminationProtection>";

pub(super) fn account(call: &Call) -> Answer {
    match call.operation.as_str() {
        STACKS if call.region == "eu-west-1" => page(&[stack("shop", PROTECTED)], None),
        TEMPLATE => template(SMALL),
        POLICY => policy(Some("{}")),
        _ => usual(call),
    }
}

/// A template with one resource.
pub(super) const SMALL: &str =
    r#"{ "Resources": { "Orders": { "Type": "AWS::DynamoDB::Table" } } }"#;

/// A page of `DescribeStacks`.
pub(super) fn page(stacks: &[String], next: Option<&str>) -> Answer {
    let next = next.map(|next| format!("<NextToken>{next}</NextToken>")).unwrap_or_default();
    ok(format!(
        "<DescribeStacksResponse><DescribeStacksResult><Stacks>{}</Stacks>{next}\
         </DescribeStacksResult></DescribeStacksResponse>",
        stacks.concat()
    ))
}

/// A stack of this name in `CREATE_COMPLETE`, and whatever else is said of it.
pub(super) fn stack(name: &str, rest: &str) -> String {
    in_status(name, "CREATE_COMPLETE", rest)
}

pub(super) fn in_status(name: &str, status: &str, rest: &str) -> String {
    format!(
        "<member><StackId>arn:aws:cloudformation:eu-west-1:111122223333:stack/{name}/1</StackId>\
         <StackName>{name}</StackName><StackStatus>{status}</StackStatus>\
         <CreationTime>2031-01-01T00:00:00Z</CreationTime>{rest}</member>"
    )
}

/// What a nested stack says of those above it.
pub(super) fn nested() -> String {
    format!("<ParentId>{SHOP}</ParentId><RootId>{SHOP}</RootId>")
}

pub(super) fn template(body: &str) -> Answer {
    let body = body.replace('&', "&amp;").replace('<', "&lt;");
    ok(format!(
        "<GetTemplateResponse><GetTemplateResult><TemplateBody>{body}</TemplateBody>\
         </GetTemplateResult></GetTemplateResponse>"
    ))
}

pub(super) fn policy(body: Option<&str>) -> Answer {
    let body = body.map(|body| format!("<StackPolicyBody>{body}</StackPolicyBody>"));
    ok(format!(
        "<GetStackPolicyResponse><GetStackPolicyResult>{}</GetStackPolicyResult>\
         </GetStackPolicyResponse>",
        body.unwrap_or_default()
    ))
}

/// What a call asks for by name, and nothing for all.
pub(super) fn of(call: &Call) -> &str {
    call.parameter("StackName")
}
