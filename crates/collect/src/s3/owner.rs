//! Whose a bucket is that is known by name.

use std::future::ready;

use aws_sdk_s3::{
    Client,
    error::SdkError,
    operation::head_bucket::{HeadBucketError, HeadBucketOutput},
};
use awspect_inventory::{Fact, Observed, Region, cloudfront::OriginBucket};

use super::bucket::{OwnBuckets, told_region};
use crate::{Session, ask::Ask};

type Answer = Result<HeadBucketOutput, SdkError<HeadBucketError>>;

/// Whose a bucket is.
#[derive(Debug)]
pub(super) enum Whose {
    Own,
    Nobodys,
    /// Somebody else's, in this region.
    Foreign(Region),
}

/// Whose a bucket of the account's partition is that an origin means.
pub(crate) async fn owner(
    session: &Session,
    own: &OwnBuckets,
    name: &str,
) -> Observed<OriginBucket> {
    let client = session.s3(&session.home);
    whose(session, &client, own, name, |whose| {
        Some(match whose {
            Whose::Own => OriginBucket::Own,
            Whose::Nobodys => OriginBucket::Missing,
            Whose::Foreign(_) => OriginBucket::Foreign,
        })
    })
    .await
}

/// Whose a bucket of the account's partition is, in the words of a fact: the account's own are known by their listing, and S3
/// is asked about others.
///
/// S3 refuses all that it is told to expect of another owner. With the region that it tells all the same, there is a
/// bucket; where the account's own are all listed, it is another's.
pub(super) async fn whose<F: Fact>(
    session: &Session,
    client: &Client,
    own: &OwnBuckets,
    name: &str,
    words: impl Fn(Whose) -> Option<F>,
) -> Observed<F> {
    let ask = session.ask(&session.home);
    if let Some(unwanted) = ask.unwanted(&F::ACTION) {
        return Observed::Unknown(unwanted);
    }
    let tell = |whose| words(whose).map_or(Observed::NotSet, Observed::Set);
    if own.locations.contains_key(name) {
        return tell(Whose::Own);
    }
    let expected = expecting_own(session, client, name).await;
    let told = match &expected {
        Ok(_) => Ok(Whose::Own),
        Err(refused) if is_missing(refused) => Ok(Whose::Nobodys),
        Err(refused) => match (told_region(refused), &own.unlisted) {
            (Some(region), None) => Ok(Whose::Foreign(region)),
            (Some(region), Some(unlisted)) => {
                settled(session, region, name).await.ok_or_else(|| unlisted.clone())
            }
            (None, _) => return failed(&ask, expected).await,
        },
    };
    // There is an answer, though it may not be enough.
    ask.enter(&F::ACTION, None);
    told.map_or_else(Observed::Unknown, tell)
}

/// Whose a bucket is that exists, where the account may have buckets that nobody could list.
async fn settled(session: &Session, region: Region, name: &str) -> Option<Whose> {
    let client = session.s3(&region);
    if expecting_own(session, &client, name).await.is_ok() {
        return Some(Whose::Own);
    }
    // Who may look into a bucket that is not the account's knows that it is another's.
    let looked = client.head_bucket().bucket(name).send().await;
    looked.is_ok().then_some(Whose::Foreign(region))
}

async fn expecting_own(session: &Session, client: &Client, name: &str) -> Answer {
    let account = session.account.id.as_str();
    client.head_bucket().bucket(name).expected_bucket_owner(account).send().await
}

fn is_missing(refused: &SdkError<HeadBucketError>) -> bool {
    let status = refused.raw_response().map(|response| response.status().as_u16());
    status == Some(404)
}

/// Why nobody knows.
async fn failed<F: Fact>(ask: &Ask, answer: Answer) -> Observed<F> {
    ask.fact(&[], ready(answer), |_| Ok(None)).await
}
