//! What a report says, by rule and resource.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::run::findings;

/// Text in a finding, by its JSON pointer.
pub fn text<'a>(finding: &'a Value, path: &str) -> &'a str {
    finding.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

fn of<'a>(report: &'a Value, rule: &str, name: &str) -> impl Iterator<Item = &'a Value> {
    findings(report)
        .iter()
        .filter(move |it| text(it, "/rule") == rule && text(it, "/resource/name") == name)
}

/// The statuses that a rule gave to resources of a name.
pub fn statuses<'a>(report: &'a Value, rule: &str, name: &str) -> BTreeSet<&'a str> {
    of(report, rule, name).map(|it| text(it, "/status")).collect()
}

/// Verdicts by rule and resource, its part included.
pub fn verdicts(report: &Value) -> BTreeMap<[&str; 3], &str> {
    let key = |it| ["/rule", "/resource/arn", "/resource/part"].map(|path| text(it, path));
    findings(report).iter().map(|it| (key(it), text(it, "/status"))).collect()
}

/// The one finding of a rule on a resource.
///
/// # Panics
///
/// If there is none, or more than one.
pub fn finding<'a>(report: &'a Value, rule: &str, name: &str) -> &'a Value {
    let mut found = of(report, rule, name);
    match (found.next(), found.next()) {
        (Some(finding), None) => finding,
        (first, _) => panic!("{rule} on {name}: one finding and not {first:#?}"),
    }
}

/// The status of the one finding of a rule on a resource.
pub fn status<'a>(report: &'a Value, rule: &str, name: &str) -> &'a str {
    text(finding(report, rule, name), "/status")
}

/// The rules with a finding of a status.
pub fn rules<'a>(report: &'a Value, status: &str) -> BTreeSet<&'a str> {
    let own = findings(report).iter().filter(|it| text(it, "/status") == status);
    own.map(|it| text(it, "/rule")).collect()
}
