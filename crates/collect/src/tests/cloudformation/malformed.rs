//! Answers that lack what they must have.

use super::{account::*, *};
use crate::tests::stub::ok;

#[tokio::test]
async fn a_listing_without_a_list_is_malformed() {
    let answer = ok("<DescribeStacksResponse><DescribeStacksResult/></DescribeStacksResponse>");
    let stub = with(STACKS, answer).regions(["eu-west-1"]);
    assert_eq!(at(&stub, "/gaps/0/unknown/reason").await, "malformed");
}

#[tokio::test]
async fn a_stack_that_cannot_be_told_is_a_gap_beside_the_others() {
    for broken in [
        "<member><StackName>a</StackName></member>".to_owned(),
        stack("a", PROTECTED).replace("arn:aws:cloudformation", "stack"),
        stack("a", "<RoleARN>deployer</RoleARN>"),
        stack("a", "<ParentId>shop</ParentId>"),
        stack("a", PROTECTED).replace("<CreationTime>2031-01-01T00:00:00Z</CreationTime>", ""),
    ] {
        let stub = with(STACKS, page(&[broken.clone(), stack("shop", PROTECTED)], None));
        let stacks = stacks(&stub.regions(["eu-west-1"])).await;
        assert_eq!(names(&stacks), ["shop"], "{broken}");
        assert_eq!(stacks["gaps"][0]["unknown"]["reason"], "malformed", "{broken}");
    }
}

#[tokio::test]
async fn parameters_or_outputs_without_a_name_are_unknown_and_the_stack_is_not() {
    for (list, fact) in [("Parameters", "parameters"), ("Outputs", "outputs")] {
        let broken = format!("{PROTECTED}<{list}><member/></{list}>");
        let stub = with(STACKS, page(&[stack("shop", &broken)], None)).regions(["eu-west-1"]);
        let stack = at(&stub, "/found/0").await;
        assert_eq!(stack[fact]["unknown"]["reason"], "malformed");
        assert!(stack["termination_protection"].get("set").is_some());
    }
}

#[tokio::test]
async fn a_description_without_the_protection_is_malformed() {
    let stub = with(STACKS, page(&[stack("shop", "")], None)).regions(["eu-west-1"]);
    let unknown = at(&stub, "/found/0/termination_protection/unknown").await;
    assert_eq!(unknown["reason"], "malformed");
    assert_eq!(unknown["message"], "the answer has no usable `EnableTerminationProtection`");
}

#[tokio::test]
async fn what_is_no_template_is_malformed() {
    for (body, lacks) in [
        ("", "TemplateBody"),
        ("{", "TemplateBody"),
        ("[]", "TemplateBody"),
        ("a: *b", "TemplateBody"),
        ("{}", "Resources"),
        ("Resources: none", "Resources"),
        ("Resources: {A: {}}", "Type"),
    ] {
        let unknown = at(&with(TEMPLATE, template(body)), "/found/0/template/unknown").await;
        assert_eq!(unknown["reason"], "malformed", "{body}");
        assert_eq!(unknown["message"], format!("the answer has no usable `{lacks}`"), "{body}");
    }
}
