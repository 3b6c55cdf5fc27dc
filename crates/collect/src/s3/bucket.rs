//! One bucket: where it is, and all that S3 tells about it.

use std::{collections::BTreeMap, future::ready};

use aws_sdk_s3::{Client, error::SdkError, operation::head_bucket::HeadBucketError};
use awspect_inventory::{
    Arn, Fact, Listed, Observed, Reason, Region, Unknown,
    s3::{Bucket, DestinationAccount, DestinationRegion, Location, Replication},
};

use super::read;
use crate::{
    Session,
    ask::{Ask, not_yet},
};

/// A bucket by name, and where it is.
#[derive(Debug)]
pub(crate) struct Place {
    pub(super) arn: Arn,
    pub(super) name: String,
    pub(super) location: Observed<Location>,
}

/// The buckets of the account by name, those of regions not asked for among them.
#[derive(Debug)]
pub(crate) struct OwnBuckets {
    pub(super) locations: BTreeMap<String, Observed<Location>>,
    /// Why there may be more.
    pub(super) unlisted: Option<Unknown>,
}

impl OwnBuckets {
    /// Those of the listing.
    pub(crate) fn of(places: &Listed<Place>) -> Self {
        let located = places.found.iter().map(|place| (place.name.clone(), place.location.clone()));
        Self {
            locations: located.collect(),
            unlisted: places.gaps.first().map(|gap| gap.unknown.clone()),
        }
    }
}

/// Where a bucket is: from the call made for it, or from the header that `HeadBucket` sends even where it
/// refuses (S3 API reference, `HeadBucket`). `None` if the bucket is not there any more.
pub(super) async fn locate(client: &Client, ask: &Ask, name: &str) -> Option<Observed<Location>> {
    let call = client.get_bucket_location().bucket(name).send();
    let location = ask.fact(&[], call, read::location).await;
    if matches!(location, Observed::Set(_)) {
        return Some(location);
    }
    match head(client, ask, name).await {
        Observed::Set(DestinationRegion(region)) => Some(Observed::Set(Location(region))),
        Observed::Unknown(unknown) if unknown.reason == Reason::Gone => None,
        Observed::NotSet | Observed::Unknown(_) => Some(location),
    }
}

/// The region of any bucket, whoever owns it.
async fn head(client: &Client, ask: &Ask, name: &str) -> Observed<DestinationRegion> {
    let answer = client.head_bucket().bucket(name).send().await;
    match answer.as_ref().err().and_then(told_region) {
        // The header tells whatever the status says.
        Some(region) => {
            let told = ready(Ok::<_, SdkError<HeadBucketError>>(()));
            ask.fact(&[], told, |()| Ok(Some(DestinationRegion(region)))).await
        }
        None => ask.fact(&[], ready(answer), read::destination_region).await,
    }
}

/// The region that S3 tells of a bucket where it refuses all else; it tells none of a bucket that does not exist.
pub(super) fn told_region(refused: &SdkError<HeadBucketError>) -> Option<Region> {
    refused.raw_response()?.headers().get("x-amz-bucket-region")?.parse().ok()
}

