//! Collects S3 facts.

mod access_points;
mod bucket;
mod names;
mod objects;
mod owner;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_s3::{Client, types};
use awspect_inventory::{
    Arn, Gap, Listed, Observed, Region,
    s3::{AccountBlock, Bucket, Location, S3},
};
use futures::{StreamExt as _, stream};

use crate::{
    Session,
    ask::{Missing, still_there},
    regions::Regions,
};
use bucket::Place;

pub(crate) use bucket::OwnBuckets;
pub(crate) use owner::owner;

/// How many buckets are read at once; the calls in flight are bounded one layer below.
const BUCKETS: usize = 64;

/// The most that `ListBuckets` gives in one page, and one page is the cheapest.
const PAGE: i32 = 10_000;

/// All of S3, the access points of these regions.
pub(crate) async fn collect(
    session: &Session,
    places: Listed<Place>,
    own: &OwnBuckets,
    regions: &Regions,
) -> S3 {
    let buckets = async {
        let (account_block, buckets) =
            futures::join!(account_block(session), buckets(session, places, own));
        let buckets = Box::pin(objects::fill(session, &account_block, buckets)).await;
        (account_block, buckets)
    };
    let (multi_region_access_points, access_points, predictable_names, (account_block, buckets)) = futures::join!(
        access_points::multi_region(session),
        access_points::collect(session, regions),
        Box::pin(names::collect(session, own, regions)),
        buckets,
    );
    S3 {
        account_block,
        buckets,
        access_points,
        multi_region_access_points,
        predictable_names,
        samples_objects: session.sample_objects,
    }
}

async fn account_block(session: &Session) -> Observed<AccountBlock> {
    let client = session.s3control(&session.home);
    let call = client.get_public_access_block().account_id(session.account.id.as_str()).send();
    session
        .ask(&session.home)
        .fact(&["NoSuchPublicAccessBlockConfiguration"], call, read::account_block)
        .await
}

/// The account's buckets and where they are, as far as that could be learned.
pub(crate) async fn places(session: &Session) -> Listed<Place> {
    let client = session.s3(&session.home);
    let ask = session.ask(&session.home);
    let pages = client.list_buckets().into_paginator().page_size(PAGE).send();
    let pattern = format!("arn:{}:s3:::*", session.account.partition);
    let Listed { found, gaps, .. } = ask
        .pages::<Bucket, _, _, _, _>(
            pages,
            |page| page.buckets.ok_or(Missing("Buckets")),
            |bucket| listed_bucket(session, bucket),
            |unknown| Gap { arn: pattern.clone(), region: None, unknown },
        )
        .await;
    let read: Vec<Option<Place>> = stream::iter(found)
        .map(|(arn, name, listed)| {
            let (client, ask) = (&client, session.ask(&session.home));
            async move {
                let location = match listed {
                    Some(region) => Observed::Set(Location(region)),
                    None => bucket::locate(client, &ask, &name).await?,
                };
                Some(Place { arn, name, location })
            }
        })
        .buffered(BUCKETS)
        .collect()
        .await;
    still_there(read, gaps)
}

/// The regions that hold the account's buckets, as far as that is known.
pub(crate) fn located(places: &Listed<Place>) -> impl Iterator<Item = &Region> {
    let located = places.found.iter().filter_map(|place| place.location.set());
    located.map(|Location(region)| region)
}

async fn buckets(session: &Session, places: Listed<Place>, own: &OwnBuckets) -> Listed<Bucket> {
    let wanted: Vec<&Place> =
        places.found.iter().filter(|place| is_wanted(session, &place.location)).collect();
    let clients = clients(session, wanted.iter().map(|place| &place.location));
    let read: Vec<Option<Bucket>> = stream::iter(wanted)
        .map(|place| bucket::collect(session, &clients, own, place))
        .buffered(BUCKETS)
        .collect()
        .await;
    let buckets = still_there(read, places.gaps);
    Listed { gone: buckets.gone + places.gone, ..buckets }
}

/// A client for each region that holds one of these.
fn clients<'a>(
    session: &Session,
    locations: impl Iterator<Item = &'a Observed<Location>>,
) -> BTreeMap<Region, Client> {
    let regions: BTreeSet<&Region> =
        locations.filter_map(Observed::set).map(|Location(region)| region).collect();
    regions.into_iter().map(|region| (region.clone(), session.s3(region))).collect()
}

/// A bucket whose place nobody knows may be in a region that was asked for.
fn is_wanted(session: &Session, location: &Observed<Location>) -> bool {
    match location {
        Observed::Set(Location(region)) => {
            session.regions.is_empty() || session.regions.contains(region)
        }
        Observed::NotSet | Observed::Unknown(_) => true,
    }
}

/// A bucket of the listing: its ARN, its name, and its region where the listing tells.
fn listed_bucket(
    session: &Session,
    bucket: types::Bucket,
) -> Result<(Arn, String, Option<Region>), Missing> {
    let name = bucket.name.ok_or(Missing("Name"))?;
    let arn = Arn::new(&session.account.partition, "s3", None, None, &name);
    Ok((arn.map_err(|_| Missing("Name"))?, name, read::region(bucket.bucket_region)))
}
