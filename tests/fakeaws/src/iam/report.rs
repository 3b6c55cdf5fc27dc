//! The credential report: a table of all users and the root user.

use super::{base64, result};
use crate::request::Response;

/// The columns (IAM user guide, "Generate credential reports for your AWS account") and what stands in them for a user
/// who has nothing.
const COLUMNS: [(&str, &str); 22] = [
    ("user", ""),
    ("arn", ""),
    ("user_creation_time", "2020-01-02T03:04:05+00:00"),
    ("password_enabled", "false"),
    ("password_last_used", "N/A"),
    ("password_last_changed", "N/A"),
    ("password_next_rotation", "N/A"),
    ("mfa_active", "false"),
    ("access_key_1_active", "false"),
    ("access_key_1_last_rotated", "N/A"),
    ("access_key_1_last_used_date", "N/A"),
    ("access_key_1_last_used_region", "N/A"),
    ("access_key_1_last_used_service", "N/A"),
    ("access_key_2_active", "false"),
    ("access_key_2_last_rotated", "N/A"),
    ("access_key_2_last_used_date", "N/A"),
    ("access_key_2_last_used_region", "N/A"),
    ("access_key_2_last_used_service", "N/A"),
    ("cert_1_active", "false"),
    ("cert_1_last_rotated", "N/A"),
    ("cert_2_active", "false"),
    ("cert_2_last_rotated", "N/A"),
];

/// A credential report being written.
#[derive(Clone, Debug)]
pub struct CredentialReport {
    generated: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl CredentialReport {
    /// A report of that time without rows.
    pub fn new(generated: &str) -> Self {
        let columns = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
        Self { generated: generated.to_owned(), columns, rows: vec![] }
    }

    /// An answer with its report edited, as if it had been made at another time; one without a report stays as it is.
    pub fn edited(answer: Response, generated: &str, edit: impl FnOnce(Self) -> Self) -> Response {
        match Self::read(&answer.text(), generated) {
            Some(report) => edit(report).answer(),
            None => answer,
        }
    }

    fn read(answer: &str, generated: &str) -> Option<Self> {
        let (_, rest) = answer.split_once("<Content>")?;
        let (content, _) = rest.split_once("</Content>")?;
        let content = String::from_utf8_lossy(&base64::decode(content)).into_owned();
        let lines = content.lines().filter(|line| !line.is_empty());
        let mut lines = lines.map(|line| line.split(',').map(str::to_owned).collect());
        let columns = lines.next()?;
        Some(Self { generated: generated.to_owned(), columns, rows: lines.collect() })
    }

    /// The row of the root user, which has a password that AWS does not tell of, and nothing else.
    #[must_use]
    pub fn root(self, account: &str) -> Self {
        let password = ["password_enabled", "password_last_changed", "password_next_rotation"];
        let row = self.user("<root_account>", &format!("arn:aws:iam::{account}:root"));
        password.iter().fold(row, |row, column| row.set("<root_account>", column, "not_supported"))
    }

    /// A row of a user who has nothing.
    #[must_use]
    pub fn user(mut self, name: &str, arn: &str) -> Self {
        let field = |column: &String| {
            let nothing = COLUMNS.iter().find(|(known, _)| known == column);
            match column.as_str() {
                "user" => name.to_owned(),
                "arn" => arn.to_owned(),
                _ => nothing.map_or("N/A", |(_, nothing)| nothing).to_owned(),
            }
        };
        self.rows.push(self.columns.iter().map(field).collect());
        self
    }

    /// Sets a field of a user's row.
    ///
    /// # Panics
    ///
    /// If there is no such row or no such column.
    #[must_use]
    pub fn set(mut self, user: &str, column: &str, value: &str) -> Self {
        let at = self.columns.iter().position(|own| own == column);
        let row = self.rows.iter_mut().find(|row| row.first().is_some_and(|own| own == user));
        let field = row.zip(at).and_then(|(row, at)| row.get_mut(at));
        value.clone_into(field.expect("a user and a column of the report"));
        self
    }

    /// Sets a working access key in a slot, 1 or 2: when it was created, and when and with what service it was used.
    #[must_use]
    pub fn key(self, name: &str, slot: u8, created: &str, used: Option<(&str, &str)>) -> Self {
        let (date, service) = used.unwrap_or(("N/A", "N/A"));
        let column = |end: &str| format!("access_key_{slot}_{end}");
        self.set(name, &column("active"), "true")
            .set(name, &column("last_rotated"), created)
            .set(name, &column("last_used_date"), date)
            .set(name, &column("last_used_service"), service)
    }

    /// Sets a password: when it was last changed and last used.
    #[must_use]
    pub fn password(self, name: &str, changed: &str, used: Option<&str>) -> Self {
        self.set(name, "password_enabled", "true").set(name, "password_last_changed", changed).set(
            name,
            "password_last_used",
            used.unwrap_or("no_information"),
        )
    }

    /// As IAM answers with it.
    pub fn answer(&self) -> Response {
        let lines = std::iter::once(&self.columns).chain(&self.rows).map(|line| line.join(","));
        let content = base64::encode(lines.collect::<Vec<_>>().join("\n").as_bytes());
        result(
            "GetCredentialReport",
            &format!(
                "<Content>{content}</Content><ReportFormat>text/csv</ReportFormat>\
                 <GeneratedTime>{}</GeneratedTime>",
                self.generated
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_as_it_was_written() {
        let report = CredentialReport::new("2026-01-02T03:04:05Z")
            .root("111122223333")
            .user("carol", "arn:aws:iam::111122223333:user/carol")
            .password("carol", "2018-01-02T03:04:05+00:00", None)
            .key("carol", 2, "2019-01-02T03:04:05+00:00", None);
        let again = CredentialReport::edited(report.answer(), &report.generated, |read| read);
        assert_eq!(again, report.answer());
        let carol = report.rows.last().map(|row| row.join(",")).unwrap_or_default();
        assert_eq!(
            carol,
            "carol,arn:aws:iam::111122223333:user/carol,2020-01-02T03:04:05+00:00,true,no_information,\
             2018-01-02T03:04:05+00:00,N/A,false,false,N/A,N/A,N/A,N/A,true,2019-01-02T03:04:05+00:00,\
             N/A,N/A,N/A,false,N/A,false,N/A"
        );
    }

    #[test]
    fn an_answer_without_a_report_stays_as_it_is() {
        let none = Response::new(410, "text/xml", "<ErrorResponse/>");
        assert_eq!(CredentialReport::edited(none.clone(), "", |report| report.root("1")), none);
    }
}
