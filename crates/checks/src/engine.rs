//! What a rule is, and how its decisions become findings.

use std::{collections::BTreeSet, sync::LazyLock};

use awspect_findings::{Decision, Document, Finding, Remediation, ResourceRef, Status, Verdict};
use awspect_inventory::{Account, Fact, Gap, Listed, Place, Reason, Resource, Unknown};

use crate::Scan;

/// A rule ties an id and its document to the code that decides it.
#[derive(Debug)]
pub struct Rule {
    /// `<service>/<rule>`, which is also the path of its document and its fixture.
    pub id: &'static str,
    document: LazyLock<Document<'static>>,
    decide: for<'a> fn(Scan<'a>) -> Vec<(Subject<'a>, Decision)>,
}

/// Declares a rule; a missing `rules/<id>.md` does not compile.
macro_rules! rule {
    ($id:literal, $decide:expr) => {
        $crate::engine::Rule::new(
            $id,
            || $crate::engine::document(include_str!(concat!("../../../rules/", $id, ".md"))),
            $decide,
        )
    };
}
pub(crate) use rule;

/// Reads a document that was compiled in.
#[expect(clippy::expect_used, reason = "a test parses every document before it ships")]
pub(crate) fn document(text: &'static str) -> Document<'static> {
    Document::parse(text).expect("a rule's document should parse")
}

/// The cells of a row of a table with two columns, if the line is one.
pub(crate) fn cells(line: &'static str) -> Option<[&'static str; 2]> {
    let (first, second) = line.strip_prefix('|')?.strip_suffix('|')?.split_once('|')?;
    Some([first.trim(), second.trim()])
}

/// What one decision is about.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// A resource.
    Resource(&'a dyn Resource),
    /// The resources that a listing did not give.
    Gap(&'a Gap),
}

/// Puts every resource to one rule; those that could not be listed are unknown to it.
pub(crate) fn each<'a, R: Resource>(
    listed: &'a Listed<R>,
    decide: impl Fn(&'a R) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let judged = listed.found.iter().map(|it| (Subject::Resource(it), decide(it)));
    judged.chain(gaps(listed)).collect()
}

/// Puts the resources that a rule concerns to the rule; those that could not be listed are unknown to it.
pub(crate) fn concerned<'a, R: Resource>(
    listed: &'a Listed<R>,
    decide: impl Fn(&'a R) -> Option<Decision>,
) -> Vec<(Subject<'a>, Decision)> {
    let judged = listed.found.iter().filter_map(|it| {
        let decision = decide(it)?;
        Some((Subject::Resource(it as _), decision))
    });
    judged.chain(gaps(listed)).collect()
}

/// What a listing did not give, which is unknown to every rule.
pub(crate) fn gaps<R>(listed: &Listed<R>) -> impl Iterator<Item = (Subject<'_>, Decision)> {
    listed.gaps.iter().map(|gap| (Subject::Gap(gap), Err(gap.unknown.clone())))
}

/// Puts one resource to one rule.
pub(crate) fn one<R: Resource>(resource: &R, decision: Decision) -> Vec<(Subject<'_>, Decision)> {
    vec![(Subject::Resource(resource), decision)]
}

/// AWS said something that this version has no meaning for.
pub(crate) fn unknown_value<F: Fact>(text: &str) -> Unknown {
    Unknown::new(F::ACTION, Reason::Undecided)
        .because(format!("this version does not know `{text}`"))
}

/// Where nobody knows whether a thing is the case at all, only what is fine either way is fine.
pub(crate) fn if_at_all(decision: Decision, unknown: Unknown) -> Decision {
    match decision? {
        pass @ Verdict::Pass(_) => Ok(pass),
        Verdict::Fail { .. } => Err(unknown),
    }
}

/// What the rules find, in the order of reports.
pub(crate) fn judge<'r>(scan: Scan<'_>, rules: impl IntoIterator<Item = &'r Rule>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = rules.into_iter().flat_map(|rule| rule.run(scan)).collect();
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    // A listing may give a thing twice, while others come and go between its pages.
    let mut seen = BTreeSet::new();
    findings.retain(|finding| seen.insert(finding.fingerprint()));
    findings
}

impl Rule {
    /// For [`rule!`].
    pub(crate) const fn new(
        id: &'static str,
        document: fn() -> Document<'static>,
        decide: for<'a> fn(Scan<'a>) -> Vec<(Subject<'a>, Decision)>,
    ) -> Self {
        Self { id, document: LazyLock::new(document), decide }
    }

    /// The rule's document.
    pub fn document(&self) -> &Document<'static> {
        &self.document
    }

    /// The service, which is the first part of the id.
    pub fn service(&self) -> &'static str {
        self.id.split_once('/').map_or(self.id, |(service, _)| service)
    }

    /// What this rule finds, one finding for each resource that it looks at.
    fn run(&self, scan: Scan<'_>) -> Vec<Finding> {
        (self.decide)(scan)
            .into_iter()
            .map(|(subject, decision)| self.finding(&scan.inventory.account, subject, decision))
            .collect()
    }

    fn finding(&self, account: &Account, subject: Subject<'_>, decision: Decision) -> Finding {
        let document = self.document();
        let (status, evidence, severity, reason) = match decision {
            Ok(Verdict::Pass(evidence)) => (Status::Pass, evidence, None, None),
            Ok(Verdict::Fail { evidence, severity }) => (Status::Fail, evidence, severity, None),
            Err(unknown) => (Status::Unknown, vec![], None, Some(unknown)),
        };
        let resource = self.place(account, subject);
        Finding {
            rule: self.id,
            title: document.title.to_owned(),
            severity: severity.unwrap_or(document.facts.severity),
            status,
            remediation: (status == Status::Fail).then(|| Remediation::new(document, &resource)),
            resource,
            evidence,
            reason,
            compliance: document.facts.compliance.clone(),
        }
    }

    fn place(&self, account: &Account, subject: Subject<'_>) -> ResourceRef {
        let (kind, arn, part, name, place, tags) = match subject {
            Subject::Resource(resource) => {
                let (arn, part) = (resource.arn().as_str(), resource.part());
                (resource.kind(), arn, part, resource.name(), resource.place(), resource.tags())
            }
            Subject::Gap(gap) => (None, gap.arn.as_str(), None, "*", gap.place(), [].into()),
        };
        let region = match place {
            Place::Global => Some("global".to_owned()),
            Place::Region(region) => Some(region.to_string()),
            Place::Unknown => None,
        };
        ResourceRef {
            kind: kind.map_or_else(|| self.document().facts.resource.clone(), str::to_owned),
            arn: arn.to_owned(),
            part: part.map(str::to_owned),
            name: name.to_owned(),
            account: account.id.clone(),
            partition: account.partition.clone(),
            region,
            tags,
        }
    }
}
