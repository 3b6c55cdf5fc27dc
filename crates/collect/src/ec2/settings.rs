//! What holds for a region as a whole, and the flow logs of its networks.

use aws_sdk_ec2::{
    operation::describe_vpc_block_public_access_exclusions::DescribeVpcBlockPublicAccessExclusionsError as ExclusionsError,
    types,
};
use aws_smithy_async::future::pagination_stream::{PaginationStream, fn_stream::FnStream};
use awspect_inventory::{
    Listed,
    ec2::{BlockExclusion, BlockPublicAccess, FlowLog, MetadataDefaults, MetadataOptions},
};

use super::{
    at::{At, PAGE},
    read::{parsed, said, tags},
};
use crate::{
    ask::{Missing, once},
    read::text,
};

/// What new instances of the region expect of the metadata service.
pub(super) async fn metadata_defaults(at: &At<'_>) -> Listed<MetadataDefaults> {
    at.all(
        once(at.client.get_instance_metadata_defaults().send()),
        |answer| Ok(vec![answer.account_level.ok_or(Missing("accountLevel"))?]),
        |item: types::InstanceMetadataDefaultsResponse| {
            let id = at.region.as_str().to_owned();
            Ok(MetadataDefaults {
                arn: at.own::<MetadataDefaults>(&id, "accountLevel")?,
                region: at.region.clone(),
                options: MetadataOptions {
                    http_tokens: item.http_tokens.map(|it| it.as_str().into()),
                    http_endpoint: item.http_endpoint.map(|it| it.as_str().into()),
                    hop_limit: item.http_put_response_hop_limit,
                    ipv6: None,
                    instance_tags: item.instance_metadata_tags.map(|it| it.as_str().into()),
                },
                managed_by: item.managed_by.map(|by| by.as_str().to_owned()),
                tags: [].into(),
                id,
            })
        },
    )
    .await
}

/// VPC Block Public Access.
pub(super) async fn block(at: &At<'_>) -> Listed<BlockPublicAccess> {
    at.all(
        once(at.client.describe_vpc_block_public_access_options().send()),
        |answer| {
            let options = answer.vpc_block_public_access_options;
            Ok(vec![options.ok_or(Missing("vpcBlockPublicAccessOptions"))?])
        },
        |item: types::VpcBlockPublicAccessOptions| {
            let id = at.region.as_str().to_owned();
            let mode =
                item.internet_gateway_block_mode.ok_or(Missing("internetGatewayBlockMode"))?;
            Ok(BlockPublicAccess {
                arn: at.own::<BlockPublicAccess>(&id, "vpcBlockPublicAccessOptions")?,
                region: at.region.clone(),
                mode: mode.as_str().into(),
                state: item.state.map(|state| state.as_str().to_owned()),
                exclusions_allowed: item.exclusions_allowed.map(|it| it.as_str().to_owned()),
                managed_by: item.managed_by.map(|by| by.as_str().to_owned()),
                tags: [].into(),
                id,
            })
        },
    )
    .await
}

/// What VPC Block Public Access leaves out.
pub(super) async fn exclusions(at: &At<'_>) -> Listed<BlockExclusion> {
    at.all(
        exclusion_pages(at),
        |page| {
            let exclusions = page.vpc_block_public_access_exclusions;
            exclusions.ok_or(Missing("vpcBlockPublicAccessExclusionSet"))
        },
        |item| {
            let id = text(item.exclusion_id, "exclusionId")?;
            let mode = item.internet_gateway_exclusion_mode;
            Ok(BlockExclusion {
                arn: at.own::<BlockExclusion>(&id, "exclusionId")?,
                region: at.region.clone(),
                resource: parsed(item.resource_arn, "resourceArn")?,
                mode: mode.ok_or(Missing("internetGatewayExclusionMode"))?.as_str().into(),
                state: item.state.ok_or(Missing("state"))?.as_str().into(),
                tags: tags(item.tags),
                id,
            })
        },
    )
    .await
}

type ExclusionPage = aws_sdk_ec2::operation::describe_vpc_block_public_access_exclusions::DescribeVpcBlockPublicAccessExclusionsOutput;

/// The one paged operation that the SDK has no paginator for.
fn exclusion_pages(
    at: &At<'_>,
) -> PaginationStream<Result<ExclusionPage, aws_sdk_ec2::error::SdkError<ExclusionsError>>> {
    let request = at.client.describe_vpc_block_public_access_exclusions().max_results(PAGE);
    PaginationStream::new(FnStream::new(|pages| {
        Box::pin(async move {
            let mut next = None;
            loop {
                let page = request.clone().set_next_token(next).send().await;
                next = page.as_ref().ok().and_then(|page| said(page.next_token.clone()));
                if pages.send(page).await.is_err() || next.is_none() {
                    break;
                }
            }
        })
    }))
}

/// The flow logs of VPCs, subnets, interfaces and transit gateways.
pub(super) async fn flow_logs(at: &At<'_>) -> Listed<FlowLog> {
    let pages = at.client.describe_flow_logs().into_paginator().page_size(PAGE).send();
    at.all(
        pages,
        |page| page.flow_logs.ok_or(Missing("flowLogSet")),
        |item| {
            let id = text(item.flow_log_id, "flowLogId")?;
            Ok(FlowLog {
                arn: at.own::<FlowLog>(&id, "flowLogId")?,
                region: at.region.clone(),
                resource: text(item.resource_id, "resourceId")?,
                traffic: item.traffic_type.map(|it| it.as_str().into()),
                status: said(item.flow_log_status),
                delivery: said(item.deliver_logs_status).map(|it| it.as_str().into()),
                delivery_error: said(item.deliver_logs_error_message),
                destination_kind: item.log_destination_type.map(|it| it.as_str().to_owned()),
                destination: said(item.log_destination),
                log_group: said(item.log_group_name),
                tags: tags(item.tags),
                id,
            })
        },
    )
    .await
}
