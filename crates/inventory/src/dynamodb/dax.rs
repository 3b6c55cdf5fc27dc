//! DynamoDB Accelerator: caches of tables.

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// A cluster of DAX (`DescribeClusters`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaxCluster {
    /// Its ARN.
    pub arn: Arn,
    /// Its name, unique in account and region.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// What it is doing, `available`.
    pub status: Option<String>,
    /// Whether what it keeps on disk is encrypted; nothing is that it is not.
    pub encryption: Option<DaxEncryption>,
    /// Whether clients talk to it by TLS; nothing is that they do not.
    pub endpoint_encryption: Option<DaxEndpointEncryption>,
    /// Its nodes.
    pub nodes: Vec<DaxNode>,
    /// How many nodes it is to have (`TotalNodes`).
    pub total_nodes: Option<u32>,
}
fact!(DaxCluster, "dax:DescribeClusters");

impl Resource for DaxCluster {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::DAX::Cluster")
    }
}

/// One node of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaxNode {
    /// Its id within the cluster, `a`.
    pub id: String,
    /// The Availability Zone; nothing while it is being made.
    pub zone: Option<String>,
}

open_enum! {
    /// Whether a cluster is encrypted at rest (`SSEDescription.Status`).
    DaxEncryption {
        /// It is about to be.
        Enabling = "ENABLING",
        /// It is.
        Enabled = "ENABLED",
        /// It is about not to be.
        Disabling = "DISABLING",
        /// It is not.
        Disabled = "DISABLED",
    }
}

open_enum! {
    /// Whether clients talk to a cluster by TLS (`ClusterEndpointEncryptionType`).
    DaxEndpointEncryption {
        /// They do.
        Tls = "TLS",
        /// They do not.
        None = "NONE",
    }
}
