//! Whose account it is; then how much was found, how much of it is listed, and how much was read.

use std::{collections::BTreeMap, io};

use awspect_findings::{Severity, Status};
use awspect_inventory::{Asked, Completion, Reason, Region};

use super::{
    canvas::{Canvas, Color},
    plural,
};
use crate::{Report, Shown};

const DEMO: &str =
    "This is a demo: a small web application's account that ships with awspect, not yours.";

pub(super) fn head(report: &Report, canvas: &mut Canvas<impl io::Write>) -> io::Result<()> {
    let account = &report.account;
    if report.demo {
        canvas.line(DEMO)?;
    }
    let regions: Vec<&str> = account.regions.iter().map(Region::as_str).collect();
    let regions = if regions.is_empty() { "none".to_owned() } else { regions.join(", ") };
    canvas.line(&format!("Account {} ({}), regions {regions}", account.id, account.partition))
}

/// All findings, listed or not.
pub(super) fn counts(report: &Report, canvas: &mut Canvas<impl io::Write>) -> io::Result<()> {
    let counts = report.counts();
    // One row of the table: a column's three numbers are the lines of a cell.
    let column =
        |numbers: &dyn Fn(Status) -> u64| Status::ALL.map(|it| numbers(it).to_string()).to_vec();
    let of = |status, severity| counts.get(&(status, severity)).copied().unwrap_or_default();
    let numbers = Severity::ALL.map(|severity| column(&|status| of(status, severity)));
    let all = column(&|status| Severity::ALL.map(|severity| of(status, severity)).iter().sum());
    let names = Status::ALL.map(|status| status.to_string()).to_vec();
    let row = columns(names, numbers, all);
    let header = columns("", Severity::ALL.map(Severity::as_str), "all");
    canvas.heading("SUMMARY", Color::Plain)?;
    canvas.table(header, [row])?;
    if report.findings.is_empty() {
        canvas.line("No findings: there is nothing that these rules look at.")
    } else if report.account.completion == Completion::Complete
        && report.findings.iter().all(|finding| finding.status == Status::Pass)
    {
        canvas.line("Everything that these rules look at is as it should be.")
    } else {
        Ok(())
    }
}

/// A name, five severities, and their sum.
fn columns<T>(name: T, [critical, high, medium, low, info]: [T; 5], all: T) -> [T; 7] {
    [name, critical, high, medium, low, info, all]
}

/// What is not listed, by the options that list it.
pub(super) fn hidden(
    report: &Report,
    shown: &Shown,
    canvas: &mut Canvas<impl io::Write>,
) -> io::Result<()> {
    let mut hidden: BTreeMap<(bool, bool), BTreeMap<(Status, Severity), usize>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| !shown.takes(finding)) {
        let status = !shown.statuses.contains(&finding.status);
        let severity = finding.severity < shown.severity;
        let counts = hidden.entry((severity, status)).or_default();
        *counts.entry((finding.status, finding.severity)).or_default() += 1;
    }
    for ((severity, status), counts) in &hidden {
        let mut options = vec![];
        if *status {
            options.push("--status all".to_owned());
        }
        if let Some(lowest) = counts.keys().map(|(_, it)| it).min().filter(|_| *severity) {
            options.push(format!("--severity {lowest}"));
        }
        let what: Vec<_> = Status::ALL
            .into_iter()
            .map(|status| (status, of_status(counts, status)))
            .filter(|(_, count)| *count > 0)
            .map(|(status, count)| format!("{count} {status}"))
            .collect();
        let below = if *severity { format!(" below {}", shown.severity) } else { String::new() };
        let (what, options) = (what.join(", "), options.join(" "));
        canvas.line(&format!("Not shown: {what}{below} ({options} shows them)"))?;
    }
    Ok(())
}

fn of_status(counts: &BTreeMap<(Status, Severity), usize>, status: Status) -> usize {
    counts.iter().filter(|((it, _), _)| *it == status).map(|(_, count)| count).sum()
}

/// How much of what was asked came back.
pub(super) fn coverage(report: &Report, canvas: &mut Canvas<impl io::Write>) -> io::Result<()> {
    // A snapshot may hold facts and no count of them.
    if !report.asked.is_empty() {
        canvas.line(&facts(&report.asked))?;
    }
    if report.gone > 0 {
        let gone = usize::try_from(report.gone).unwrap_or(usize::MAX);
        canvas.line(&format!("{} went away while being read", plural(gone, "resource")))?;
    }
    let denied: Vec<&str> = report.denied().into_iter().collect();
    if !denied.is_empty() {
        canvas.line(&format!("To know more, grant {}", denied.join(", ")))?;
    }
    if report.account.completion == Completion::Interrupted {
        canvas.line("Interrupted: this report is partial.")?;
    }
    Ok(())
}

fn facts(rows: &[Asked]) -> String {
    let asked: u64 = rows.iter().map(|row| row.asked).sum();
    let answered: u64 = rows.iter().map(|row| row.answered).sum();
    let mut refused: BTreeMap<Reason, u64> = BTreeMap::new();
    for (reason, count) in rows.iter().flat_map(|row| &row.refused) {
        *refused.entry(*reason).or_default() += count;
    }
    let causes: Vec<String> = refused
        .iter()
        .map(|(reason, count)| format!("{count} {}", reason.as_str().replace('_', " ")))
        .collect();
    let causes = if causes.is_empty() { "none".to_owned() } else { causes.join(", ") };
    format!("Facts: {asked} asked for, {answered} answered; refused: {causes}")
}
