//! The report that every format is shown by: each status, several severities, and names that somebody chose with care.

use std::collections::BTreeMap;

use awspect_findings::{Evidence, Finding, Remediation, ResourceRef, Severity, Status};
use awspect_inventory::{Action, Asked, Completion, Reason, Unknown};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::{Account, Report, Run, Shown};

/// Clears the screen, turns text around, rings, and hides.
pub(super) const EVIL: &str =
    "x\u{1b}[2J\u{9b}31m\u{202e}gpj\u{2066}\u{7}\u{7f}\u{200b}\u{2028}\r\ny";

const ACCOUNT: &str = "111122223333";

const VERSIONING: &str = "s3/bucket-versioning";
const BLOCK: &str = "s3/account-public-access-block";
const WRITE: &str = "s3/bucket-acl-public-write";
const CORS: &str = "s3/bucket-cors-wildcard-origin";
const LOCK: &str = "s3/bucket-object-lock";
const LOGGING: &str = "s3/bucket-logging";

const GET_ACL: &str = "s3:GetBucketAcl";
const GET_BLOCK: &str = "s3:GetBucketPublicAccessBlock";
const GET_VERSIONING: &str = "s3:GetBucketVersioning";

/// Fails of all severities, unknowns of three causes, passes; interrupted.
pub(super) fn report() -> Report {
    let mut findings = vec![
        account_is_open(),
        fail(
            WRITE,
            Severity::Critical,
            "uploads",
            &[grant()],
            "aws s3api put-bucket-acl --bucket uploads --acl private\n",
        ),
        pass(WRITE, Severity::High, "assets", &[grant(), ignored()]),
        pass(WRITE, Severity::High, "private", &[]),
        unknown(WRITE, Severity::High, "vault", denied(GET_ACL)),
        unknown("s3/bucket-acl-public-read", Severity::High, "vault", denied(GET_ACL)),
        unknown(VERSIONING, Severity::Medium, "vault", throttled()),
        unknown(CORS, Severity::Low, "vault", malformed()),
        fail(
            CORS,
            Severity::Low,
            "assets",
            &cors(),
            "# A rule names its origins.\naws s3api get-bucket-cors --bucket assets\naws s3api put-bucket-cors --bucket assets\n",
        ),
        fail(LOCK, Severity::Info, "assets", &[], ""),
        pass(LOCK, Severity::Info, "vault", &[]),
        attacked(),
    ];
    findings.extend((1..=12).map(|number| unversioned(&format!("logs-{number:02}"))));
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Report {
        version: "0.1.0",
        demo: false,
        run: run(),
        account: account(Completion::Interrupted),
        asked: vec![
            asked(GET_ACL, "eu-west-1", 17, &[(Reason::AccessDenied, 2), (Reason::Interrupted, 1)]),
            asked(GET_VERSIONING, "eu-west-1", 17, &[(Reason::Throttled, 1)]),
            asked("s3:ListAllMyBuckets", "us-east-1", 1, &[]),
        ],
        gone: 2,
        rules: vec![BLOCK, "s3/bucket-acl-public-read", WRITE, CORS, LOGGING, LOCK, VERSIONING],
        findings,
    }
}

/// The same account with these findings alone, and everything answered.
pub(super) fn complete(findings: Vec<Finding>) -> Report {
    Report {
        account: account(Completion::Complete),
        asked: vec![asked(GET_ACL, "eu-west-1", 1, &[])],
        gone: 0,
        findings,
        ..report()
    }
}

/// A bucket that passes a rule of high severity.
pub(super) fn fine() -> Finding {
    pass(WRITE, Severity::High, "private", &[])
}

/// A finding whose every text comes from somebody who wants the reader's terminal.
pub(super) fn attacked() -> Finding {
    attacked_by(EVIL)
}

/// Facts that nobody knows, told by a snapshot that somebody else wrote.
pub(super) fn attacked_unknown() -> Finding {
    unknown_by(EVIL)
}

