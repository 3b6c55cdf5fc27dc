//! What the readers of CloudFront share.

use awspect_inventory::{Gap, Unknown};

use crate::{Session, ask::Missing};

/// A list as CloudFront writes it, with how many it has; one that has fewer is not whole.
pub(super) fn items<T>(
    quantity: i32,
    items: Option<Vec<T>>,
    name: &'static str,
) -> Result<Vec<T>, Missing> {
    let items = items.unwrap_or_default();
    match usize::try_from(quantity) {
        Ok(quantity) if items.len() >= quantity => Ok(items),
        _ => Err(Missing(name)),
    }
}

/// A list that is never empty where there is an answer.
pub(super) fn some<T>(list: Vec<T>, name: &'static str) -> Result<Vec<T>, Missing> {
    if list.is_empty() { Err(Missing(name)) } else { Ok(list) }
}

/// One page of a listing. One that is not the last says which comes after it.
pub(super) fn page<T>(
    is_truncated: bool,
    next: Option<&String>,
    items: Option<Vec<T>>,
) -> Result<Vec<T>, Missing> {
    if is_truncated && next.is_none_or(String::is_empty) {
        return Err(Missing("NextMarker"));
    }
    Ok(items.unwrap_or_default())
}

/// What of a kind went unseen.
pub(super) fn gap(session: &Session, kind: &str, unknown: Unknown) -> Gap {
    let account = &session.account;
    let arn = format!("arn:{}:cloudfront::{}:{kind}/*", account.partition, account.id);
    Gap { arn, region: None, unknown }
}
