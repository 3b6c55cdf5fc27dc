use serde_json::Value;
use time::{Duration, OffsetDateTime};

use super::fixture::{EVIL, all, attacked, attacked_unknown, complete, fine, report, usual};
use crate::{Report, Run, Shown, escape, json};

/// The schema as it is published.
const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema/report-1.0.json");

#[test]
fn everything() {
    insta::assert_snapshot!(write(&report(), &all()));
}

#[test]
fn the_same_facts_give_the_same_bytes_but_for_the_run() {
    let again = Report {
        run: Run {
            started_at: OffsetDateTime::UNIX_EPOCH,
            finished_at: OffsetDateTime::UNIX_EPOCH + Duration::SECOND,
            calls: [].into(),
        },
        ..report()
    };
    let (first, again) = (write(&report(), &all()), write(&again, &all()));
    let but_for_the_run = |text: &str| {
        let (before, rest) = text.split_once("  \"run\": {").unwrap();
        let (_, after) = rest.split_once("  \"accounts\"").unwrap();
        [before.to_owned(), after.to_owned()]
    };
    assert_ne!(first, again);
    assert_eq!(but_for_the_run(&first), but_for_the_run(&again));
}

#[test]
fn an_attacker_moves_nothing_and_stays_as_he_is() {
    let text = write(&complete(vec![attacked(), attacked_unknown()]), &all());
    for line in text.lines() {
        assert_eq!(escape::terminal(line), line);
    }
    let document: Value = serde_json::from_str(&text).unwrap();
    let [failed, unknown] = &document["findings"].as_array().unwrap()[..] else { panic!("{text}") };
    assert_eq!(failed["resource"]["name"], EVIL);
    assert_eq!(failed["resource"]["tags"][EVIL], EVIL);
    assert_eq!(failed["evidence"][0]["observed"][EVIL][0], EVIL);
    assert_eq!(unknown["reason"]["message"], EVIL);
}

#[test]
fn what_is_listed_is_part_of_what_is_counted() {
    let document = parse(&write(&report(), &usual()));
    let listed = document["findings"].as_array().unwrap().len();
    let total = |status: &str| document["summary"][status]["total"].as_u64().unwrap();
    assert_eq!(document["summary"]["listed"], listed);
    assert_eq!(total("fail") + total("unknown") + total("pass"), report().findings.len() as u64);
    let rules = document["coverage"]["rules"].as_array().unwrap();
    let of_rules: u64 = rules.iter().map(|rule| rule["fail"].as_u64().unwrap()).sum();
    assert_eq!(of_rules, total("fail"));
}

/// `AWSPECT_BLESS=1 cargo test -p awspect-report` publishes it anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "whoever runs the test says so in the environment")]
fn the_schema_is_published() {
    let schema = schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<json::v1::Document<'static>>();
    if std::env::var_os("AWSPECT_BLESS").is_some() {
        std::fs::write(SCHEMA, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
    }
    assert!(
        *schema.as_value() == published(),
        "run with AWSPECT_BLESS=1 and look at the difference"
    );
}

#[test]
fn reports_are_what_the_schema_says() {
    let schema = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&published())
        .unwrap();
    let evil = complete(vec![attacked(), attacked_unknown()]);
    for (report, shown) in
        [(report(), usual()), (report(), all()), (complete(vec![]), all()), (evil, all())]
    {
        let document = parse(&write(&report, &shown));
        let errors: Vec<_> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn the_schema_is_strict() {
    let schema = jsonschema::draft202012::new(&published()).unwrap();
    let good = parse(&write(&complete(vec![fine(), attacked(), attacked_unknown()]), &all()));
    assert!(schema.is_valid(&good));
    let mut paths = vec![];
    objects(&good, String::new(), &mut paths);
    for path in paths {
        let mut more = good.clone();
        more.pointer_mut(&path).unwrap()["surplus"] = Value::Bool(true);
        assert!(!schema.is_valid(&more), "{path} takes more than it should");
        let fields = good.pointer(&path).unwrap().as_object().unwrap().keys();
        for field in fields {
            let mut less = good.clone();
            less.pointer_mut(&path).unwrap().as_object_mut().unwrap().remove(field);
            assert!(!schema.is_valid(&less), "{path}/{field} may be left out");
        }
    }
}

#[test]
fn every_field_says_what_it_is() {
    fn walk(schema: &Value, at: &str) {
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            assert!(field["description"].is_string(), "{at}.{name} has no description");
        }
        for (name, inner) in schema.as_object().into_iter().flatten() {
            walk(inner, &format!("{at}.{name}"));
        }
    }
    walk(&published(), "report");
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

fn published() -> Value {
    parse(&std::fs::read_to_string(SCHEMA).unwrap())
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn write(report: &Report, shown: &Shown) -> String {
    let mut bytes = vec![];
    json(report, shown, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.ends_with("}\n"));
    text
}
