//! Whether a stack's resources still are what its template says, as far as somebody had them compared.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudformation::{Drift, DriftStatus, Stack},
};
use serde_json::json;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use super::concern::is_empty;
use crate::{Scan, engine::unknown_value};

/// After so many days nobody knows whether a comparison still holds.
const RECENT: Duration = Duration::days(90);

/// The last comparison found no difference, and is recent.
pub(super) fn none(scan: Scan<'_>, stack: &Stack) -> Option<Decision> {
    (!is_empty(stack)).then(|| compared(scan, stack))
}

fn compared(scan: Scan<'_>, stack: &Stack) -> Decision {
    let Drift { status, checked } = &stack.drift;
    let malformed = |why: &'static str| Unknown::new(Stack::ACTION, Reason::Malformed).because(why);
    match (status, checked) {
        (None, _) => Err(malformed("the answer has no `DriftInformation`")),
        (Some(DriftStatus::Other(other)), _) => Err(unknown_value::<Stack>(other)),
        (Some(DriftStatus::Unknown), _) => Err(Unknown::new(Stack::ACTION, Reason::Undecided)
            .because("CloudFormation says that it does not know the drift")),
        (Some(DriftStatus::InSync), None) => {
            Err(malformed("the answer has no `LastCheckTimestamp`"))
        }
        (Some(DriftStatus::NotChecked), _) => {
            Ok(Verdict::faults(vec![found(stack)]).severity(Severity::Info))
        }
        (Some(DriftStatus::Drifted), checked) => {
            let update = checked.and_then(|checked| later_update(stack, checked));
            let verdict = |evidence| Verdict::faults(evidence);
            Ok(match update {
                Some(update) => verdict(vec![found(stack), update]).severity(Severity::Info),
                None => verdict(vec![found(stack)]),
            })
        }
        (Some(DriftStatus::InSync), Some(checked)) => {
            let update = later_update(stack, *checked);
            if update.is_none() && scan.inventory.collected_at - *checked <= RECENT {
                return Ok(Verdict::Pass(vec![found(stack)]));
            }
            let evidence = std::iter::once(found(stack)).chain(update).collect();
            Ok(Verdict::faults(evidence).severity(Severity::Info))
        }
    }
}

/// What the last comparison found, and when.
fn found(stack: &Stack) -> Evidence {
    let Drift { status, checked } = &stack.drift;
    let observed = json!({ "StackDriftStatus": status.as_ref().map(DriftStatus::as_str),
        "LastCheckTimestamp": checked.map(written) });
    let expected = format!("IN_SYNC, compared within {} days", RECENT.whole_days());
    Evidence::of::<Stack>("Stacks[].DriftInformation", observed, expected)
}

/// An update after the comparison, which may have mended what it found, or made what it did not find.
fn later_update(stack: &Stack, checked: OffsetDateTime) -> Option<Evidence> {
    let updated = stack.updated.filter(|updated| *updated > checked)?;
    let expected = "an update before the comparison";
    Some(Evidence::of::<Stack>("Stacks[].LastUpdatedTime", written(updated), expected))
}

fn written(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}
