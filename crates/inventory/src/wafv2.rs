//! AWS WAF: web ACLs and rule groups, and what is left of AWS WAF Classic.
//!
//! Field meanings are those of the API references of AWS WAF and AWS WAF Classic.

use serde::{Deserialize, Serialize};

use crate::Listed;

mod acl;
mod classic;
mod group;
mod logging;
mod rule;
mod statement;

pub use acl::*;
pub use classic::*;
pub use group::*;
pub use logging::*;
pub use rule::*;
pub use statement::*;

/// What was learned about AWS WAF in one account: what CloudFront may use, and what each region asked for may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wafv2 {
    /// Web ACLs, those for CloudFront whatever regions were asked for.
    pub web_acls: Listed<WebAcl>,
    /// The account's own rule groups.
    pub rule_groups: Listed<RuleGroup>,
    /// Web ACLs of AWS WAF Classic for CloudFront.
    pub classic: Listed<ClassicWebAcl>,
    /// Web ACLs of AWS WAF Classic for what is in a region.
    pub classic_regional: Listed<ClassicRegionalWebAcl>,
}

impl Wafv2 {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        self.web_acls.gone + self.rule_groups.gone
    }
}
