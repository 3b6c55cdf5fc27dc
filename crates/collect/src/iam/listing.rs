//! What the listings of IAM share.

use awspect_inventory::{Gap, Unknown};

use crate::{Session, ask::Missing};

/// A page with others after it says where they are; without that, the rest would be taken for nothing.
pub(super) fn more(is_truncated: bool, marker: Option<&str>) -> Result<(), Missing> {
    let leads_nowhere = is_truncated && marker.is_none_or(str::is_empty);
    if leads_nowhere { Err(Missing("Marker")) } else { Ok(()) }
}

/// What of the account's own went unseen where a listing failed.
pub(super) fn gap(session: &Session, kind: &str) -> impl Fn(Unknown) -> Gap + use<> {
    let account = &session.account;
    unseen(format!("arn:{}:iam::{}:{kind}", account.partition, account.id))
}

/// What went unseen, by its pattern.
pub(super) fn unseen(arn: String) -> impl Fn(Unknown) -> Gap {
    move |unknown| Gap { arn: arn.clone(), region: None, unknown }
}
