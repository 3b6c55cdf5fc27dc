//! What the policies of tables and streams let in, decided by the policy core.

use awspect_findings::{Decision, Verdict};
use awspect_inventory::{Unknown, dynamodb::ResourcePolicy};
use awspect_policy::{Answer, Budget};

use super::subjects::Holder;
use crate::{
    Scan,
    policy::{Document, request, strangers, undecided},
};

fn read(scan: Scan<'_>, holder: Holder<'_>) -> Result<Option<Document>, Unknown> {
    let policy = holder.policy.known()?;
    let read = |ResourcePolicy(text): &ResourcePolicy| {
        Document::read::<ResourcePolicy>(scan, text, holder.kind, holder.arn.as_str())
    };
    policy.map(read).transpose()
}

/// No outsider can do anything.
pub(super) fn public(scan: Scan<'_>, holder: Holder<'_>) -> Decision {
    let Some(document) = read(scan, holder)? else {
        return Ok(Verdict::Pass(vec![]));
    };
    match document.subject().is_public(&Budget::default()) {
        Answer::No(_) => Ok(Verdict::Pass(vec![])),
        Answer::Yes(witness) => {
            let expected = "no such request of an outsider";
            Ok(Verdict::faults(vec![request::<ResourcePolicy>(witness.as_deref(), expected)]))
        }
        open => Err(undecided::<ResourcePolicy>(open)),
    }
}

/// Nobody outside of the own accounts can do anything, the public apart.
pub(super) fn cross_account(scan: Scan<'_>, holder: Holder<'_>) -> Decision {
    let Some(document) = read(scan, holder)? else {
        return Ok(Verdict::Pass(vec![]));
    };
    Ok(Verdict::faults(strangers::<ResourcePolicy>(scan, &document)?))
}
