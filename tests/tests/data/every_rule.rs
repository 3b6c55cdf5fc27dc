//! Every rule passes one thing and fails another.

use std::collections::BTreeSet;

use awspect_tests::rules;

use crate::world::{FAR, HOME, report, statuses};

/// A region, and the name of something there.
type Found = (&'static str, &'static str);

/// A rule, what it passes and what it fails.
const CASES: &[(&str, Found, Found)] = &[
    ("dynamodb/backup-vault-encrypted", (HOME, "vault"), (HOME, "lost-vault")),
    ("dynamodb/backup-vault-exists", (HOME, HOME), (FAR, FAR)),
    ("dynamodb/dax-cluster-encryption-at-rest", (HOME, "cache"), (HOME, "lone-cache")),
    ("dynamodb/dax-cluster-encryption-in-transit", (HOME, "cache"), (HOME, "lone-cache")),
    ("dynamodb/dax-cluster-multi-az", (HOME, "cache"), (HOME, "lone-cache")),
    ("dynamodb/export-target", (HOME, "tidy"), (HOME, "careless")),
    ("dynamodb/global-table-replica-settings", (FAR, "uneven"), (HOME, "uneven")),
    ("dynamodb/table-autoscaling", (HOME, "scaled"), (HOME, "careless")),
    ("dynamodb/table-backup", (HOME, "tidy"), (HOME, "careless")),
    ("dynamodb/table-deletion-protection", (HOME, "tidy"), (HOME, "careless")),
    ("dynamodb/table-encryption-cmk", (HOME, "tidy"), (HOME, "careless")),
    ("dynamodb/table-kms-key-inaccessible", (HOME, "tidy"), (HOME, "locked")),
    ("dynamodb/table-pitr", (HOME, "tidy"), (HOME, "careless")),
    ("dynamodb/table-policy-cross-account", (HOME, "tidy"), (HOME, "guest")),
    ("dynamodb/table-policy-public", (HOME, "tidy"), (HOME, "careless")),
];

#[test]
fn every_rule_passes_one_and_fails_another() {
    let report = report();
    let mut faults = vec![];
    for (rule, passes, fails) in CASES {
        for ((region, name), expected) in [(passes, "pass"), (fails, "fail")] {
            let given = statuses(report, rule, region, name);
            if given != BTreeSet::from([expected]) {
                faults.push(format!("{rule} on {name}: {given:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    rules::leave_nothing_open(report);
    rules::cover(&["dynamodb"], CASES.iter().map(|(rule, ..)| *rule));
}
