//! What the readers of Cognito share.

use awspect_inventory::{Arn, Region};

pub(super) use crate::read::{given, is_gone, some_arn};
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

/// A figure that is nothing where AWS says nothing, which the SDK makes 0.
pub(super) fn count(figure: i32) -> Option<u32> {
    u32::try_from(figure).ok().filter(|figure| *figure > 0)
}
