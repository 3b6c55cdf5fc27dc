//! Which tables a backup plan's selection takes in.

use std::collections::BTreeMap;

use awspect_inventory::{
    Unknown,
    backup::{SelectionCondition, SelectionOperator, SelectionSettings},
    dynamodb::{Table, TableTags},
};
use awspect_policy::{Glob, Token};

use crate::engine::unknown_value;

/// How a selection takes a table in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Not at all.
    Not,
    /// By an ARN of DynamoDB's, which it does in any case.
    ByName,
    /// By a tag or among everything, which it does where AWS Backup is switched on for DynamoDB.
    IfOn,
}

/// Whether a selection takes a table in. Tags that are not known matter where they decide.
pub(super) fn takes(selection: &SelectionSettings, table: &Table) -> Result<Takes, Unknown> {
    let matching = |patterns: &'_ [String]| -> Vec<String> {
        let matches = |pattern: &&String| like(pattern, table.arn.as_str());
        patterns.iter().filter(matches).cloned().collect()
    };
    if !matching(&selection.not_resources).is_empty() {
        return Ok(Takes::Not);
    }
    let names = matching(&selection.resources);
    let is_meant = |condition| holds(condition, table);
    let is_everything = selection.resources.is_empty() && selection.tags.is_empty();
    let chosen = if is_everything || !names.is_empty() {
        Ok(true)
    } else {
        any(selection.tags.iter().map(is_meant))
    };
    if chosen == Ok(false) {
        return Ok(Takes::Not);
    }
    let fails = |condition| is_meant(condition).map(|holds| !holds);
    if any(selection.conditions.iter().map(fails))? {
        return Ok(Takes::Not);
    }
    chosen?;
    let by_name = names.iter().any(|pattern| pattern.split(':').nth(2) == Some("dynamodb"));
    Ok(if by_name { Takes::ByName } else { Takes::IfOn })
}

/// Whether one is so. Where none surely is, one that nobody knows may be.
fn any(mut all: impl Iterator<Item = Result<bool, Unknown>>) -> Result<bool, Unknown> {
    let mut open = None;
    let is_one = all.any(|one| match one {
        Ok(so) => so,
        Err(unknown) => {
            open.get_or_insert(unknown);
            false
        }
    });
    match open {
        Some(unknown) if !is_one => Err(unknown),
        _ => Ok(is_one),
    }
}

fn holds(condition: &SelectionCondition, table: &Table) -> Result<bool, Unknown> {
    let none = BTreeMap::new();
    let tags = table.tags.known()?.map_or(&none, |TableTags(tags)| tags);
    let value = tags.get(&condition.key);
    let is_equal = value == Some(&condition.value);
    let is_like = || value.is_some_and(|value| like(&condition.value, value));
    match &condition.operator {
        SelectionOperator::StringEquals => Ok(is_equal),
        SelectionOperator::StringNotEquals => Ok(!is_equal),
        SelectionOperator::StringLike => Ok(is_like()),
        SelectionOperator::StringNotLike => Ok(!is_like()),
        SelectionOperator::Other(other) => Err(unknown_value::<SelectionSettings>(other)),
    }
}

/// Patterns of AWS Backup know `*` and nothing else.
fn like(pattern: &str, text: &str) -> bool {
    let token = |c| if c == '*' { Token::Star } else { Token::Char(c) };
    Glob::new(pattern.chars().map(token)).matches(text)
}

#[cfg(test)]
mod tests {
    use awspect_inventory::{Observed, Reason};
    use serde_json::{Value, json};

    use super::*;

    fn table(tags: Option<Value>) -> Table {
        let arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
        let mut table = json!({ "arn": arn, "name": "orders", "region": "eu-west-1" });
        if let Some(tags) = tags {
            table["tags"] = json!({ "set": tags });
        }
        serde_json::from_value(table).unwrap()
    }

    fn selection(fields: &Value) -> SelectionSettings {
        let mut selection = json!({
            "role": "arn:aws:iam::111122223333:role/backup",
            "resources": [], "not_resources": [], "tags": [], "conditions": [],
        });
        for (key, value) in fields.as_object().unwrap() {
            selection[key] = value.clone();
        }
        serde_json::from_value(selection).unwrap()
    }

    #[test]
    fn a_table_is_taken_by_its_name_its_tags_or_among_everything() {
        let daily = |operator| json!({ "operator": operator, "key": "backup", "value": "daily" });
        let like = json!({ "operator": "STRINGLIKE", "key": "backup", "value": "d*" });
        let tagged = table(Some(json!({ "backup": "daily" })));
        let bare = table(Some(json!({})));
        for (fields, of_tagged, of_bare) in [
            (json!({}), Takes::IfOn, Takes::IfOn),
            (json!({ "resources": ["*"] }), Takes::IfOn, Takes::IfOn),
            (
                json!({ "resources": ["arn:aws:dynamodb:*:*:table/*"] }),
                Takes::ByName,
                Takes::ByName,
            ),
            (json!({ "resources": ["arn:aws:dynamodb:*:*:table/Orders"] }), Takes::Not, Takes::Not),
            (json!({ "resources": ["arn:aws:dynamodb:*:*:table/order?"] }), Takes::Not, Takes::Not),
            (json!({ "resources": ["arn:aws:ec2:*:*:volume/*"] }), Takes::Not, Takes::Not),
            (json!({ "tags": [daily("STRINGEQUALS")] }), Takes::IfOn, Takes::Not),
            (
                json!({ "resources": ["arn:aws:s3:::*"], "tags": [daily("STRINGEQUALS")] }),
                Takes::IfOn,
                Takes::Not,
            ),
            (
                json!({ "resources": ["*"], "conditions": [daily("STRINGEQUALS")] }),
                Takes::IfOn,
                Takes::Not,
            ),
            (json!({ "conditions": [daily("STRINGNOTEQUALS")] }), Takes::Not, Takes::IfOn),
            (json!({ "conditions": [like] }), Takes::IfOn, Takes::Not),
            (
                json!({ "conditions": [daily("STRINGEQUALS"), daily("STRINGNOTLIKE")] }),
                Takes::Not,
                Takes::Not,
            ),
            (
                json!({ "resources": ["*"], "not_resources": ["arn:aws:dynamodb:*"] }),
                Takes::Not,
                Takes::Not,
            ),
        ] {
            let selection = selection(&fields);
            let taken = [&tagged, &bare].map(|table| takes(&selection, table));
            assert_eq!(taken, [Ok(of_tagged), Ok(of_bare)], "{fields}");
        }
    }

    #[test]
    fn tags_that_are_not_known_matter_where_they_decide() {
        let unread = table(None);
        let Observed::Unknown(why) = &unread.tags else { panic!("tags are known") };
        assert_eq!(why.reason, Reason::NotCollected);
        let daily = json!([{ "operator": "STRINGEQUALS", "key": "backup", "value": "daily" }]);
        let volumes = json!(["arn:aws:ec2:*:*:volume/*"]);
        for (fields, taken) in [
            (json!({ "tags": daily }), Err(why.clone())),
            (json!({ "conditions": daily }), Err(why.clone())),
            (json!({ "resources": ["*"], "tags": daily }), Ok(Takes::IfOn)),
            (json!({ "resources": volumes, "conditions": daily }), Ok(Takes::Not)),
            (json!({ "tags": daily, "not_resources": ["*"] }), Ok(Takes::Not)),
        ] {
            assert_eq!(takes(&selection(&fields), &unread), taken, "{fields}");
        }
    }
}
