//! For people at a terminal: what is wrong, where, how that is known; then what nobody knows; then the counts.

use std::{
    collections::{BTreeMap, BTreeSet},
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
    let mut table = grid(screen, ["What should be", "Where it is not, and what is there"]);
    for (rule, findings) in by_rule(&found) {
        let lines = |finding: &Finding| format!("{}: {}", place(finding), facts(&finding.evidence));
        table.add_row([what(rule, &findings), first(&findings, lines)]);
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
    let mut table = grid(screen, ["What is as it should be", "Where, and what is there"]);
    for (rule, findings) in by_rule(&found) {
        let lines = |finding: &Finding| match facts(&finding.evidence) {
            facts if facts.is_empty() => place(finding),
            facts => format!("{}: {facts}", place(finding)),
        };
        table.add_row([what(rule, &findings), first(&findings, lines)]);
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

fn what(rule: &str, findings: &[&Finding]) -> String {
    let title = findings.first().map_or("", |finding| finding.title.as_str());
    format!("{title}\n{rule}")
}

/// The first resources of a rule, a line or a few for each.
fn first(findings: &[&Finding], line: impl Fn(&Finding) -> String) -> String {
    let mut lines: Vec<String> = findings.iter().take(RESOURCES).map(|it| line(it)).collect();
    if let Some(rest) = findings.len().checked_sub(RESOURCES).filter(|rest| *rest > 0) {
        lines.push(format!("… and {rest} more (--format json lists all)"));
    }
    lines.join("\n")
}

fn place(finding: &Finding) -> String {
    let resource = &finding.resource;
    let region = resource.region.as_deref().unwrap_or("region not known");
    format!("{} ({})", terminal(&resource.name), terminal(region))
}

fn facts(evidence: &[Evidence]) -> String {
    let facts: Vec<String> = evidence
        .iter()
        .map(|it| format!("{} {}", it.field, terminal(&words(&it.observed))))
        .collect();
    facts.join("; ")
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
