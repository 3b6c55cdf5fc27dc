//! Two accounts: one in which something is wrong with every kind of thing and fine with another, and whose own settings
//! are all wrong; and one whose own settings are all right.

use std::{collections::BTreeSet, sync::OnceLock};

use awspect_fakeaws::{
    FakeAws, Response,
    iam::{self, CredentialReport},
};
use awspect_tests::{
    iam::{
        Iam, aws_managed, days_ago,
        documents::{account, allow, everything, policy, service, trust, trust_if},
    },
    moto::{Keys, Moto},
    run::{findings, scan},
    seed::Seed,
};
use serde_json::{Value, json};

use crate::BINARY;

pub(crate) const MIXED: &str = "210000000001";
pub(crate) const TIDY: &str = "210000000002";
pub(crate) const STRANGER: &str = "999999999999";

const GITHUB: &str = "token.actions.githubusercontent.com";
const COGNITO: &str = "cognito-identity.amazonaws.com";
const OLD: &str = "2018-01-02T03:04:05+00:00";
const ROOT: &str = "<root_account>";

/// An account behind a stand-in of its own.
pub(crate) struct World {
    pub(crate) keys: &'static Keys,
    pub(crate) fake: FakeAws,
}

impl World {
    /// A scan of two regions, with more arguments.
    pub(crate) fn scan(&self, more: &[&str]) -> Value {
        let regions = ["--region", "us-east-1", "--region", "eu-west-1"];
        scan(BINARY, self.keys, &self.fake.endpoint(), &[&regions, more].concat()).json()
    }
}

/// Whether a finding is of these rules.
pub(crate) fn is_about_identities(rule: &str) -> bool {
    rule.starts_with("iam/") || rule.starts_with("account/")
}

pub(crate) fn text<'a>(finding: &'a Value, path: &str) -> &'a str {
    finding.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

/// The statuses that a rule gave to resources of a name.
pub(crate) fn statuses<'a>(report: &'a Value, rule: &str, name: &str) -> BTreeSet<&'a str> {
    findings(report)
        .iter()
        .filter(|it| text(it, "/rule") == rule && text(it, "/resource/name") == name)
        .map(|it| text(it, "/status"))
        .collect()
}

/// The one finding of a rule on a resource.
pub(crate) fn finding<'a>(report: &'a Value, rule: &str, name: &str) -> &'a Value {
    let mut found = findings(report)
        .iter()
        .filter(|it| text(it, "/rule") == rule && text(it, "/resource/name") == name);
    match (found.next(), found.next()) {
        (Some(finding), None) => finding,
        (first, _) => panic!("{rule} on {name}: one finding and not {first:#?}"),
    }
}

/// Forwards to an account that has something of everything.
pub(crate) fn mixed() -> World {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let seed = Seed::new(Moto::shared(), MIXED);
        let iam = Iam::new(&seed);
        users(&iam);
        policies(&iam);
        workloads(&iam);
        trusts(&iam);
        iam.oidc_provider("login.example.com", &["*"]);
        iam.server_certificate("expired");
        iam.server_certificate("valid");
        seed.keys().clone()
    });
    let fake = FakeAws::start(Moto::shared().address());
    fake.rewrite("iam", "GetAccountAuthorizationDetails", |_, answer| {
        iam::with_date(answer, ("RoleName", "forgotten"), ("CreateDate", OLD))
    });
    fake.rewrite("iam", "ListServerCertificates", |_, answer| {
        let name = ("ServerCertificateName", "valid");
        iam::with_date(answer, name, ("Expiration", &days_ago(-30)))
    });
    fake.rewrite("iam", "GetCredentialReport", |_, answer| neglected(&answer));
    fake.on("iam", "GetAccountSummary").respond(iam::summary(&[
        ("AccountMFAEnabled", 0),
        ("AccountAccessKeysPresent", 1),
        ("AccountSigningCertificatesPresent", 1),
        ("AccountPasswordPresent", 1),
    ]));
    fake.on("iam", "ListOrganizationsFeatures").respond(iam::organization_features(&[]));
    organization(&fake, MIXED);
    analyzers(&fake, "eu-west-1", "watched", &["arn:aws:s3:::open"]);
    fake.on("accessanalyzer", "ListAnalyzers")
        .in_region("us-east-1")
        .respond(json_answer(&json!({ "analyzers": [] })));
    fake.on("account", "GetAlternateContact").error(404, "ResourceNotFoundException", "none");
    last_accessed(&fake);
    World { keys, fake }
}

