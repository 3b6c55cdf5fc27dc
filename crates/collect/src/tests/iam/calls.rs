//! Which calls a scan makes, and how many.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::account::{BOB_ROW, COLUMNS, GROUP, POLICY, ROLE, ROOT_ROW, USER, details, report};
use crate::tests::{
    account::usual,
    stub::{Answer, Call, Stub},
};

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

/// Where the services that are one for all of a partition were asked, and which region was signed for.
async fn asked_at(home: &'static str) -> Vec<(String, String)> {
    let stub = Stub::new(usual).regions([home, "eu-west-1"]);
    let inventory = stub.collect().await;
    let operations = [
        "iam:GetAccountAuthorizationDetails",
        "account:GetAlternateContact",
        "organizations:DescribeOrganization",
    ];
    // The ledger has them under the region that the scan was told of.
    let rows = inventory.asked.iter().filter(|row| row.action.service() == "iam");
    assert!(rows.into_iter().all(|row| row.region.as_str() == home));
    let calls = operations.map(|operation| stub.calls(operation));
    assert_eq!(calls.each_ref().map(Vec::len), [5, 1, 1]);
    calls.into_iter().map(|calls| (calls[0].host.clone(), calls[0].region.clone())).collect()
}

#[tokio::test]
async fn what_is_one_for_all_regions_is_asked_once_and_in_its_own_place() {
    let place = |host: &str, region: &str| (host.to_owned(), region.to_owned());
    assert_eq!(
        asked_at("eu-central-1").await,
        [
            place("iam.amazonaws.com", "us-east-1"),
            place("account.us-east-1.amazonaws.com", "us-east-1"),
            place("organizations.us-east-1.amazonaws.com", "us-east-1"),
        ]
    );
    assert_eq!(
        asked_at("cn-north-1").await,
        [
            place("iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            place("account.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
            place("organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
        ]
    );
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
        table([("accessanalyzer:ListAnalyzers", 2), ("ec2:DescribeRegions", 1)])
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

/// The page that a call asks for, of so many items with numbers in their names.
fn page(call: &Call, list: &str, item: &str, name: &str, total: usize) -> Answer {
    // IAM gives fewer than it was asked for where they are large.
    const CAPACITY: usize = 300;
    let from: usize = call.parameter("Marker").parse().unwrap_or(0);
    let to = total.min(from + CAPACITY);
    let items: Vec<String> =
        (from..to).map(|index| item.replace(name, &format!("{name}{index}"))).collect();
    let next = (to < total).then(|| to.to_string());
    details(list, &items.concat(), next.as_deref())
}

#[tokio::test]
async fn a_large_account_costs_its_pages_and_nothing_for_each_of_its_things() {
    let rows: Vec<String> =
        (0..500).map(|index| BOB_ROW.replace("bob", &format!("bob{index}"))).collect();
    let lines: Vec<&str> =
        [COLUMNS, ROOT_ROW].into_iter().chain(rows.iter().map(String::as_str)).collect();
    let all_rows = report(&lines);
    let stub = Stub::new(move |call| match (call.name(), call.parameter("Filter.member.1")) {
        ("GetCredentialReport", _) => all_rows.clone(),
        (_, "User") => page(call, "UserDetailList", USER, "bob", 500),
        (_, "Group") => page(call, "GroupDetailList", GROUP, "admins", 1),
        (_, "Role") => page(call, "RoleDetailList", ROLE, "app", 1_000),
        (_, "LocalManagedPolicy") => page(call, "Policies", POLICY, "own", 500),
        _ => usual(call),
    })
    .regions(["us-east-1"]);
    let iam = stub.collect().await.iam;
    assert_eq!(
        (iam.users.found.len(), iam.roles.found.len(), iam.policies.found.len()),
        (500, 1_000, 500)
    );
    assert!(iam.users.found.iter().all(|user| user.credentials.set().is_some()));
    // Two pages of users, one of groups, four of roles, two of own policies and one of AWS's.
    assert_eq!(
        sent(stub).await,
        table([
            ("accessanalyzer:ListAnalyzers", 1),
            ("account:GetAlternateContact", 1),
            ("backup:ListBackupVaults", 1),
            ("cloudformation:DescribeStacks", 1),
            ("cognitoidentity:ListIdentityPools", 1),
            ("cognitoidentityprovider:ListUserPools", 1),
            ("dynamodb:ListTables", 1),
            ("ec2:DescribeAddresses", 1),
            ("ec2:DescribeLaunchTemplates", 1),
            ("ec2:DescribeNetworkInterfaces", 1),
            ("ec2:DescribeVpcBlockPublicAccessExclusions", 1),
            ("ec2:DescribeVpcBlockPublicAccessOptions", 1),
            ("ec2:DescribeVpcs", 1),
            ("ec2:GetInstanceMetadataDefaults", 1),
            ("iam:GenerateCredentialReport", 1),
            ("iam:GetAccountAuthorizationDetails", 2 + 1 + 4 + 2 + 1),
            ("iam:GetAccountPasswordPolicy", 1),
            ("iam:GetAccountSummary", 1),
            ("iam:GetCredentialReport", 1),
            ("iam:GetOpenIDConnectProvider", 1),
            ("iam:ListOpenIDConnectProviders", 1),
            ("iam:ListOrganizationsFeatures", 1),
            ("iam:ListSAMLProviders", 1),
            ("iam:ListServerCertificates", 1),
            ("iam:ListVirtualMFADevices", 1),
            ("lambda:ListFunctions", 1),
            ("organizations:DescribeOrganization", 1),
            ("s3:ListBuckets", 1),
            ("s3control:GetPublicAccessBlock", 1),
            ("s3control:ListAccessPoints", 1),
            ("s3control:ListMultiRegionAccessPoints", 1),
        ])
    );
}

#[tokio::test]
async fn without_last_accessed_no_job_is_started_even_if_a_rule_would_read_it() {
    let calls = sent(Stub::new(usual).only(["iam:GetServiceLastAccessedDetails"])).await;
    assert_eq!(calls, table([("iam:GetAccountAuthorizationDetails", 5)]));
}
