//! Who works in the demo's account, and with what rights.

use awspect_fakeaws::{
    FakeAws, Request, Response,
    iam::{self, CredentialReport},
};
use serde_json::{Value, json};

use super::{ACCOUNT, signin::VISITORS};
use crate::{
    iam::{
        Iam, aws_managed,
        documents::{account, allow, policy, service, trust_if},
    },
    seed::Seed,
};

/// Who helps the shop understand its visitors.
const PARTNER: &str = "444455556666";
const GITHUB: &str = "token.actions.githubusercontent.com";
const COGNITO: &str = "cognito-identity.amazonaws.com";

/// When each identity was made, and when a role was last used; the fake AWS would say today and never.
const DATES: [(&str, &str, &str, Option<&str>); 24] = [
    ("User", "anna", "2019-03-04", None),
    ("User", "ben", "2021-09-01", None),
    ("User", "carla", "2023-02-13", None),
    ("User", "emil", "2024-04-02", None),
    ("User", "shop-backup", "2019-03-11", None),
    ("Group", "admins", "2019-03-04", None),
    ("Group", "developers", "2021-08-30", None),
    ("Group", "accounting", "2020-01-07", None),
    ("Policy", "shop-developers", "2021-08-30", None),
    ("Policy", "shop-old-release", "2019-05-20", None),
    ("Role", "AWSBackupDefaultServiceRole", "2021-08-30", Some("2026-01-14")),
    ("Role", "AWSServiceRoleForSupport", "2019-03-04", None),
    ("Role", "github-release", "2023-06-12", Some("2026-01-14")),
    ("Role", "partner-analytics", "2020-11-02", Some("2026-01-12")),
    ("Role", "shop-customer", "2022-05-16", Some("2026-01-14")),
    ("Role", "shop-deploy", "2021-08-30", Some("2026-01-13")),
    ("Role", "shop-guest", "2022-05-16", Some("2026-01-14")),
    ("Role", "shop-images", "2022-05-16", Some("2026-01-14")),
    ("Role", "shop-import-2020", "2020-02-03", Some("2020-02-21")),
    ("Role", "shop-maintenance", "2021-10-18", Some("2026-01-11")),
    ("Role", "shop-orders", "2021-08-30", Some("2026-01-14")),
    ("Role", "shop-reports", "2023-01-09", Some("2026-01-14")),
    ("Role", "shop-texts", "2022-05-16", Some("2026-01-14")),
    ("Role", "support", "2021-08-30", Some("2025-12-18")),
];

/// Makes them.
pub(super) fn build(seed: &Seed<'_>) {
    let iam = Iam::new(seed);
    people(&iam);
    workloads(&iam);
    outsiders(&iam);
    iam.password_policy(10, 365, 5, true);
}

fn people(iam: &Iam<'_>) {
    let developers = policy(json!([
        { "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": [
            "arn:aws:s3:::shop-web", "arn:aws:s3:::shop-web/*", "arn:aws:s3:::shop-logs/*"] },
        { "Effect": "Allow", "Action": "sts:AssumeRole",
            "Resource": format!("arn:aws:iam::{ACCOUNT}:role/shop-deploy") },
    ]));
    iam.group("admins").attach(&aws_managed("AdministratorAccess"));
    iam.group("developers").attach(&iam.policy("shop-developers", &developers));
    iam.group("accounting");
    iam.policy("shop-old-release", &allow("s3:*", "*"));
    // Was there first, and never got round to it.
    iam.user("anna").member_of("admins").password();
    iam.user("ben").member_of("developers").password().virtual_mfa();
    iam.user("carla").member_of("developers").password().mfa("GAHT12345678");
    // Left before the first day.
    iam.user("emil").member_of("developers").password();
    iam.user("shop-backup")
        .key()
        .inline("copies", &allow("s3:PutObject", "arn:aws:s3:::shop-orders-copy/*"))
        .tag("app", "shop");
    iam.role("support", &account(ACCOUNT)).attach(&aws_managed("AWSSupportAccess"));
}

