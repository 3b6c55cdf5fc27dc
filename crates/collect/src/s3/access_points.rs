//! Access points of a region, and the Multi-Region Access Points of the account.

use std::collections::BTreeMap;

use aws_sdk_s3control::{Client, types};
use awspect_inventory::{
    Arn, Fact as _, Gap, Listed, Observed, Reason, Region,
    s3::{AccessPoint, MultiRegionAccessPoint, MultiRegionBlock},
};
use futures::{StreamExt as _, future::join_all, stream};

use super::read;
use crate::{
    Session,
    ask::{Missing, still_there},
    regions::Regions,
};

/// Where all Multi-Region Access Points are managed (S3 user guide, "Using Multi-Region Access Points").
const MULTI_REGION_HOME: &str = "us-west-2";

/// The partition that has them.
const MULTI_REGION_PARTITION: &str = "aws";

/// How many access points are read at once.
const IN_FLIGHT: usize = 64;

/// The access points of all regions that are looked at.
pub(super) async fn collect(session: &Session, regions: &Regions) -> Listed<AccessPoint> {
    let by_region = regions.looked_at.iter().map(|region| in_region(session, region));
    let mut all =
        join_all(by_region).await.into_iter().fold(Listed::complete(vec![]), |mut all, one| {
            all.found.extend(one.found);
            all.gaps.extend(one.gaps);
            all.gone += one.gone;
            all
        });
    if session.wants(&AccessPoint::ACTION) {
        let account = &session.account;
        regions.confess(&mut all, || {
            format!("arn:{}:s3:*:{}:accesspoint/*", account.partition, account.id)
        });
    }
    all
}

async fn in_region(session: &Session, region: &Region) -> Listed<AccessPoint> {
    let account = &session.account;
    let client = session.s3control(region);
    let pages = client.list_access_points().account_id(account.id.as_str()).into_paginator().send();
    let pattern = format!("arn:{}:s3:{region}:{}:accesspoint/*", account.partition, account.id);
    let listed = session
        .ask(region)
        .pages::<AccessPoint, _, _, _, _>(
            pages,
            |page| Ok(page.access_point_list.unwrap_or_default()),
            |point| Ok((arn_of(session, region, &point)?, point)),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    let read: Vec<Option<AccessPoint>> = stream::iter(listed.found)
        .map(|(arn, point)| access_point(session, &client, region, arn, point))
        .buffered(IN_FLIGHT)
        .collect()
        .await;
    still_there(read, listed.gaps)
}

fn arn_of(session: &Session, region: &Region, point: &types::AccessPoint) -> Result<Arn, Missing> {
    if let Some(Ok(arn)) = point.access_point_arn.as_deref().map(str::parse) {
        return Ok(arn);
    }
    if point.name.is_empty() {
        return Err(Missing("Name"));
    }
    let (account, resource) = (&session.account, format!("accesspoint/{}", point.name));
    Arn::new(&account.partition, "s3", Some(region), Some(&account.id), &resource)
        .map_err(|_| Missing("Name"))
}

/// An access point; `None` if it is not there any more, which only the call for itself can say.
async fn access_point(
    session: &Session,
    client: &Client,
    region: &Region,
    arn: Arn,
    listed: types::AccessPoint,
) -> Option<AccessPoint> {
    let (account, name) = (&session.account, listed.name);
    let ask = session.ask(region);
    macro_rules! fact {
        ($operation:ident, $not_configured:expr, $read:path) => {
            ask.fact(
                &$not_configured,
                client.$operation().account_id(account.id.as_str()).name(&name).send(),
                $read,
            )
        };
    }
    let (public_access_block, policy, policy_status) = futures::join!(
        fact!(get_access_point, [], read::access_point_block),
        fact!(get_access_point_policy, ["NoSuchAccessPointPolicy"], read::access_point_policy),
        fact!(
            get_access_point_policy_status,
            ["NoSuchAccessPointPolicy"],
            read::access_point_policy_status
        ),
    );
    if matches!(&public_access_block, Observed::Unknown(unknown) if unknown.reason == Reason::Gone)
    {
        return None;
    }
    Some(AccessPoint {
        name,
        region: arn.region().parse().unwrap_or_else(|_| region.clone()),
        arn,
        bucket: listed.bucket,
        bucket_account: listed.bucket_account_id.and_then(|account| account.parse().ok()),
        vpc: listed.vpc_configuration.map(|vpc| vpc.vpc_id).filter(|vpc| !vpc.is_empty()),
        public_access_block,
        policy,
        policy_status,
    })
}

/// The Multi-Region Access Points, with all that is asked about them.
pub(super) async fn multi_region(session: &Session) -> Listed<MultiRegionAccessPoint> {
    let account = &session.account;
    let Ok(home) = MULTI_REGION_HOME.parse::<Region>() else {
        return Listed::complete(vec![]);
    };
    if account.partition.as_str() != MULTI_REGION_PARTITION {
        return Listed::complete(vec![]);
    }
    let client = session.s3control(&home);
    let pages = client
        .list_multi_region_access_points()
        .account_id(account.id.as_str())
        .into_paginator()
        .send();
    let pattern = format!("arn:{}:s3::{}:accesspoint/*", account.partition, account.id);
    session
        .ask(&home)
        .pages::<MultiRegionAccessPoint, _, _, _, _>(
            pages,
            |page| Ok(page.access_points.unwrap_or_default()),
            |report| report_of(session, report),
            |unknown| Gap { arn: pattern.clone(), region: None, unknown },
        )
        .await
}

fn report_of(
    session: &Session,
    report: types::MultiRegionAccessPointReport,
) -> Result<MultiRegionAccessPoint, Missing> {
    let account = &session.account;
    let name = report.name.or_else(|| report.alias.clone()).ok_or(Missing("Name"))?;
    let resource = format!("accesspoint/{}", report.alias.as_deref().unwrap_or(&name));
    let buckets: BTreeMap<_, _> = report
        .regions
        .unwrap_or_default()
        .into_iter()
        .filter_map(|place| Some((place.bucket?, read::region(place.region))))
        .collect();
    let block = report.public_access_block.map(|block| read::control_block(&block));
    Ok(MultiRegionAccessPoint {
        arn: Arn::new(&account.partition, "s3", None, Some(&account.id), &resource)
            .map_err(|_| Missing("Alias"))?,
        name,
        status: report.status.map(|status| status.as_str().to_owned()),
        buckets,
        public_access_block: block.map_or_else(
            || Observed::Unknown(Missing("PublicAccessBlock").of(MultiRegionBlock::ACTION)),
            |block| Observed::Set(MultiRegionBlock(block)),
        ),
    })
}
