//! What the readers of Cognito share.

pub(super) use crate::read::{given, is_gone, own_arn, some_arn};

/// A figure that is nothing where AWS says nothing, which the SDK makes 0.
pub(super) fn count(figure: i32) -> Option<u32> {
    u32::try_from(figure).ok().filter(|figure| *figure > 0)
}
