//! Secrets that are planted wherever AWS gives some in the clear come back nowhere: in no report, no snapshot and no log.

#![expect(clippy::unwrap_used, reason = "a case that cannot be set up should stop its test")]

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use awspect_fakeaws::{FakeAws, Response, ec2::no_networks};
use awspect_tests::{
    report::{finding, text},
    run::{Outcome, run},
};
use serde_json::{Value, json};

use crate::{
    BINARY,
    world::{HANDLE, HOME, World, template},
};

/// A word of every secret, in capitals or not, that stands in nothing else.
const WORD: &str = "c4n4ry";

const SECRETS: usize = 20;

/// The secrets, all different. One is the id of an access key, put together here so that it stands in no file.
fn secrets() -> [String; SECRETS] {
    std::array::from_fn(|index| match index {
        3 => format!("{}C4N4RY07QWERTZXC", ["AK", "IA"].concat()),
        index => format!("{WORD}-{index:02}-Zq7Lw"),
    })
}

/// What went over the wire, to know that the secrets did.
type Wire = Arc<Mutex<String>>;

/// An account that shows secrets in its stacks, its functions and the stages of its APIs, and answers nothing else.
fn world(account: &str) -> (World, Wire) {
    let world = World::empty(account);
    let fake = &world.fake;
    let answered = ["cloudformation", "sts"];
    fake.on("*", "*").when(move |request| !answered.contains(&&*request.service)).refuse();
    no_networks(fake, &[HOME]);
    stack(&world);
    outside(fake, account);
    let wire = Wire::default();
    let heard = Arc::clone(&wire);
    fake.rewrite("*", "*", move |_, response| {
        heard.lock().unwrap().push_str(&response.text());
        response
    });
    (world, wire)
}

/// A stack with secrets that names or forms tell, and with some that nothing tells.
fn stack(world: &World) {
    let secret = secrets();
    let mut template = template(&[HANDLE]);
    template["Description"] = json!(secret[15]);
    template["Metadata"] = json!({ "Comment": secret[14] });
    let join = json!({ "Fn::Join": ["", ["#!/bin/sh\nrun --password=", secret[13], "\n"]] });
    template["Resources"]["Resource0"]["Properties"] =
        json!({ "MasterUserPassword": secret[12], "UserData": join });
    let default = |value: &str| json!({ "Type": "String", "Default": value });
    template["Parameters"] = json!({
        "DbPassword": default(&secret[9]),
        "Note": default(&secret[10]),
        "ApiToken": default(&secret[11]),
        "StoredPassword": { "Type": "String" },
    });
    template["Outputs"] = json!({
        "DbPassword": { "Value": secret[0] },
        "Url": { "Value": format!("postgres://app:{}@db.example.com/shop", secret[1]) },
        "Settings": { "Value": json!({ "apiToken": secret[2] }).to_string() },
        "KeyId": { "Value": secret[3] },
        "Note": { "Value": secret[4] },
    });
    let stored = "/shop/password";
    let parameters = [
        ("DbPassword", secret[5].as_str()),
        ("ApiToken", &secret[6]),
        ("Note", &secret[7]),
        ("StoredPassword", stored),
    ];
    let fields: Vec<[(String, &str); 2]> = parameters
        .iter()
        .enumerate()
        .map(|(at, (key, value))| {
            let name = |of: &str| format!("Parameters.member.{}.Parameter{of}", at + 1);
            [(name("Key"), *key), (name("Value"), *value)]
        })
        .collect();
    let fields: Vec<(&str, &str)> =
        fields.iter().flatten().map(|(name, value)| (name.as_str(), *value)).collect();
    world.stacks(HOME).stack("shop", &template, &fields);
    // What Parameter Store has under the name that is the parameter's value.
    let resolved = format!("<ResolvedValue>{}</ResolvedValue>", secret[8]);
    world.fake.rewrite("cloudformation", "DescribeStacks", move |_, mut response| {
        let value = format!("<ParameterValue>{stored}</ParameterValue>");
        response.body = response.text().replace(&value, &format!("{value}{resolved}")).into_bytes();
        response
    });
}

