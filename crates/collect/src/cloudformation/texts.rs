//! The texts of a template, each with the name that it stands under, and the secrets among them.

use awspect_inventory::secret::Secret;
use serde_json::{Map, Value};

use crate::secret::Detector;

/// Functions whose arguments are names of other things.
const REFERENCES: [&str; 8] = [
    "Condition",
    "Fn::FindInMap",
    "Fn::GetAZs",
    "Fn::GetAtt",
    "Fn::GetStackOutput",
    "Fn::ImportValue",
    "Fn::Transform",
    "Ref",
];

/// Where a list of names and values has the name, and where the value that belongs to it.
const PAIRS: [(&str, &str); 6] = [
    ("HeaderName", "HeaderValue"),
    ("Key", "Value"),
    ("Name", "Value"),
    ("OptionName", "Value"),
    ("ParameterKey", "ParameterValue"),
    ("ParameterName", "ParameterValue"),
];

/// Types of a value that is the name of what holds the secret (environment variables of AWS `CodeBuild`).
const HELD_ELSEWHERE: [&str; 2] = ["PARAMETER_STORE", "SECRETS_MANAGER"];

/// The function that puts texts together.
const JOIN: &str = "Fn::Join";

/// What stands in a text that was put together for what is not known of it.
const GAP: &str = "${}";

/// What was found of secrets.
#[derive(Debug)]
pub(super) struct Texts {
    detector: Detector,
    /// Where the text at hand stands.
    path: Vec<String>,
    /// Among the defaults of parameters.
    pub(super) of_defaults: Vec<Secret>,
    /// Everywhere else.
    pub(super) of_others: Vec<Secret>,
}

impl Texts {
    pub(super) fn of(detector: Detector) -> Self {
        Self { detector, path: vec![], of_defaults: vec![], of_others: vec![] }
    }

    /// Reads one of the parts of a template.
    pub(super) fn read(&mut self, key: &str, part: &Value) {
        match (key, part) {
            ("Conditions" | "Rules" | "Transform", _) => {}
            ("Parameters", Value::Object(parameters)) => {
                for (name, declared) in parameters {
                    self.parameter(name, declared);
                }
            }
            ("Outputs", Value::Object(outputs)) => self.at(key, |texts| {
                for (name, declared) in outputs {
                    texts.at(name, |texts| texts.output(name, declared));
                }
            }),
            _ => self.at(key, |texts| texts.value(key, part)),
        }
    }

    /// What an output says stands under the output's name.
    fn output(&mut self, name: &str, declared: &Value) {
        for (key, value) in declared.as_object().into_iter().flatten() {
            let name = if key == "Value" { name } else { key };
            self.at(key, |texts| texts.value(name, value));
        }
    }

    fn parameter(&mut self, name: &str, declared: &Value) {
        let Some(default) = declared.get("Default") else { return };
        let kind = declared.get("Type").and_then(Value::as_str).unwrap_or_default();
        // Then it is the name of something in Parameter Store.
        let name_of_value = if kind.starts_with("AWS::SSM::Parameter::") { "" } else { name };
        let place = format!("Parameters.{name}.Default");
        if let Some(text) = scalar(default) {
            let secrets = self.detector.secrets(&place, name_of_value, &text);
            self.of_defaults.extend(secrets);
        }
    }

    /// Reads what stands one step further in.
    fn at(&mut self, step: &str, read: impl FnOnce(&mut Self)) {
        self.path.push(step.to_owned());
        read(self);
        self.path.pop();
    }

    /// Reads a value that stands under a name.
    fn value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(members) => self.object(name, members),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.at(&index.to_string(), |texts| texts.value(name, item));
                }
            }
            scalar_value => {
                if let Some(text) = scalar(scalar_value) {
                    self.text(name, &text);
                }
            }
        }
    }

    fn text(&mut self, name: &str, text: &str) {
        let secrets = self.detector.secrets(&self.path.join("."), name, text);
        self.of_others.extend(secrets);
    }

    /// The text that `Fn::Join` makes, with gaps for what is not known, and what fills the gaps.
    fn join(&mut self, name: &str, arguments: &Value) {
        let Some([delimiter, Value::Array(parts)]) = arguments.as_array().map(Vec::as_slice) else {
            return self.at(JOIN, |texts| texts.value(name, arguments));
        };
        let text = |part: &Value| scalar(part).unwrap_or_else(|| GAP.to_owned());
        let known: Vec<String> = parts.iter().map(text).collect();
        self.text(name, &known.join(delimiter.as_str().unwrap_or_default()));
        for part in parts.iter().filter(|part| scalar(part).is_none()) {
            self.at(JOIN, |texts| texts.value(name, part));
        }
    }

    fn object(&mut self, name: &str, members: &Map<String, Value>) {
        let pair = pair(members);
        for (key, value) in members {
            match key.as_str() {
                key if REFERENCES.contains(&key) && members.len() == 1 => {}
                JOIN => self.join(name, value),
                // The first is the condition's name.
                "Fn::If" => {
                    for branch in value.as_array().into_iter().flatten().skip(1) {
                        self.at(key, |texts| texts.value(name, branch));
                    }
                }
                key if key.starts_with("Fn::") => self.at(key, |texts| texts.value(name, value)),
                key => {
                    let name = match pair {
                        Some((of, name)) if of == key => name,
                        _ => key,
                    };
                    self.at(key, |texts| texts.value(name, value));
                }
            }
        }
    }
}

/// The key of a value, and the name that it has by the key beside it; no name if it is that of what holds the secret.
fn pair(members: &Map<String, Value>) -> Option<(&'static str, &str)> {
    let text = |key: &str| members.get(key).and_then(Value::as_str);
    let (name, key) = PAIRS
        .iter()
        .find_map(|(name, value)| members.contains_key(*value).then_some((text(name)?, *value)))?;
    let is_elsewhere = text("Type").is_some_and(|kind| HELD_ELSEWHERE.contains(&kind));
    Some((key, if is_elsewhere { "" } else { name }))
}

/// A text, or a figure as one.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(figure) => Some(figure.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
