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
    iam::{Credentials, ReportState},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    Session,
    ask::{Missing, unknown},
    read::time,
    wait::Stuck,
};

/// What stands in the place of the root user's name.
const ROOT: &str = "<root_account>";

/// A report, read.
#[derive(Debug)]
pub(super) struct Report {
    made: OffsetDateTime,
    /// By the name of the user.
    rows: BTreeMap<String, Observed<Credentials>>,
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
        (row.get("user").cloned().unwrap_or_default(), credentials)
    });
    Ok(Report { made, rows: rows.collect() })
}

/// What the report says of a user.
pub(super) fn of_user(report: &Result<Report, Unknown>, name: &str) -> Observed<Credentials> {
    of(report, name, |report| {
        let made = report.made.format(&Rfc3339).unwrap_or_default();
        let unknown = Unknown::new(Credentials::ACTION, Reason::NotCollected);
        unknown.because(format!(
            "the report of {made} does not have the user yet; AWS makes a new one every four hours"
        ))
    })
}

/// What the report says of the root user.
pub(super) fn of_root(report: &Result<Report, Unknown>) -> Observed<Credentials> {
    of(report, ROOT, |_| {
        let unknown = Unknown::new(Credentials::ACTION, Reason::Malformed);
        unknown.because("the report has no row of the root user")
    })
}

fn of(
    report: &Result<Report, Unknown>,
    name: &str,
    absent: impl FnOnce(&Report) -> Unknown,
) -> Observed<Credentials> {
    match report {
        Ok(report) => {
            let row = report.rows.get(name).cloned();
            row.unwrap_or_else(|| Observed::Unknown(absent(report)))
        }
        Err(unknown) => Observed::Unknown(unknown.clone()),
    }
}
