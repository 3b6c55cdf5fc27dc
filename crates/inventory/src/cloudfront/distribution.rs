//! Distributions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CacheBehavior, Origin, OriginGroup, ViewerCertificate};
use crate::{
    Arn, Observed, Place, Resource,
    macros::{fact, open_enum},
};

/// A distribution (`ListDistributions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distribution {
    /// Its ARN, `arn:<partition>:cloudfront::<account>:distribution/<id>`.
    pub arn: Arn,
    /// Its id, `E1…`.
    pub id: String,
    /// The name in DNS that AWS gave it, `d1….cloudfront.net`.
    pub domain: String,
    /// The names that its owner gave it.
    pub aliases: Vec<String>,
    /// Whether it takes requests.
    pub enabled: bool,
    /// Whether it is one that a continuous deployment tries a new configuration on.
    pub staging: bool,
    /// Whether it serves viewers itself, or is the template of tenants with certificates and web ACLs of their own;
    /// nothing is the former.
    pub connection_mode: Option<ConnectionMode>,
    /// What it reads from.
    pub origins: Vec<Origin>,
    /// Which origins stand in for each other.
    pub origin_groups: Vec<OriginGroup>,
    /// What it does with requests that no other behavior takes.
    pub default_behavior: CacheBehavior,
    /// What it does with the others; the first that matches counts.
    pub behaviors: Vec<CacheBehavior>,
    /// How viewers speak TLS with it; nothing where AWS does not say, as it may not for a template of tenants.
    pub viewer_certificate: Option<ViewerCertificate>,
    /// From where viewers are let in; nothing where AWS does not say.
    pub geo_restriction: Option<GeoRestriction>,
    /// The web ACL in front of it: an ARN, or the id of one of AWS WAF Classic.
    pub web_acl: Option<String>,
    /// The newest version of HTTP that it speaks with viewers, `http2and3`.
    pub http_version: String,
    /// What the listing leaves out.
    #[serde(default)]
    pub config: Observed<DistributionConfig>,
    /// Its tags.
    #[serde(default)]
    pub tags: Observed<DistributionTags>,
}
fact!(Distribution, "cloudfront:ListDistributions");

impl Distribution {
    /// All its behaviors, the default one first.
    pub fn all_behaviors(&self) -> impl Iterator<Item = &CacheBehavior> {
        std::iter::once(&self.default_behavior).chain(&self.behaviors)
    }

    /// The origin of this id.
    pub fn origin(&self, id: &str) -> Option<&Origin> {
        self.origins.iter().find(|origin| origin.id == id)
    }

    /// Its web ACL, where it is not one of AWS WAF Classic.
    pub fn web_acl_arn(&self) -> Option<Arn> {
        self.web_acl.as_ref()?.parse().ok()
    }
}

impl Resource for Distribution {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.id
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::CloudFront::Distribution")
    }

    fn tags(&self) -> BTreeMap<String, String> {
        self.tags.set().map(|DistributionTags(tags)| tags.clone()).unwrap_or_default()
    }
}

open_enum! {
    /// Whether a distribution serves viewers itself (`ConnectionMode`).
    ConnectionMode {
        /// It does.
        Direct = "direct",
        /// It is the template of tenants.
        TenantOnly = "tenant-only",
    }
}

/// From where viewers are let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeoRestriction {
    /// What the list is of.
    pub kind: GeoRestrictionKind,
    /// Countries by their two letters of ISO 3166-1.
    pub countries: Vec<String>,
}

open_enum! {
    /// What a list of countries is of (`RestrictionType`).
    GeoRestrictionKind {
        /// There is no list, and all are let in.
        None = "none",
        /// Those that are kept out.
        Blacklist = "blacklist",
        /// Those that are let in.
        Whitelist = "whitelist",
    }
}

/// What the listing of distributions leaves out (`GetDistributionConfig`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistributionConfig {
    /// What viewers get who ask for `/`.
    pub default_root_object: Option<String>,
    /// Where its standard logs of the old kind go; nothing if nowhere.
    pub logging: Option<StandardLogging>,
    /// The id of the policy by which some viewers get a staging distribution.
    pub continuous_deployment_policy: Option<String>,
}
fact!(DistributionConfig, "cloudfront:GetDistributionConfig");

/// Standard logs of the old kind, which go to a bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardLogging {
    /// The bucket as a host, `logs.s3.amazonaws.com`.
    pub bucket: String,
    /// What their keys begin with.
    pub prefix: String,
    /// Whether cookies are in them.
    pub cookies: bool,
}

/// The tags of a distribution (`ListTagsForResource`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DistributionTags(pub BTreeMap<String, String>);
fact!(DistributionTags, "cloudfront:ListTagsForResource");
