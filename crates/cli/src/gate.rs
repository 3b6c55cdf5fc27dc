//! Whether the findings may pass.

use awspect_findings::{Finding, Severity, Status};

use crate::exit::Exit;

/// The verdict of `--fail-on` over all findings, listed or not.
///
/// A rule that could not be decided might have failed, so it cannot pass the gate; a failure that is certain
/// says more, so it goes first.
pub(crate) fn gate(findings: &[Finding], fail_on: Option<Severity>) -> Exit {
    let Some(least) = fail_on else {
        return Exit::Passed;
    };
    let any = |status| {
        findings.iter().any(|finding| finding.status == status && finding.severity >= least)
    };
    if any(Status::Fail) {
        Exit::Findings
    } else if any(Status::Unknown) {
        Exit::Incomplete
    } else {
        Exit::Passed
    }
}
