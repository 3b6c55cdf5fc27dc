//! What the readers of all services share.

use aws_smithy_types::DateTime;
use awspect_inventory::Arn;
use time::OffsetDateTime;

use crate::ask::Missing;

/// A text that an answer must have.
///
/// The SDK puts something in the place of a required value that is missing: for an enum these words, for other texts
/// nothing.
pub(crate) fn said<'a>(text: &'a str, name: &'static str) -> Result<&'a str, Missing> {
    match text {
        "" | "no value was set" => Err(Missing(name)),
        text => Ok(text),
    }
}

/// The same where the SDK knows of no requirement.
pub(crate) fn text(text: Option<String>, name: &'static str) -> Result<String, Missing> {
    text.filter(|text| !text.is_empty()).ok_or(Missing(name))
}

/// An ARN that an answer must have.
pub(crate) fn arn(text: Option<&str>, name: &'static str) -> Result<Arn, Missing> {
    text.unwrap_or_default().parse().map_err(|_| Missing(name))
}

/// A time, where it is one that can be written down.
pub(crate) fn time(at: DateTime) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(at.as_nanos()).ok()
}
