//! Whose a bucket is that is known by name.

use std::future::ready;

use aws_sdk_s3::{
    Client,
    error::SdkError,
    operation::head_bucket::{HeadBucketError, HeadBucketOutput},
};
use awspect_inventory::{Fact as _, Observed, Region, cloudfront::OriginBucket};

use super::bucket::{OwnBuckets, told_region};
use crate::{Session, ask::Ask};

type Answer = Result<HeadBucketOutput, SdkError<HeadBucketError>>;

/// Whose a bucket of the account's partition is: the account's own are known by their listing, and S3 is asked about
/// others.
///
/// S3 refuses all that it is told to expect of another owner. With the region that it tells all the same, there is a
/// bucket; where the account's own are all listed, it is another's.
pub(crate) async fn owner(
    session: &Session,
    own: &OwnBuckets,
    name: &str,
) -> Observed<OriginBucket> {
    let ask = session.ask(&session.home);
    if let Some(unwanted) = ask.unwanted(&OriginBucket::ACTION) {
        return Observed::Unknown(unwanted);
    }
    if own.locations.contains_key(name) {
        return Observed::Set(OriginBucket::Own);
    }
    let expected = expecting_own(session, &session.s3(&session.home), name).await;
    let region = match &expected {
        Ok(_) => return told(&ask, OriginBucket::Own).await,
        Err(refused) if is_missing(refused) => return told(&ask, OriginBucket::Missing).await,
        Err(refused) => told_region(refused),
    };
    match region {
        Some(_) if own.unlisted.is_none() => told(&ask, OriginBucket::Foreign).await,
        Some(region) => unlisted(session, &ask, region, name).await,
        None => failed(&ask, expected).await,
    }
}

/// Whose a bucket is that exists, where the account may have buckets that nobody could list.
async fn unlisted(
    session: &Session,
    ask: &Ask,
    region: Region,
    name: &str,
) -> Observed<OriginBucket> {
    let client = session.s3(&region);
    let expected = expecting_own(session, &client, name).await;
    if expected.is_ok() {
        return told(ask, OriginBucket::Own).await;
    }
    // Who may look into a bucket that is not the account's knows that it is another's.
    match client.head_bucket().bucket(name).send().await {
        Ok(_) => told(ask, OriginBucket::Foreign).await,
        Err(_) => failed(ask, expected).await,
    }
}

async fn expecting_own(session: &Session, client: &Client, name: &str) -> Answer {
    let account = session.account.id.as_str();
    client.head_bucket().bucket(name).expected_bucket_owner(account).send().await
}

fn is_missing(refused: &SdkError<HeadBucketError>) -> bool {
    let status = refused.raw_response().map(|response| response.status().as_u16());
    status == Some(404)
}

async fn told(ask: &Ask, owner: OriginBucket) -> Observed<OriginBucket> {
    let told = ready(Ok::<_, SdkError<HeadBucketError>>(()));
    ask.fact(&[], told, |()| Ok(Some(owner))).await
}

/// Why nobody knows.
async fn failed(ask: &Ask, answer: Answer) -> Observed<OriginBucket> {
    ask.fact(&[], ready(answer), |_| Ok(None)).await
}
