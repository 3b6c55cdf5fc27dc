//! Reads that are denied one by one.

use std::collections::{BTreeMap, BTreeSet};

use awspect_fakeaws::FakeAws;
use serde_json::{Value, json};

use crate::{
    report::{text, verdicts},
    run::findings,
};

/// The rules that could not tell, by action: see [`in_turn`].
///
/// # Panics
///
/// As [`in_turn`].
pub fn each<'r>(
    fake: &FakeAws,
    reads: &[(&'r str, &str, &str)],
    scan: impl Fn() -> Value,
) -> BTreeMap<&'r str, BTreeSet<String>> {
    let actions = reads.iter().map(|(action, ..)| *action);
    actions.zip(in_turn(fake, reads, scan)).collect()
}

/// Denies each read in turn and scans: nothing that fails passes, what is unknown names the action that was denied, and no
/// other is missing. The rules that could not tell, for each read.
///
/// A read is an action of IAM's, with service and operation as they go over the wire.
///
/// # Panics
///
/// If any of that does not hold.
pub fn in_turn(
    fake: &FakeAws,
    reads: &[(&str, &str, &str)],
    scan: impl Fn() -> Value,
) -> Vec<BTreeSet<String>> {
    let before = scan();
    let before = verdicts(&before);
    let deny = |(action, service, operation): &(&str, &str, &str)| {
        let rule = fake.refuse(service, operation);
        let report = scan();
        fake.clear(rule);
        for (key, status) in verdicts(&report) {
            let turned = before.get(&key) == Some(&"fail") && status == "pass";
            assert!(!turned, "without {action} {key:?} turns from fail to pass");
        }
        let missing = report.pointer("/coverage/missing_permissions");
        assert_eq!(missing, Some(&json!([action])));
        let unknown = findings(&report).iter().filter(|it| text(it, "/status") == "unknown");
        let rules = unknown.map(|finding| {
            // A doubt that follows from what was denied says what it follows from.
            if text(finding, "/reason/cause") != "undecided" {
                assert_eq!(text(finding, "/reason/action"), *action, "{finding:#}");
                assert_eq!(text(finding, "/reason/cause"), "access_denied", "{finding:#}");
            }
            text(finding, "/rule").to_owned()
        });
        rules.collect()
    };
    reads.iter().map(deny).collect()
}
