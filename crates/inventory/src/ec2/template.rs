//! Launch templates: what new instances will look like.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::MetadataOptions;
use crate::{
    Arn, Observed, Region,
    macros::{fact, regional},
};

/// A launch template (`DescribeLaunchTemplates`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaunchTemplate {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `lt-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Its name, unique in account and region.
    pub template_name: String,
    /// Who made it.
    pub created_by: Option<String>,
    /// The version that is taken where a request names none.
    #[serde(default)]
    pub default_version: Observed<TemplateVersion>,
    /// The newest version.
    #[serde(default)]
    pub latest_version: Observed<TemplateVersion>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(LaunchTemplate, "ec2:DescribeLaunchTemplates");

/// One version of a template (`DescribeLaunchTemplateVersions`). What it leaves out is decided at launch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateVersion {
    /// Its number, from 1.
    pub number: i64,
    /// The image.
    pub image: Option<String>,
    /// The profile that gives its instances a role, by ARN or name.
    pub profile: Option<String>,
    /// How its instances reach their metadata service.
    pub metadata: Option<MetadataOptions>,
    /// Security groups, by id, where it has no interfaces of its own.
    pub groups: Vec<String>,
    /// Interfaces.
    pub interfaces: Vec<TemplateInterface>,
}
fact!(TemplateVersion, "ec2:DescribeLaunchTemplateVersions");

/// An interface that a template makes, or an existing one that it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateInterface {
    /// The place among the instance's interfaces, from 0.
    pub device_index: Option<i32>,
    /// The existing interface that it takes.
    pub interface: Option<String>,
    /// The subnet.
    pub subnet: Option<String>,
    /// Security groups, by id.
    pub groups: Vec<String>,
    /// Whether it gets a public IPv4 address; where it does not say, the subnet decides.
    pub public_ip: Option<bool>,
    /// How many IPv6 addresses it gets, fixed ones counted.
    pub ipv6_addresses: Option<i32>,
}
