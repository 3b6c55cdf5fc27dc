//! Web ACLs.

use serde::{Deserialize, Serialize};

use super::{FirewallManagerGroup, OverriddenGroup, Rule, Visibility, WebAclLogging};
use crate::{
    Arn, Observed, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// A web ACL (`ListWebACLs`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebAcl {
    /// Its ARN, `arn:<partition>:wafv2:<region>:<account>:<regional or global>/webacl/<name>/<id>`.
    pub arn: Arn,
    /// Its id.
    pub id: String,
    /// The name that its owner gave it, unique in its scope and region.
    pub name: String,
    /// What it may protect.
    pub scope: Scope,
    /// Where it lives; one for CloudFront, where CloudFront itself is asked.
    pub region: Region,
    /// Its rules.
    #[serde(default)]
    pub settings: Observed<WebAclSettings>,
    /// What is in the managed groups of which it overrides rules.
    #[serde(default)]
    pub overridden_groups: Vec<OverriddenGroup>,
    /// Where it logs; not set if nowhere.
    #[serde(default)]
    pub logging: Observed<WebAclLogging>,
    /// Something of its region that it protects; not set if there is nothing, and for one for CloudFront, whose
    /// distributions name their web ACL themselves.
    #[serde(default)]
    pub protects: Observed<Protected>,
}
fact!(WebAcl, "wafv2:ListWebACLs");

impl Resource for WebAcl {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        self.scope.place(&self.region)
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::WAFv2::WebACL")
    }
}

open_enum! {
    /// What a web ACL or a rule group is for (`Scope`).
    Scope {
        /// CloudFront.
        CloudFront = "CLOUDFRONT",
        /// What is in its region: load balancers, APIs, user pools.
        Regional = "REGIONAL",
    }
}

impl Scope {
    /// Where something of this scope lives.
    pub fn place<'a>(&self, region: &'a Region) -> Place<'a> {
        match self {
            Self::CloudFront => Place::Global,
            Self::Regional | Self::Other(_) => Place::Region(region),
        }
    }
}

/// The settings of a web ACL (`GetWebACL`). What its rules look for in requests stays with AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebAclSettings {
    /// What happens to requests that no rule ended.
    pub default_action: DefaultAction,
    /// Its rules, as AWS lists them.
    pub rules: Vec<Rule>,
    /// The groups that Firewall Manager put before its rules.
    pub first_groups: Vec<FirewallManagerGroup>,
    /// The groups that Firewall Manager put behind its rules.
    pub last_groups: Vec<FirewallManagerGroup>,
    /// What is seen of requests that no rule ended.
    pub visibility: Visibility,
    /// Whether Firewall Manager made it, and changes what others change in it.
    pub managed_by_firewall_manager: bool,
}
fact!(WebAclSettings, "wafv2:GetWebACL");

impl WebAclSettings {
    /// The groups of Firewall Manager, before and behind the rules.
    pub fn firewall_manager_groups(&self) -> impl Iterator<Item = &FirewallManagerGroup> {
        self.first_groups.iter().chain(&self.last_groups)
    }
}

open_enum! {
    /// What happens to requests that no rule ended (`DefaultAction`).
    DefaultAction {
        /// They go through.
        Allow = "ALLOW",
        /// They do not.
        Block = "BLOCK",
    }
}

/// Something that a web ACL protects (`ListResourcesForWebACL`): all of the first kind that it protects any of.
///
/// AWS asks for permissions of the kind's own service as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Protected(pub Vec<Arn>);
fact!(Protected, "wafv2:ListResourcesForWebACL");
