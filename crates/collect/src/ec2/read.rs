//! What the readers of EC2's answers share.
//!
//! EC2 calls no field of an answer required. A resource must have its id and what tells it from a safe one; without
//! those it is a gap. What only describes it may be missing.

use std::{collections::BTreeMap, str::FromStr};

use aws_sdk_ec2::types;
use awspect_inventory::AccountId;

use crate::ask::Missing;

/// Every item of a list; one that cannot be read spoils the whole, for it may matter most.
pub(super) fn all<I, T>(
    list: Option<Vec<I>>,
    read: impl Fn(I) -> Result<T, Missing>,
) -> Result<Vec<T>, Missing> {
    list.unwrap_or_default().into_iter().map(read).collect()
}

/// A value with a grammar, a range or an address.
pub(super) fn parsed<T: FromStr>(
    text: Option<impl AsRef<str>>,
    name: &'static str,
) -> Result<T, Missing> {
    text.and_then(|text| text.as_ref().parse().ok()).ok_or(Missing(name))
}

/// The same where it may be missing; what is there must be readable.
pub(super) fn perhaps<T: FromStr>(
    text: Option<impl AsRef<str>>,
    name: &'static str,
) -> Result<Option<T>, Missing> {
    text.filter(|text| !text.as_ref().is_empty()).map(|text| parsed(Some(text), name)).transpose()
}

/// An owner, where one is named; not every owner is an account.
pub(super) fn account(text: Option<String>) -> Option<AccountId> {
    text.and_then(|text| text.parse().ok())
}

/// A text that may be missing, and is not worth having when empty.
pub(super) fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// Tags decide nothing, so that one without a key is left out.
pub(super) fn tags(tags: Option<Vec<types::Tag>>) -> BTreeMap<String, String> {
    let tags = tags.unwrap_or_default().into_iter();
    tags.filter_map(|tag| Some((tag.key?, tag.value.unwrap_or_default()))).collect()
}
