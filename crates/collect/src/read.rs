//! What the readers of all services share.

use std::collections::{BTreeMap, HashMap};

use aws_smithy_types::DateTime;
use awspect_inventory::{Arn, Fact, Observed, Reason, Region, secret::NamedValues};
use time::OffsetDateTime;

use crate::{
    Session,
    ask::{Missing, Read},
    secret::Detector,
};

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

/// An ARN that AWS does not say and that follows from what it says.
pub(crate) fn own_arn(
    session: &Session,
    service: &str,
    region: &Region,
    resource: &str,
    from: &'static str,
) -> Result<Arn, Missing> {
    let account = &session.account;
    Arn::new(&account.partition, service, Some(region), Some(&account.id), resource)
        .map_err(|_| Missing(from))
}

/// The same of a service that is one for all regions.
pub(crate) fn own_global_arn(
    session: &Session,
    service: &str,
    resource: &str,
    from: &'static str,
) -> Result<Arn, Missing> {
    let account = &session.account;
    Arn::new(&account.partition, service, None, Some(&account.id), resource)
        .map_err(|_| Missing(from))
}

/// An ARN, where there is one.
pub(crate) fn some_arn(text: Option<String>, name: &'static str) -> Result<Option<Arn>, Missing> {
    given(text).map(|text| arn(Some(&text), name)).transpose()
}

/// What is kept of variables, which stand at `<place>.<name>`; nothing where there are none. Here their values are judged and
/// dropped.
pub(crate) fn variables(
    detector: Detector,
    place: &str,
    variables: Option<HashMap<String, String>>,
) -> Option<NamedValues> {
    let mut kept = NamedValues { names: vec![], secrets: vec![] };
    for (name, value) in variables.unwrap_or_default().into_iter().collect::<BTreeMap<_, _>>() {
        kept.secrets.extend(detector.secrets(&format!("{place}.{name}"), &name, &value));
        kept.names.push(name);
    }
    (!kept.names.is_empty()).then_some(kept)
}

/// A text, where there is one.
pub(crate) fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// What an answer says, as a fact.
pub(crate) fn observed<F: Fact>(read: Read<F>) -> Observed<F> {
    match read {
        Ok(Some(value)) => Observed::Set(value),
        Ok(None) => Observed::NotSet,
        Err(missing) => Observed::Unknown(missing.of(F::ACTION)),
    }
}

/// Whether the call for a thing itself said that it is not there any more.
pub(crate) fn is_gone<T>(fact: &Observed<T>) -> bool {
    matches!(fact, Observed::Unknown(unknown) if unknown.reason == Reason::Gone)
}
