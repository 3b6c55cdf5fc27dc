//! Two accounts: one in which something is wrong with every kind of thing and fine with another, and whose own settings
//! are all wrong; and one whose own settings are all right.

mod seeding;

use std::sync::{LazyLock, OnceLock};

use awspect_fakeaws::{
    FakeAws, Memory, Response,
    ec2::no_networks,
    iam::{self, CredentialReport},
};
use awspect_tests::{
    iam::{
        Iam, aws_managed, days_ago,
        documents::{account, trust, trust_if},
    },
    moto::{Keys, Moto},
    run::scan,
    seed::Seed,
};
use serde_json::{Value, json};

use crate::BINARY;

pub(crate) const MIXED: &str = "210000000001";
pub(crate) const TIDY: &str = "210000000002";
pub(crate) const STRANGER: &str = "999999999999";

const ORGANIZATION: &str = "o-aabbccddee";
pub(crate) const OLD: &str = "2018-01-02T03:04:05+00:00";
pub(crate) const ROOT: &str = "<root_account>";

/// An account behind a stand-in of its own.
pub(crate) struct World {
    pub(crate) keys: Keys,
    pub(crate) fake: FakeAws,
}

impl World {
    /// A scan of two regions, with more arguments.
    pub(crate) fn scan(&self, more: &[&str]) -> Value {
        let regions = ["--region", "us-east-1", "--region", "eu-west-1"];
        scan(BINARY, &self.keys, &self.fake.endpoint(), &[&regions, more].concat()).json()
    }
}

/// What a scan of the mixed account says where nothing is refused, used services included.
pub(crate) fn report() -> &'static Value {
    static REPORT: OnceLock<Value> = OnceLock::new();
    REPORT.get_or_init(|| mixed().scan(&["--last-accessed"]))
}

/// Stands in front of the shared fake AWS, which takes a second for all of AWS's own policies.
fn stand_in(policies: &Memory) -> FakeAws {
    let fake = FakeAws::start(Moto::shared().address());
    no_networks(&fake, &["eu-west-1", "us-east-1"]);
    fake.on("iam", "GetAccountAuthorizationDetails")
        .when(|request| request.field("Filter.member.1").as_deref() == Some("AWSManagedPolicy"))
        .remember(policies);
    fake
}

/// Forwards to an account that has something of everything.
pub(crate) fn mixed() -> World {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    static POLICIES: LazyLock<Memory> = LazyLock::new(Memory::default);
    let keys = KEYS.get_or_init(|| {
        let seed = Seed::new(Moto::shared(), MIXED);
        let iam = Iam::new(&seed);
        seeding::users(&iam);
        seeding::policies(&iam);
        seeding::workloads(&iam);
        seeding::trusts(&iam);
        iam.oidc_provider("login.example.com", &["*"]);
        iam.server_certificate("expired");
        iam.server_certificate("valid");
        seed.keys().clone()
    });
    let fake = stand_in(&POLICIES);
    fake.rewrite("iam", "GetAccountAuthorizationDetails", |_, answer| {
        let limit = format!("arn:aws:iam::{MIXED}:policy/limit");
        let answer = iam::with_boundary(answer, "admin-bound", &limit);
        iam::with_value(answer, ("RoleName", "forgotten"), ("CreateDate", OLD))
    });
    fake.rewrite("iam", "ListServerCertificates", |_, answer| {
        let name = ("ServerCertificateName", "valid");
        iam::with_value(answer, name, ("Expiration", &days_ago(-30)))
    });
    fake.rewrite("iam", "GetCredentialReport", |_, answer| {
        CredentialReport::edited(answer, &days_ago(0), neglected)
    });
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
    functions(&fake);
    last_accessed(&fake);
    World { keys: keys.clone(), fake }
}

/// Forwards to an account whose own settings are right.
pub(crate) fn tidy() -> World {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    static POLICIES: LazyLock<Memory> = LazyLock::new(Memory::default);
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
    let fake = stand_in(&POLICIES);
    fake.rewrite("iam", "GetCredentialReport", |_, answer| {
        CredentialReport::edited(answer, &days_ago(0), |report| report.root(TIDY))
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
    World { keys: keys.clone(), fake }
}

/// Forwards to an account that has only what a test puts there, in no organization and with nothing that the fake AWS
/// does not know.
pub(crate) fn plain(account: &str, fill: impl FnOnce(&Iam<'_>)) -> World {
    // Nobody carries any.
    static NONE: LazyLock<Memory> = LazyLock::new(Memory::default);
    let seed = Seed::new(Moto::shared(), account);
    fill(&Iam::new(&seed));
    let fake = stand_in(&NONE);
    let code = "OrganizationNotFoundException";
    fake.on("iam", "ListOrganizationsFeatures").error(404, code, "no organization");
    fake.on("accessanalyzer", "ListAnalyzers").respond(json_answer(&json!({ "analyzers": [] })));
    World { keys: seed.keys().clone(), fake }
}

/// The report of the mixed account, with the root user and what was neglected for years.
fn neglected(report: CredentialReport) -> CredentialReport {
    let yesterday = days_ago(1);
    let recently = Some((yesterday.as_str(), "s3"));
    report
        .root(MIXED)
        .key(ROOT, 1, OLD, recently)
        .password("person", &days_ago(30), Some(&yesterday))
        .password("dormant", OLD, None)
        .key("program", 1, &days_ago(30), recently)
        .key("old-program", 1, OLD, None)
        .password("never", OLD, None)
        .key("never", 1, OLD, None)
        .key("never", 2, OLD, None)
}

fn organization(fake: &FakeAws, manager: &str) {
    let organization = json!({ "Organization": {
        "Id": ORGANIZATION, "MasterAccountId": manager, "FeatureSet": "ALL",
        "Arn": format!("arn:aws:organizations::{manager}:organization/{ORGANIZATION}"),
    } });
    fake.on("organizations", "DescribeOrganization").respond(Response::new(
        200,
        "application/x-amz-json-1.1",
        organization.to_string(),
    ));
}

/// An answer of a service that speaks JSON.
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

/// Functions of the mixed account: one has a role of its own, and the others share one.
fn functions(fake: &FakeAws) {
    let all = ["cart", "checkout", "invoices", "mails", "prices", "resize", "stock"];
    let functions = all.map(|name| {
        let role = if name == "resize" { "lambda-narrow" } else { "lambda-broad" };
        json!({
            "FunctionName": name, "Role": format!("arn:aws:iam::{MIXED}:role/{role}"),
            "FunctionArn": format!("arn:aws:lambda:us-east-1:{MIXED}:function:{name}"),
        })
    });
    fake.on("lambda", "ListFunctions")
        .in_region("us-east-1")
        .respond(json_answer(&json!({ "Functions": functions })));
    // Where the fake AWS would say that there are no such functions.
    let none = json!({ "Aliases": [], "FunctionUrlConfigs": [] });
    for operation in ["ListAliases", "ListFunctionUrlConfigs"] {
        fake.on("lambda", operation).respond(json_answer(&none));
    }
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
