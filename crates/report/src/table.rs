//! For people at a terminal: what is wrong, where, how that is known; then what nobody knows; then the counts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io,
};

use awspect_findings::{Evidence, Finding, Severity, Status};
use awspect_inventory::{Completion, Reason};
use comfy_table::{Attribute, Cell, Color, ContentArrangement, Table, presets};
use serde_json::Value;

use crate::{Report, Shown, escape::terminal};

/// How many resources of one rule are shown; a report for programs lists all.
const RESOURCES: usize = 10;

/// What the table is written to.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Columns.
    pub width: u16,
    /// Whether it understands colors.
    pub color: bool,
}

/// Writes the report.
pub fn table(
    report: &Report,
    shown: &Shown,
    screen: Screen,
    mut to: impl io::Write,
) -> io::Result<()> {
    head(report, &mut to)?;
    let listed: Vec<&Finding> =
        report.findings.iter().filter(|finding| shown.takes(finding)).collect();
    for severity in Severity::ALL {
        faults(&listed, severity, screen, &mut to)?;
    }
    unknowns(&listed, screen, &mut to)?;
    passes(&listed, screen, &mut to)?;
    counts(report, screen, &mut to)?;
    tail(report, shown, listed.len(), &mut to)
}

fn head(report: &Report, to: &mut impl io::Write) -> io::Result<()> {
    let account = &report.account;
    if report.demo {
        writeln!(
            to,
            "This is a demo: a small web application's account that ships with awspect, not yours.\n"
        )?;
    }
    let regions: Vec<&str> = account.regions.iter().map(|region| region.as_str()).collect();
    writeln!(to, "Account {} ({}), regions {}", account.id, account.partition, regions.join(", "))
}

/// The failures of one severity, rule by rule.
fn faults(
    listed: &[&Finding],
    severity: Severity,
    screen: Screen,
    to: &mut impl io::Write,
) -> io::Result<()> {
    let own = |finding: &&&Finding| finding.status == Status::Fail && finding.severity == severity;
    let found: Vec<&Finding> = listed.iter().filter(own).copied().collect();
    if found.is_empty() {
        return Ok(());
    }
    let mut table = grid(screen, ["What should be", "Where it is not", "What is there"]);
    for (rule, findings) in by_rule(&found) {
        let mut what =
            findings.first().map(|it| format!("{}\n{rule}", it.title)).unwrap_or_default();
        for finding in findings.iter().take(RESOURCES) {
            table.add_row([
                Cell::new(std::mem::take(&mut what)),
                Cell::new(place(finding)),
                Cell::new(facts(&finding.evidence)),
            ]);
        }
        more(&mut table, findings.len());
    }
    section(
        &format!("{} ({})", severity.as_str().to_uppercase(), found.len()),
        color(severity),
        screen,
        to,
    )?;
    writeln!(to, "{table}")
}

/// What could not be decided, by the fact that was missing.
fn unknowns(listed: &[&Finding], screen: Screen, to: &mut impl io::Write) -> io::Result<()> {
    let mut missing: BTreeMap<_, (BTreeSet<&str>, u64)> = BTreeMap::new();
    for finding in listed.iter().filter(|finding| finding.status == Status::Unknown) {
        let Some(reason) = &finding.reason else { continue };
        let key = (reason.action.as_str(), reason.reason, reason.code.as_deref());
        let (rules, count) = missing.entry(key).or_default();
        rules.insert(finding.rule);
        *count += 1;
    }
    if missing.is_empty() {
        return Ok(());
    }
    let total: u64 = missing.values().map(|(_, count)| count).sum();
    let mut table = grid(screen, ["Could not be read", "Why", "So nobody knows"]);
    for ((action, reason, code), (rules, count)) in missing {
        let why = match (reason, code) {
            (Reason::AccessDenied, _) => "access denied: a missing permission".to_owned(),
            (reason, Some(code)) => {
                format!("{}: {}", reason.as_str().replace('_', " "), terminal(code))
            }
            (reason, None) => reason.as_str().replace('_', " "),
        };
        let rules: Vec<&str> = rules.into_iter().collect();
        table.add_row([
            action.to_owned(),
            why,
            format!("{}\n{}", plural(count, "finding"), rules.join("\n")),
        ]);
    }
    section(&format!("UNKNOWN ({total})"), Color::Magenta, screen, to)?;
    writeln!(to, "{table}")
}

/// What is as it should be, where that was asked for.
fn passes(listed: &[&Finding], screen: Screen, to: &mut impl io::Write) -> io::Result<()> {
    let found: Vec<&Finding> =
        listed.iter().filter(|finding| finding.status == Status::Pass).copied().collect();
    if found.is_empty() {
        return Ok(());
    }
    let mut table = grid(screen, ["What is as it should be", "Where"]);
    for (rule, findings) in by_rule(&found) {
        let mut what =
            findings.first().map(|it| format!("{}\n{rule}", it.title)).unwrap_or_default();
        for finding in findings.iter().take(RESOURCES) {
            table.add_row([std::mem::take(&mut what), place(finding)]);
        }
        more(&mut table, findings.len());
    }
    section(&format!("PASS ({})", found.len()), Color::Green, screen, to)?;
    writeln!(to, "{table}")
}

