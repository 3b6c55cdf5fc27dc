//! The names that AWS gives to things.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Text that is not the identifier it should be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is not {expected}")]
pub struct InvalidId {
    text: String,
    expected: &'static str,
}

impl InvalidId {
    fn new(text: &str, expected: &'static str) -> Self {
        Self { text: text.escape_default().to_string(), expected }
    }
}

/// A string type with a grammar: parsed once, on the way in.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId::new(text, $expected)) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// An AWS account id: twelve digits.
    AccountId,
    "an account id of twelve digits",
    |text| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
);

id!(
    /// A region code, `eu-west-1`. Its form is checked, its existence is AWS's business.
    Region,
    "a region code such as `eu-west-1`",
    |text| {
        (1..=32).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }
);

id!(
    /// A partition, `aws`, `aws-cn`, `aws-us-gov`, …: the second field of every ARN.
    Partition,
    "a partition such as `aws`",
    |text| {
        (text == "aws" || text.starts_with("aws-"))
            && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    }
);

/// An Amazon Resource Name, `arn:partition:service:region:account:resource`.
///
/// Region and account are empty where the service leaves them out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Arn {
    text: String,
    /// Where each of the first five fields ends.
    ends: [usize; 5],
}

impl Arn {
    /// Puts an ARN together. `region` and `account` may be missing.
    pub fn new(
        partition: &Partition,
        service: &str,
        region: Option<&Region>,
        account: Option<&AccountId>,
        resource: &str,
    ) -> Result<Self, InvalidId> {
        let region = region.map_or("", Region::as_str);
        let account = account.map_or("", AccountId::as_str);
        format!("arn:{partition}:{service}:{region}:{account}:{resource}").parse()
    }

    /// The whole ARN.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The partition, where it is one.
    pub fn partition(&self) -> Result<Partition, InvalidId> {
        self.field(1).parse()
    }

    /// The service's prefix, `s3`.
    pub fn service(&self) -> &str {
        self.field(2)
    }

    /// The region, or an empty string.
    pub fn region(&self) -> &str {
        self.field(3)
    }

    /// The account, where the ARN names one.
    pub fn account(&self) -> Option<AccountId> {
        self.field(4).parse().ok()
    }

    /// All after the fifth colon.
    pub fn resource(&self) -> &str {
        self.text.get(self.ends[4] + 1..).unwrap_or_default()
    }

    fn field(&self, index: usize) -> &str {
        let before = index.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |end| end + 1);
        self.ends.get(index).and_then(|&end| self.text.get(start..end)).unwrap_or_default()
    }
}

impl FromStr for Arn {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let mut ends = [0; 5];
        let mut colons = text.match_indices(':').map(|(at, _)| at);
        for end in &mut ends {
            *end = colons.next().ok_or_else(|| InvalidId::new(text, "an ARN"))?;
        }
        let arn = Self { text: text.to_owned(), ends };
        let is_whole = arn.field(0) == "arn"
            && !arn.field(1).is_empty()
            && !arn.service().is_empty()
            && !arn.resource().is_empty();
        if is_whole { Ok(arn) } else { Err(InvalidId::new(text, "an ARN")) }
    }
}

impl TryFrom<String> for Arn {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<Arn> for String {
    fn from(arn: Arn) -> Self {
        arn.text
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_gives_its_fields_back() {
        let arn: Arn = "arn:aws:s3:eu-west-1:111122223333:accesspoint/a:b".parse().unwrap();
        assert_eq!(arn.service(), "s3");
        assert_eq!(arn.region(), "eu-west-1");
        assert_eq!(arn.account(), Some("111122223333".parse().unwrap()));
        assert_eq!(arn.resource(), "accesspoint/a:b");

        let bucket: Arn = "arn:aws-cn:s3:::b".parse().unwrap();
        assert_eq!((bucket.region(), bucket.account(), bucket.resource()), ("", None, "b"));
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in ["", "arn", "arn:aws:s3:::", "arn:aws:s3::", "arn::s3:::b", "s3:aws:arn:::b"] {
            assert!(text.parse::<Arn>().is_err(), "{text}");
        }
        for text in ["", "1234", "12345678901x", "１２３４５６７８９０１２"] {
            assert!(text.parse::<AccountId>().is_err(), "{text}");
        }
        for text in ["", "EU", "eu west", "eu-west-1\u{1b}[0m", "http://x"] {
            assert!(text.parse::<Region>().is_err(), "{text}");
        }
    }
}
