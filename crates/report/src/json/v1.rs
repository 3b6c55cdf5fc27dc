//! Version 1 of the format, frozen: these structs say what is published, and no other type of the project
//! decides it.
//!
//! A new optional field is a new minor version, anything else a new major one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

/// What stands in `schema_version`.
pub(super) const SCHEMA_VERSION: &str = "1.0";

/// What one run of awspect has to tell.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "awspect report 1.0"))]
#[serde(deny_unknown_fields)]
pub(crate) struct Document<'a> {
    /// The version of this format, `major.minor`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA_VERSION)))]
    pub(super) schema_version: &'static str,
    /// What wrote the report.
    pub(super) tool: Tool<'a>,
    /// The only part that differs between two runs over the same facts.
    pub(super) run: Run<'a>,
    /// The accounts that were looked at.
    pub(super) accounts: Vec<Account<'a>>,
    /// All findings counted, listed or not.
    pub(super) summary: Summary,
    /// What was asked, and what nobody knows for want of an answer.
    pub(super) coverage: Coverage<'a>,
    /// The findings that were asked for, by account, region, rule and resource.
    pub(super) findings: Vec<Finding<'a>>,
}

/// What wrote the report.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Tool<'a> {
    /// `awspect`.
    pub(super) name: &'static str,
    /// Its version.
    pub(super) version: &'a str,
}

/// The only part that differs between two runs over the same facts.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Run<'a> {
    /// When the run began.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(test, schemars(with = "String", extend("format" = "date-time")))]
    pub(super) started_at: OffsetDateTime,
    /// When its findings were complete.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(test, schemars(with = "String", extend("format" = "date-time")))]
    pub(super) finished_at: OffsetDateTime,
    /// When the facts were collected. Ages count from here.
    #[serde(with = "time::serde::rfc3339")]
    #[cfg_attr(test, schemars(with = "String", extend("format" = "date-time")))]
    pub(super) collected_at: OffsetDateTime,
    /// Calls sent to AWS by operation, `s3:ListBuckets`, retries included; empty where a snapshot was judged.
    pub(super) api_calls: &'a BTreeMap<String, u64>,
}

/// An account that was looked at.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Account<'a> {
    /// Its twelve digits.
    #[cfg_attr(test, schemars(regex(pattern = "^[0-9]{12}$")))]
    pub(super) id: &'a str,
    /// The partition of its ARNs, `aws`.
    pub(super) partition: &'a str,
    /// Whether the facts are those of the account that ships with the tool.
    pub(super) demo: bool,
    /// False where the collection was interrupted: the report is partial.
    pub(super) complete: bool,
    /// The regions whose regional resources were asked for.
    pub(super) regions: Vec<&'a str>,
}

/// All findings counted, listed or not.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Summary {
    /// What is wrong.
    pub(super) fail: Counts,
    /// What could not be decided.
    pub(super) unknown: Counts,
    /// What is right.
    pub(super) pass: Counts,
    /// How many of them are in `findings`.
    pub(super) listed: u64,
}

/// Findings by severity.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Counts {
    /// An attacker needs nothing more.
    pub(super) critical: u64,
    /// An attacker needs one more step.
    pub(super) high: u64,
    /// A protection is missing.
    pub(super) medium: u64,
    /// Hygiene: makes another fault worse.
    pub(super) low: u64,
    /// Worth knowing; nothing to do by itself.
    pub(super) info: u64,
    /// All five together.
    pub(super) total: u64,
}

/// What was asked, and what nobody knows for want of an answer.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Coverage<'a> {
    /// Whether every fact that was asked for came back.
    pub(super) complete: bool,
    /// Resources that went away between their listing and their reading.
    pub(super) gone: u64,
    /// IAM actions that were refused for want of a permission.
    pub(super) missing_permissions: BTreeSet<&'a str>,
    /// Facts by IAM action and region.
    pub(super) actions: Vec<ActionCoverage<'a>>,
    /// Findings by rule.
    pub(super) rules: Vec<RuleCoverage<'a>>,
}

/// How often an action was asked for in a region, and what came back.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ActionCoverage<'a> {
    /// The IAM action, `s3:GetBucketAcl`.
    pub(super) action: &'a str,
    /// The part of it before the colon.
    pub(super) service: &'a str,
    /// The region of the endpoint.
    pub(super) region: &'a str,
    /// Facts asked for.
    pub(super) asked: u64,
    /// Facts that came back; "not configured" is an answer.
    pub(super) answered: u64,
    /// Facts that did not, by cause. The causes are those of a finding's `reason`.
    pub(super) refused: BTreeMap<&'static str, u64>,
}