/// A function and the stages of two APIs.
fn outside(fake: &FakeAws, account: &str) {
    let secret = secrets();
    let answer = |body: &Value| Response::new(200, "application/json", body.to_string());
    let function = json!({
        "FunctionName": "shop", "Version": "$LATEST", "Runtime": "python3.13",
        "FunctionArn": format!("arn:aws:lambda:{HOME}:{account}:function:shop"),
        "Role": format!("arn:aws:iam::{account}:role/shop"),
        "Environment": { "Variables": { "DB_PASSWORD": secret[16], "SHOP_NOTE": secret[17] } },
    });
    fake.on("lambda", "ListFunctions").respond(answer(&json!({ "Functions": [function] })));
    let api = json!({
        "id": "a1b2c3d4e5", "name": "shop", "endpointConfiguration": { "types": ["REGIONAL"] },
    });
    fake.on("apigateway", "GetRestApis").respond(answer(&json!({ "item": [api] })));
    let stage = json!({
        "stageName": "prod", "deploymentId": "d1", "variables": { "restPassword": secret[18] },
    });
    fake.on("apigateway", "GetStages").respond(answer(&json!({ "item": [stage] })));
    let api = json!({
        "apiId": "f6e5d4c3b2", "name": "shop-http", "protocolType": "HTTP",
        "routeSelectionExpression": "$request.method $request.path",
    });
    fake.on("apigatewayv2", "GetApis").respond(answer(&json!({ "items": [api] })));
    let stage =
        json!({ "stageName": "$default", "stageVariables": { "httpPassword": secret[19] } });
    fake.on("apigatewayv2", "GetStages").respond(answer(&json!({ "items": [stage] })));
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("canary");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// What a run wrote has nothing of the credentials that it was given.
fn keeps_its_keys(world: &World, outcome: &Outcome) {
    for key in [&world.keys.secret_access_key, &world.keys.session_token] {
        let shown = outcome.stderr.contains(key) || outcome.stdout.contains(key);
        assert!(!shown, "a credential is shown");
    }
}

/// Nothing of any secret stands in a text.
fn silent(of: &str, text: &str) {
    let lower = text.to_ascii_lowercase();
    let shown = lower.find(WORD).map(|at| {
        let start = lower.floor_char_boundary(at.saturating_sub(400));
        lower.get(start..lower.floor_char_boundary(at + 100)).unwrap_or_default()
    });
    assert_eq!(shown, None, "{of} shows a secret");
}

const ALL: [&str; 4] = ["--severity", "info", "--status", "all"];
const SERVICES: [&str; 6] =
    ["--service", "cloudformation", "--service", "lambda", "--service", "apigateway"];
const FORMATS: [&str; 2] = ["table", "json"];
const VERBOSITIES: [&[&str]; 5] = [&[], &["-v"], &["-vv"], &["-vvv"], &["-vvvv"]];

#[test]
fn no_secret_comes_back_in_a_report_a_snapshot_or_a_log() {
    let (world, wire) = world("260000000040");
    let endpoint = world.fake.endpoint();
    let at = ["--endpoint-url", &endpoint, "--region", HOME];
    for (index, verbosity) in VERBOSITIES.iter().enumerate() {
        for (format, other) in [("table", "json"), ("json", "table")] {
            let [report, saved] =
                ["report", "saved"].map(|kind| scratch(&format!("{kind}-{format}-{index}")));
            let output = format!("{other}={}", report.to_str().unwrap());
            let more = ["--format", format, "--output", &output, "--save", saved.to_str().unwrap()];
            let args = [&["scan"], *verbosity, &at, &SERVICES, &ALL, &more].concat();
            let outcome = run(BINARY, Some(&world.keys), &args);
            assert!(matches!(outcome.code, 3 | 4), "{}", outcome.stderr);
            keeps_its_keys(&world, &outcome);
            silent(&format!("stderr of {args:?}"), &outcome.stderr);
            silent(&format!("stdout of {args:?}"), &outcome.stdout);
            silent(other, &fs::read_to_string(report).unwrap());
            silent("--save", &fs::read_to_string(saved).unwrap());
        }
    }
    let wire = wire.lock().unwrap();
    let unheard: Vec<String> = secrets().into_iter().filter(|it| !wire.contains(it)).collect();
    assert!(unheard.is_empty(), "AWS did not say {unheard:?}");
}

#[test]
fn no_secret_comes_back_where_an_answer_cannot_be_read() {
    let (world, wire) = world("260000000042");
    for service in ["cloudformation", "lambda", "apigateway", "apigatewayv2"] {
        world.fake.rewrite(service, "*", |_, mut response| {
            response.body.truncate(response.body.len().saturating_sub(10));
            response
        });
    }
    let endpoint = world.fake.endpoint();
    let saved = scratch("unread");
    let at = ["-vvv", "--endpoint-url", &endpoint, "--region", HOME];
    let more = ["--format", "json", "--save", saved.to_str().unwrap()];
    let args = [&["scan"][..], &at, &SERVICES, &ALL, &more].concat();
    let outcome = run(BINARY, Some(&world.keys), &args);
    silent("stderr", &outcome.stderr);
    silent("stdout", &outcome.stdout);
    silent("--save", &fs::read_to_string(saved).unwrap());
    assert_eq!(outcome.json()["summary"]["fail"]["total"], 0);
    assert!(wire.lock().unwrap().contains(WORD));
}

#[test]
fn no_secret_comes_back_by_way_of_a_collected_snapshot() {
    let (world, wire) = world("260000000041");
    let endpoint = world.fake.endpoint();
    let snapshot = scratch("collected");
    let path = snapshot.to_str().unwrap();
    let collect = ["collect", "-vvv", "--endpoint-url", &endpoint, "--region", HOME, "-o", path];
    let outcome = run(BINARY, Some(&world.keys), &collect);
    assert!(outcome.stderr.contains("DEBUG"), "{}", outcome.stderr);
    keeps_its_keys(&world, &outcome);
    silent("stderr of collect", &outcome.stderr);
    silent("stdout of collect", &outcome.stdout);
    let collected = fs::read_to_string(&snapshot).unwrap();
    silent("collect", &collected);
    // It looked at all of them: what has a name is kept by it.
    for name in ["DB_PASSWORD", "SHOP_NOTE", "restPassword", "httpPassword", "StoredPassword"] {
        assert!(collected.contains(name), "{name}");
    }
    let unheard: Vec<String> =
        secrets().into_iter().filter(|it| !wire.lock().unwrap().contains(it)).collect();
    assert!(unheard.is_empty(), "AWS did not say {unheard:?}");
    for format in FORMATS {
        let args = ["scan", "-vvv", "--snapshot", path, "--format", format];
        let outcome = run(BINARY, None, &[&args[..], &ALL].concat());
        silent(format, &outcome.stdout);
        silent("stderr of scan", &outcome.stderr);
        if format == "json" {
            told(&outcome.json());
        }
    }
}

/// Those that a name or a form tells are told of, by their places.
fn told(report: &Value) {
    for (rule, places) in [
        (
            "cloudformation/output-secret",
            &["Outputs.DbPassword", "Outputs.Url", "Outputs.Settings", "Outputs.KeyId"][..],
        ),
        (
            "cloudformation/parameter-secret",
            &[
                "Parameters.DbPassword",
                "Parameters.ApiToken",
                "Parameters.StoredPassword.ResolvedValue",
                "Parameters.DbPassword.Default",
                "Parameters.ApiToken.Default",
            ],
        ),
        (
            "cloudformation/template-secret",
            &[
                "Resources.Resource0.Properties.MasterUserPassword",
                "Resources.Resource0.Properties.UserData",
            ],
        ),
    ] {
        let found = finding(report, rule, "shop");
        assert_eq!(text(found, "/status"), "fail", "{rule}");
        let evidence = found["evidence"].as_array().unwrap();
        let shown: Vec<&str> = evidence.iter().map(|it| text(it, "/field")).collect();
        for place in places {
            assert!(shown.contains(place), "{place} in {shown:?}");
        }
        assert!(!shown.iter().any(|place| place.ends_with("Note")), "{shown:?}");
    }
}