/// All facts of one bucket, each by its own call; `None` if the bucket is not there any more.
pub(super) async fn collect(
    session: &Session,
    clients: &BTreeMap<Region, Client>,
    account: &OwnBuckets,
    place: &Place,
) -> Option<Bucket> {
    let Place { arn, name, location } = place;
    let client = location.set().and_then(|Location(region)| Some((region, clients.get(region)?)));
    let Some((region, client)) = client else {
        return Some(nowhere(place));
    };
    let ask = session.ask(region);

    // One line per fact: the call, the codes by which it says "not configured", the reading.
    macro_rules! fact {
        ($operation:ident, $not_configured:expr, $read:path) => {
            ask.fact(&$not_configured, client.$operation().bucket(name).send(), $read)
        };
    }
    let (
        acl,
        ownership,
        public_access_block,
        policy,
        policy_status,
        encryption,
        versioning,
        replication,
        cors,
        logging,
        website,
        object_lock,
        lifecycle,
        notifications,
        tags,
    ) = futures::join!(
        fact!(get_bucket_acl, [], read::acl),
        fact!(get_bucket_ownership_controls, ["OwnershipControlsNotFoundError"], read::ownership),
        fact!(
            get_public_access_block,
            ["NoSuchPublicAccessBlockConfiguration"],
            read::bucket_block
        ),
        fact!(get_bucket_policy, ["NoSuchBucketPolicy"], read::policy),
        fact!(get_bucket_policy_status, ["NoSuchBucketPolicy"], read::policy_status),
        fact!(
            get_bucket_encryption,
            ["ServerSideEncryptionConfigurationNotFoundError"],
            read::encryption
        ),
        fact!(get_bucket_versioning, [], read::versioning),
        fact!(get_bucket_replication, ["ReplicationConfigurationNotFoundError"], read::replication),
        fact!(get_bucket_cors, ["NoSuchCORSConfiguration"], read::cors),
        fact!(get_bucket_logging, [], read::logging),
        fact!(get_bucket_website, ["NoSuchWebsiteConfiguration"], read::website),
        fact!(
            get_object_lock_configuration,
            ["ObjectLockConfigurationNotFoundError"],
            read::object_lock
        ),
        fact!(
            get_bucket_lifecycle_configuration,
            ["NoSuchLifecycleConfiguration"],
            read::lifecycle
        ),
        fact!(get_bucket_notification_configuration, [], read::notifications),
        fact!(get_bucket_tagging, ["NoSuchTagSet"], read::tags),
    );

    // One answer may be behind the others; only the bucket itself can say that it is gone.
    if ask.gone() && is_gone(client, name).await {
        return None;
    }
    Some(Bucket {
        arn: arn.clone(),
        name: name.clone(),
        location: location.clone(),
        acl,
        ownership,
        public_access_block,
        policy,
        policy_status,
        encryption,
        versioning,
        replication: destinations(session, replication, account).await,
        cors,
        logging,
        website,
        object_lock,
        lifecycle,
        notifications,
        objects: not_yet(),
        tags,
    })
}

async fn is_gone(client: &Client, name: &str) -> bool {
    let answer = client.head_bucket().bucket(name).send().await;
    answer.is_err_and(|error| {
        error.raw_response().is_some_and(|response| response.status().as_u16() == 404)
    })
}

/// Learns account and region of every bucket that receives copies: the account's own are known already.
async fn destinations(
    session: &Session,
    replication: Observed<Replication>,
    own: &OwnBuckets,
) -> Observed<Replication> {
    let Observed::Set(mut replication) = replication else {
        return replication;
    };
    let client = session.s3(&session.home);
    let ask = session.ask(&session.home);
    let mut asked: BTreeMap<String, Observed<DestinationRegion>> = BTreeMap::new();
    for rule in &mut replication.rules {
        let name = rule.destination.resource();
        let listed = own.locations.get(name);
        if rule.account == Observed::NotSet {
            rule.account = match (listed, &own.unlisted) {
                (Some(_), _) => Observed::Set(DestinationAccount(session.account.id.clone())),
                (None, Some(unknown)) => Observed::Unknown(unknown.clone()),
                (None, None) => Observed::NotSet,
            };
        }
        rule.region = match (listed, asked.get(name)) {
            (Some(Observed::Set(Location(region))), _) => {
                Observed::Set(DestinationRegion(region.clone()))
            }
            (_, Some(region)) => region.clone(),
            (_, None) => {
                let region = head(&client, &ask, name).await;
                asked.insert(name.to_owned(), region.clone());
                region
            }
        };
    }
    Observed::Set(replication)
}

/// A bucket answers only in its own region; where that is not known, nothing else is.
fn nowhere(place: &Place) -> Bucket {
    let why = match &place.location {
        Observed::Unknown(unknown) => unknown.clone(),
        Observed::Set(_) | Observed::NotSet => Unknown::new(Location::ACTION, Reason::Malformed),
    };
    Bucket {
        arn: place.arn.clone(),
        name: place.name.clone(),
        location: place.location.clone(),
        acl: Observed::Unknown(why.clone()),
        ownership: Observed::Unknown(why.clone()),
        public_access_block: Observed::Unknown(why.clone()),
        policy: Observed::Unknown(why.clone()),
        policy_status: Observed::Unknown(why.clone()),
        encryption: Observed::Unknown(why.clone()),
        versioning: Observed::Unknown(why.clone()),
        replication: Observed::Unknown(why.clone()),
        cors: Observed::Unknown(why.clone()),
        logging: Observed::Unknown(why.clone()),
        website: Observed::Unknown(why.clone()),
        object_lock: Observed::Unknown(why.clone()),
        lifecycle: Observed::Unknown(why.clone()),
        notifications: Observed::Unknown(why.clone()),
        objects: Observed::Unknown(why.clone()),
        tags: Observed::Unknown(why),
    }
}
