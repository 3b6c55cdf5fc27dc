//! Whether a stack takes updates.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::cloudformation::{Stack, StackStatus};

use crate::engine::unknown_value;

/// The stack can be updated.
pub(super) fn sound(stack: &Stack) -> Option<Decision> {
    if stack.is_nested() || stack.status == StackStatus::DeleteComplete {
        return None;
    }
    let status = &stack.status;
    let shown = |expected| Evidence::of::<Stack>("Stacks[].StackStatus", status.as_str(), expected);
    let failed = || Ok(Verdict::faults(vec![shown("a state from which it can be updated")]));
    Some(match status {
        StackStatus::RollbackComplete => failed(),
        _ if status.as_str().ends_with("_FAILED") => failed(),
        StackStatus::Other(other) => Err(unknown_value::<Stack>(other)),
        StackStatus::UpdateRollbackComplete | StackStatus::ImportRollbackComplete => {
            Ok(Verdict::Pass(vec![shown(
                "any state from which it can be updated; in this one the last change did not succeed",
            )]))
        }
        _ => Ok(Verdict::Pass(vec![])),
    })
}
