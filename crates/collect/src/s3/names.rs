//! Who holds the bucket names that everybody can compute for the account.

use awspect_inventory::{
    Arn, Fact as _, Gap, Listed, Reason, Unknown,
    s3::{NameHolder, PredictableName, predictable_names},
};
use futures::{StreamExt as _, stream};

use super::{
    BUCKETS,
    bucket::OwnBuckets,
    owner::{Whose, whose},
};
use crate::{Session, ask::Missing, regions::Regions};

/// How the names begin that only the account's own buckets tell.
const TOLD_BY_OWN: &str = "cf-templates-";

/// The names for the regions that are looked at, if the session was told to ask about them.
pub(super) async fn collect(
    session: &Session,
    own: &OwnBuckets,
    regions: &Regions,
) -> Listed<PredictableName> {
    let pattern = |begin: &str| format!("arn:{}:s3:::{begin}*", session.account.partition);
    let gap = |begin: &str, unknown| Gap { arn: pattern(begin), region: None, unknown };
    let mut listed = Listed::complete(vec![]);
    if !session.predictable_names {
        let unknown = Unknown::new(PredictableName::ACTION, Reason::NotAsked);
        listed.gaps.push(gap("", unknown));
        return listed;
    }
    let looked_at: Vec<_> = regions.looked_at.iter().cloned().collect();
    let names = own.locations.keys().map(String::as_str);
    let names = predictable_names(&session.account.id, &looked_at, names);
    if let Some(unlisted) = &own.unlisted
        && !names.iter().any(|(_, name)| name.starts_with(TOLD_BY_OWN))
    {
        listed.gaps.push(gap(TOLD_BY_OWN, unlisted.clone()));
    }
    regions.confess(&mut listed, || pattern(""));
    let client = session.s3(&session.home);
    let read: Vec<Result<PredictableName, Missing>> = stream::iter(names)
        .map(async |(pattern, name)| {
            let arn = Arn::new(&session.account.partition, "s3", None, None, &name);
            let arn = arn.map_err(|_| Missing("Name"))?;
            let holder = whose(session, &client, own, &name, holder).await;
            Ok(PredictableName { arn, name, pattern: pattern.to_owned(), holder })
        })
        .buffered(BUCKETS)
        .collect()
        .await;
    for name in read {
        match name {
            Ok(name) => listed.found.push(name),
            Err(missing) => listed.gaps.push(gap("", missing.of(PredictableName::ACTION))),
        }
    }
    listed
}

fn holder(whose: Whose) -> Option<NameHolder> {
    match whose {
        Whose::Own => Some(NameHolder::Own),
        Whose::Nobodys => None,
        Whose::Foreign(region) => Some(NameHolder::SomebodyElse(region)),
    }
}
