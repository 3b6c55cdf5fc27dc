//! The account's own layers, version by version.

use aws_sdk_lambda::{Client, types::LayerVersionsListItem};
use awspect_inventory::{
    Gap, Listed, Observed, Region,
    lambda::{LayerVersion, LayerVersionPolicy, Layers},
};
use futures::{StreamExt as _, stream};

use super::IN_FLIGHT;
use crate::{
    Session,
    ask::{Ask, Missing},
    read::{arn, text},
    regions::together,
};

/// The versions of the layers of a region.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<LayerVersion> {
    let client = session.lambda(region);
    let account = &session.account;
    let pattern = format!("arn:{}:lambda:{region}:{}:layer", account.partition, account.id);
    let layers = session
        .ask(region)
        .pages::<Layers, _, _, _, _>(
            client.list_layers().into_paginator().send(),
            |page| page.layers.ok_or(Missing("Layers")),
            |layer| text(layer.layer_name, "LayerName"),
            |unknown| Gap { arn: format!("{pattern}:*"), region: Some(region.clone()), unknown },
        )
        .await;
    let read = stream::iter(layers.found).map(|layer| {
        let pattern = format!("{pattern}:{layer}:*");
        Box::pin(versions(session, &client, region, layer, pattern))
    });
    let mut all = together(read.buffered(IN_FLIGHT).collect::<Vec<_>>().await);
    all.gaps.extend(layers.gaps);
    all
}

async fn versions(
    session: &Session,
    client: &Client,
    region: &Region,
    layer: String,
    pattern: String,
) -> Listed<LayerVersion> {
    let ask = session.ask(region);
    let pages = client.list_layer_versions().layer_name(&layer).into_paginator().send();
    let listed = ask
        .pages::<LayerVersion, _, _, _, _>(
            pages,
            |page| page.layer_versions.ok_or(Missing("LayerVersions")),
            |version| Ok((version.version, named(region, &layer, &version)?)),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    let mut found = vec![];
    for (number, mut version) in listed.found {
        version.policy = policy(client, &ask, &layer, number).await;
        found.push(version);
    }
    Listed { found, gaps: listed.gaps, gone: listed.gone }
}

fn named(
    region: &Region,
    layer: &str,
    version: &LayerVersionsListItem,
) -> Result<LayerVersion, Missing> {
    Ok(LayerVersion {
        arn: arn(version.layer_version_arn.as_deref(), "LayerVersionArn")?,
        name: format!("{layer}:{}", version.version),
        region: region.clone(),
        policy: Observed::default(),
    })
}

async fn policy(
    client: &Client,
    ask: &Ask,
    layer: &str,
    version: i64,
) -> Observed<LayerVersionPolicy> {
    let call = client.get_layer_version_policy().layer_name(layer).version_number(version).send();
    ask.fact(&["ResourceNotFoundException"], call, |answer| {
        text(answer.policy, "Policy").map(|policy| Some(LayerVersionPolicy(policy)))
    })
    .await
}
