//! The tool's own format, version 1.
//!
//! The structs here are frozen: they say what is published, and no other type of the project decides it. A new
//! optional field is a new minor version, anything else a new major one. The schema is `docs/schema/report-1.0.json`.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use awspect_findings as findings;
use awspect_inventory::{Asked, Completion, Region, Unknown};
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

use crate::{Report, Shown, escape::SafeJson};

/// What stands in `schema_version`.
const SCHEMA_VERSION: &str = "1.0";

/// A report of one run.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "awspect report 1.0"))]
#[serde(deny_unknown_fields)]
pub(crate) struct Document<'a> {
    /// The version of this format, `major.minor`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA_VERSION)))]
    schema_version: &'static str,
    tool: Tool<'a>,
    run: Run<'a>,
    accounts: Vec<Account<'a>>,
    summary: Summary,
    coverage: Coverage<'a>,
    /// The findings that were asked for, by account, region, rule and resource.
    findings: Vec<Finding<'a>>,
}

/// What wrote the report.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Tool<'a> {
    name: &'static str,
    version: &'a str,
}

/// The only part that differs between two runs over the same facts.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Run<'a> {
    /// When the run began, RFC 3339.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(test, schemars(with = "String", extend("format" = "date-time")))]
    started_at: OffsetDateTime,
    /// When its findings were complete, RFC 3339.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(test, schemars(with = "String", extend("format" = "date-time")))]
    finished_at: OffsetDateTime,
    /// When the facts were collected, RFC 3339.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(test, schemars(with = "String", extend("format" = "date-time")))]
    collected_at: OffsetDateTime,
    /// Calls sent to AWS by operation, `s3:ListBuckets`, retries included.
    api_calls: &'a BTreeMap<String, u64>,
}

/// An account that was looked at.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Account<'a> {
    id: &'a str,
    partition: &'a str,
    /// Whether the facts are those of the account that ships with the tool.
    demo: bool,
    /// False where the collection was interrupted: the report is partial.
    complete: bool,
    /// The regions whose regional resources were asked for.
    regions: Vec<&'a str>,
}

/// All findings counted, listed or not.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Summary {
    fail: Counts,
    unknown: Counts,
    pass: Counts,
    /// How many of them are in `findings`.
    listed: u64,
}

/// Findings by severity.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Counts {
    critical: u64,
    high: u64,
    medium: u64,
    low: u64,
    info: u64,
    total: u64,
}

/// What was asked, and what nobody knows for want of an answer.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Coverage<'a> {
    /// Whether every fact that was asked for came back.
    complete: bool,
    /// Resources that went away between their listing and their reading.
    gone: u64,
    /// IAM actions that were refused for want of a permission.
    missing_permissions: BTreeSet<&'a str>,
    /// Facts by IAM action and region.
    actions: Vec<ActionCoverage<'a>>,
    /// Findings by rule.
    rules: Vec<RuleCoverage<'a>>,
}

/// How often an action was asked for in a region, and what came back.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ActionCoverage<'a> {
    action: &'a str,
    service: &'a str,
    region: &'a str,
    asked: u64,
    /// "Not configured" is an answer.
    answered: u64,
    /// What did not come back, by cause.
    refused: BTreeMap<&'static str, u64>,
}

/// What a rule found.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RuleCoverage<'a> {
    rule: &'a str,
    fail: u64,
    unknown: u64,
    pass: u64,
}

/// What one rule says of one resource.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Finding<'a> {
    /// The identity of the finding from run to run.
    fingerprint: String,
    rule: &'a str,
    /// What should be.
    title: &'a str,
    severity: Severity,
    status: Status,
    resource: Resource<'a>,
    /// What the status rests on.
    evidence: Vec<Evidence<'a>>,
    /// For `unknown`: the fact that was missing.
    reason: Option<Missing<'a>>,
    /// For `fail`: what to do.
    remediation: Option<Remediation<'a>>,
    /// The same demand in published benchmarks.
    compliance: &'a BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Severity {
    Critical,
    High,
    Medium,
    Low,
    Info,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum Status {
    Fail,
    Unknown,
    Pass,
}

/// What a finding is about.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Resource<'a> {
    /// Its kind, `AWS::S3::Bucket`.
    #[serde(rename = "type")]
    kind: &'a str,
    /// Its ARN, or the pattern of those that could not be listed.
    arn: &'a str,
    /// The last part of the ARN: all after its fifth colon.
    id: &'a str,
    name: &'a str,
    account: &'a str,
    /// `global` for what is in no region, `null` where the region could not be read.
    region: Option<&'a str>,
    tags: &'a BTreeMap<String, String>,
}

/// A fact: where it was read, what was there, what should be.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Evidence<'a> {
    action: &'a str,
    field: &'a str,
    observed: &'a Value,
    expected: &'a str,
}

