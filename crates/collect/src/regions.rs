//! Which regions are looked at.

use std::collections::BTreeSet;

use aws_sdk_ec2::{operation::describe_regions::DescribeRegionsOutput, types};
use awspect_inventory::{
    EnabledRegions, Fact, Gap, Listed, Observed, Partition, Reason, Region, Unknown,
};

use crate::{
    Session,
    ask::{Missing, Read},
};

/// The regions that are looked at, and why those may not be all.
#[derive(Clone, Debug)]
pub(crate) struct Regions {
    pub(crate) looked_at: BTreeSet<Region>,
    unlisted: Option<Unknown>,
}

impl Regions {
    /// Owns up that there may be more of a kind in regions that nobody could list; `arn` is its pattern over all regions.
    pub(crate) fn confess<T>(&self, listed: &mut Listed<T>, arn: impl FnOnce() -> String) {
        if let Some(unknown) = &self.unlisted {
            listed.gaps.push(Gap { arn: arn(), region: None, unknown: unknown.clone() });
        }
    }

    /// What all regions give of one kind, and that there may be more where nobody could list the regions.
    pub(crate) fn confessed<T: Fact>(
        &self,
        session: &Session,
        mut listed: Listed<T>,
        service: &str,
        resource: &str,
    ) -> Listed<T> {
        if session.wants(&T::ACTION) {
            let account = &session.account;
            self.confess(&mut listed, || {
                format!("arn:{}:{service}:*:{}:{resource}", account.partition, account.id)
            });
        }
        listed
    }
}

/// What each region gives, as one.
pub(crate) async fn all<T>(
    regions: impl Iterator<Item = impl Future<Output = Listed<T>>>,
) -> Listed<T> {
    together(futures::future::join_all(regions).await)
}

/// Several listings as one.
pub(crate) fn together<T>(listings: impl IntoIterator<Item = Listed<T>>) -> Listed<T> {
    let mut all = Listed::complete(vec![]);
    for listed in listings {
        all.found.extend(listed.found);
        all.gaps.extend(listed.gaps);
        all.gone += listed.gone;
    }
    all
}

/// The regions that the account has enabled, where none were given and somebody looks at anything regional.
pub(crate) async fn enabled(session: &Session) -> Observed<EnabledRegions> {
    if !session.regions.is_empty() {
        return Observed::NotSet;
    }
    let client = session.ec2(&session.home);
    let call = client.describe_regions().all_regions(false).send();
    let partition = &session.account.partition;
    session.ask(&session.home).fact(&[], call, |answer| read(answer, partition)).await
}

/// The regions that were given, or those that are enabled, or else those that are known to hold something.
pub(crate) fn chosen<'a>(
    session: &Session,
    enabled: Observed<EnabledRegions>,
    known: impl Iterator<Item = &'a Region>,
) -> Regions {
    let known = || known.cloned().chain([session.home.clone()]).collect();
    match enabled {
        Observed::NotSet => {
            Regions { looked_at: session.regions.iter().cloned().collect(), unlisted: None }
        }
        Observed::Set(EnabledRegions(regions)) => {
            Regions { looked_at: regions.into_iter().collect(), unlisted: None }
        }
        Observed::Unknown(unknown) if unknown.reason == Reason::NotAsked => {
            Regions { looked_at: known(), unlisted: None }
        }
        Observed::Unknown(unknown) => Regions { looked_at: known(), unlisted: Some(unknown) },
    }
}

/// An account has a region at least; where none is left, the answer was about something else.
fn read(answer: DescribeRegionsOutput, partition: &Partition) -> Read<EnabledRegions> {
    let all = answer.regions.ok_or(Missing("regionInfo"))?.into_iter();
    let read = all.filter(is_enabled).map(name).collect::<Result<Vec<_>, _>>()?;
    let regions: Vec<_> =
        read.into_iter().filter(|region| partition_of(region) == partition.as_str()).collect();
    if regions.is_empty() {
        return Err(Missing("regionInfo"));
    }
    Ok(Some(EnabledRegions(regions)))
}

/// By a word that this version does not know, a region may well be enabled; if not, it says so itself.
fn is_enabled(region: &types::Region) -> bool {
    region.opt_in_status.as_deref() != Some("not-opted-in")
}

fn name(region: types::Region) -> Result<Region, Missing> {
    region.region_name.and_then(|name| name.parse().ok()).ok_or(Missing("regionName"))
}

/// How the regions of other partitions begin than the one that most accounts are in.
const PARTITIONS: [(&str, &str); 7] = [
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-iso-", "aws-iso"),
    ("us-isob-", "aws-iso-b"),
    ("eu-isoe-", "aws-iso-e"),
    ("us-isof-", "aws-iso-f"),
    ("eusc-", "aws-eusc"),
];

/// The partition of a region by its name, which holds for regions that are yet to come.
fn partition_of(region: &Region) -> &'static str {
    let found = PARTITIONS.iter().find(|(start, _)| region.as_str().starts_with(start));
    found.map_or("aws", |(_, partition)| partition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_tells_its_partition() {
        for (region, partition) in [
            ("eu-west-1", "aws"),
            ("xx-new-9", "aws"),
            ("cn-north-1", "aws-cn"),
            ("us-gov-east-1", "aws-us-gov"),
            ("us-iso-west-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"),
        ] {
            assert_eq!(partition_of(&region.parse().unwrap()), partition);
        }
    }
}