/// How often each answer of a rule was given.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RuleCoverage<'a> {
    /// The rule's id, `s3/bucket-versioning`.
    pub(super) rule: &'a str,
    /// What is wrong.
    pub(super) fail: u64,
    /// What could not be decided.
    pub(super) unknown: u64,
    /// What is right.
    pub(super) pass: u64,
}

/// What one rule says of one resource.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Finding<'a> {
    /// The identity of the finding from run to run.
    #[cfg_attr(test, schemars(regex(pattern = "^v1:[0-9a-f]{64}$")))]
    pub(super) fingerprint: String,
    /// The rule's id, `s3/bucket-versioning`.
    pub(super) rule: &'a str,
    /// What should be.
    pub(super) title: &'a str,
    /// How bad it is, or would be.
    pub(super) severity: Severity,
    /// The answer.
    pub(super) status: Status,
    /// What the finding is about.
    pub(super) resource: Resource<'a>,
    /// What the answer rests on.
    pub(super) evidence: Vec<Evidence<'a>>,
    /// For `unknown`, the fact that was missing; else `null`.
    pub(super) reason: Option<Missing<'a>>,
    /// For `fail`, what to do; else `null`.
    pub(super) remediation: Option<Remediation<'a>>,
    /// Identifiers of the same demand in published benchmarks, by benchmark.
    pub(super) compliance: &'a BTreeMap<String, Vec<String>>,
}

/// How bad a failure is.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Severity {
    Critical,
    High,
    Medium,
    Low,
    Info,
}

/// The three answers of a rule.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Fail,
    Unknown,
    Pass,
}

/// What a finding is about.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Resource<'a> {
    /// CloudFormation's name for its kind, `AWS::S3::Bucket`.
    #[serde(rename = "type")]
    pub(super) kind: &'a str,
    /// Its ARN, or the pattern of those that could not be listed.
    pub(super) arn: &'a str,
    /// The last part of the ARN: all after its fifth colon.
    pub(super) id: &'a str,
    /// Which part of what the ARN names, where AWS gives it no ARN of its own: `access_key_1`.
    pub(super) part: Option<&'a str>,
    /// The name that its owner gave it.
    pub(super) name: &'a str,
    /// The account that holds it.
    #[cfg_attr(test, schemars(regex(pattern = "^[0-9]{12}$")))]
    pub(super) account: &'a str,
    /// Its region; `global` for what is in none, `null` where the region could not be read.
    pub(super) region: Option<&'a str>,
    /// Its tags, as far as they could be read.
    pub(super) tags: &'a BTreeMap<String, String>,
}

/// A fact that an answer rests on.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence<'a> {
    /// The IAM action of the call that told.
    pub(super) action: &'a str,
    /// The field of its answer, as AWS's API reference names it.
    pub(super) field: &'a str,
    /// What was there, of any type; `null` where nothing is configured.
    pub(super) observed: &'a Value,
    /// What should be, in words.
    pub(super) expected: &'a str,
}

/// A fact that nobody knows.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Missing<'a> {
    /// The IAM action that would have told.
    pub(super) action: &'a str,
    /// `access_denied`, `throttled`, `timeout`, `unreachable`, `region_disabled`, `not_supported`, `gone`,
    /// `malformed`, `not_asked`, `not_collected`, `interrupted` or `failed`; a minor version may add others.
    pub(super) cause: &'static str,
    /// AWS's error code, where it gave one.
    pub(super) code: Option<&'a str>,
    /// AWS's message, or awspect's where AWS gave none.
    pub(super) message: Option<&'a str>,
}

/// What to do, with the resource's own names in it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Remediation<'a> {
    /// What to mind first, as Markdown.
    pub(super) advice: &'a str,
    /// AWS CLI, for a POSIX shell.
    pub(super) cli: &'a str,
    /// CloudFormation, YAML.
    pub(super) cloudformation: &'a str,
    /// Terraform, HCL.
    pub(super) terraform: &'a str,
    /// AWS's pages on the matter.
    pub(super) references: &'a [String],
}
