//! The credential report as a table.
//!
//! It has a reader of its own: no field of it spans lines, but names of users and paths may hold commas (IAM user guide,
//! "IAM and AWS STS quotas"), and AWS does not say whether it quotes them. No other column can hold any, so a row with
//! fields to spare can still be told apart, which no reader of CSV would do.

use std::collections::BTreeMap;

/// One line of the report, by the names of the columns.
pub(super) type Row<'a> = BTreeMap<&'a str, String>;

/// The lines after the first, which names the columns; nothing where that line is another.
pub(super) fn rows(text: &str) -> Option<Vec<Row<'_>>> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let columns: Vec<&str> = lines.next()?.split(',').map(str::trim).collect();
    let rows = lines.map(|line| {
        let fields = fields(line, columns.len());
        columns.iter().copied().zip(fields).collect()
    });
    columns.starts_with(&["user", "arn"]).then(|| rows.collect())
}

/// As many fields as there are columns, if the line can be read so in any way.
fn fields(line: &str, columns: usize) -> Vec<String> {
    let fields = unquoted(line);
    if fields.len() == columns { fields } else { told_apart(line, columns) }
}

/// The fields of a line, quoted or not (RFC 4180).
fn unquoted(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (vec![], String::new(), false);
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            other => field.push(other),
        }
    }
    fields.push(field);
    fields
}

/// The fields of a line whose name or ARN may hold commas that nobody quoted.
///
/// The ARN begins with `arn:`, and the name holds no colon.
fn told_apart(line: &str, columns: usize) -> Vec<String> {
    let mut fields: Vec<&str> = line.split(',').collect();
    let spare = fields.len().saturating_sub(columns);
    let rest = fields.split_off(fields.len().min(spare + 2));
    let start = fields.join(",");
    let start = match start.split_once(",arn:") {
        Some((user, arn)) => vec![user.to_owned(), format!("arn:{arn}")],
        None => vec![start],
    };
    start.into_iter().chain(rest.into_iter().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        rows(text).unwrap().into_iter().map(|row| row.into_values().collect()).collect()
    }

    #[test]
    fn fields_go_by_the_names_of_their_columns() {
        let rows = rows("user,arn,mfa_active\r\nbob,arn:b,true\n\neve\n").unwrap();
        assert_eq!(
            rows[0],
            [("user", "bob"), ("arn", "arn:b"), ("mfa_active", "true")].map(own).into()
        );
        assert_eq!(rows[1], [own(("user", "eve"))].into());
    }

    fn own<'a>((column, field): (&'a str, &str)) -> (&'a str, String) {
        (column, field.to_owned())
    }

    #[test]
    fn names_and_paths_may_hold_commas_quoted_or_not() {
        for line in [
            r#""a,b","arn:aws:iam::1:user/x,""y,/a,b",true"#,
            r#"a,b,arn:aws:iam::1:user/x,"y,/a,b,true"#,
        ] {
            let expected = [r#"arn:aws:iam::1:user/x,"y,/a,b"#, "true", "a,b"];
            assert_eq!(read(&format!("user,arn,mfa_active\n{line}")), [expected], "{line}");
        }
    }

    #[test]
    fn a_row_that_nobody_can_tell_apart_lacks_fields() {
        assert_eq!(read("user,arn,mfa_active\na,b,c,d"), [["d", "a,b,c"]]);
        assert_eq!(
            read("user,arn,mfa_active\nbob,arn:b\neve"),
            [vec!["arn:b", "bob"], vec!["eve"]]
        );
    }

    #[test]
    fn another_table_is_none() {
        for text in ["", "\n", "arn,user", "user", "<html>", "user;arn"] {
            assert!(rows(text).is_none(), "{text}");
        }
    }
}
