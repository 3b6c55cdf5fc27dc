//! The JSON report is what its published schema says, no more and no less.

#![expect(clippy::expect_used, reason = "a case that cannot be set up should stop its test")]

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use awspect_tests::{fixtures::repository, python, run::run};
use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");

/// A validator that is not ours: the one of the fake AWS's Python environment.
const VALIDATE: &str = "
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for case in json.load(sys.stdin):
    errors = [error.json_path + ': ' + error.message for error in validator.iter_errors(case['document'])]
    if bool(errors) == case['valid']:
        print(case['name'], '; '.join(errors[:3]))
";

#[test]
fn a_report_has_the_fields_of_the_schema_and_no_others() {
    let args = ["scan", "--demo", "--format", "json", "--status", "all", "--severity", "info"];
    let report = run(BINARY, None, &args).json();
    let mut cases = vec![json!({ "name": "whole", "document": report, "valid": true })];

    // One finding of each status stands for all.
    let mut small = report;
    let findings = small["findings"].as_array_mut().unwrap();
    let one = |status: &str| findings.iter().find(|it| it["status"] == status).cloned();
    let kept: Vec<Value> = ["fail", "unknown", "pass"].into_iter().filter_map(one).collect();
    assert_eq!(kept.len(), 3);
    small["findings"] = Value::Array(kept);
    small["coverage"]["actions"].as_array_mut().unwrap().truncate(1);
    small["coverage"]["rules"].as_array_mut().unwrap().truncate(1);
    let mut paths = vec![];
    objects(&small, String::new(), &mut paths);
    for path in paths {
        let case = |name: String, document: Value| json!({ "name": name, "document": document, "valid": false });
        let mut more = small.clone();
        more.pointer_mut(&path).unwrap()["surplus"] = Value::Bool(true);
        cases.push(case(format!("{path} takes more than it should"), more));
        for field in small.pointer(&path).unwrap().as_object().unwrap().keys() {
            let mut less = small.clone();
            less.pointer_mut(&path).unwrap().as_object_mut().unwrap().remove(field);
            cases.push(case(format!("{path}/{field} may be left out"), less));
        }
    }
    assert_eq!(faults(&Value::Array(cases)), "");
}

/// What the validator does not take as it should, a line each.
fn faults(cases: &Value) -> String {
    let mut python = Command::new(python::interpreter())
        .args(["-c", VALIDATE])
        .arg(repository("docs/schema/report-1.0.json"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut stdin = python.stdin.take().expect("a pipe");
    stdin.write_all(cases.to_string().as_bytes()).expect("Python reads");
    drop(stdin);
    let output = python.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every object with fields of its own; the rest maps what AWS or its user names.
fn objects(value: &Value, path: String, paths: &mut Vec<String>) {
    const MAPS: [&str; 5] = ["api_calls", "refused", "tags", "observed", "compliance"];
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !MAPS.contains(&name.as_str())) {
                objects(value, format!("{path}/{name}"), paths);
            }
            paths.push(path);
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, format!("{path}/{index}"), paths);
            }
        }
        _ => {}
    }
}
