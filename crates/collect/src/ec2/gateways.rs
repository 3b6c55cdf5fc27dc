//! Internet gateways of both kinds.

use aws_sdk_ec2::types;
use awspect_inventory::{
    Listed,
    ec2::{EgressOnlyGateway, GatewayAttachment, InternetGateway},
};

use super::{
    at::{At, PAGE},
    read::{account, all, tags},
};
use crate::{ask::Missing, read::text};

/// The most that `DescribeEgressOnlyInternetGateways` gives in one page.
const EGRESS_ONLY_PAGE: i32 = 255;

pub(super) async fn internet(at: &At<'_>) -> Listed<InternetGateway> {
    let pages = at.client.describe_internet_gateways().into_paginator().page_size(PAGE).send();
    at.all(
        pages,
        |page| page.internet_gateways.ok_or(Missing("internetGatewaySet")),
        |item| {
            let id = text(item.internet_gateway_id, "internetGatewayId")?;
            let owner = account(item.owner_id);
            Ok(InternetGateway {
                arn: at.arn::<InternetGateway>(owner.as_ref(), &id, "internetGatewayId")?,
                region: at.region.clone(),
                attachments: all(item.attachments, attachment)?,
                tags: tags(item.tags),
                owner,
                id,
            })
        },
    )
    .await
}

pub(super) async fn egress_only(at: &At<'_>) -> Listed<EgressOnlyGateway> {
    let pages = at.client.describe_egress_only_internet_gateways().into_paginator();
    at.all(
        pages.page_size(EGRESS_ONLY_PAGE).send(),
        |page| page.egress_only_internet_gateways.ok_or(Missing("egressOnlyInternetGatewaySet")),
        |item| {
            let id = text(item.egress_only_internet_gateway_id, "egressOnlyInternetGatewayId")?;
            Ok(EgressOnlyGateway {
                arn: at.own::<EgressOnlyGateway>(&id, "egressOnlyInternetGatewayId")?,
                region: at.region.clone(),
                attachments: all(item.attachments, attachment)?,
                tags: tags(item.tags),
                id,
            })
        },
    )
    .await
}

fn attachment(item: types::InternetGatewayAttachment) -> Result<GatewayAttachment, Missing> {
    Ok(GatewayAttachment {
        vpc: text(item.vpc_id, "attachmentSet.vpcId")?,
        state: item.state.map(|state| state.as_str().to_owned()),
    })
}