/// A finding that says this text wherever it can.
pub(super) fn attacked_by(text: &str) -> Finding {
    let observed = json!({ text: [text] });
    let command = format!("aws s3api put-bucket-logging --bucket '{text}'");
    let field = text.to_owned().into();
    let evidence = [Evidence { field, ..fact(GET_ACL, "Grants", observed, "none") }];
    let mut finding = fail(LOGGING, Severity::Medium, text, &evidence, &command);
    finding.resource.tags = [(text.to_owned(), text.to_owned())].into();
    finding
}

/// An unknown that does.
pub(super) fn unknown_by(text: &str) -> Finding {
    let action = serde_json::from_value(json!(text)).unwrap();
    let reason = Unknown {
        code: Some(text.to_owned()),
        ..Unknown::new(action, Reason::AccessDenied).because(text)
    };
    unknown(LOGGING, Severity::Medium, text, reason)
}

/// What a scan lists unless it is told otherwise.
pub(super) fn usual() -> Shown {
    Shown { statuses: [Status::Fail, Status::Unknown].into(), severity: Severity::Low }
}

/// Everything.
pub(super) fn all() -> Shown {
    Shown { statuses: Status::ALL.into(), severity: Severity::Info }
}

/// What was asked for, with an action as a snapshot may spell it.
pub(super) fn asked(action: &str, region: &str, asked: u64, refused: &[(Reason, u64)]) -> Asked {
    Asked {
        action: serde_json::from_value(json!(action)).unwrap(),
        region: region.parse().unwrap(),
        asked,
        answered: asked - refused.iter().map(|(_, count)| count).sum::<u64>(),
        refused: refused.iter().copied().collect(),
    }
}

fn run() -> Run {
    let started_at = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
    Run {
        started_at,
        finished_at: started_at + Duration::milliseconds(2500),
        calls: [("s3:GetBucketAcl".to_owned(), 19), ("s3:ListBuckets".to_owned(), 1)].into(),
    }
}

fn account(completion: Completion) -> Account {
    Account {
        id: ACCOUNT.parse().unwrap(),
        partition: "aws".parse().unwrap(),
        collected_at: run().started_at,
        completion,
        regions: vec!["eu-west-1".parse().unwrap(), "us-east-1".parse().unwrap()],
    }
}

fn account_is_open() -> Finding {
    let flags = ["BlockPublicPolicy", "RestrictPublicBuckets"];
    let evidence = flags.map(|flag| fact("s3:GetAccountPublicAccessBlock", flag, false, "true"));
    let command = "aws s3control put-public-access-block --account-id '111122223333' \\\n  \
        --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true\n";
    let mut finding = fail(BLOCK, Severity::High, ACCOUNT, &evidence, command);
    finding.resource.kind = "AWS::::Account".to_owned();
    finding.resource.arn = format!("arn:aws:iam::{ACCOUNT}:root");
    finding.resource.region = Some("global".to_owned());
    finding
}

fn unversioned(bucket: &str) -> Finding {
    let observed = if bucket == "logs-01" { json!("Suspended") } else { Value::Null };
    let evidence = [fact(GET_VERSIONING, "Status", observed, "Enabled")];
    let command = format!(
        "aws s3api put-bucket-versioning --bucket {bucket} --versioning-configuration Status=Enabled\n"
    );
    let mut finding = fail(VERSIONING, Severity::Medium, bucket, &evidence, &command);
    finding.resource.tags = [("team".to_owned(), "web".to_owned())].into();
    finding.compliance = [("aws-fsbp".to_owned(), vec!["S3.14".to_owned()])].into();
    finding
}

/// More facts than a table shows.
fn cors() -> Vec<Evidence> {
    (0..6)
        .map(|rule| {
            let observed = json!({ "AllowedMethods": ["GET", "PUT"], "AllowedOrigins": [format!("http://{rule}.test")], "MaxAge": null });
            let field = format!("CORSRules[{rule}].AllowedOrigins");
            let evidence = fact("s3:GetBucketCORS", "", observed, "https origins below domains of your own");
            Evidence { field: field.into(), ..evidence }
        })
        .collect()
}

