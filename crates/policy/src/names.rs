//! The small names that policies are made of: accounts, condition keys, ARNs.

use std::fmt;
use std::sync::Arc;

/// An account number of twelve digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId([u8; 12]);

impl AccountId {
    /// The account of AWS's own examples.
    pub const EXAMPLE: Self = Self(*b"111122223333");

    /// The account that `text` is the number of.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: [u8; 12] = text.as_bytes().try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }

    /// Every run of twelve digits in `text`.
    pub(crate) fn mentioned(text: &str) -> impl Iterator<Item = Self> + '_ {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(Self::parse)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{}", char::from(*digit)))
    }
}

/// The name of a condition key, which IAM compares without regard to case; held in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(Arc<str>);

impl Key {
    /// The key of this name.
    pub fn new(name: &str) -> Self {
        Self(name.to_lowercase().into())
    }

    /// The name in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The parts of an ARN: `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub partition: &'a str,
    /// The service's prefix.
    pub service: &'a str,
    /// The region, empty for global services.
    pub region: &'a str,
    /// The account field as written, empty for S3 buckets.
    pub account: &'a str,
    /// The rest, colons included.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// The parts of `text`, if it has six.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let mut part = || parts.next();
        (part()? == "arn").then_some(())?;
        Some(Self {
            partition: part()?,
            service: part()?,
            region: part()?,
            account: part()?,
            resource: part()?,
        })
    }

    /// The account, if the field holds twelve digits.
    pub fn account_id(&self) -> Option<AccountId> {
        AccountId::parse(self.account)
    }
}
