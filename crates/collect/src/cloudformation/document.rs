//! A template as a document, whether JSON or YAML.

use saphyr_parser::{Event, Parser, Tag};
use serde_json::{Map, Value};

/// The deepest nesting that is read. JSON has the same limit, and no template comes near it.
const DEPTH: usize = 128;

/// The document of a template, in which the short forms of YAML have become long, `!Ref A` as `{"Ref": "A"}`; nothing if
/// it is neither JSON nor YAML that CloudFormation takes.
pub(super) fn parse(text: &str) -> Option<Value> {
    match serde_json::from_str(text) {
        Ok(document) => Some(document),
        Err(_) => yaml(text),
    }
}

/// A list, or a map with the key that waits for its value.
enum Open {
    List(Vec<Value>),
    Map(Map<String, Value>, Option<String>),
}

/// All scalars become texts, for that is what is looked at.
fn yaml(text: &str) -> Option<Value> {
    let mut open: Vec<(Open, Option<String>)> = vec![];
    for event in Parser::new_from_str(text) {
        let (event, _) = event.ok()?;
        let value = match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEPTH => {
                return None;
            }
            Event::SequenceStart(_, tag) => {
                open.push((Open::List(vec![]), function(tag.as_deref())));
                continue;
            }
            Event::MappingStart(_, tag) => {
                open.push((Open::Map(Map::new(), None), function(tag.as_deref())));
                continue;
            }
            Event::Scalar(text, _, _, tag) => {
                called(function(tag.as_deref()), Value::String(text.into_owned()))
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop()? {
                (Open::List(items), function) => called(function, Value::Array(items)),
                (Open::Map(members, _), function) => called(function, Value::Object(members)),
            },
            // CloudFormation takes no aliases.
            Event::Alias(_) => return None,
            _ => continue,
        };
        match (open.last_mut(), value) {
            (None, value) => return Some(value),
            (Some((Open::List(items), _)), value) => items.push(value),
            (Some((Open::Map(members, key), _)), value) => match (key.take(), value) {
                (Some(key), value) => {
                    members.insert(key, value);
                }
                (None, Value::String(name)) => *key = Some(name),
                (None, _) => return None,
            },
        }
    }
    None
}

/// The function that a tag is short for, `!GetAtt` for `Fn::GetAtt`; nothing for YAML's own tags.
fn function(tag: Option<&Tag>) -> Option<String> {
    let tag = tag.filter(|tag| tag.handle == "!")?;
    Some(match tag.suffix.as_str() {
        name @ ("Ref" | "Condition") => name.to_owned(),
        name => format!("Fn::{name}"),
    })
}

fn called(function: Option<String>, value: Value) -> Value {
    match function {
        Some(function) => Value::Object(Map::from_iter([(function, value)])),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_reads_as_json_does() {
        let text = "
Parameters:
  Name: {Type: String, Default: 'a: b'}
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub '${Name}-table'
      Arn: !GetAtt Other.Arn
      Text: !Join
        - ','
        - [!Ref Name, b]
      Note: |
        one
        two
      Number: !!str 1
";
        let table = json!({
            "TableName": { "Fn::Sub": "${Name}-table" },
            "Arn": { "Fn::GetAtt": "Other.Arn" },
            "Text": { "Fn::Join": [",", [{ "Ref": "Name" }, "b"]] },
            "Note": "one\ntwo\n",
            "Number": "1",
        });
        let document = json!({
            "Parameters": { "Name": { "Type": "String", "Default": "a: b" } },
            "Resources": { "Table": { "Type": "AWS::DynamoDB::Table", "Properties": table } },
        });
        assert_eq!(parse(text), Some(document.clone()));
        assert_eq!(parse(&document.to_string()), Some(document));
    }

    #[test]
    fn what_is_no_document_is_none() {
        let deep = "[".repeat(100_000);
        let indented: Vec<String> = (0..300).map(|depth| " ".repeat(depth) + "a:\n").collect();
        let indented = indented.concat();
        for text in
            ["", "a: [", "{", "a: *b", "? [a]\n: b", "a: b: c", "\u{0}", "%", &deep, &indented]
        {
            assert_eq!(parse(text), None, "{text:.20}");
        }
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let text = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assert_eq!(parse(text), None);
    }
}