fn workloads(iam: &Iam<'_>) {
    let basics = aws_managed("service-role/AWSLambdaBasicExecutionRole");
    iam.role("shop-images", &service("lambda"))
        .attach(&basics)
        .inline("uploads", &allow("s3:GetObject", "arn:aws:s3:::shop-uploads/*"))
        .tag("app", "shop");
    iam.role("shop-orders", &service("lambda"))
        .attach(&basics)
        .attach(&aws_managed("AmazonSQSFullAccess"))
        .inline(
            "tables",
            &allow(
                json!(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]),
                &format!("arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/shop-*"),
            ),
        )
        .tag("app", "shop");
    // It moves tables about at night, and once had to be done by the morning.
    iam.role("shop-maintenance", &service("lambda")).attach(&aws_managed("AdministratorAccess"));
    iam.role("shop-import-2020", &service("ec2"))
        .inline("read", &allow("s3:GetObject", "arn:aws:s3:::shop-supplier-inbox/*"))
        .instance_profile();
    let own = json!({ "StringEquals": { "aws:SourceAccount": ACCOUNT } });
    iam.role("shop-reports", &trust_if(&json!({ "Service": "scheduler.amazonaws.com" }), &own))
        .inline(
            "start",
            &allow(
                "states:StartExecution",
                &format!("arn:aws:states:eu-west-1:{ACCOUNT}:stateMachine:reports"),
            ),
        );
    let own = json!({ "StringEquals": { "sts:ExternalId": "shop-customers" } });
    iam.role("shop-texts", &trust_if(&json!({ "Service": "cognito-idp.amazonaws.com" }), &own))
        .inline("send", &allow("sns:Publish", "*"));
    // Whoever deploys functions may give them any role.
    let deploy = json!([
        "iam:PassRole",
        "lambda:CreateFunction",
        "lambda:InvokeFunction",
        "lambda:UpdateFunctionCode"
    ]);
    iam.role("shop-deploy", &account(ACCOUNT)).inline("functions", &allow(deploy, "*"));
    iam.role_in("/service-role/", "AWSBackupDefaultServiceRole", &service("backup"))
        .attach(&aws_managed("service-role/AWSBackupServiceRolePolicyForBackup"));
    iam.role_in(
        "/aws-service-role/support.amazonaws.com/",
        "AWSServiceRoleForSupport",
        &service("support"),
    );
}

fn outsiders(iam: &Iam<'_>) {
    iam.role("partner-analytics", &account(PARTNER))
        .inline("clicks", &allow("s3:GetObject", "arn:aws:s3:::shop-clicks/*"));
    let github = json!({ "Federated": iam.oidc_provider(GITHUB, &["sts.amazonaws.com"]) });
    // All of GitHub, where the shop's repository was meant.
    let repositories = json!({
        "StringEquals": { format!("{GITHUB}:aud"): "sts.amazonaws.com" },
        "StringLike": { format!("{GITHUB}:sub"): "repo:*" },
    });
    iam.role("github-release", &trust_if(&github, &repositories))
        .inline("pages", &allow("s3:PutObject", "arn:aws:s3:::shop-web/*"));
    let visitor = |kind: &str| {
        let conditions = json!({
            "StringEquals": { format!("{COGNITO}:aud"): VISITORS },
            "ForAnyValue:StringLike": { format!("{COGNITO}:amr"): kind },
        });
        trust_if(&json!({ "Federated": COGNITO }), &conditions)
    };
    let uploads = allow("s3:PutObject", "arn:aws:s3:::shop-uploads/*");
    iam.role("shop-customer", &visitor("authenticated")).inline("uploads", &uploads);
    iam.role("shop-guest", &visitor("unauthenticated")).inline("uploads", &uploads).inline(
        "prices",
        &allow(
            json!(["dynamodb:GetItem", "dynamodb:Scan"]),
            &format!("arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/shop-*"),
        ),
    );
}

/// Lets the fake AWS say of them what it cannot keep, and nothing that differs from day to day.
pub(super) fn stand_in(fake: &FakeAws) {
    fake.rewrite("iam", "GetAccountAuthorizationDetails", |_, answer| settled(answer));
    fake.rewrite("iam", "GetCredentialReport", |_, answer| {
        CredentialReport::edited(answer, "2026-01-15T00:00:00Z", report)
    });
    fake.on("iam", "GetAccountSummary").respond(iam::summary(&[
        ("AccountMFAEnabled", 1),
        ("AccountAccessKeysPresent", 0),
        ("AccountSigningCertificatesPresent", 0),
        ("AccountPasswordPresent", 1),
    ]));
    let code = "OrganizationNotFoundException";
    fake.on("iam", "ListOrganizationsFeatures").error(
        404,
        code,
        "The account is in no organization.",
    );
    fake.on("iam", "GenerateServiceLastAccessedDetails").answer_with(iam::last_accessed_job);
    fake.on("iam", "GetServiceLastAccessedDetails").answer_with(used);
    fake.on("accessanalyzer", "*").answer_with(analyzed);
}

