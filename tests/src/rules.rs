//! What tests hold of rules: that each has a case, and names in its document what it reads.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    report::{statuses, text},
    run::findings,
};

/// A rule, the resource that it passes and the one that it fails.
pub type Case = (&'static str, &'static str, &'static str);

/// Every rule passes and fails what its case says, and nothing is unknown.
///
/// # Panics
///
/// If one does not, or something is.
pub fn hold(report: &Value, cases: &[Case]) {
    let mut faults = vec![];
    for (rule, passes, fails) in cases {
        for (name, expected) in [(passes, "pass"), (fails, "fail")] {
            let given = statuses(report, rule, name);
            if given != BTreeSet::from([expected]) {
                faults.push(format!("{rule} on {name}: {given:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    leave_nothing_open(report);
}

/// Who is asked for everything and answers leaves nothing open.
///
/// # Panics
///
/// If something is unknown.
pub fn leave_nothing_open(report: &Value) {
    let unknown = findings(report).iter().filter(|it| text(it, "/status") == "unknown");
    let unknown: Vec<_> = unknown.collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// Each rule of these services has a case, and no other.
///
/// # Panics
///
/// If one has none.
pub fn cover<'c>(services: &[&str], cases: impl IntoIterator<Item = &'c str>) {
    let own = awspect_checks::all().filter(|rule| services.contains(&rule.service()));
    let own: BTreeSet<&str> = own.map(|rule| rule.id).collect();
    assert_eq!(cases.into_iter().collect::<BTreeSet<_>>(), own, "each rule has a case");
}

/// The rules that name an action in their documents.
pub fn naming(action: &str) -> BTreeSet<String> {
    awspect_checks::all()
        .filter(|rule| rule.document().facts.actions.iter().any(|own| own == action))
        .map(|rule| rule.id.to_owned())
        .collect()
}
