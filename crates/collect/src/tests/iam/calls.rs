//! Which calls a scan makes, and how many.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use crate::tests::{account::usual, stub::Stub};

/// What a scan of this account sends, without the question whose it is.
async fn sent(stub: Stub) -> BTreeMap<String, u64> {
    let session = stub.open().await.unwrap();
    crate::collect(&session, OffsetDateTime::UNIX_EPOCH).await;
    let mut calls = session.calls();
    calls.remove("sts:GetCallerIdentity");
    calls
}

fn table<const N: usize>(calls: [(&str, u64); N]) -> BTreeMap<String, u64> {
    calls.map(|(operation, count)| (operation.to_owned(), count)).into()
}

#[tokio::test]
async fn what_one_service_needs_is_asked_of_no_other() {
    let only = |actions| sent(Stub::new(usual).only(actions));
    assert_eq!(only(["iam:GetAccountSummary"]).await, table([("iam:GetAccountSummary", 1)]));
    assert_eq!(
        only(["account:GetAlternateContact"]).await,
        table([("account:GetAlternateContact", 1)])
    );
    let s3 = only(["s3:GetBucketVersioning"]).await;
    assert!(s3.keys().all(|operation| operation.starts_with("s3:")), "{s3:?}");
    assert_eq!(s3["s3:ListBuckets"], 1);
}

#[tokio::test]
async fn what_a_fact_needs_is_asked_with_it() {
    let only = |actions| sent(Stub::new(usual).only(actions));
    let report = [
        ("iam:GenerateCredentialReport", 1),
        ("iam:GetAccountAuthorizationDetails", 5),
        ("iam:GetCredentialReport", 1),
    ];
    assert_eq!(only(["iam:GetCredentialReport"]).await, table(report));
    let devices = table(report).into_iter().chain(table([("iam:ListVirtualMFADevices", 1)]));
    assert_eq!(only(["iam:ListMFADevices"]).await, devices.collect());
    assert_eq!(
        only(["iam:GetOpenIDConnectProvider"]).await,
        table([("iam:GetOpenIDConnectProvider", 1), ("iam:ListOpenIDConnectProviders", 1)])
    );
    assert_eq!(
        only(["access-analyzer:ListFindings"]).await,
        table([("accessanalyzer:ListAnalyzers", 1)])
    );
    assert_eq!(
        sent(Stub::new(usual).last_accessed().only(["iam:GetServiceLastAccessedDetails"])).await,
        table([
            ("iam:GenerateServiceLastAccessedDetails", 3),
            ("iam:GetAccountAuthorizationDetails", 5),
            ("iam:GetServiceLastAccessedDetails", 3),
        ])
    );
}
