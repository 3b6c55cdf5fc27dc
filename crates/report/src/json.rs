//! The tool's own format. Its schema is `docs/schema/report-1.0.json`.

pub(crate) mod v1;

use std::{collections::BTreeMap, io};

use awspect_findings as findings;
use awspect_inventory::{Asked, Completion, Region, Unknown};
use serde::Serialize as _;

use self::v1::{
    Account, ActionCoverage, Counts, Coverage, Document, Evidence, Finding, Missing, Remediation,
    Resource, RuleCoverage, Run, SCHEMA_VERSION, Severity, Status, Summary, Tool,
};
use crate::{Report, Shown, escape::SafeJson};

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
            part: resource.part.as_deref(),
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
