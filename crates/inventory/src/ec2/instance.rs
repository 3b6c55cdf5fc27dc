//! Instances, and how they reach their metadata service.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, Ipv6Addr},
};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    Arn, Region,
    macros::{fact, open_enum, regional},
};

/// An instance (`DescribeInstances`). Its interfaces stand in their own listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `i-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Whether it runs.
    pub state: InstanceState,
    /// When it was last started.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub launched_at: Option<OffsetDateTime>,
    /// `Linux/UNIX`, `Windows` and what is billed apart.
    pub platform: Option<String>,
    /// Its size, `t3.micro`.
    pub size: Option<String>,
    /// The image that it was started from.
    pub image: Option<String>,
    /// The key pair that it was started with.
    pub key_pair: Option<String>,
    /// The profile that gives it a role.
    pub profile: Option<Arn>,
    /// How it reaches its metadata service.
    pub metadata: Option<MetadataOptions>,
    /// Its VPC; none once it is terminated.
    pub vpc: Option<String>,
    /// Its first interface's subnet.
    pub subnet: Option<String>,
    /// The public IPv4 addresses of all its interfaces, secondary ones among them.
    pub public_ipv4: Vec<Ipv4Addr>,
    /// The IPv6 addresses of all its interfaces.
    pub ipv6: Vec<Ipv6Addr>,
    /// Its interfaces, by id.
    pub interfaces: Vec<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(Instance, "ec2:DescribeInstances");

open_enum! {
    /// Whether an instance runs.
    InstanceState {
        /// It starts.
        Pending = "pending",
        /// It does.
        Running = "running",
        /// It is being terminated.
        ShuttingDown = "shutting-down",
        /// It is no more, and disappears from the listing within the hour.
        Terminated = "terminated",
        /// It is being stopped.
        Stopping = "stopping",
        /// It may be started again.
        Stopped = "stopped",
    }
}

/// How an instance reaches the instance metadata service, which hands out its role's credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataOptions {
    /// Whether it needs a session token, which is IMDSv2.
    pub http_tokens: Option<HttpTokens>,
    /// Whether the service answers at all.
    pub http_endpoint: Option<EndpointState>,
    /// How many network hops an answer with a token may go, 1 to 64.
    pub hop_limit: Option<i32>,
    /// Whether it answers over IPv6 too.
    pub ipv6: Option<EndpointState>,
    /// Whether it tells the instance's tags.
    pub instance_tags: Option<EndpointState>,
}

open_enum! {
    /// Whether the metadata service needs a session token.
    HttpTokens {
        /// It does: IMDSv2 only.
        Required = "required",
        /// It does not.
        Optional = "optional",
        /// A region's default is left to the image.
        NoPreference = "no-preference",
    }
}

open_enum! {
    /// Whether a part of the metadata service answers.
    EndpointState {
        /// It does.
        Enabled = "enabled",
        /// It does not.
        Disabled = "disabled",
        /// A region's default is left to the image.
        NoPreference = "no-preference",
    }
}

/// What a region's new instances get where neither request nor image says (`GetInstanceMetadataDefaults`).
///
/// Fields that the account never set are missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataDefaults {
    /// AWS gives it no ARN; this one is `arn:<partition>:ec2:<region>:<account>:instance-metadata-defaults`.
    pub arn: Arn,
    /// The region's code again, which is what tells these records apart.
    pub id: String,
    /// Where they hold.
    pub region: Region,
    /// What they are.
    pub options: MetadataOptions,
    /// `account`, or `declarative-policy` where the organization sets them.
    pub managed_by: Option<String>,
    /// None: they have no tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(MetadataDefaults, "ec2:GetInstanceMetadataDefaults");
