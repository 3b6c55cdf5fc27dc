//! Caches of tables: encrypted at rest and in transit, and in several zones.

use std::collections::BTreeSet;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    dynamodb::{DaxCluster, DaxEncryption, DaxEndpointEncryption},
};
use serde_json::json;

use crate::engine::unknown_value;

fn is(cluster: &DaxCluster, status: &str) -> bool {
    cluster.status.as_deref() == Some(status)
}

fn without(field: &str) -> Unknown {
    Unknown::new(DaxCluster::ACTION, Reason::Malformed)
        .because(format!("the answer has no `{field}`"))
}

/// What a cluster keeps on disk is encrypted.
pub(super) fn at_rest(cluster: &DaxCluster) -> Option<Decision> {
    (!is(cluster, "deleting")).then(|| {
        let status = cluster.encryption.as_ref();
        let status = status.ok_or_else(|| without("SSEDescription.Status"))?;
        let encrypts = match status {
            DaxEncryption::Enabled | DaxEncryption::Enabling => true,
            DaxEncryption::Disabled | DaxEncryption::Disabling => false,
            DaxEncryption::Other(other) => return Err(unknown_value::<DaxCluster>(other)),
        };
        let field = "Clusters[].SSEDescription.Status";
        let evidence = Evidence::of::<DaxCluster>(field, status.as_str(), "ENABLED");
        Ok(Verdict::holds(encrypts, evidence))
    })
}

/// Clients talk to a cluster by TLS.
pub(super) fn in_transit(cluster: &DaxCluster) -> Option<Decision> {
    (!is(cluster, "deleting")).then(|| {
        let kind = cluster.endpoint_encryption.as_ref();
        let kind = kind.ok_or_else(|| without("ClusterEndpointEncryptionType"))?;
        let encrypts = match kind {
            DaxEndpointEncryption::Tls => true,
            DaxEndpointEncryption::None => false,
            DaxEndpointEncryption::Other(other) => return Err(unknown_value::<DaxCluster>(other)),
        };
        let field = "Clusters[].ClusterEndpointEncryptionType";
        let evidence = Evidence::of::<DaxCluster>(field, kind.as_str(), "TLS");
        Ok(Verdict::holds(encrypts, evidence))
    })
}

/// A cluster outlives a zone.
pub(super) fn zones(cluster: &DaxCluster) -> Option<Decision> {
    (!is(cluster, "deleting") && !is(cluster, "creating")).then(|| {
        let zones: BTreeSet<&String> =
            cluster.nodes.iter().filter_map(|node| node.zone.as_ref()).collect();
        let unseen = cluster.total_nodes.is_none_or(|total| {
            usize::try_from(total).is_ok_and(|total| total > cluster.nodes.len())
        });
        let has_all = !cluster.nodes.is_empty()
            && !unseen
            && cluster.nodes.iter().all(|node| node.zone.is_some());
        if zones.len() < 2 && !has_all {
            return Err(Unknown::new(DaxCluster::ACTION, Reason::Undecided)
                .because("AWS does not say where all nodes lie"));
        }
        let observed = json!({ "nodes": cluster.nodes.len(), "zones": zones });
        let field = "Clusters[].Nodes[].AvailabilityZone";
        let evidence = Evidence::of::<DaxCluster>(field, observed, "several zones");
        Ok(Verdict::holds(zones.len() > 1, evidence))
    })
}
