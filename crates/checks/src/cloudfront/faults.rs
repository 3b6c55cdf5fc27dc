//! What is found of several origins, put together into one verdict.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::Unknown;

/// What is wrong, what is right, and what nobody knows.
#[derive(Default)]
pub(super) struct Faults {
    bad: Vec<Evidence>,
    worst: Option<Severity>,
    good: Vec<Evidence>,
    open: Option<Unknown>,
}

impl Faults {
    /// Something is wrong.
    pub(super) fn bad(&mut self, severity: Severity, evidence: Evidence) {
        self.bad.push(evidence);
        self.worst = self.worst.max(Some(severity));
    }

    /// Something is right, or does no harm.
    pub(super) fn good(&mut self, evidence: Evidence) {
        self.good.push(evidence);
    }

    /// Nobody knows; the first that is not known is said.
    pub(super) fn open(&mut self, unknown: Unknown) {
        _ = self.open.get_or_insert(unknown);
    }

    /// One fault decides; otherwise all has to be known.
    pub(super) fn verdict(self) -> Result<Verdict, Unknown> {
        match (self.worst, self.open) {
            (Some(worst), _) => Ok(Verdict::faults(self.bad).severity(worst)),
            (None, Some(unknown)) => Err(unknown),
            (None, None) => Ok(Verdict::Pass(self.good)),
        }
    }
}
