//! The role that a stack works with, and who may have it used.

use std::cell::OnceCell;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Arn,
    cloudformation::Stack,
    iam::{PolicyDocument, Role},
};
use awspect_policy::{Budget, Facts, Key, Witness};
use serde_json::json;

use super::concern::is_not_in_use;
use crate::{
    Scan,
    engine::{Subject, concerned},
    iam::{Named, Rights, administrator, principals, request},
};

/// How somebody has a stack changed: by all the actions of one of these.
const WAYS: [&[&str]; 2] = [
    &["cloudformation:UpdateStack"],
    &["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
];

/// What a condition asks that is not the caller's to choose: the tags of the stack, and a role that must be passed.
const NOT_CHOSEN: [&str; 2] = ["aws:resourcetag/", "cloudformation:rolearn"];

/// A user or role.
type Principal<'a> = (&'a Arn, &'a Rights);

/// Puts each stack that has a role to the rule: the role has no way to administrator rights.
pub(super) fn stacks(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let changers = OnceCell::new();
    concerned(&scan.inventory.cloudformation.stacks, |stack| {
        let role = stack.role.as_ref()?;
        let concerns = !stack.is_nested() && !is_not_in_use(stack);
        concerns.then(|| judged(scan, stack, role, || changers.get_or_init(|| all_changers(scan))))
    })
}

fn judged<'c, 'a: 'c>(
    scan: Scan<'a>,
    stack: &Stack,
    role: &'a Arn,
    changers: impl FnOnce() -> &'c Vec<Principal<'a>>,
) -> Decision {
    let Some(named) = Named::of(scan, role)? else {
        let observed = json!({ "RoleARN": role.as_str(), "exists": false });
        let expected = "a role that exists: without it nobody can change or delete the stack";
        let gone = Evidence::of::<Role>("RoleDetailList", observed, expected);
        return Ok(Verdict::faults(vec![gone]).severity(Severity::Low));
    };
    let expected = "a role that neither is an administrator nor can become one";
    let mut evidence = vec![Evidence::of::<Stack>("Stacks[].RoleARN", role.as_str(), expected)];
    let Verdict::Fail { evidence: ways, severity } = administrator(scan, named.index)? else {
        return Ok(Verdict::Pass(evidence));
    };
    evidence.extend(ways);
    let mut others = changers().iter().filter(|(arn, _)| *arn != role);
    match others.find_map(|(_, rights)| changes(rights, named.facts, stack)) {
        Some(requests) => {
            evidence.extend(requests);
            Ok(Verdict::faults(evidence).severity(Severity::High))
        }
        None => Ok(Verdict::Fail { evidence, severity }),
    }
}

/// Users and roles that surely are no administrators, and whose policies speak of changing stacks.
fn all_changers(scan: Scan<'_>) -> Vec<Principal<'_>> {
    let facts = &scan.identities().facts;
    let speaks = |rights: &Rights| {
        let identity = rights.identity(facts);
        WAYS.iter().any(|way| way.iter().all(|action| identity.speaks_of(action)))
    };
    principals(scan)
        .filter(|(_, rights)| speaks(rights) && rights.is_admin(facts) == Ok(false))
        .collect()
}

/// The requests by which somebody has this stack changed, if that is certain.
fn changes(rights: &Rights, facts: &Facts, stack: &Stack) -> Option<Vec<Evidence>> {
    // What nobody could read may take the right away.
    if rights.unread().is_some() {
        return None;
    }
    let tags: Vec<(String, [&str; 1])> = stack
        .tags
        .iter()
        .map(|(key, value)| (format!("aws:resourcetag/{}", key.to_lowercase()), [value.as_str()]))
        .collect();
    let context: Vec<(&str, &[&str])> =
        tags.iter().map(|(key, value)| (key.as_str(), value.as_slice())).collect();
    let is_tag = |key: &str| tags.iter().any(|(own, _)| own == key);
    let chosen = |witness: &Witness| {
        let mut keys = witness.request.context.keys().map(Key::as_str);
        keys.all(|key| is_tag(key) || !NOT_CHOSEN.iter().any(|own| key.starts_with(own)))
    };
    let identity = rights.identity(facts);
    WAYS.iter().find_map(|way| {
        let requests = way.iter().map(|action| {
            let answer = identity.can(action, stack.arn.as_str(), &context, &Budget::default());
            let expected = "administrators only, for whoever changes the stack uses its role";
            let is_certain = answer.is_yes() && answer.witness().is_none_or(chosen);
            is_certain.then(|| request::<PolicyDocument>(answer.witness(), expected))
        });
        requests.collect()
    })
}
