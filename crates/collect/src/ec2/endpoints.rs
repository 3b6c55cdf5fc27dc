//! VPC endpoints, the endpoints of EC2 Instance Connect, and the endpoint services of the account.

use aws_sdk_ec2::types;
use awspect_inventory::{
    Fact as _, Listed, Observed, Reason, Unknown,
    ec2::{
        AllowedPrincipals, EndpointPolicy, EndpointService, InstanceConnectEndpoint, VpcEndpoint,
    },
};
use futures::{StreamExt as _, stream};

use super::{
    at::{At, IN_FLIGHT, PAGE},
    read::{account, all, said, tags},
};
use crate::{
    ask::{Missing, still_there},
    read::text,
};

/// The most that `DescribeInstanceConnectEndpoints` gives in one page.
const CONNECT_PAGE: i32 = 50;

pub(super) async fn endpoints(at: &At<'_>) -> Listed<VpcEndpoint> {
    let pages = at.client.describe_vpc_endpoints().into_paginator().page_size(PAGE).send();
    at.all(
        pages,
        |page| page.vpc_endpoints.ok_or(Missing("vpcEndpointSet")),
        |item| endpoint(at, item),
    )
    .await
}

fn endpoint(at: &At<'_>, item: types::VpcEndpoint) -> Result<VpcEndpoint, Missing> {
    let id = text(item.vpc_endpoint_id, "vpcEndpointId")?;
    let owner = account(item.owner_id);
    let kind = item.vpc_endpoint_type.ok_or(Missing("vpcEndpointType"))?;
    let policy = said(item.policy_document);
    Ok(VpcEndpoint {
        arn: at.arn::<VpcEndpoint>(owner.as_ref(), &id, "vpcEndpointId")?,
        region: at.region.clone(),
        vpc: text(item.vpc_id, "vpcId")?,
        kind: kind.as_str().into(),
        service: said(item.service_name),
        state: item.state.map(|state| state.as_str().to_owned()),
        policy: policy.map_or(Observed::NotSet, |policy| Observed::Set(EndpointPolicy(policy))),
        subnets: item.subnet_ids.unwrap_or_default(),
        route_tables: item.route_table_ids.unwrap_or_default(),
        groups: all(item.groups, |group| text(group.group_id, "groupSet.groupId"))?,
        interfaces: item.network_interface_ids.unwrap_or_default(),
        private_dns: item.private_dns_enabled.unwrap_or_default(),
        requester_managed: item.requester_managed.unwrap_or_default(),
        tags: tags(item.tags),
        owner,
        id,
    })
}

pub(super) async fn connect(at: &At<'_>) -> Listed<InstanceConnectEndpoint> {
    let pages = at.client.describe_instance_connect_endpoints().into_paginator();
    at.all(
        pages.page_size(CONNECT_PAGE).send(),
        |page| page.instance_connect_endpoints.ok_or(Missing("instanceConnectEndpointSet")),
        |item| {
            let id = text(item.instance_connect_endpoint_id, "instanceConnectEndpointId")?;
            let owner = account(item.owner_id);
            let name = "instanceConnectEndpointId";
            Ok(InstanceConnectEndpoint {
                arn: at.arn::<InstanceConnectEndpoint>(owner.as_ref(), &id, name)?,
                region: at.region.clone(),
                vpc: said(item.vpc_id),
                subnet: said(item.subnet_id),
                state: item.state.map(|state| state.as_str().to_owned()),
                groups: item.security_group_ids.unwrap_or_default(),
                interfaces: item.network_interface_ids.unwrap_or_default(),
                preserve_client_ip: item.preserve_client_ip.ok_or(Missing("preserveClientIp"))?,
                tags: tags(item.tags),
                owner,
                id,
            })
        },
    )
    .await
}

/// The endpoint services of the account, each with those who may connect.
pub(super) async fn services(at: &At<'_>) -> Listed<EndpointService> {
    let pages = at.client.describe_vpc_endpoint_service_configurations().into_paginator();
    let listed = at
        .all(
            pages.page_size(PAGE).send(),
            |page| page.service_configurations.ok_or(Missing("serviceConfigurationSet")),
            |item| service(at, item),
        )
        .await;
    let read = stream::iter(listed.found)
        .map(async |service| {
            let principals = principals(at, &service.id).await;
            let is_gone = matches!(&principals, Observed::Unknown(it) if it.reason == Reason::Gone);
            (!is_gone).then_some(EndpointService { principals, ..service })
        })
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn service(at: &At<'_>, item: types::ServiceConfiguration) -> Result<EndpointService, Missing> {
    let id = text(item.service_id, "serviceId")?;
    let mut load_balancers = item.network_load_balancer_arns.unwrap_or_default();
    load_balancers.extend(item.gateway_load_balancer_arns.unwrap_or_default());
    Ok(EndpointService {
        arn: at.own::<EndpointService>(&id, "serviceId")?,
        region: at.region.clone(),
        service_name: text(item.service_name, "serviceName")?,
        state: item.service_state.map(|state| state.as_str().to_owned()),
        acceptance_required: item.acceptance_required.ok_or(Missing("acceptanceRequired"))?,
        load_balancers,
        principals: Observed::Unknown(Unknown::new(AllowedPrincipals::ACTION, Reason::NotAsked)),
        tags: tags(item.tags),
        id,
    })
}

async fn principals(at: &At<'_>, service: &str) -> Observed<AllowedPrincipals> {
    let pages = at.client.describe_vpc_endpoint_service_permissions().service_id(service);
    at.whole(
        pages.into_paginator().page_size(PAGE).send(),
        |page| page.allowed_principals.ok_or(Missing("allowedPrincipals")),
        |item| text(item.principal, "allowedPrincipals.principal"),
        AllowedPrincipals,
    )
    .await
}
