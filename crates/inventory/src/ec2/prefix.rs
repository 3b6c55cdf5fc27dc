//! Managed prefix lists: CIDRs under one name, for rules and routes.

use std::collections::BTreeMap;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::Ranged;
use crate::{
    Arn, Observed, Region,
    macros::{fact, regional},
};

/// A managed prefix list, AWS's own ones among them (`DescribeManagedPrefixLists`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrefixList {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `pl-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// Its name, `com.amazonaws.eu-west-1.s3`.
    pub list_name: String,
    /// An account id, or `AWS`.
    pub owner: Option<String>,
    /// `IPv4` or `IPv6`.
    pub family: Option<String>,
    /// Its version, where it has versions.
    pub version: Option<i64>,
    /// What is in it.
    #[serde(default)]
    pub entries: Observed<PrefixListEntries>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(PrefixList, "ec2:DescribeManagedPrefixLists");

impl PrefixList {
    /// Whether it is one of AWS's own: the ranges of one of its services.
    pub fn is_aws(&self) -> bool {
        self.owner.as_deref() == Some("AWS")
    }
}

/// The entries of a list's newest version (`GetManagedPrefixListEntries`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrefixListEntries(pub Vec<Ranged<IpNet>>);
fact!(PrefixListEntries, "ec2:GetManagedPrefixListEntries");
