//! What a distribution does with the requests for some paths.

use serde::{Deserialize, Serialize};

use crate::{Arn, macros::open_enum};

/// A cache behavior.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacheBehavior {
    /// The paths that it is for, `/images/*.jpg`; nothing for the default one, which takes what no other does.
    pub path: Option<String>,
    /// The id of the origin or origin group that it reads from.
    pub target: String,
    /// Whether viewers may speak HTTP.
    pub viewer_protocol: ViewerProtocol,
    /// The HTTP methods that reach the origin; nothing where AWS does not say.
    pub allowed_methods: Option<Vec<String>>,
    /// Whether viewers need signed URLs or cookies (`TrustedKeyGroups`, `TrustedSigners`).
    pub signed: bool,
    /// The functions that see its requests or responses, of CloudFront and of Lambda.
    pub functions: Vec<EdgeFunction>,
    /// The id of the configuration by which fields of forms are encrypted.
    pub field_level_encryption: Option<String>,
    /// Where its real-time logs go.
    pub realtime_logs: Option<Arn>,
    /// The id of the policy by which headers are added to responses.
    pub response_headers_policy: Option<String>,
}

open_enum! {
    /// Whether viewers may speak HTTP (`ViewerProtocolPolicy`).
    ViewerProtocol {
        /// They may.
        AllowAll = "allow-all",
        /// They may not.
        HttpsOnly = "https-only",
        /// They are sent on to HTTPS.
        RedirectToHttps = "redirect-to-https",
    }
}

/// A function at the edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeFunction {
    /// Its ARN, which says whose kind it is: `lambda` with a version, or `cloudfront`.
    pub arn: Arn,
    /// What it sees.
    pub event: EdgeEvent,
}

open_enum! {
    /// What a function at the edge sees (`EventType`).
    EdgeEvent {
        /// Requests as viewers send them.
        ViewerRequest = "viewer-request",
        /// Responses as viewers get them.
        ViewerResponse = "viewer-response",
        /// Requests as the origin gets them.
        OriginRequest = "origin-request",
        /// Responses as the origin sends them.
        OriginResponse = "origin-response",
    }
}
