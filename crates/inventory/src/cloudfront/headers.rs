//! Headers that a distribution adds to responses.

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Place, Resource,
    macros::{fact, open_enum},
};

/// A response headers policy (`ListResponseHeadersPolicies`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseHeadersPolicy {
    /// Its ARN, `arn:<partition>:cloudfront::<account>:response-headers-policy/<id>`; one of AWS's own has no account.
    pub arn: Arn,
    /// Its id, which behaviors name it by.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Whose it is.
    pub owner: PolicyOwner,
    /// Cross-origin resource sharing; nothing if it adds no such headers.
    pub cors: Option<ResponseCors>,
    /// Headers by which browsers protect a site.
    pub security: SecurityHeaders,
    /// The names of other headers that it adds. Their values stay with AWS.
    pub custom: Vec<String>,
    /// The names of headers that it takes away.
    pub removed: Vec<String>,
}
fact!(ResponseHeadersPolicy, "cloudfront:ListResponseHeadersPolicies");

impl Resource for ResponseHeadersPolicy {
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
        Some("AWS::CloudFront::ResponseHeadersPolicy")
    }
}

open_enum! {
    /// Whose a policy is (`Type`).
    PolicyOwner {
        /// AWS's.
        Managed = "managed",
        /// The account's.
        Custom = "custom",
    }
}

/// Cross-origin resource sharing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseCors {
    /// Origins that may read responses, with `*` for all.
    pub origins: Vec<String>,
    /// HTTP methods, with `ALL` for all.
    pub methods: Vec<String>,
    /// Request headers.
    pub headers: Vec<String>,
    /// Whether with the user's cookies.
    pub credentials: bool,
    /// Whether this goes before what the origin says.
    pub overrides: bool,
}

/// Headers by which browsers protect a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecurityHeaders {
    /// `Strict-Transport-Security`
    pub hsts: Option<Hsts>,
    /// `X-Content-Type-Options: nosniff`
    pub content_type_options: bool,
    /// `X-Frame-Options`, `DENY` or `SAMEORIGIN`
    pub frame_options: Option<String>,
    /// `Referrer-Policy`
    pub referrer_policy: Option<String>,
    /// `Content-Security-Policy`
    pub content_security_policy: Option<String>,
    /// Whether it adds `X-XSS-Protection`.
    pub xss_protection: bool,
}

/// For how long browsers speak HTTPS only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hsts {
    /// Seconds.
    pub max_age: u32,
    /// Whether with all names below.
    pub include_subdomains: bool,
    /// Whether browsers may know it before the first visit.
    pub preload: bool,
    /// Whether this goes before what the origin says.
    pub overrides: bool,
}
