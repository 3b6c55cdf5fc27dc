//! Origin access controls and origin access identities.

use aws_sdk_cloudfront::{
    Client,
    types::{CloudFrontOriginAccessIdentitySummary, OriginAccessControlSummary},
};
use awspect_inventory::{
    Listed,
    cloudfront::{OriginAccessControl, OriginAccessIdentity},
};

use super::{
    PAGE,
    read::{gap, page},
};
use crate::{
    Session,
    ask::Missing,
    read::{own_global_arn, said},
};

/// The account's origin access controls.
pub(super) async fn controls(session: &Session, client: &Client) -> Listed<OriginAccessControl> {
    let pages = client.list_origin_access_controls().into_paginator().page_size(PAGE).send();
    session
        .ask(&session.home)
        .pages::<OriginAccessControl, _, _, _, _>(
            pages,
            |answer| {
                let list =
                    answer.origin_access_control_list.ok_or(Missing("OriginAccessControlList"))?;
                page(list.is_truncated, list.next_marker.as_ref(), list.items)
            },
            |summary| control(session, &summary),
            |unknown| gap(session, "origin-access-control", unknown),
        )
        .await
}

fn control(
    session: &Session,
    summary: &OriginAccessControlSummary,
) -> Result<OriginAccessControl, Missing> {
    let id = said(&summary.id, "Id")?.to_owned();
    let origin_type = summary.origin_access_control_origin_type.as_str();
    let resource = format!("origin-access-control/{id}");
    Ok(OriginAccessControl {
        arn: own_global_arn(session, "cloudfront", &resource, "Id")?,
        id,
        name: said(&summary.name, "Name")?.to_owned(),
        signing: said(summary.signing_behavior.as_str(), "SigningBehavior")?.into(),
        protocol: said(summary.signing_protocol.as_str(), "SigningProtocol")?.into(),
        origin_type: said(origin_type, "OriginAccessControlOriginType")?.into(),
    })
}

/// The account's origin access identities.
pub(super) async fn identities(session: &Session, client: &Client) -> Listed<OriginAccessIdentity> {
    let pages =
        client.list_cloud_front_origin_access_identities().into_paginator().page_size(PAGE).send();
    session
        .ask(&session.home)
        .pages::<OriginAccessIdentity, _, _, _, _>(
            pages,
            |answer| {
                let list = answer
                    .cloud_front_origin_access_identity_list
                    .ok_or(Missing("CloudFrontOriginAccessIdentityList"))?;
                page(list.is_truncated, list.next_marker.as_ref(), list.items)
            },
            |summary| identity(session, &summary),
            |unknown| gap(session, "origin-access-identity", unknown),
        )
        .await
}

fn identity(
    session: &Session,
    summary: &CloudFrontOriginAccessIdentitySummary,
) -> Result<OriginAccessIdentity, Missing> {
    let id = said(&summary.id, "Id")?.to_owned();
    let resource = format!("origin-access-identity/{id}");
    Ok(OriginAccessIdentity {
        arn: own_global_arn(session, "cloudfront", &resource, "Id")?,
        id,
        canonical_user: said(&summary.s3_canonical_user_id, "S3CanonicalUserId")?.to_owned(),
    })
}
