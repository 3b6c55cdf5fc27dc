//! Findings to bytes, one file per format.
//!
//! `json` is the tool's own format; every other one is a projection of the same report.

mod escape;
mod json;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use awspect_findings::{Finding, Severity, Status};
use awspect_inventory::{AccountId, Asked, Completion, Inventory, Partition, Reason, Region};
use time::OffsetDateTime;

pub use json::json;
pub use table::{Screen, table};

/// Everything that one run has to tell.
#[derive(Debug)]
pub struct Report {
    /// The version of the tool.
    pub version: &'static str,
    /// Whether the facts are those of the demo.
    pub demo: bool,
    /// What differs from run to run.
    pub run: Run,
    /// Whose facts these are.
    pub account: Account,
    /// What was asked and what came back.
    pub asked: Vec<Asked>,
    /// How many resources went away between their listing and their reading.
    pub gone: u64,
    /// The ids of the rules that judged.
    pub rules: Vec<&'static str>,
    /// All findings, in the order of reports.
    pub findings: Vec<Finding>,
}

/// What differs from run to run over the same facts.
#[derive(Debug)]
pub struct Run {
    /// When the run began.
    pub started_at: OffsetDateTime,
    /// When its findings were complete.
    pub finished_at: OffsetDateTime,
    /// Calls sent by operation, retries included; none where a snapshot was judged.
    pub calls: BTreeMap<String, u64>,
}

/// An account and how far it was looked at.
#[derive(Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its partition.
    pub partition: Partition,
    /// When its facts were collected.
    pub collected_at: OffsetDateTime,
    /// Whether the collection came to its end.
    pub completion: Completion,
    /// The regions that were looked at.
    pub regions: Vec<Region>,
}

impl Report {
    /// The findings of an inventory.
    pub fn new(
        version: &'static str,
        demo: bool,
        run: Run,
        inventory: &Inventory,
        rules: Vec<&'static str>,
        findings: Vec<Finding>,
    ) -> Self {
        Self {
            version,
            demo,
            run,
            account: Account {
                id: inventory.account.id.clone(),
                partition: inventory.account.partition.clone(),
                collected_at: inventory.collected_at,
                completion: inventory.completion,
                regions: inventory.regions.clone(),
            },
            asked: inventory.asked.clone(),
            gone: inventory.gone(),
            rules,
            findings,
        }
    }

    /// How many findings there are of each status and severity.
    fn counts(&self) -> BTreeMap<(Status, Severity), u64> {
        let mut counts = BTreeMap::new();
        for finding in &self.findings {
            *counts.entry((finding.status, finding.severity)).or_default() += 1;
        }
        counts
    }

    /// The IAM actions that were refused for want of a permission.
    fn denied(&self) -> BTreeSet<&str> {
        let denied = |row: &&Asked| row.refused.contains_key(&Reason::AccessDenied);
        self.asked.iter().filter(denied).map(|row| row.action.as_str()).collect()
    }
}

/// Which findings are listed. All are counted.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Of these statuses.
    pub statuses: BTreeSet<Status>,
    /// Of this severity and above.
    pub severity: Severity,
}

impl Shown {
    /// Whether a finding is listed.
    fn takes(&self, finding: &Finding) -> bool {
        self.statuses.contains(&finding.status) && finding.severity >= self.severity
    }
}
