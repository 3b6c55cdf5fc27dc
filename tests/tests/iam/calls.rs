//! How many calls a scan of many identities takes: the pages, and the same few for every account.

use std::collections::{BTreeMap, BTreeSet};

use awspect_fakeaws::{
    FakeAws,
    iam::{CredentialReport, encoded, pages},
};
use awspect_tests::{
    iam::{
        days_ago,
        documents::{allow, service},
    },
    run::findings,
};

use crate::{
    found::{finding, text, verdicts},
    world::{mixed, plain},
};

const ACCOUNT: &str = "210000000010";
const ROLES: usize = 1_000;
const USERS: usize = 500;
const POLICIES: usize = 500;
/// How many identities AWS puts into one page here; the scan asks for as many as it may.
const PAGE: usize = 100;

fn identity(kind: &str, name: &str, more: &str) -> String {
    let (tag, letters) = match kind {
        "role" => ("Role", "AROA"),
        _ => ("User", "AIDA"),
    };
    format!(
        "<Path>/</Path><{tag}Name>{name}</{tag}Name><{tag}Id>{letters}EXAMPLE{name}</{tag}Id>\
         <Arn>arn:aws:iam::{ACCOUNT}:{kind}/{name}</Arn><CreateDate>2020-01-02T03:04:05Z</CreateDate>{more}"
    )
}

/// Each role has a policy of its own, and so has each user.
fn fill(fake: &FakeAws) {
    let narrow = encoded(&allow("s3:GetObject", "arn:aws:s3:::shop/*").to_string());
    let trust = encoded(&service("lambda").to_string());
    let inline = format!(
        "<member><PolicyName>own</PolicyName><PolicyDocument>{narrow}</PolicyDocument></member>"
    );
    let roles = (0..ROLES).map(|n| {
        let more = format!(
            "<AssumeRolePolicyDocument>{trust}</AssumeRolePolicyDocument>\
             <RolePolicyList>{inline}</RolePolicyList>"
        );
        identity("role", &format!("r{n:04}"), &more)
    });
    let users = (0..USERS).map(|n| {
        let more = format!("<UserPolicyList>{inline}</UserPolicyList>");
        identity("user", &format!("u{n:04}"), &more)
    });
    let policies = (0..POLICIES).map(|n| {
        format!(
            "<PolicyName>p{n:04}</PolicyName><Arn>arn:aws:iam::{ACCOUNT}:policy/p{n:04}</Arn><Path>/</Path>\
             <DefaultVersionId>v1</DefaultVersionId><AttachmentCount>1</AttachmentCount>\
             <PolicyVersionList><member><Document>{narrow}</Document><VersionId>v1</VersionId>\
             <IsDefaultVersion>true</IsDefaultVersion></member></PolicyVersionList>"
        )
    });
    listed(fake, "Role", "RoleDetailList", roles.collect());
    listed(fake, "User", "UserDetailList", users.collect());
    listed(fake, "LocalManagedPolicy", "Policies", policies.collect());
    let report = (0..USERS)
        .map(|n| format!("u{n:04}"))
        .fold(CredentialReport::new(&days_ago(0)).root(ACCOUNT), |report, name| {
            report.user(&name, &format!("arn:aws:iam::{ACCOUNT}:user/{name}"))
        });
    fake.on("iam", "GetCredentialReport").respond(report.answer());
}

fn listed(fake: &FakeAws, kind: &'static str, list: &'static str, items: Vec<String>) {
    fake.on("iam", "GetAccountAuthorizationDetails")
        .when(move |request| request.field("Filter.member.1").as_deref() == Some(kind))
        .answer_with(pages("GetAccountAuthorizationDetails", list, items, PAGE));
}