fn grant() -> Evidence {
    let everyone = "http://acs.amazonaws.com/groups/global/AllUsers";
    let observed = json!({ "Permission": "WRITE", "URI": everyone });
    fact(GET_ACL, "Grants", observed, "no such grant to a public group")
}

/// What takes the grant's effect away.
fn ignored() -> Evidence {
    let observed = json!({ "account": false, "bucket": true });
    fact(GET_BLOCK, "IgnorePublicAcls", observed, "true for the account or the bucket")
}

fn denied(action: &'static str) -> Unknown {
    let unknown = Unknown::new(Action::new(action), Reason::AccessDenied);
    Unknown { code: Some("AccessDenied".to_owned()), ..unknown.because("Access Denied") }
}

fn throttled() -> Unknown {
    let unknown = Unknown::new(Action::new(GET_VERSIONING), Reason::Throttled);
    Unknown {
        code: Some("SlowDown".to_owned()),
        ..unknown.because("Please reduce your request rate.")
    }
}

fn malformed() -> Unknown {
    Unknown::new(Action::new("s3:GetBucketCORS"), Reason::Malformed)
        .because("a rule without origins")
}

fn fail(
    rule: &'static str,
    severity: Severity,
    name: &str,
    evidence: &[Evidence],
    cli: &str,
) -> Finding {
    let remediation = Remediation {
        advice: "Look at who uses it first.".to_owned(),
        cli: cli.to_owned(),
        cloudformation: "Bucket:\n  Type: AWS::S3::Bucket\n".to_owned(),
        terraform: "resource \"aws_s3_bucket\" \"this\" {}\n".to_owned(),
        references: vec!["https://docs.aws.amazon.com/AmazonS3/latest/userguide/".to_owned()],
    };
    Finding {
        evidence: evidence.to_vec(),
        remediation: Some(remediation),
        ..finding(rule, severity, Status::Fail, name)
    }
}

fn unknown(rule: &'static str, severity: Severity, name: &str, reason: Unknown) -> Finding {
    Finding { reason: Some(reason), ..finding(rule, severity, Status::Unknown, name) }
}

fn pass(rule: &'static str, severity: Severity, name: &str, evidence: &[Evidence]) -> Finding {
    Finding { evidence: evidence.to_vec(), ..finding(rule, severity, Status::Pass, name) }
}

fn finding(rule: &'static str, severity: Severity, status: Status, name: &str) -> Finding {
    let title = match rule {
        BLOCK => "Account blocks public access to all its S3 buckets",
        WRITE => "S3 bucket's ACL lets no outsider write or change permissions",
        VERSIONING => "S3 bucket keeps old versions of its objects",
        CORS => "S3 bucket answers scripts of known origins only",
        LOCK => "S3 bucket can lock its objects",
        LOGGING => "S3 bucket logs the requests that it gets",
        _ => "S3 bucket's ACL lets no outsider read",
    };
    Finding {
        rule,
        title: title.to_owned(),
        severity,
        status,
        resource: ResourceRef {
            kind: "AWS::S3::Bucket".to_owned(),
            arn: format!("arn:aws:s3:::{name}"),
            part: None,
            name: name.to_owned(),
            account: ACCOUNT.parse().unwrap(),
            partition: "aws".parse().unwrap(),
            region: region(name).map(str::to_owned),
            tags: BTreeMap::new(),
        },
        evidence: vec![],
        reason: None,
        remediation: None,
        compliance: BTreeMap::new(),
    }
}

fn region(name: &str) -> Option<&'static str> {
    match name {
        // Whose location could not be read, too.
        "vault" => None,
        "logs-02" | "logs-12" => Some("us-east-1"),
        _ => Some("eu-west-1"),
    }
}

fn fact(
    action: &'static str,
    field: &'static str,
    observed: impl Into<Value>,
    expected: &'static str,
) -> Evidence {
    Evidence {
        action: Action::new(action),
        field: field.into(),
        observed: observed.into(),
        expected: expected.into(),
    }
}