/// Forwards to an account whose own settings are right.
pub(crate) fn tidy() -> World {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let seed = Seed::new(Moto::shared(), TIDY);
        let iam = Iam::new(&seed);
        iam.user("person").password().mfa("GAHT12345678");
        iam.password_policy(14, 90, 24, true);
        iam.role("support", &account(TIDY)).attach(&aws_managed("AWSSupportAccess"));
        let provider = iam.saml_provider("directory");
        let provider = json!({ "Federated": provider });
        let audience =
            json!({ "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } });
        iam.role("saml-aws", &trust_if(&provider, &audience));
        iam.role("saml-any", &trust(&provider));
        seed.keys().clone()
    });
    let fake = FakeAws::start(Moto::shared().address());
    fake.rewrite("iam", "GetCredentialReport", |_, answer| {
        CredentialReport::of(&answer, &days_ago(0)).root(TIDY).answer()
    });
    fake.on("iam", "GetAccountSummary").respond(iam::summary(&[
        ("AccountMFAEnabled", 1),
        ("AccountAccessKeysPresent", 0),
        ("AccountSigningCertificatesPresent", 0),
        ("AccountPasswordPresent", 1),
    ]));
    let features = iam::organization_features(&["RootCredentialsManagement"]);
    fake.on("iam", "ListOrganizationsFeatures").respond(features);
    organization(&fake, TIDY);
    analyzers(&fake, "*", "clean", &[]);
    let contact =
        json!({ "AlternateContactType": "SECURITY", "EmailAddress": "security@example.com" });
    fake.on("account", "GetAlternateContact")
        .respond(json_answer(&json!({ "AlternateContact": contact })));
    last_accessed(&fake);
    World { keys, fake }
}

fn users(iam: &Iam<'_>) {
    let narrow = iam.policy("narrow", &allow("s3:GetObject", "arn:aws:s3:::shop/*"));
    iam.group("readers").attach(&narrow);
    iam.group("admins").attach(&aws_managed("AdministratorAccess"));
    iam.group("nobody").inline("list", &allow("s3:ListAllMyBuckets", "*"));
    iam.user("person").member_of("readers").password().mfa("GAHT12345678");
    iam.user("virtual").member_of("readers").password().virtual_mfa();
    iam.user("bare").member_of("admins").password();
    iam.user("dormant").member_of("readers").password().virtual_mfa();
    iam.user("program").member_of("readers").key();
    iam.user("old-program").member_of("readers").key();
    iam.user("two-keys").member_of("readers").key().key();
    iam.user("both-kinds").member_of("readers").password().virtual_mfa().key();
    iam.user("direct").inline("list", &allow("s3:ListAllMyBuckets", "*"));
}

/// The report of the mixed account, with the root user and what was neglected for years.
fn neglected(answer: &Response) -> Response {
    let yesterday = days_ago(1);
    let recently = Some((yesterday.as_str(), "s3"));
    CredentialReport::of(answer, &days_ago(0))
        .root(MIXED)
        .key(ROOT, 1, OLD, recently)
        .password("person", &days_ago(30), Some(&yesterday))
        .password("dormant", OLD, None)
        .key("program", 1, &days_ago(30), recently)
        .key("old-program", 1, OLD, None)
        .answer()
}

fn policies(iam: &Iam<'_>) {
    iam.policy("loose-admin", &everything());
    let admin = iam.policy("admin", &everything());
    iam.role("carries-admin", &account(MIXED)).attach(&admin);
    iam.policy("all-of-s3", &allow("s3:*", "*"));
    iam.policy(
        "all-but-iam",
        &policy(json!([{ "Effect": "Allow", "NotAction": "iam:*", "Resource": "*" }])),
    );
    iam.policy("passes-any-role", &allow("iam:PassRole", "*"));
    iam.policy("assumes-any-role", &allow("sts:AssumeRole", "*"));
    iam.policy("buys", &allow("aws-marketplace:Subscribe", "*"));
    iam.role("inline-narrow", &account(MIXED))
        .inline("read", &allow("s3:GetObject", "arn:aws:s3:::shop/*"));
    iam.role("inline-admin", &account(MIXED)).inline("all", &everything());
    iam.role("creator", &account(MIXED)).inline("create", &allow("iam:CreateUser", "*"));
    let limit = iam.policy("limit", &allow("s3:*", "arn:aws:s3:::shop/*"));
    iam.role("bound-creator", &account(MIXED))
        .inline("create", &allow("iam:CreateUser", "*"))
        .boundary(&limit);
}

fn workloads(iam: &Iam<'_>) {
    let run = json!(["lambda:CreateFunction", "lambda:InvokeFunction", "iam:PassRole"]);
    iam.role("deployer", &account(MIXED)).inline("deploy", &allow(run, "*"));
    iam.role("lambda-admin", &service("lambda")).attach(&aws_managed("AdministratorAccess"));
    iam.role("lambda-broad", &service("lambda")).attach(&aws_managed("AmazonS3FullAccess"));
    iam.role("lambda-narrow", &service("lambda"))
        .attach(&aws_managed("service-role/AWSLambdaBasicExecutionRole"));
    iam.role("instance-admin", &service("ec2")).inline("all", &everything()).instance_profile();
    iam.role("instance", &service("ec2"))
        .attach(&aws_managed("service-role/AmazonEC2RoleforSSM"))
        .instance_profile();
    iam.role("api-any", &service("apigateway"))
        .inline("call", &allow("lambda:InvokeFunction", "*"));
    let function = format!("arn:aws:lambda:us-east-1:{MIXED}:function:shop");
    iam.role("api-one", &service("apigateway"))
        .inline("call", &allow("lambda:InvokeFunction", &function));
    iam.role("forgotten", &service("lambda"));
}