/// The details of the account with the dates of [`DATES`], and ids that tell whose they are.
fn settled(details: Response) -> Response {
    DATES.iter().enumerate().fold(details, |details, (index, (kind, name, created, used))| {
        let named = format!("{kind}Name");
        let whose = (named.as_str(), *name);
        let (prefix, id) = match *kind {
            "User" => ("AIDA", "UserId"),
            "Group" => ("AGPA", "GroupId"),
            "Role" => ("AROA", "RoleId"),
            _ => ("ANPA", "PolicyId"),
        };
        let details = iam::with_value(details, whose, (id, &format!("{prefix}EXAMPLE{index:010}")));
        let created = format!("{created}T09:00:00Z");
        let details = iam::with_value(details, whose, ("CreateDate", &created));
        match used {
            Some(day) => {
                let used = format!(
                    "<LastUsedDate>{day}T17:00:00Z</LastUsedDate><Region>eu-west-1</Region>"
                );
                iam::with_value(details, whose, ("RoleLastUsed", &used))
            }
            None => details,
        }
    })
}

fn report(report: CredentialReport) -> CredentialReport {
    let report = DATES.iter().filter(|(kind, ..)| *kind == "User").fold(
        report,
        |report, (_, name, created, _)| {
            report.set(name, "user_creation_time", &format!("{created}T09:00:00+00:00"))
        },
    );
    report
        .root(ACCOUNT)
        .set("<root_account>", "mfa_active", "true")
        .set("<root_account>", "password_last_used", "2024-11-29T08:12:00+00:00")
        .password("anna", "2024-06-10T09:00:00+00:00", Some("2026-01-14T08:55:00+00:00"))
        .password("ben", "2025-09-22T09:00:00+00:00", Some("2026-01-14T09:20:00+00:00"))
        .password("carla", "2025-07-01T09:00:00+00:00", Some("2026-01-13T13:41:00+00:00"))
        .password("emil", "2024-04-02T09:00:00+00:00", None)
        // Who has no password never changed one.
        .set("shop-backup", "password_last_changed", "N/A")
        .key(
            "shop-backup",
            1,
            "2019-03-11T09:05:00+00:00",
            Some(("2026-01-15T02:00:00+00:00", "s3")),
        )
}

/// The services that somebody used: most their own, and the maintenance far fewer than it may.
fn used(request: &Request) -> Response {
    let yesterday = Some("2026-01-14T17:00:00Z");
    let services: &[&str] = match () {
        () if request.names("shop-maintenance") => &["dynamodb", "logs"],
        () if request.names("shop-orders") => &["dynamodb", "logs", "sqs"],
        () if request.names("AWSBackupDefaultServiceRole") => &["dynamodb"],
        () if request.names("shop-images") => &["logs", "s3"],
        () if request.names("admins") || request.names("anna") => &["ec2", "iam", "lambda", "s3"],
        () => &["s3"],
    };
    let all = ["dynamodb", "ec2", "iam", "kms", "lambda", "logs", "s3", "sqs"];
    iam::last_accessed(&all.map(|own| (own, yesterday.filter(|_| services.contains(&own)))))
}

/// One region is watched, and what was found there nobody has looked at.
fn analyzed(request: &Request) -> Response {
    let answer = |body: Value| Response::new(200, "application/json", body.to_string());
    let time = "2025-11-03T10:00:00Z";
    match request.operation.as_str() {
        "ListFindingsV2" => answer(json!({ "findings": [{
            "id": "11111111-2222-4333-8444-555555555555", "status": "ACTIVE",
            "resource": "arn:aws:s3:::shop-press-kit", "resourceType": "AWS::S3::Bucket",
            "resourceOwnerAccount": ACCOUNT, "findingType": "ExternalAccess",
            "analyzedAt": time, "createdAt": time, "updatedAt": time,
        }] })),
        _ if request.region == "us-east-1" => answer(json!({ "analyzers": [{
            "arn": format!("arn:aws:access-analyzer:us-east-1:{ACCOUNT}:analyzer/account"),
            "name": "account", "type": "ACCOUNT", "status": "ACTIVE", "createdAt": time,
        }] })),
        _ => answer(json!({ "analyzers": [] })),
    }
}
