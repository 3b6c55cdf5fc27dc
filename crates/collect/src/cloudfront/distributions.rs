//! Distributions, each with what their listing leaves out.

use std::collections::BTreeMap;

use aws_sdk_cloudfront::{
    Client,
    operation::{
        get_distribution_config::GetDistributionConfigOutput,
        list_tags_for_resource::ListTagsForResourceOutput,
    },
    types::LoggingConfig,
};
use awspect_inventory::{
    Listed, Observed,
    cloudfront::{Distribution, DistributionConfig, DistributionTags, StandardLogging},
};
use futures::{StreamExt as _, stream};

use super::{
    IN_FLIGHT, PAGE,
    read::{gap, page},
    summary,
};
use crate::{
    Session,
    ask::{Ask, Missing, Read, still_there},
    read::{given, is_gone, said},
};

/// The account's distributions.
pub(super) async fn collect(session: &Session, client: &Client) -> Listed<Distribution> {
    let pages = client.list_distributions().into_paginator().page_size(PAGE).send();
    let listed = session
        .ask(&session.home)
        .pages::<Distribution, _, _, _, _>(
            pages,
            |answer| {
                let list = answer.distribution_list.ok_or(Missing("DistributionList"))?;
                page(list.is_truncated, list.next_marker.as_ref(), list.items)
            },
            summary::read,
            |unknown| gap(session, "distribution", unknown),
        )
        .await;
    let read = stream::iter(listed.found)
        .map(|distribution| Box::pin(one(session, client, distribution)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

/// A distribution; `None` if it is not there any more, which only the call for itself can say.
async fn one(session: &Session, client: &Client, listed: Distribution) -> Option<Distribution> {
    let ask = session.ask(&session.home);
    let (config, tags) = futures::join!(
        config(client, &ask, &listed.id),
        ask.fact(&[], client.list_tags_for_resource().resource(listed.arn.as_str()).send(), tags),
    );
    if is_gone(&config) {
        return None;
    }
    if ask.gone() && is_gone(&self::config(client, &ask, &listed.id).await) {
        return None;
    }
    Some(Distribution { config, tags, ..listed })
}

async fn config(client: &Client, ask: &Ask, id: &str) -> Observed<DistributionConfig> {
    ask.fact(&[], client.get_distribution_config().id(id).send(), read).await
}

fn read(answer: GetDistributionConfigOutput) -> Read<DistributionConfig> {
    let config = answer.distribution_config.ok_or(Missing("DistributionConfig"))?;
    let logging = config.logging.filter(|logging| logging.enabled);
    Ok(Some(DistributionConfig {
        default_root_object: given(config.default_root_object),
        logging: logging.map(standard_logging).transpose()?,
        continuous_deployment_policy: given(config.continuous_deployment_policy_id),
    }))
}

fn standard_logging(logging: LoggingConfig) -> Result<StandardLogging, Missing> {
    Ok(StandardLogging {
        bucket: said(&logging.bucket, "Bucket")?.to_owned(),
        prefix: logging.prefix,
        cookies: logging.include_cookies,
    })
}

fn tags(answer: ListTagsForResourceOutput) -> Read<DistributionTags> {
    let tags = answer.tags.ok_or(Missing("Tags"))?.items.unwrap_or_default().into_iter();
    let tags = tags
        .map(|tag| Ok((said(&tag.key, "Key")?.to_owned(), tag.value.unwrap_or_default())))
        .collect::<Result<BTreeMap<_, _>, _>>()?;
    Ok(Some(DistributionTags(tags)))
}
