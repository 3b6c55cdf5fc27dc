//! Each read refused: what becomes unknown, and by which action.

use serde_json::{Value, json};

use super::*;
use crate::tests::stub::error;

const READS: [(&str, &[&str], &str); 7] = [
    (
        TABLE,
        &["/dynamodb/tables/found/0/settings", "/dynamodb/tables/found/0/stream_policy"],
        "dynamodb:DescribeTable",
    ),
    (
        CONTINUOUS,
        &["/dynamodb/tables/found/0/continuous_backups"],
        "dynamodb:DescribeContinuousBackups",
    ),
    (
        POLICY,
        &["/dynamodb/tables/found/0/policy", "/dynamodb/tables/found/0/stream_policy"],
        "dynamodb:GetResourcePolicy",
    ),
    (TAGS, &["/dynamodb/tables/found/0/tags"], "dynamodb:ListTagsOfResource"),
    (EXPORT, &["/dynamodb/exports/found/0/settings"], "dynamodb:DescribeExport"),
    (
        SELECTION,
        &["/backup/plans/found/0/selections/found/0/settings"],
        "backup:GetBackupSelection",
    ),
    (KEY, &["/kms/keys/arn:aws:kms:eu-west-1:111122223333:key~11"], "kms:DescribeKey"),
];

const LISTINGS: [(&str, &str, &str); 8] = [
    (BACKUPS, "/dynamodb/backups", "dynamodb:ListBackups"),
    (LIST_EXPORTS, "/dynamodb/exports", "dynamodb:ListExports"),
    (TARGETS, "/dynamodb/scalable_targets", "application-autoscaling:DescribeScalableTargets"),
    (CLUSTERS, "/dynamodb/dax_clusters", "dax:DescribeClusters"),
    (PROTECTED, "/backup/protected_tables", "backup:ListProtectedResources"),
    (PLANS, "/backup/plans", "backup:ListBackupPlans"),
    (SELECTIONS, "/backup/plans/found/0/selections", "backup:ListBackupSelections"),
    (VAULTS, "/backup/vaults", "backup:ListBackupVaults"),
];

fn refused(operation: &'static str) -> Stub {
    with(operation, error(400, "AccessDeniedException")).regions(["eu-west-1"])
}

fn unknown(fact: &Value) -> Value {
    let mut fact = fact.clone();
    let unknown = fact["unknown"].as_object_mut().unwrap_or_else(|| panic!("it is known"));
    unknown.remove("message");
    fact
}

#[tokio::test]
async fn a_read_that_is_refused_is_unknown_by_its_action_and_costs_nothing_else() {
    let whole = data(&Stub::new(account).regions(["eu-west-1"])).await;
    for (operation, paths, action) in READS {
        let mut partial = data(&refused(operation)).await;
        for path in paths {
            let fact = partial.pointer_mut(path).unwrap();
            let expected = crate::tests::unknown(action, "access_denied", "AccessDeniedException");
            assert_eq!(unknown(fact), expected, "{path}");
            *fact = whole.pointer(path).unwrap().clone();
        }
        assert_eq!(partial, whole, "{operation}");
    }
}

#[tokio::test]
async fn a_listing_that_is_refused_is_a_gap_and_costs_nothing_else() {
    let whole = data(&Stub::new(account).regions(["eu-west-1"])).await;
    for (operation, path, action) in LISTINGS {
        let mut partial = data(&refused(operation)).await;
        let listed = partial.pointer_mut(path).unwrap();
        assert_eq!(listed["found"], json!([]), "{path}");
        let gaps = listed["gaps"].as_array().unwrap();
        assert_eq!(gaps.len(), 1);
        assert_eq!(json!({ "unknown": gaps[0]["unknown"] })["unknown"]["action"], action, "{path}");
        assert_eq!(gaps[0]["unknown"]["reason"], "access_denied");
        assert_eq!(gaps[0]["region"], "eu-west-1");
        *listed = whole.pointer(path).unwrap().clone();
        assert_eq!(partial, whole, "{path}");
    }
}