fn counts(report: &Report, screen: Screen, to: &mut impl io::Write) -> io::Result<()> {
    let counts = report.counts();
    let mut table = grid(screen, ["", "critical", "high", "medium", "low", "info", "all"]);
    for status in Status::ALL {
        let of = |severity| counts.get(&(status, severity)).copied().unwrap_or_default();
        let numbers = Severity::ALL.map(of);
        let mut row = vec![status.as_str().to_owned()];
        row.extend(numbers.iter().map(u64::to_string));
        row.push(numbers.iter().sum::<u64>().to_string());
        table.add_row(row);
    }
    section("SUMMARY", Color::Reset, screen, to)?;
    writeln!(to, "{table}")
}

fn tail(report: &Report, shown: &Shown, listed: usize, to: &mut impl io::Write) -> io::Result<()> {
    if report.findings.is_empty() {
        writeln!(to, "\nThere is nothing that these rules look at.")?;
    } else if !report.findings.iter().any(|finding| finding.status != Status::Pass) {
        writeln!(to, "\nEverything that these rules look at is as it should be.")?;
    }
    let hidden = |status: Status, too_low: bool| {
        let is_hidden = |finding: &&Finding| {
            finding.status == status
                && if shown.statuses.contains(&status) {
                    too_low && finding.severity < shown.severity
                } else {
                    !too_low
                }
        };
        report.findings.iter().filter(is_hidden).count()
    };
    if listed < report.findings.len() {
        let low: usize = Status::ALL.map(|status| hidden(status, true)).iter().sum();
        if low > 0 {
            writeln!(
                to,
                "\nNot listed: {low} below {} (--severity info lists them)",
                shown.severity
            )?;
        }
        for status in Status::ALL {
            let count = hidden(status, false);
            if count > 0 {
                writeln!(to, "Not listed: {count} {status} (--status all lists them)")?;
            }
        }
    }
    let asked: u64 = report.asked.iter().map(|row| row.asked).sum();
    let answered: u64 = report.asked.iter().map(|row| row.answered).sum();
    if asked > 0 {
        writeln!(
            to,
            "Facts: {asked} asked for, {answered} read, {} not",
            asked - answered.min(asked)
        )?;
    }
    if report.gone > 0 {
        writeln!(to, "{} went away while being read", plural(report.gone, "resource"))?;
    }
    let missing: BTreeSet<&str> = report
        .asked
        .iter()
        .filter(|row| row.refused.contains_key(&Reason::AccessDenied))
        .map(|row| row.action.as_str())
        .collect();
    if !missing.is_empty() {
        let missing: Vec<&str> = missing.into_iter().collect();
        writeln!(to, "To know more, allow {}", missing.join(", "))?;
    }
    if report.findings.iter().any(|finding| finding.status == Status::Fail) {
        writeln!(
            to,
            "What to do: `awspect rules show RULE`; with each resource's own names in --format json"
        )?;
    }
    if report.account.completion == Completion::Interrupted {
        writeln!(to, "Interrupted: this report is partial.")?;
    }
    Ok(())
}

fn grid<const N: usize>(screen: Screen, header: [&str; N]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(screen.width)
        .set_header(header);
    // Whether there are colors is decided already.
    if screen.color {
        table.enforce_styling()
    } else {
        table.force_no_tty()
    };
    table
}

fn section(title: &str, color: Color, screen: Screen, to: &mut impl io::Write) -> io::Result<()> {
    let mut line = Table::new();
    line.load_preset(presets::NOTHING).set_width(screen.width);
    if screen.color {
        line.enforce_styling()
    } else {
        line.force_no_tty()
    };
    line.add_row([Cell::new(title).fg(color).add_attribute(Attribute::Bold)]);
    writeln!(to, "\n{}", line.lines().map(|line| line.trim_end().to_owned()).collect::<String>())
}

fn color(severity: Severity) -> Color {
    match severity {
        Severity::Critical | Severity::High => Color::Red,
        Severity::Medium => Color::Yellow,
        Severity::Low => Color::Blue,
        Severity::Info => Color::Reset,
    }
}

fn by_rule<'a>(findings: &[&'a Finding]) -> BTreeMap<&'static str, Vec<&'a Finding>> {
    let mut rules: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for finding in findings {
        rules.entry(finding.rule).or_default().push(*finding);
    }
    rules
}

fn more(table: &mut Table, count: usize) {
    if let Some(rest) = count.checked_sub(RESOURCES).filter(|rest| *rest > 0) {
        table.add_row(["", &format!("… and {rest} more (--format json lists all)")]);
    }
}

fn place(finding: &Finding) -> String {
    let resource = &finding.resource;
    let region = resource.region.as_deref().unwrap_or("region not known");
    format!("{}\n{}", terminal(&resource.name), terminal(region))
}

fn facts(evidence: &[Evidence]) -> String {
    let mut lines = String::new();
    for it in evidence {
        let separator = if lines.is_empty() { "" } else { "\n" };
        let _ = write!(lines, "{separator}{}: {}", it.field, terminal(&words(&it.observed)));
    }
    lines
}

/// A value without JSON's signs.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "not set".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let known = fields.iter().filter(|(_, value)| !value.is_null());
            known
                .map(|(name, value)| format!("{name} {}", words(value)))
                .collect::<Vec<_>>()
                .join(", ")
        }
        other => other.to_string(),
    }
}

fn plural(count: u64, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
