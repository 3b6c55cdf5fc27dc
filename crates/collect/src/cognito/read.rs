//! What the readers of Cognito share.

use awspect_inventory::{Arn, Observed, Reason, Region};

use crate::{Session, ask::Missing};

/// An ARN that Amazon Cognito does not say and that follows from what it says.
pub(super) fn own_arn(
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

/// An ARN, where there is one.
pub(super) fn some_arn(text: Option<String>, name: &'static str) -> Result<Option<Arn>, Missing> {
    let parse = |text: String| text.parse().map_err(|_| Missing(name));
    given(text).map(parse).transpose()
}

/// A text, where there is one.
pub(super) fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// A figure that is nothing where AWS says nothing, which the SDK makes 0.
pub(super) fn count(figure: i32) -> Option<u32> {
    u32::try_from(figure).ok().filter(|figure| *figure > 0)
}

/// Whether the call for a thing itself said that it is not there any more.
pub(super) fn is_gone<T>(fact: &Observed<T>) -> bool {
    matches!(fact, Observed::Unknown(unknown) if unknown.reason == Reason::Gone)
}
