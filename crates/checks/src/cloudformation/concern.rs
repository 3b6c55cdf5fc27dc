//! Which stacks a rule is about: those that hold something, and those that the account's own people keep.

use awspect_findings::Evidence;
use awspect_inventory::cloudformation::{Stack, StackStatus};
use serde_json::json;

/// Tags that only a service sets, by their key or what it begins with, and the service.
const TAGS: [(&str, &str); 3] = [
    ("aws:cloud9:", "AWS Cloud9"),
    ("aws:servicecatalog:", "AWS Service Catalog"),
    ("elasticbeanstalk:environment-id", "AWS Elastic Beanstalk"),
];

/// What the names of a stack set's instances begin with.
const STACK_SET: &str = "StackSet-";

/// Whether a stack is on its way out, or half-way there.
fn is_going(stack: &Stack) -> bool {
    stack.status.as_str().starts_with("DELETE_")
}

/// Whether a stack is only a change set that nobody has carried out, or on its way out.
pub(super) fn is_not_in_use(stack: &Stack) -> bool {
    stack.status == StackStatus::ReviewInProgress || is_going(stack)
}

/// Whether a stack holds nothing any more or yet, or is on its way out.
pub(super) fn is_empty(stack: &Stack) -> bool {
    stack.status == StackStatus::RollbackComplete || is_not_in_use(stack)
}

/// What tells that a stack is managed from elsewhere. A user could choose such a name or tag, too.
pub(super) fn keeper(stack: &Stack) -> Option<Evidence> {
    let tagged = stack.tags.iter().find_map(|(key, value)| {
        let (_, service) = TAGS
            .iter()
            .find(|(own, _)| key == own || own.ends_with(':') && key.starts_with(own))?;
        Some(("Stacks[].Tags", json!({ key: value, "set by": service })))
    });
    let instance = || {
        is_instance(&stack.name).then(|| {
            ("Stacks[].StackName", json!({ "StackName": stack.name, "made by": "a stack set" }))
        })
    };
    let (field, observed) = tagged.or_else(instance)?;
    Some(Evidence::of::<Stack>(field, observed, "any; who manages the stack decides over it"))
}

/// Whether a name is that of a stack set's instance: `StackSet-`, the set's name and a UUID.
fn is_instance(name: &str) -> bool {
    const UUID: [usize; 5] = [8, 4, 4, 4, 12];
    let Some(rest) = name.strip_prefix(STACK_SET) else { return false };
    let mut parts: Vec<&str> = rest.rsplitn(6, '-').collect();
    parts.reverse();
    let [set, uuid @ ..] = parts.as_slice() else { return false };
    let is_hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    !set.is_empty() && uuid.iter().map(|part| part.len()).eq(UUID) && uuid.iter().all(is_hex)
}

#[cfg(test)]
mod tests {
    use super::is_instance;

    #[test]
    fn an_instance_of_a_stack_set_is_told_by_its_name() {
        for name in [
            "StackSet-audit-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            "StackSet-AWSControlTowerBP-BASELINE-CONFIG-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        ] {
            assert!(is_instance(name), "{name}");
        }
        for name in [
            "",
            "StackSet-",
            "StackSet-audit",
            "StackSet-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            "StackSet--0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            "StackSet-audit-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fx",
            "my-StackSet-audit-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        ] {
            assert!(!is_instance(name), "{name}");
        }
    }
}
