//! Clusters of DAX.

use aws_sdk_dax::types::{Cluster, Node};
use awspect_inventory::{
    Gap, Listed, Region,
    dynamodb::{DaxCluster, DaxNode},
};

use crate::{
    Session,
    ask::{Missing, turned},
    read::{arn, given, text},
};

/// The most that `DescribeClusters` gives in one page.
const PAGE: i32 = 100;

/// The clusters of a region.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<DaxCluster> {
    let listing = session.dax(region).describe_clusters().max_results(PAGE);
    let pages = turned(
        move |token| listing.clone().set_next_token(token).send(),
        |page| page.next_token.as_deref(),
    );
    let account = &session.account;
    let pattern = format!("arn:{}:dax:{region}:{}:cache/*", account.partition, account.id);
    session
        .ask(region)
        .pages::<DaxCluster, _, _, _, _>(
            pages,
            |page| page.clusters.ok_or(Missing("Clusters")),
            |cluster| read(region, cluster),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await
}

fn read(region: &Region, cluster: Cluster) -> Result<DaxCluster, Missing> {
    let encryption = cluster.sse_description.and_then(|it| it.status);
    Ok(DaxCluster {
        arn: arn(cluster.cluster_arn.as_deref(), "ClusterArn")?,
        name: text(cluster.cluster_name, "ClusterName")?,
        region: region.clone(),
        status: given(cluster.status),
        encryption: encryption.map(|it| it.as_str().into()),
        endpoint_encryption: cluster.cluster_endpoint_encryption_type.map(|it| it.as_str().into()),
        nodes: cluster.nodes.unwrap_or_default().into_iter().map(node).collect::<Result<_, _>>()?,
        total_nodes: cluster.total_nodes.and_then(|nodes| nodes.try_into().ok()),
    })
}

fn node(node: Node) -> Result<DaxNode, Missing> {
    Ok(DaxNode { id: text(node.node_id, "NodeId")?, zone: given(node.availability_zone) })
}
