//! Whether a stack can be deleted at once, and what would go with it.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudformation::{Stack, Template, TerminationProtection},
};
use serde_json::json;

use super::{
    concern::{is_empty, keeper},
    stateful,
};
use crate::{
    Scan,
    unread::{gap, missing, not_known},
};

const RESOURCES: &str = "TemplateBody.Resources";

/// Nobody deletes the stack by one call.
pub(super) fn enabled(scan: Scan<'_>, stack: &Stack) -> Option<Decision> {
    (!stack.is_nested() && !is_empty(stack)).then(|| root(scan, stack))
}

fn root(scan: Scan<'_>, stack: &Stack) -> Decision {
    let unsaid = || {
        Unknown::new(TerminationProtection::ACTION, Reason::Malformed)
            .because("the answer has no `EnableTerminationProtection`")
    };
    let TerminationProtection { enabled } =
        *stack.termination_protection.known()?.ok_or_else(unsaid)?;
    let field = "Stacks[].EnableTerminationProtection";
    let setting = Evidence::of::<TerminationProtection>(field, enabled, "true");
    if enabled {
        return Ok(Verdict::Pass(vec![setting]));
    }
    if let Some(keeper) = keeper(stack) {
        return Ok(Verdict::faults(vec![setting, keeper]).severity(Severity::Info));
    }
    let mut evidence = vec![setting];
    let lost = lost(scan, stack);
    if lost.is_empty() {
        let observed = json!({ "stack": stack.name, "holds": {} });
        let expected = "any; nothing of what the stack holds keeps data";
        evidence.push(Evidence::of::<Template>(RESOURCES, observed, expected));
        return Ok(Verdict::faults(evidence).severity(Severity::Low));
    }
    evidence.extend(lost);
    Ok(Verdict::faults(evidence))
}

/// What keeps data in a stack and those nested in it, and what nobody could read of them.
fn lost(scan: Scan<'_>, root: &Stack) -> Vec<Evidence> {
    let stacks = &scan.inventory.cloudformation.stacks;
    let within = |own: &&Stack| own.root.as_ref().or(own.parent.as_ref()) == Some(&root.arn);
    let nested = stacks.found.iter().filter(within);
    let mut lost = vec![];
    for stack in std::iter::once(root).chain(nested) {
        match stateful::of(stack) {
            Ok(resources) if resources.is_empty() => {}
            Ok(resources) => {
                let expected = "termination protection, since this keeps data";
                lost.push(stateful::held(stack, &resources, expected));
            }
            Err(unknown) => lost.push(Evidence {
                observed: json!({ "stack": stack.name, "holds": not_known(&unknown) }),
                ..missing(&unknown, RESOURCES, "nothing that keeps data")
            }),
        }
    }
    let unlisted = gap(stacks, &root.region);
    lost.extend(unlisted.map(|why| missing(why, "Stacks[]", "no nested stack that keeps data")));
    lost
}
