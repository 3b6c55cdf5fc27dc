//! What one rule says of one resource.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use awspect_inventory::{AccountId, Action, Fact, Partition, Unknown};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Remediation, Severity};

/// What a rule decides about one resource: a verdict, or the fact that it would have needed.
pub type Decision = Result<Verdict, Unknown>;

/// A rule's decision where the facts suffice. Both kinds show what they rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The resource is as it should be.
    Pass(Vec<Evidence>),
    /// It is not.
    Fail {
        /// What is wrong, fact by fact.
        evidence: Vec<Evidence>,
        /// Where this case is better or worse than the rule's document says.
        severity: Option<Severity>,
    },
}

impl Verdict {
    /// Each piece of evidence is a fault: none passes, any fails.
    pub fn faults(evidence: Vec<Evidence>) -> Self {
        if evidence.is_empty() {
            Self::Pass(evidence)
        } else {
            Self::Fail { evidence, severity: None }
        }
    }

    /// One fact that decides alone.
    pub fn holds(good: bool, evidence: Evidence) -> Self {
        if good { Self::Pass(vec![evidence]) } else { Self::faults(vec![evidence]) }
    }

    /// The same, with a severity of its own if it fails.
    #[must_use]
    pub fn severity(self, severity: Severity) -> Self {
        match self {
            Self::Fail { evidence, .. } => Self::Fail { evidence, severity: Some(severity) },
            pass @ Self::Pass(_) => pass,
        }
    }
}

/// One fact that a verdict rests on: where it was read, what was there, what should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The API action that gave the fact.
    pub action: Action,
    /// The field of its answer, as the API reference names it.
    pub field: Cow<'static, str>,
    /// What was there; `null` where nothing is configured.
    pub observed: Value,
    /// What should be, in words.
    pub expected: Cow<'static, str>,
}

impl Evidence {
    /// Evidence from the answer that carries the fact `F`.
    pub fn of<F: Fact>(
        field: impl Into<Cow<'static, str>>,
        observed: impl Into<Value>,
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            action: F::ACTION,
            field: field.into(),
            observed: observed.into(),
            expected: expected.into(),
        }
    }
}

/// The three answers of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Wrong.
    Fail,
    /// A fact is missing that could change the answer.
    Unknown,
    /// Right.
    Pass,
}

impl Status {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Fail, Self::Unknown, Self::Pass];

    /// The name, `fail`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Pass => "pass",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A verdict with its place: which rule, on which resource of which account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, `s3/bucket-versioning`.
    pub rule: &'static str,
    /// The title of the rule's document.
    pub title: String,
    /// How bad it is, or would be.
    pub severity: Severity,
    /// The answer.
    pub status: Status,
    /// What the finding is about.
    pub resource: ResourceRef,
    /// What the answer rests on.
    pub evidence: Vec<Evidence>,
    /// For unknown: the fact that was missing.
    pub reason: Option<Unknown>,
    /// What to do about it; empty for a pass.
    pub remediation: Option<Remediation>,
    /// Identifiers of the same demand in published benchmarks, by benchmark.
    pub compliance: BTreeMap<String, Vec<String>>,
}

/// The resource of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceRef {
    /// CloudFormation's name for its kind, `AWS::S3::Bucket`.
    pub kind: String,
    /// Its ARN, or the pattern of those that could not be listed.
    pub arn: String,
    /// Which part of what the ARN names, where AWS gives it no ARN of its own: `access_key_1`.
    pub part: Option<String>,
    /// The owner's name for it.
    pub name: String,
    /// The account that holds it.
    pub account: AccountId,
    /// The partition of that account.
    pub partition: Partition,
    /// Its region; `global` for what has none, `None` where it could not be read.
    pub region: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

impl Finding {
    /// The identity of this finding from scan to scan: rule, account and resource, nothing that may change while the fault stays.
    pub fn fingerprint(&self) -> String {
        let resource = &self.resource;
        let mut hash = Sha256::new();
        for part in [
            self.rule,
            resource.partition.as_str(),
            resource.account.as_str(),
            // A bucket's ARN is its whole identity; a gap's pattern needs its region.
            if resource.arn.contains('*') { resource.region.as_deref().unwrap_or("") } else { "" },
            &resource.arn,
        ]
        .into_iter()
        .chain(resource.part.as_deref())
        {
            // Length first: no two lists of parts have the same bytes.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let digest = hash.finalize();
        let hex = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            use fmt::Write as _;
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        format!("v1:{hex}")
    }

    /// The order of reports: account, region, rule, resource.
    pub fn sort_key(&self) -> impl Ord + '_ {
        let resource = &self.resource;
        (
            resource.account.as_str(),
            resource.region.as_deref(),
            self.rule,
            resource.arn.as_str(),
            resource.part.as_deref(),
        )
    }
}