fn trusts(iam: &Iam<'_>) {
    let equals = |key: &str, value: &str| json!({ "StringEquals": { key: value } });
    iam.role("anyone", &trust(&json!({ "AWS": "*" })));
    iam.role("own", &account(MIXED));
    iam.role("partner", &account(STRANGER));
    let partner = json!({ "AWS": format!("arn:aws:iam::{STRANGER}:root") });
    iam.role("partner-with-id", &trust_if(&partner, &equals("sts:ExternalId", "shop-7d1f")));

    let github = json!({ "Federated": iam.oidc_provider(GITHUB, &["sts.amazonaws.com"]) });
    let (aud, sub) = (format!("{GITHUB}:aud"), format!("{GITHUB}:sub"));
    let repository = "repo:example/shop:ref:refs/heads/main";
    let both = json!({ "StringEquals": { &aud: "sts.amazonaws.com", &sub: repository } });
    iam.role("github-one", &trust_if(&github, &both));
    iam.role("github-any", &trust_if(&github, &equals(&aud, "sts.amazonaws.com")));
    iam.role("github-no-aud", &trust_if(&github, &equals(&sub, repository)));

    let cognito = json!({ "Federated": COGNITO });
    let (aud, amr) = (format!("{COGNITO}:aud"), format!("{COGNITO}:amr"));
    let pool = json!({ &aud: "us-east-1:11111111-2222-4333-8444-555555555555" });
    let kind =
        |kind: &str| json!({ "StringEquals": pool, "ForAnyValue:StringLike": { &amr: kind } });
    iam.role("cognito-one", &trust_if(&cognito, &kind("authenticated")))
        .inline("read", &allow("s3:GetObject", "arn:aws:s3:::shop/*"));
    let signed_in = json!({ "ForAnyValue:StringLike": { &amr: "authenticated" } });
    iam.role("cognito-any", &trust_if(&cognito, &signed_in));
    iam.role("cognito-guest", &trust_if(&cognito, &kind("unauthenticated")))
        .inline("all", &allow("s3:*", "*"));

    let topic = json!({ "Service": "sns.amazonaws.com" });
    iam.role("deputy", &trust(&topic));
    iam.role("own-deputy", &trust_if(&topic, &equals("aws:SourceAccount", MIXED)));
    iam.role("orphaned", &trust(&json!({ "AWS": "AROAEXAMPLEEXAMPLE123" })));
}

fn organization(fake: &FakeAws, manager: &str) {
    let organization = json!({ "Organization": {
        "Id": "o-aabbccddee", "MasterAccountId": manager, "FeatureSet": "ALL",
        "Arn": format!("arn:aws:organizations::{manager}:organization/o-aabbccddee"),
    } });
    fake.on("organizations", "DescribeOrganization").respond(Response::new(
        200,
        "application/x-amz-json-1.1",
        organization.to_string(),
    ));
}

pub(crate) fn json_answer(body: &Value) -> Response {
    Response::new(200, "application/json", body.to_string())
}

/// An analyzer in a region, or in each, that has found things.
fn analyzers(fake: &FakeAws, region: &str, name: &'static str, found: &[&str]) {
    let found: Vec<_> = found
        .iter()
        .map(|resource| {
            json!({
                "id": "11111111-2222-4333-8444-555555555555", "resource": resource,
                "resourceType": "AWS::S3::Bucket", "resourceOwnerAccount": MIXED,
                "findingType": "ExternalAccess", "status": "ACTIVE",
                "analyzedAt": "2026-01-02T03:04:05Z", "createdAt": "2026-01-02T03:04:05Z",
                "updatedAt": "2026-01-02T03:04:05Z",
            })
        })
        .collect();
    let own = region.to_owned();
    fake.on("accessanalyzer", "ListAnalyzers")
        .when(move |request| own == "*" || request.region == own)
        .answer_with(move |request| {
            let arn = format!("arn:aws:access-analyzer:{}:{MIXED}:analyzer/{name}", request.region);
            json_answer(&json!({ "analyzers": [{
                "arn": arn, "name": name, "type": "ACCOUNT", "status": "ACTIVE",
                "createdAt": "2026-01-02T03:04:05Z",
            }] }))
        });
    fake.on("accessanalyzer", "ListFindingsV2").respond(json_answer(&json!({ "findings": found })));
}

/// Programs used S3, but for one that only ever asked who it is.
fn last_accessed(fake: &FakeAws) {
    fake.on("iam", "GenerateServiceLastAccessedDetails").answer_with(iam::last_accessed_job);
    let recently = days_ago(3);
    fake.on("iam", "GetServiceLastAccessedDetails").answer_with(move |request| {
        let is_program = request.names("user/program");
        let used = |service: &'static str, used: bool| (service, used.then_some(recently.as_str()));
        iam::last_accessed(&[used("sts", true), used("s3", !is_program), used("sqs", false)])
    });
}
