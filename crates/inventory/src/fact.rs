//! Facts as AWS gave them, and what stands in their place when it did not.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{Arn, EnabledRegions, Region};

/// An IAM action, `<service prefix>:<name>`, as the Service Authorization Reference spells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Action(Cow<'static, str>);

impl Action {
    /// An action known at compile time.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// An action by its name.
    pub fn named(name: &str) -> Self {
        Self(Cow::Owned(name.to_owned()))
    }

    /// The action in full, `s3:GetBucketAcl`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the colon, `s3`.
    pub fn service(&self) -> &str {
        self.0.split_once(':').map_or("", |(service, _)| service)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one API answer says about one resource.
///
/// The type names the action, so that collector, evidence and "not collected" cannot disagree.
pub trait Fact {
    /// The IAM action whose answer carries this fact.
    const ACTION: Action;
}

/// A fact as AWS answered for it.
///
/// Not knowing is a value of its own, so a rule cannot mistake it for "off".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observed<T> {
    /// AWS gave this value.
    Set(T),
    /// AWS said that nothing is configured.
    NotSet,
    /// Nobody knows.
    Unknown(Unknown),
}

impl<T> Observed<T> {
    /// The value if it is set, `None` if it is not, and an error if nobody knows.
    pub fn known(&self) -> Result<Option<&T>, Unknown> {
        match self {
            Self::Set(value) => Ok(Some(value)),
            Self::NotSet => Ok(None),
            Self::Unknown(unknown) => Err(unknown.clone()),
        }
    }

    /// The value, where there is one; for display, never for a verdict.
    pub fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::NotSet | Self::Unknown(_) => None,
        }
    }
}

/// What a snapshot does not hold is unknown, never off.
impl<T: Fact> Default for Observed<T> {
    fn default() -> Self {
        Self::Unknown(Unknown::new(T::ACTION, Reason::NotCollected))
    }
}

/// Why a fact is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    /// The IAM action that would have told.
    pub action: Action,
    /// The cause, for machines.
    pub reason: Reason,
    /// The error code that AWS gave, `AccessDenied`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// AWS's message, or ours where AWS gave none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Unknown {
    /// An unknown without code or message.
    pub const fn new(action: Action, reason: Reason) -> Self {
        Self { action, reason, code: None, message: None }
    }

    /// The same, with a message.
    #[must_use]
    pub fn because(self, message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..self }
    }
}

/// The causes of not knowing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The credentials may not ask. A missing permission.
    AccessDenied,
    /// AWS asked to slow down until the retries were used up.
    Throttled,
    /// No answer within the time limit.
    Timeout,
    /// The endpoint could not be reached at all.
    Unreachable,
    /// The region is not enabled for the account.
    RegionDisabled,
    /// The service or region does not offer this operation.
    NotSupported,
    /// The resource went away between two calls.
    Gone,
    /// The answer lacks something that it must have.
    Malformed,
    /// The scan was told not to ask.
    NotAsked,
    /// Nobody collected this: the version that wrote the snapshot did not, or a report of AWS's does not have it yet.
    NotCollected,
    /// The scan was interrupted before the answer came.
    Interrupted,
    /// AWS answered with another error.
    Failed,
    /// The answer is there, and this version cannot decide on it.
    Undecided,
}

impl Reason {
    /// The name in JSON, `access_denied`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::Throttled => "throttled",
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::RegionDisabled => "region_disabled",
            Self::NotSupported => "not_supported",
            Self::Gone => "gone",
            Self::Malformed => "malformed",
            Self::NotAsked => "not_asked",
            Self::NotCollected => "not_collected",
            Self::Interrupted => "interrupted",
            Self::Failed => "failed",
            Self::Undecided => "undecided",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Resources of one kind, and the listings that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed<T> {
    /// The resources that a listing gave.
    pub found: Vec<T>,
    /// What could not be listed.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// How many went away between their listing and their reading.
    #[serde(default)]
    pub gone: u64,
}

impl<T> Listed<T> {
    /// Everything that there is.
    pub const fn complete(found: Vec<T>) -> Self {
        Self { found, gaps: vec![], gone: 0 }
    }
}

/// A kind of resource that a snapshot does not hold is one gap, never "there are none".
impl<T: Resource + Fact> Default for Listed<T> {
    fn default() -> Self {
        let unknown = Unknown::new(T::ACTION, Reason::NotCollected);
        Self {
            found: vec![],
            gaps: vec![Gap { arn: "*".to_owned(), region: None, unknown }],
            gone: 0,
        }
    }
}

/// A listing that AWS refused: what would have been there, and why nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The resources that went unseen, as an ARN pattern.
    pub arn: String,
    /// The region that was asked, where the listing is regional.
    pub region: Option<Region>,
    /// Why.
    pub unknown: Unknown,
}

impl Gap {
    /// Where what went unseen lives: where the regions could not be listed, in some that nobody looked at.
    pub fn place(&self) -> Place<'_> {
        match &self.region {
            Some(region) => Place::Region(region),
            None if self.unknown.action == EnabledRegions::ACTION => Place::Unknown,
            None => Place::Global,
        }
    }

    /// Whether something of a region that was looked at may have gone unseen.
    pub fn covers(&self, region: &Region) -> bool {
        match self.place() {
            Place::Region(at) => at == region,
            Place::Global => true,
            Place::Unknown => false,
        }
    }
}

/// Anything that a finding can point at.
pub trait Resource {
    /// The ARN, the identity of the resource.
    fn arn(&self) -> &Arn;
    /// The name that its owner gave it.
    fn name(&self) -> &str;
    /// Where it lives.
    fn place(&self) -> Place<'_>;
    /// Which part of what the ARN names it is, where AWS gives it no ARN of its own: `access_key_1`.
    fn part(&self) -> Option<&str> {
        None
    }
    /// Its kind in CloudFormation's spelling, where a rule looks at several.
    fn kind(&self) -> Option<&'static str> {
        None
    }
    /// Its tags, as far as they were read.
    fn tags(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

/// Where a resource lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// In no region: the service has it once for all.
    Global,
    /// In this one.
    Region(&'a Region),
    /// In one that could not be read.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_covers_what_was_looked_at_unless_it_is_of_other_regions() {
        let here: Region = "eu-west-1".parse().unwrap();
        let there: Region = "eu-west-2".parse().unwrap();
        let gap = |action, region: Option<&Region>| Gap {
            arn: "*".to_owned(),
            region: region.cloned(),
            unknown: Unknown::new(action, Reason::AccessDenied),
        };
        let vpcs = || Action::new("ec2:DescribeVpcs");
        for (gap, place, covers) in [
            (gap(vpcs(), Some(&here)), Place::Region(&here), true),
            (gap(vpcs(), Some(&there)), Place::Region(&there), false),
            (gap(vpcs(), None), Place::Global, true),
            (gap(EnabledRegions::ACTION, None), Place::Unknown, false),
        ] {
            assert_eq!((gap.place(), gap.covers(&here)), (place, covers));
        }
    }
}