#[test]
fn two_thousand_identities_take_their_pages_and_nothing_each() {
    let world = plain(ACCOUNT, |_| {});
    fill(&world.fake);
    // The report is there already: AWS made it for somebody else a moment ago.
    let made = "<State>COMPLETE</State>";
    world
        .fake
        .on("iam", "GenerateCredentialReport")
        .respond(awspect_fakeaws::iam::result("GenerateCredentialReport", made));
    let report = world.scan(&[]);

    let judged = |rule: &str| {
        findings(&report)
            .iter()
            .filter(|it| text(it, "/rule") == rule && text(it, "/status") != "unknown")
            .count()
    };
    assert_eq!(judged("iam/role-unused"), ROLES);
    assert_eq!(judged("iam/user-mfa-console"), USERS);
    assert_eq!(judged("iam/policy-admin-customer"), POLICIES);

    // Groups and AWS's own policies have one page each.
    let details = (ROLES + USERS + POLICIES) / PAGE + 2;
    let expected = [
        ("accessanalyzer:ListAnalyzers", 2),
        ("account:GetAlternateContact", 1),
        ("apigateway:GetDomainNames", 2),
        ("apigateway:GetRestApis", 2),
        ("apigatewayv2:GetApis", 2),
        ("backup:ListBackupVaults", 2),
        ("cloudformation:DescribeStacks", 2),
        ("cloudfront:ListCloudFrontOriginAccessIdentities", 1),
        ("cloudfront:ListDistributions", 1),
        ("cloudfront:ListOriginAccessControls", 1),
        ("cloudfront:ListResponseHeadersPolicies", 1),
        ("cognitoidentity:ListIdentityPools", 2),
        ("cognitoidentityprovider:ListUserPools", 2),
        ("dynamodb:ListTables", 2),
        ("iam:GenerateCredentialReport", 1),
        ("iam:GetAccountAuthorizationDetails", details),
        ("iam:GetAccountPasswordPolicy", 1),
        ("iam:GetAccountSummary", 1),
        ("iam:GetCredentialReport", 1),
        ("iam:ListOpenIDConnectProviders", 1),
        ("iam:ListOrganizationsFeatures", 1),
        ("iam:ListSAMLProviders", 1),
        ("iam:ListServerCertificates", 1),
        ("iam:ListVirtualMFADevices", 1),
        ("lambda:ListFunctions", 2),
        ("lambda:ListLayers", 2),
        ("organizations:DescribeOrganization", 1),
        // What is for CloudFront is asked beside the regions.
        ("waf:ListWebACLs", 1),
        ("wafregional:ListWebACLs", 2),
        ("wafv2:ListRuleGroups", 3),
        ("wafv2:ListWebACLs", 3),
    ];
    let calls: BTreeMap<&str, usize> = report["run"]["api_calls"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(call, _)| {
            !["ec2:", "s3:", "s3control:", "sts:"].iter().any(|own| call.starts_with(own))
        })
        .map(|(call, count)| (call.as_str(), count.as_u64().unwrap().try_into().unwrap()))
        .collect();
    assert_eq!(calls, expected.into());
}

#[test]
fn a_page_that_is_lost_costs_what_comes_after_it_and_the_rest_is_judged() {
    let world = plain(ACCOUNT, |_| {});
    fill(&world.fake);
    let third = |request: &awspect_fakeaws::Request| {
        request.field("Filter.member.1").as_deref() == Some("Role")
            && request.field("Marker").as_deref() == Some("200")
    };
    world.fake.on("iam", "GetAccountAuthorizationDetails").when(third).refuse();
    let report = world.scan(&[]);
    let found = |status: &str| {
        findings(&report)
            .iter()
            .filter(|it| text(it, "/rule") == "iam/role-unused" && text(it, "/status") == status)
            .count()
    };
    assert_eq!((found("fail"), found("unknown")), (200, 1));
}

/// A job of IAM's for each who may do something, and only where it is asked for.
#[test]
fn what_principals_used_is_asked_on_demand_and_told_with_the_policy_that_is_too_broad() {
    let world = mixed();
    let report = world.scan(&[]);
    let calls = |report: &serde_json::Value| {
        ["iam:GenerateServiceLastAccessedDetails", "iam:GetServiceLastAccessedDetails"]
            .map(|call| report["run"]["api_calls"][call].as_u64().unwrap_or(0))
    };
    let evidence = |report: &serde_json::Value| {
        let found = finding(report, "iam/managed-policy-broad", "lambda-broad");
        assert_eq!(text(found, "/status"), "fail");
        let used = found["evidence"].as_array().unwrap().iter();
        used.filter(|it| text(it, "/field") == "ServicesLastAccessed")
            .map(|it| it["observed"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!((calls(&report), evidence(&report).len()), ([0, 0], 0));

    let report = world.scan(&["--last-accessed"]);
    let [started, read] = calls(&report);
    assert!(started > 0);
    assert_eq!(started, read, "each job is done when it is asked for");
    let observed = serde_json::json!({ "used": ["sts", "s3"], "never used": 1 });
    assert_eq!(evidence(&report), [observed]);
}

#[test]
fn the_rules_on_identities_ask_nothing_of_s3() {
    let world = mixed();
    let report = world.scan(&["--service", "iam", "--last-accessed"]);
    let asked: BTreeSet<String> =
        world.fake.counts().into_keys().map(|(service, _)| service).collect();
    assert!(asked.iter().all(|service| !service.starts_with("s3")), "{asked:?}");
    let whole = verdicts(crate::world::report());
    let own = whole.into_iter().filter(|([rule, ..], _)| rule.starts_with("iam/"));
    assert_eq!(verdicts(&report), own.collect());
}
