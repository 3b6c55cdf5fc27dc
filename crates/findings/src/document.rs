//! Rule documents: Markdown for people, with a TOML block for machines on top.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Severity;

/// The fences that every `## Fix` must have: AWS CLI, CloudFormation, Terraform.
pub(crate) const LANGUAGES: [&str; 3] = ["sh", "yaml", "hcl"];

/// One parsed `rules/<service>/<rule>.md`.
#[derive(Debug)]
pub struct Document<'a> {
    /// The good state, as a fact.
    pub title: &'a str,
    /// The TOML block.
    pub facts: Facts,
    /// Why it matters: all between the title and `## Fix`.
    pub rationale: &'a str,
    /// What to mind before the fix: the prose before the first fence.
    pub advice: &'a str,
    /// The fix by fence language: `sh`, `yaml` (CloudFormation), `hcl` (Terraform).
    pub fix: BTreeMap<&'a str, &'a str>,
}

/// The TOML block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// How bad a failure is, unless the rule says otherwise.
    pub severity: Severity,
    /// The kind of resource, in CloudFormation's spelling.
    pub resource: String,
    /// The IAM actions whose answers the rule reads.
    pub actions: Vec<String>,
    /// AWS's pages on the matter.
    pub references: Vec<String>,
    /// The same check in Prowler.
    #[serde(default)]
    pub prowler: Vec<String>,
    /// The same check in ScoutSuite.
    #[serde(default)]
    pub scoutsuite: Vec<String>,
    /// Identifiers in published benchmarks, by benchmark.
    #[serde(default)]
    pub compliance: BTreeMap<String, Vec<String>>,
}

/// What a document lacks.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// No TOML block.
    #[error("no ```toml block at the top")]
    NoFacts,
    /// No title.
    #[error("no `# title` after the TOML block")]
    NoTitle,
    /// No rationale.
    #[error("nothing between the title and `## Fix`")]
    NoRationale,
    /// A fence is missing.
    #[error("no ```{0} block under `## Fix`")]
    NoFix(&'static str),
    /// The block is not what it should be.
    #[error("the TOML block does not parse")]
    Toml(#[from] toml::de::Error),
}

impl<'a> Document<'a> {
    /// Reads a document.
    pub fn parse(text: &'a str) -> Result<Self, DocumentError> {
        let (facts, body) = text
            .strip_prefix("```toml\n")
            .and_then(|rest| rest.split_once("\n```\n"))
            .ok_or(DocumentError::NoFacts)?;
        let (title, body) = body
            .trim_start()
            .strip_prefix("# ")
            .and_then(|rest| rest.split_once('\n'))
            .ok_or(DocumentError::NoTitle)?;
        let (rationale, fix) = body.split_once("\n## Fix\n").ok_or(DocumentError::NoFix("sh"))?;
        let advice = fix.split("```").next().unwrap_or_default();
        let fences: BTreeMap<_, _> = fix
            .split("\n```")
            .skip(1)
            .step_by(2)
            .filter_map(|fence| fence.split_once('\n'))
            .collect();
        if rationale.trim().is_empty() {
            return Err(DocumentError::NoRationale);
        }
        if let Some(missing) = LANGUAGES.into_iter().find(|language| !fences.contains_key(language))
        {
            return Err(DocumentError::NoFix(missing));
        }
        Ok(Self {
            title: title.trim(),
            facts: toml::from_str(facts)?,
            rationale: rationale.trim(),
            advice: advice.trim(),
            fix: fences,
        })
    }
}
