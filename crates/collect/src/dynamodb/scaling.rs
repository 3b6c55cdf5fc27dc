//! What Application Auto Scaling scales of tables and indexes: of all of a region at once.

use aws_sdk_applicationautoscaling::types::{self, ServiceNamespace};
use awspect_inventory::{Gap, Listed, Region, dynamodb::ScalableTarget};

use crate::{
    Session,
    ask::Missing,
    read::{own_arn, said},
};

/// The most that `DescribeScalableTargets` gives in one page.
const PAGE: i32 = 50;

/// The scalable targets of a region.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<ScalableTarget> {
    let listing = session.autoscaling(region).describe_scalable_targets();
    let listing = listing.service_namespace(ServiceNamespace::Dynamodb);
    let account = &session.account;
    let pattern = format!("arn:{}:dynamodb:{region}:{}:table/*", account.partition, account.id);
    session
        .ask(region)
        .pages::<ScalableTarget, _, _, _, _>(
            listing.into_paginator().page_size(PAGE).send(),
            |page| page.scalable_targets.ok_or(Missing("ScalableTargets")),
            |target| read(session, region, &target),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await
}

fn read(
    session: &Session,
    region: &Region,
    target: &types::ScalableTarget,
) -> Result<ScalableTarget, Missing> {
    let id = said(&target.resource_id, "ResourceId")?;
    let suspended = target.suspended_state.as_ref();
    let is = |it: Option<bool>| it.unwrap_or_default();
    Ok(ScalableTarget {
        arn: own_arn(session, "dynamodb", region, id, "ResourceId")?,
        id: id.to_owned(),
        region: region.clone(),
        dimension: said(target.scalable_dimension.as_str(), "ScalableDimension")?.into(),
        min: target.min_capacity,
        max: target.max_capacity,
        scale_out_suspended: is(suspended.and_then(|it| it.dynamic_scaling_out_suspended)),
        scale_in_suspended: is(suspended.and_then(|it| it.dynamic_scaling_in_suspended)),
    })
}
