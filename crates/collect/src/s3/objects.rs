//! A few objects of each bucket, and their access control lists.

use aws_sdk_s3::Client;
use awspect_inventory::{
    Fact as _, Listed, Observed,
    s3::{
        AccountBlock, Bucket, BucketBlock, Location, ObjectAcl, ObjectSample, Ownership,
        PublicAccessBlock, SampledObject,
    },
};
use futures::{StreamExt as _, future::join_all, stream};

use super::{BUCKETS, clients, read};
use crate::{Session, ask::Ask};

/// How many keys are listed, which is the most that one page has.
const PAGE: i32 = 1_000;

/// Asks about objects of all buckets, if the session was told to. Keys are listed for the sake of the lists of access.
pub(super) async fn fill(
    session: &Session,
    account: &Observed<AccountBlock>,
    mut buckets: Listed<Bucket>,
) -> Listed<Bucket> {
    if !(session.sample_objects && session.wants(&ObjectAcl::ACTION)) {
        return buckets;
    }
    let clients = clients(session, buckets.found.iter().map(|bucket| &bucket.location));
    stream::iter(&mut buckets.found)
        .for_each_concurrent(BUCKETS, async |bucket| {
            let region = bucket.location.set().map(|Location(region)| region);
            let Some((region, client)) = region.and_then(|it| clients.get_key_value(it)) else {
                return;
            };
            bucket.objects = if lists_are_without_effect(account, bucket) {
                Observed::NotSet
            } else {
                sample(client, &session.ask(region), &bucket.name).await
            };
        })
        .await;
    buckets
}

/// Whether it is known that no list of an object's can make it public.
fn lists_are_without_effect(account: &Observed<AccountBlock>, bucket: &Bucket) -> bool {
    let ignores = |block: Option<&PublicAccessBlock>| block.is_some_and(|it| it.ignore_public_acls);
    bucket.ownership.set() == Some(&Ownership::BucketOwnerEnforced)
        || ignores(account.set().map(|AccountBlock(block)| block))
        || ignores(bucket.public_access_block.set().map(|BucketBlock(block)| block))
}

async fn sample(client: &Client, ask: &Ask, bucket: &str) -> Observed<ObjectSample> {
    let keys = client.list_objects_v2().bucket(bucket).max_keys(PAGE).send();
    let sample = match ask.fact(&[], keys, read::objects).await {
        Observed::Set(sample) => sample,
        nothing => return nothing,
    };
    let objects = sample.objects.into_iter().map(async |object| {
        let call = client.get_object_acl().bucket(bucket).key(&object.key).send();
        // One that went away since has no list, and nothing else has none.
        let acl = ask.fact(&["NoSuchKey"], call, read::object_acl).await;
        (acl != Observed::NotSet).then_some(SampledObject { acl, ..object })
    });
    let objects = join_all(objects).await.into_iter().flatten().collect();
    Observed::Set(ObjectSample { objects, ..sample })
}
