//! Findings of a report, by rule and resource.

use std::collections::{BTreeMap, BTreeSet};

use awspect_tests::run::findings;
use serde_json::Value;

/// Whether a finding is of these rules.
pub(crate) fn is_about_identities(rule: &str) -> bool {
    rule.starts_with("iam/") || rule.starts_with("account/")
}

pub(crate) fn text<'a>(finding: &'a Value, path: &str) -> &'a str {
    finding.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// The statuses that a rule gave to resources of a name.
pub(crate) fn statuses<'a>(report: &'a Value, rule: &str, name: &str) -> BTreeSet<&'a str> {
    findings(report)
        .iter()
        .filter(|it| text(it, "/rule") == rule && text(it, "/resource/name") == name)
        .map(|it| text(it, "/status"))
        .collect()
}

/// Verdicts by rule and resource, its part included.
pub(crate) fn verdicts(report: &Value) -> BTreeMap<[&str; 3], &str> {
    let key = |it| ["/rule", "/resource/arn", "/resource/part"].map(|path| text(it, path));
    findings(report).iter().map(|it| (key(it), text(it, "/status"))).collect()
}

/// The one finding of a rule on a resource.
#[expect(clippy::panic, reason = "a finding that is not there should stop its test")]
pub(crate) fn finding<'a>(report: &'a Value, rule: &str, name: &str) -> &'a Value {
    let mut found = findings(report)
        .iter()
        .filter(|it| text(it, "/rule") == rule && text(it, "/resource/name") == name);
    match (found.next(), found.next()) {
        (Some(finding), None) => finding,
        (first, _) => panic!("{rule} on {name}: one finding and not {first:#?}"),
    }
}
