//! The credential report: how it is had, and what it says of whom.

mod row;
mod table;

use std::collections::BTreeMap;

use aws_sdk_iam::{
    Client, error::ProvideErrorMetadata as _,
    operation::get_credential_report::GetCredentialReportOutput as Answer, types::ReportStateType,
};
use awspect_inventory::{
    Fact as _, Observed, Reason, Unknown,
    iam::{Credentials, ReportState, User},
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{Session, ask::Missing, read::time, reason::unknown, wait::Stuck};

/// What stands in the place of the root user's name.
const ROOT: &str = "<root_account>";

/// How far two of IAM's times of the same creation may lie apart.
const CLOCKS: Duration = Duration::minutes(1);

/// A report, read.
#[derive(Debug)]
pub(super) struct Report {
    made: OffsetDateTime,
    /// By the name of the user.
    rows: BTreeMap<String, Row>,
}

/// What it says of one user.
#[derive(Debug)]
struct Row {
    /// When the user was created, where the row tells.
    created: Option<OffsetDateTime>,
    credentials: Observed<Credentials>,
}

/// Has AWS make a report, unless there is a new one, and reads it.
pub(super) async fn collect(session: &Session, client: &Client) -> Result<Report, Unknown> {
    let ask = session.ask(&session.home);
    if let Some(unwanted) = ask.unwanted(&Credentials::ACTION) {
        return Err(unwanted);
    }
    let mut refused = None;
    let answer = session.wait().until(async || attempt(client, &mut refused).await).await;
    let report =
        answer.and_then(|answer| read(&answer).map_err(|missing| missing.of(Credentials::ACTION)));
    let unread = report.as_ref().err();
    let unmade = unread.filter(|unknown| unknown.action == ReportState::ACTION);
    ask.enter(&ReportState::ACTION, refused.as_ref().or(unmade));
    if unmade.is_none() {
        ask.enter(&Credentials::ACTION, unread);
    }
    report
}

/// Asks for a new report and for the report; `refused` keeps why AWS makes no new one.
async fn attempt(client: &Client, refused: &mut Option<Unknown>) -> Result<Answer, Stuck> {
    if refused.is_none() {
        match client.generate_credential_report().send().await {
            Ok(answer) if answer.state == Some(ReportStateType::Complete) => (),
            Ok(_) => return Err(in_the_making()),
            Err(error) => match Stuck::from(unknown(ReportState::ACTION, &error)) {
                Stuck::ForNow(unknown) => return Err(Stuck::ForNow(unknown)),
                // There may be a report of the last hours all the same.
                Stuck::ForGood(unknown) => *refused = Some(unknown),
            },
        }
    }
    let error = match client.get_credential_report().send().await {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    Err(match (error.code(), refused) {
        (Some("ReportExpired" | "ReportNotPresent"), Some(why)) => Stuck::ForGood(why.clone()),
        (Some("ReportExpired" | "ReportInProgress" | "ReportNotPresent"), _) => in_the_making(),
        _ => unknown(Credentials::ACTION, &error).into(),
    })
}

fn in_the_making() -> Stuck {
    let unknown = Unknown::new(ReportState::ACTION, Reason::Timeout);
    Stuck::ForNow(unknown.because("AWS was still making the report when time was up"))
}

fn read(answer: &Answer) -> Result<Report, Missing> {
    let made = answer.generated_time.and_then(time).ok_or(Missing("GeneratedTime"))?;
    let content = answer.content.as_ref().and_then(|blob| str::from_utf8(blob.as_ref()).ok());
    let rows = content.and_then(table::rows).ok_or(Missing("Content"))?;
    let rows = rows.into_iter().map(|row| {
        let credentials = match row::credentials(&row, made) {
            Ok(credentials) => Observed::Set(credentials),
            Err(missing) => Observed::Unknown(missing.of(Credentials::ACTION)),
        };
        let name = row.get("user").cloned().unwrap_or_default();
        (name, Row { created: row::created(&row), credentials })
    });
    Ok(Report { made, rows: rows.collect() })
}

impl Report {
    fn of_user(&self, user: &User) -> Observed<Credentials> {
        let row = self.rows.get(&user.name).filter(|row| !row.is_of_an_earlier(user));
        row.map_or_else(
            || {
                let made = self.made.format(&Rfc3339).unwrap_or_default();
                Observed::Unknown(Unknown::new(Credentials::ACTION, Reason::NotCollected).because(
                    format!(
                        "the report of {made} does not have the user yet; AWS makes a new one every \
                         four hours"
                    ),
                ))
            },
            |row| row.credentials.clone(),
        )
    }

    fn of_root(&self) -> Observed<Credentials> {
        let unknown = || {
            Unknown::new(Credentials::ACTION, Reason::Malformed)
                .because("the report has no row of the root user")
        };
        let row = self.rows.get(ROOT);
        row.map_or_else(|| Observed::Unknown(unknown()), |row| row.credentials.clone())
    }
}

impl Row {
    /// Whether this is about a user of the same name who was deleted since.
    fn is_of_an_earlier(&self, user: &User) -> bool {
        let both = self.created.zip(user.created);
        both.is_some_and(|(reported, created)| created - reported > CLOCKS)
    }
}

/// What the report says of each user.
pub(super) fn fill(report: &Result<Report, Unknown>, users: &mut [User]) {
    for user in users {
        user.credentials = match report {
            Ok(report) => report.of_user(user),
            Err(unknown) => Observed::Unknown(unknown.clone()),
        };
    }
}

/// What it says of the root user.
pub(super) fn of_root(report: &Result<Report, Unknown>) -> Observed<Credentials> {
    match report {
        Ok(report) => report.of_root(),
        Err(unknown) => Observed::Unknown(unknown.clone()),
    }
}
