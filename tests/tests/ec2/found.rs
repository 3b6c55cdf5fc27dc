//! What a report says.

use std::collections::{BTreeMap, BTreeSet};

use awspect_tests::run::findings;
use serde_json::Value;

/// Text in a finding.
pub(crate) fn text<'a>(finding: &'a Value, path: &str) -> &'a str {
    finding.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// Rule and ARN to status.
pub(crate) fn verdicts(report: &Value) -> BTreeMap<(&str, &str), &str> {
    let key = |it| (text(it, "/rule"), text(it, "/resource/arn"));
    findings(report).iter().map(|it| (key(it), text(it, "/status"))).collect()
}

/// The finding of a rule on a resource, by its id.
pub(crate) fn finding<'a>(report: &'a Value, rule: &str, id: &str) -> &'a Value {
    let own = |it: &&Value| text(it, "/rule") == rule && text(it, "/resource/name") == id;
    findings(report).iter().find(own).unwrap_or_else(|| panic!("no finding of {rule} on {id}"))
}

/// The status of a rule on a resource, by its id.
pub(crate) fn status<'a>(report: &'a Value, rule: &str, id: &str) -> &'a str {
    text(finding(report, rule, id), "/status")
}

/// The rules with a finding of a status.
pub(crate) fn rules<'a>(report: &'a Value, status: &str) -> BTreeSet<&'a str> {
    let own = findings(report).iter().filter(|it| text(it, "/status") == status);
    own.map(|it| text(it, "/rule")).collect()
}
