//! AWS WAF Classic, which AWS has retired.

use serde::{Deserialize, Serialize};

use crate::{Arn, Place, Region, Resource, macros::fact};

/// A web ACL of AWS WAF Classic for CloudFront (`ListWebACLs`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassicWebAcl {
    /// Its ARN, `arn:<partition>:waf::<account>:webacl/<id>`.
    pub arn: Arn,
    /// Its id, by which distributions name it.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
}
fact!(ClassicWebAcl, "waf:ListWebACLs");

impl Resource for ClassicWebAcl {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::WAF::WebACL")
    }
}

/// A web ACL of AWS WAF Classic for what is in a region (`ListWebACLs`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassicRegionalWebAcl {
    /// Its ARN, `arn:<partition>:waf-regional:<region>:<account>:webacl/<id>`.
    pub arn: Arn,
    /// Its id.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Where it lives.
    pub region: Region,
}
fact!(ClassicRegionalWebAcl, "waf-regional:ListWebACLs");

impl Resource for ClassicRegionalWebAcl {
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
        Some("AWS::WAFRegional::WebACL")
    }
}
