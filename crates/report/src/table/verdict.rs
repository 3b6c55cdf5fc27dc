//! Failures and passes: a row for each rule, and in it a line or a few for each resource.

use std::{collections::BTreeMap, io};

use awspect_findings::{Evidence, Finding, Severity, Status};
use serde_json::{Map, Value};

use super::{
    canvas::{Canvas, Color, Lines},
    plural,
};
use crate::escape::{shorten, terminal};

/// How many resources of one rule are shown; a report for programs lists all.
const RESOURCES: usize = 10;
/// How many facts of one resource are shown.
const FACTS: usize = 4;
/// The longest value that is shown whole, in characters.
const VALUE: usize = 160;
/// The longest command that is shown, in characters.
const COMMAND: usize = 120;
/// What comes before `AllUsers` (S3 User Guide, "Access control list (ACL) overview").
const GROUPS: &str = "http://acs.amazonaws.com/groups/global/";

/// The failures of one severity.
pub(super) fn faults(
    listed: &[&Finding],
    severity: Severity,
    canvas: &mut Canvas<impl io::Write>,
) -> io::Result<()> {
    let found = listed
        .iter()
        .filter(|finding| finding.status == Status::Fail && finding.severity == severity);
    let name = severity.as_str().to_uppercase();
    let header = ["What should be", "Where it is not, and what to do"];
    part(found, &name, color(severity), header, canvas)
}

/// What is as it should be, where that was asked for.
pub(super) fn passes(listed: &[&Finding], canvas: &mut Canvas<impl io::Write>) -> io::Result<()> {
    let found = listed.iter().filter(|finding| finding.status == Status::Pass);
    part(found, "PASS", Color::Green, ["What is as it should be", "Where"], canvas)
}

fn part<'a>(
    findings: impl Iterator<Item = &'a &'a Finding>,
    name: &str,
    color: Color,
    header: [&str; 2],
    canvas: &mut Canvas<impl io::Write>,
) -> io::Result<()> {
    let mut count = 0_usize;
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        count += 1;
        rules.entry(finding.rule).or_default().push(finding);
    }
    if count == 0 {
        return Ok(());
    }
    canvas.heading(&format!("{name} ({count})"), color)?;
    canvas.table(header, rules.into_iter().map(|(rule, findings)| row(rule, &findings)))
}

fn row(rule: &str, findings: &[&Finding]) -> [Lines; 2] {
    let title = findings.first().map_or("", |finding| &finding.title);
    let mut lines: Lines =
        findings.iter().take(RESOURCES).flat_map(|finding| resource(finding)).collect();
    if findings.len() > RESOURCES {
        lines.push(format!("… and {} more, in --format json", findings.len() - RESOURCES));
    }
    lines.extend(fix(findings));
    [vec![title.to_owned(), rule.to_owned()], lines]
}

/// Where it is, and what is there. Facts that look alike stand together.
fn resource(finding: &Finding) -> Lines {
    let region = finding.resource.region.as_deref().unwrap_or("region not known");
    let part = finding.resource.part.as_ref().map(|part| format!(" {part}")).unwrap_or_default();
    let place = format!("{}{part} ({region})", shorten(&finding.resource.name, VALUE));
    let alike = |a: &Evidence, b: &Evidence| a.observed == b.observed && a.expected == b.expected;
    let facts: Vec<_> = finding.evidence.chunk_by(alike).collect();
    if let [only] = facts[..] {
        return vec![format!("{place} - {}", fact(only, finding.status))];
    }
    let mut lines = vec![place];
    let shown = facts.iter().take(FACTS);
    lines.extend(shown.map(|alike| format!("- {}", fact(alike, finding.status))));
    if facts.len() > FACTS {
        let rest = facts.iter().skip(FACTS).map(|alike| alike.len()).sum();
        lines.push(format!("- … and {}", plural(rest, "more fact")));
    }
    lines
}

/// A failure also shows what should be there.
fn fact(alike: &[Evidence], status: Status) -> String {
    let Some(first) = alike.first() else { return String::new() };
    let fields: Vec<&str> = alike.iter().map(|evidence| evidence.field.as_ref()).collect();
    let fields = fields.join(", ");
    let fields = shorten(&fields, VALUE);
    let observed = words(&first.observed);
    let observed = shorten(&observed, VALUE);
    match status {
        Status::Fail => format!("{fields}: {observed} → {}", first.expected),
        Status::Unknown | Status::Pass => format!("{fields}: {observed}"),
    }
}

/// The command for the first resource, if one line says it all, and where to read what to mind.
fn fix(findings: &[&Finding]) -> Lines {
    let Some((first, remediation)) =
        findings.first().and_then(|first| Some((first, first.remediation.as_ref()?)))
    else {
        return vec![];
    };
    let show = format!("awspect rules show {}", first.rule);
    match one_line(&remediation.cli) {
        Some(command) => {
            let which = if findings.len() > 1 { "Fix the first" } else { "Fix" };
            vec![format!("{which}: {command}"), format!("Read before: {show}")]
        }
        None => vec![format!("Fix: {show}")],
    }
}

/// A script that is one short command, and the same command once it stands escaped on a terminal.
fn one_line(script: &str) -> Option<String> {
    let lines: Vec<&str> = script.trim().split("\\\n").map(str::trim).collect();
    let line = lines.join(" ");
    (!line.is_empty() && line.chars().count() <= COMMAND && terminal(&line) == line).then_some(line)
}

/// A value without JSON's signs, and without what all names of ACL groups have in common.
fn words(value: &Value) -> String {
    let all = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => "not set".to_owned(),
        Value::String(text) => text.strip_prefix(GROUPS).unwrap_or(text).to_owned(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => all(&mut items.iter().map(words)),
        Value::Object(fields) => {
            let says =
                |value: &Value| !(value.is_null() || value.as_object().is_some_and(Map::is_empty));
            let known = fields.iter().filter(|(_, value)| says(value));
            all(&mut known.map(|(name, value)| format!("{name} {}", words(value))))
        }
        other => other.to_string(),
    }
}

fn color(severity: Severity) -> Color {
    match severity {
        Severity::Critical | Severity::High => Color::Red,
        Severity::Medium => Color::Yellow,
        Severity::Low => Color::Blue,
        Severity::Info => Color::Plain,
    }
}
