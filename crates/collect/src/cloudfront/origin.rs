//! Origins.

use aws_sdk_cloudfront::types::{CustomHeaders, CustomOriginConfig, VpcOriginConfig};
use awspect_inventory::cloudfront::{CustomOrigin, Origin, OriginKind};

use super::read::items;
use crate::{
    ask::{Missing, not_yet},
    read::{given, said},
};

/// How an origin names its origin access identity.
const IDENTITY: &str = "origin-access-identity/cloudfront/";

/// An origin, without whose the bucket is that it may mean.
pub(super) fn read(origin: aws_sdk_cloudfront::types::Origin) -> Result<Origin, Missing> {
    let kind =
        match (origin.s3_origin_config, origin.custom_origin_config, origin.vpc_origin_config) {
            (Some(s3), ..) => {
                let identity = given(Some(s3.origin_access_identity));
                let id = |path: String| path.strip_prefix(IDENTITY).unwrap_or(&path).to_owned();
                OriginKind::S3 { access_identity: identity.map(id) }
            }
            (None, Some(custom), _) => OriginKind::Custom(server(custom)?),
            (None, None, Some(vpc)) => in_vpc(vpc)?,
            (None, None, None) => OriginKind::Other,
        };
    Ok(Origin {
        id: said(&origin.id, "Id")?.to_owned(),
        domain: said(&origin.domain_name, "DomainName")?.to_owned(),
        path: origin.origin_path.unwrap_or_default(),
        kind,
        access_control: given(origin.origin_access_control_id),
        header_names: origin.custom_headers.map(names).transpose()?.unwrap_or_default(),
        bucket: not_yet(),
    })
}

fn server(custom: CustomOriginConfig) -> Result<CustomOrigin, Missing> {
    let protocols = custom.origin_ssl_protocols.map(|it| {
        let all = items(it.quantity, Some(it.items), "OriginSslProtocols")?;
        Ok(all.iter().map(|protocol| protocol.as_str().into()).collect())
    });
    Ok(CustomOrigin {
        http_port: port(custom.http_port, "HTTPPort")?,
        https_port: port(custom.https_port, "HTTPSPort")?,
        protocol: said(custom.origin_protocol_policy.as_str(), "OriginProtocolPolicy")?.into(),
        ssl_protocols: protocols.transpose()?,
        mtls: custom.origin_mtls_config.is_some(),
    })
}

/// A port; 0 is the SDK's word for nothing.
fn port(port: i32, name: &'static str) -> Result<u16, Missing> {
    u16::try_from(port).ok().filter(|port| *port > 0).ok_or(Missing(name))
}

fn in_vpc(vpc: VpcOriginConfig) -> Result<OriginKind, Missing> {
    let owner = given(vpc.owner_account_id).map(|owner| owner.parse()).transpose();
    Ok(OriginKind::Vpc {
        id: said(&vpc.vpc_origin_id, "VpcOriginId")?.to_owned(),
        owner: owner.map_err(|_| Missing("OwnerAccountId"))?,
    })
}

/// The names of headers; their values may be a secret that the origin knows CloudFront by.
fn names(headers: CustomHeaders) -> Result<Vec<String>, Missing> {
    let headers = items(headers.quantity, headers.items, "CustomHeaders")?.into_iter();
    headers.map(|header| Ok(said(&header.header_name, "HeaderName")?.to_owned())).collect()
}
