//! Standard logs of the new kind, which CloudWatch Logs delivers.

use aws_sdk_cloudwatchlogs::{Client, types};
use awspect_inventory::{
    Listed, Observed, Region,
    cloudfront::{Deliveries, Delivery, DeliverySource, DeliverySources, Distribution},
};

use crate::{
    Session,
    ask::{Ask, Missing},
    read::{arn, text},
};

/// How CloudWatch Logs names CloudFront.
const SERVICE: &str = "cloudfront";

/// The most that a listing of CloudWatch Logs gives in one page.
const PAGE: i32 = 50;

/// What is delivered of the distributions, and where to. Only what there may be is asked for: no source without a
/// distribution, and no delivery without a source.
pub(super) async fn collect(
    session: &Session,
    home: &Region,
    distributions: &Listed<Distribution>,
) -> (Observed<DeliverySources>, Observed<Deliveries>) {
    if distributions.found.is_empty() && distributions.gaps.is_empty() {
        return none();
    }
    let client = session.cloudwatch_logs(home);
    let ask = session.ask(home);
    let sources = sources(&client, &ask).await;
    let deliveries = match &sources {
        Observed::Set(DeliverySources(all)) if all.is_empty() => Observed::Set(Deliveries(vec![])),
        _ => deliveries(&client, &ask).await,
    };
    (sources, deliveries)
}

/// Where there is no distribution, nothing is delivered.
pub(super) fn none() -> (Observed<DeliverySources>, Observed<Deliveries>) {
    (Observed::Set(DeliverySources(vec![])), Observed::Set(Deliveries(vec![])))
}

async fn sources(client: &Client, ask: &Ask) -> Observed<DeliverySources> {
    let pages = client.describe_delivery_sources().into_paginator().page_size(PAGE).send();
    ask.whole(
        pages,
        |page| {
            let all = page.delivery_sources.ok_or(Missing("deliverySources"))?.into_iter();
            // What does not say whose it is may be CloudFront's.
            let is_ours = |it: &types::DeliverySource| {
                it.service.as_deref().is_none_or(|service| service == SERVICE)
            };
            Ok(all.filter(is_ours).collect())
        },
        source,
        DeliverySources,
    )
    .await
}

fn source(source: types::DeliverySource) -> Result<DeliverySource, Missing> {
    text(source.service, "service")?;
    let resources = source.resource_arns.ok_or(Missing("resourceArns"))?;
    let resources = resources.iter().map(|resource| arn(Some(resource), "resourceArns"));
    Ok(DeliverySource {
        name: text(source.name, "name")?,
        resources: resources.collect::<Result<_, _>>()?,
        log_type: text(source.log_type, "logType")?.as_str().into(),
    })
}

async fn deliveries(client: &Client, ask: &Ask) -> Observed<Deliveries> {
    let pages = client.describe_deliveries().into_paginator().page_size(PAGE).send();
    ask.whole(pages, |page| page.deliveries.ok_or(Missing("deliveries")), delivery, Deliveries)
        .await
}

fn delivery(delivery: types::Delivery) -> Result<Delivery, Missing> {
    let kind = delivery.delivery_destination_type;
    Ok(Delivery {
        source: text(delivery.delivery_source_name, "deliverySourceName")?,
        destination: arn(delivery.delivery_destination_arn.as_deref(), "deliveryDestinationArn")?,
        destination_type: kind.map(|kind| kind.as_str().to_owned()),
    })
}