/// A fact that nobody knows.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Missing<'a> {
    /// The IAM action that would have told.
    action: &'a str,
    /// `access_denied`, `throttled`, `timeout`, …
    cause: &'static str,
    /// AWS's code.
    code: Option<&'a str>,
    message: Option<&'a str>,
}

/// What to do, with the resource's own names in it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Remediation<'a> {
    advice: &'a str,
    cli: &'a str,
    cloudformation: &'a str,
    terraform: &'a str,
    references: &'a [String],
}

/// Writes the report.
pub fn json(report: &Report, shown: &Shown, mut to: impl io::Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut to, SafeJson::default());
    document(report, shown).serialize(&mut serializer)?;
    to.write_all(b"\n")
}

fn document<'a>(report: &'a Report, shown: &Shown) -> Document<'a> {
    let account = &report.account;
    let listed: Vec<Finding<'a>> =
        report.findings.iter().filter(|finding| shown.takes(finding)).map(finding).collect();
    Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "awspect", version: report.version },
        run: Run {
            started_at: report.run.started_at,
            finished_at: report.run.finished_at,
            collected_at: account.collected_at,
            api_calls: &report.run.calls,
        },
        accounts: vec![Account {
            id: account.id.as_str(),
            partition: account.partition.as_str(),
            demo: report.demo,
            complete: account.completion == Completion::Complete,
            regions: account.regions.iter().map(Region::as_str).collect(),
        }],
        summary: summary(report, listed.len() as u64),
        coverage: coverage(report),
        findings: listed,
    }
}

fn summary(report: &Report, listed: u64) -> Summary {
    let counts = report.counts();
    let of = |status| {
        let count = |severity| counts.get(&(status, severity)).copied().unwrap_or_default();
        let [critical, high, medium, low, info] = findings::Severity::ALL.map(count);
        Counts { critical, high, medium, low, info, total: critical + high + medium + low + info }
    };
    let [fail, unknown, pass] = findings::Status::ALL.map(of);
    Summary { fail, unknown, pass, listed }
}

fn coverage(report: &Report) -> Coverage<'_> {
    let mut counts: BTreeMap<(&str, findings::Status), u64> = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry((finding.rule, finding.status)).or_default() += 1;
    }
    let rules = report.rules.iter().map(|&rule| {
        let of = |status| counts.get(&(rule, status)).copied().unwrap_or_default();
        let [fail, unknown, pass] = findings::Status::ALL.map(of);
        RuleCoverage { rule, fail, unknown, pass }
    });
    Coverage {
        complete: report.account.completion == Completion::Complete
            && report.asked.iter().all(|row| row.refused.is_empty()),
        gone: report.gone,
        missing_permissions: report.denied(),
        actions: report.asked.iter().map(action).collect(),
        rules: rules.collect(),
    }
}

fn action(row: &Asked) -> ActionCoverage<'_> {
    ActionCoverage {
        action: row.action.as_str(),
        service: row.action.service(),
        region: row.region.as_str(),
        asked: row.asked,
        answered: row.answered,
        refused: row.refused.iter().map(|(reason, count)| (reason.as_str(), *count)).collect(),
    }
}

fn finding(finding: &findings::Finding) -> Finding<'_> {
    let resource = &finding.resource;
    Finding {
        fingerprint: finding.fingerprint(),
        rule: finding.rule,
        title: &finding.title,
        severity: match finding.severity {
            findings::Severity::Critical => Severity::Critical,
            findings::Severity::High => Severity::High,
            findings::Severity::Medium => Severity::Medium,
            findings::Severity::Low => Severity::Low,
            findings::Severity::Info => Severity::Info,
        },
        status: match finding.status {
            findings::Status::Fail => Status::Fail,
            findings::Status::Unknown => Status::Unknown,
            findings::Status::Pass => Status::Pass,
        },
        resource: Resource {
            kind: &resource.kind,
            arn: &resource.arn,
            id: resource.arn.splitn(6, ':').last().unwrap_or_default(),
            name: &resource.name,
            account: resource.account.as_str(),
            region: resource.region.as_deref(),
            tags: &resource.tags,
        },
        evidence: finding.evidence.iter().map(evidence).collect(),
        reason: finding.reason.as_ref().map(missing),
        remediation: finding.remediation.as_ref().map(remediation),
        compliance: &finding.compliance,
    }
}

fn evidence(evidence: &findings::Evidence) -> Evidence<'_> {
    Evidence {
        action: evidence.action.as_str(),
        field: &evidence.field,
        observed: &evidence.observed,
        expected: &evidence.expected,
    }
}

fn missing(unknown: &Unknown) -> Missing<'_> {
    Missing {
        action: unknown.action.as_str(),
        cause: unknown.reason.as_str(),
        code: unknown.code.as_deref(),
        message: unknown.message.as_deref(),
    }
}

fn remediation(fix: &findings::Remediation) -> Remediation<'_> {
    Remediation {
        advice: &fix.advice,
        cli: &fix.cli,
        cloudformation: &fix.cloudformation,
        terraform: &fix.terraform,
        references: &fix.references,
    }
}
