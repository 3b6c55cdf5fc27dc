//! How long it takes to find everybody's way to administrator rights in an account of 5,000 roles with three policies each.
#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a benchmark measures and prints"
)]

use std::{collections::BTreeMap, time::Instant};

use awspect_checks::{Rule, Settings, all, judge};
use awspect_inventory::{
    Inventory, Listed, Observed,
    iam::{InlinePolicy, PolicyDocument, Role, TrustPolicy},
    lambda::Function,
};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};

const ROLES: usize = 5_000;
const ACCOUNT: &str = "111122223333";

/// An account in which most roles work for a service, some deploy, some are taken by people, and one in a hundred is an administrator.
fn account() -> Inventory {
    let mut inventory = Inventory::read(
        json!({
            "format": "awspect-snapshot", "version": 2, "collected_at": "2026-01-01T00:00:00Z",
            "completion": "complete", "regions": ["eu-west-1"],
            "account": { "arn": format!("arn:aws:iam::{ACCOUNT}:root"), "id": ACCOUNT, "partition": "aws" },
        })
        .to_string()
        .as_bytes(),
    )
    .expect("an inventory");
    let iam = &mut inventory.iam;
    iam.users = Listed::complete(vec![]);
    iam.groups = Listed::complete(vec![]);
    iam.policies = Listed::complete(vec![]);
    iam.aws_policies = Listed::complete(vec![]);
    iam.roles = Listed::complete((0..ROLES).map(role).collect());
    let functions = (0..ROLES).filter(|number| number % 5 < 3).map(function).collect();
    inventory.lambda.functions = Listed::complete(functions);
    inventory.ec2.instances = Listed::complete(vec![]);
    inventory
}

fn arn(number: usize) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/role-{number}")
}

fn function(number: usize) -> Function {
    let name = format!("app-{number}");
    Function {
        arn: format!("arn:aws:lambda:eu-west-1:{ACCOUNT}:function:{name}").parse().expect("an ARN"),
        region: "eu-west-1".parse().expect("a region"),
        role: arn(number).parse().expect("an ARN"),
        name,
        configuration: Observed::default(),
        environment: Observed::default(),
        policy: Observed::default(),
        versions: Listed::default(),
        aliases: Listed::default(),
        urls: Listed::default(),
    }
}

fn role(number: usize) -> Role {
    let trust = match number % 5 {
        0..=2 => json!({ "Service": "lambda.amazonaws.com" }),
        3 => json!({ "Service": "ec2.amazonaws.com" }),
        _ => json!({ "AWS": ACCOUNT }),
    };
    let trust = allow(json!({ "Principal": trust, "Action": "sts:AssumeRole" }));
    let name = format!("role-{number}");
    Role {
        arn: arn(number).parse().expect("an ARN"),
        path: "/".to_owned(),
        id: format!("AROA{number:017}"),
        created: None,
        trust: Observed::Set(TrustPolicy(trust)),
        inline: policies(number)
            .into_iter()
            .enumerate()
            .map(|(index, document)| InlinePolicy {
                name: format!("policy-{index}"),
                document: Observed::Set(PolicyDocument(document)),
            })
            .collect(),
        attached: vec![],
        boundary: None,
        instance_profiles: vec![],
        last_used: None,
        tags: BTreeMap::new(),
        last_accessed: Observed::NotSet,
        name,
    }
}

/// Three policies, no two roles with the same.
fn policies(number: usize) -> [String; 3] {
    let logs = allow(json!({
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": format!("arn:aws:logs:*:{ACCOUNT}:log-group:/app/{number}:*") }));
    let data = allow(json!({
        "Action": ["s3:GetObject", "s3:PutObject", "dynamodb:*Item", "kms:Decrypt"],
        "Resource": [format!("arn:aws:s3:::data-{number}/*"),
            format!("arn:aws:dynamodb:*:{ACCOUNT}:table/table-{number}"), "*"] }));
    let own = match number % 100 {
        0 => json!({ "Action": "*", "Resource": "*" }),
        1..10 => json!({
            "Action": ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
            "Resource": [arn(number + 1), format!("arn:aws:lambda:*:{ACCOUNT}:function:app-{number}-*")] }),
        10..30 => json!({ "Action": "sts:AssumeRole", "Resource": arn(number.saturating_sub(1)) }),
        30..35 => {
            json!({ "Action": "sts:AssumeRole", "Resource": format!("arn:aws:iam::{ACCOUNT}:role/role-{}*", number / 100) })
        }
        35..40 => json!({ "Action": ["iam:CreateAccessKey", "iam:ChangePassword"],
            "Resource": format!("arn:aws:iam::{ACCOUNT}:user/${{aws:username}}") }),
        40..45 => json!({ "Action": ["ec2:*", "ssm:*"], "Resource": "*" }),
        45..50 => json!({ "NotAction": "iam:*", "Resource": "*" }),
        _ => {
            json!({ "Action": "sqs:*", "Resource": format!("arn:aws:sqs:*:{ACCOUNT}:queue-{number}") })
        }
    };
    [logs, data, allow(own)]
}

fn allow(mut statement: Value) -> String {
    if let Some(fields) = statement.as_object_mut() {
        fields.insert("Effect".to_owned(), json!("Allow"));
    }
    json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
}

fn becoming(criterion: &mut Criterion) {
    let inventory = account();
    let settings = Settings::default();
    let rule: &'static Rule =
        all().find(|rule| rule.id == "iam/privilege-escalation").expect("the rule");
    let start = Instant::now();
    let findings = judge(&inventory, &settings, [rule]);
    let elapsed = start.elapsed();
    let mut outcomes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in &findings {
        *outcomes.entry((finding.status.as_str(), finding.severity.as_str())).or_default() += 1;
    }
    eprintln!("{ROLES} roles with 3 policies each: {elapsed:?}, {outcomes:?}");
    let mut group = criterion.benchmark_group("becoming");
    group.sample_size(10);
    group.bench_function("5,000 roles", |bencher| {
        bencher.iter(|| judge(&inventory, &settings, [rule]).len());
    });
    group.finish();
}

criterion_group!(benches, becoming);
criterion_main!(benches);
