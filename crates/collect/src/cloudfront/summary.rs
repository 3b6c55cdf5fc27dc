//! A distribution as the listing has it.

use aws_sdk_cloudfront::types::{self, DistributionSummary};
use awspect_inventory::cloudfront::{
    Distribution, GeoRestriction, OriginGroup, SecurityPolicy, ViewerCertificate,
};

use super::{
    behavior, origin,
    read::{items, some},
};
use crate::{
    ask::{Missing, not_yet},
    read::{arn, given, said, some_arn},
};

/// A distribution without what the listing leaves out.
pub(super) fn read(summary: DistributionSummary) -> Result<Distribution, Missing> {
    let aliases = summary.aliases.map(|it| items(it.quantity, it.items, "Aliases"));
    let origins = summary.origins.ok_or(Missing("Origins"))?;
    let origins = some(items(origins.quantity, Some(origins.items), "Origins")?, "Origins")?;
    let groups = summary.origin_groups.map(|it| items(it.quantity, it.items, "OriginGroups"));
    let groups = groups.transpose()?.unwrap_or_default();
    let default = summary.default_cache_behavior.ok_or(Missing("DefaultCacheBehavior"))?;
    let behaviors =
        summary.cache_behaviors.map(|it| items(it.quantity, it.items, "CacheBehaviors"));
    let behaviors = behaviors.transpose()?.unwrap_or_default().into_iter();
    let certificate = summary.viewer_certificate.map(certificate).transpose()?;
    let restriction = summary.restrictions.and_then(|it| it.geo_restriction);
    Ok(Distribution {
        arn: arn(Some(&summary.arn), "ARN")?,
        id: said(&summary.id, "Id")?.to_owned(),
        domain: said(&summary.domain_name, "DomainName")?.to_owned(),
        aliases: aliases.transpose()?.unwrap_or_default(),
        enabled: summary.enabled,
        staging: summary.staging,
        connection_mode: summary.connection_mode.map(|mode| mode.as_str().into()),
        origins: origins.into_iter().map(origin::read).collect::<Result<_, _>>()?,
        origin_groups: groups.into_iter().map(group).collect::<Result<_, _>>()?,
        default_behavior: behavior::default(default)?,
        behaviors: behaviors.map(behavior::read).collect::<Result<_, _>>()?,
        viewer_certificate: certificate.flatten(),
        geo_restriction: restriction.map(geo).transpose()?.flatten(),
        web_acl: given(Some(summary.web_acl_id)),
        http_version: said(summary.http_version.as_str(), "HttpVersion")?.to_owned(),
        config: not_yet(),
        tags: not_yet(),
    })
}

fn group(group: types::OriginGroup) -> Result<OriginGroup, Missing> {
    let members = group.members.ok_or(Missing("Members"))?;
    let members = items(members.quantity, Some(members.items), "Members")?.into_iter();
    let id = |member: types::OriginGroupMember| Ok(said(&member.origin_id, "OriginId")?.to_owned());
    Ok(OriginGroup {
        id: said(&group.id, "Id")?.to_owned(),
        members: members.map(id).collect::<Result<_, _>>()?,
    })
}

/// What viewers see. The SDK makes up an empty one where AWS says nothing.
fn certificate(
    certificate: types::ViewerCertificate,
) -> Result<Option<ViewerCertificate>, Missing> {
    let minimum = certificate.minimum_protocol_version;
    let read = ViewerCertificate {
        default: certificate.cloud_front_default_certificate.unwrap_or_default(),
        acm: some_arn(certificate.acm_certificate_arn, "ACMCertificateArn")?,
        iam: given(certificate.iam_certificate_id),
        support: certificate.ssl_support_method.map(|method| method.as_str().into()),
        minimum_protocol: minimum.map(|policy| SecurityPolicy(policy.as_str().to_owned())),
    };
    let is_said = read.default || read.acm.is_some() || read.iam.is_some();
    Ok(is_said.then_some(read))
}

/// From where viewers are let in. The SDK makes up an empty one where AWS says nothing.
fn geo(restriction: types::GeoRestriction) -> Result<Option<GeoRestriction>, Missing> {
    let Ok(kind) = said(restriction.restriction_type.as_str(), "RestrictionType") else {
        return Ok(None);
    };
    Ok(Some(GeoRestriction {
        kind: kind.into(),
        countries: items(restriction.quantity, restriction.items, "GeoRestriction")?,
    }))
}
