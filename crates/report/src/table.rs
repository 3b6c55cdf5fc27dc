//! For people at a terminal: what is wrong, where, how that is known, what to do; then what nobody knows; then the counts.

mod canvas;
mod summary;
mod unknown;
mod verdict;

use std::io;

use awspect_findings::{Finding, Severity};

use crate::{Report, Shown};
use canvas::Canvas;

/// What the table is written to.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Columns.
    pub width: u16,
    /// Whether it understands colors.
    pub color: bool,
}

/// Writes the report.
pub fn table(report: &Report, shown: &Shown, screen: Screen, to: impl io::Write) -> io::Result<()> {
    let canvas = &mut Canvas::new(screen, to);
    let listed: Vec<&Finding> =
        report.findings.iter().filter(|finding| shown.takes(finding)).collect();
    summary::head(report, canvas)?;
    for severity in Severity::ALL {
        verdict::faults(&listed, severity, canvas)?;
    }
    unknown::unknowns(&listed, canvas)?;
    verdict::passes(&listed, canvas)?;
    summary::counts(report, canvas)?;
    summary::hidden(report, shown, canvas)?;
    summary::coverage(report, canvas)
}

fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
