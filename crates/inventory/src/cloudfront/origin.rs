//! What distributions read from.

use serde::{Deserialize, Serialize};

use super::S3Endpoint;
use crate::{
    AccountId, Observed,
    macros::{fact, open_enum},
};

/// An origin. The values of the headers that it is sent stay with AWS, for they may be a secret that it shares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Its id, by which behaviors and groups name it.
    pub id: String,
    /// Its name in DNS.
    pub domain: String,
    /// What is put before each path, `/production`.
    pub path: String,
    /// What CloudFront takes it for.
    pub kind: OriginKind,
    /// The id of the origin access control by which requests to it are signed.
    pub access_control: Option<String>,
    /// The names of the headers that are added to requests to it.
    pub header_names: Vec<String>,
    /// Whose the bucket is that its name means; not set if it means none.
    #[serde(default)]
    pub bucket: Observed<OriginBucket>,
}

impl Origin {
    /// The endpoint of S3 that its name means, where it means one, whatever CloudFront takes it for.
    pub fn s3(&self) -> Option<S3Endpoint> {
        S3Endpoint::of(&self.domain, &self.path)
    }
}

/// What CloudFront takes an origin for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// A bucket, by its REST endpoint (`S3OriginConfig`).
    S3 {
        /// The id of the origin access identity that reads it.
        access_identity: Option<String>,
    },
    /// Any server that speaks HTTP, the website endpoint of a bucket among them (`CustomOriginConfig`).
    Custom(CustomOrigin),
    /// A server in a VPC that no one but CloudFront reaches (`VpcOriginConfig`).
    Vpc {
        /// The id of the VPC origin.
        id: String,
        /// Its account, where it is not the distribution's.
        owner: Option<AccountId>,
    },
    /// A kind that this version does not know.
    Other,
}

/// How CloudFront speaks with a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomOrigin {
    /// Its port for HTTP.
    pub http_port: u16,
    /// Its port for HTTPS.
    pub https_port: u16,
    /// Which of the two.
    pub protocol: OriginProtocol,
    /// The versions of SSL and TLS that CloudFront may speak with it; nothing where AWS does not say.
    pub ssl_protocols: Option<Vec<SslProtocol>>,
    /// Whether CloudFront proves itself by a certificate.
    pub mtls: bool,
}

open_enum! {
    /// What CloudFront speaks with a server (`OriginProtocolPolicy`).
    OriginProtocol {
        /// HTTP.
        HttpOnly = "http-only",
        /// What the viewer speaks.
        MatchViewer = "match-viewer",
        /// HTTPS.
        HttpsOnly = "https-only",
    }
}

open_enum! {
    /// A version of SSL or TLS (`OriginSslProtocols`).
    SslProtocol {
        /// SSL 3.0.
        SslV3 = "SSLv3",
        /// TLS 1.0.
        TlsV1 = "TLSv1",
        /// TLS 1.1.
        TlsV1_1 = "TLSv1.1",
        /// TLS 1.2.
        TlsV1_2 = "TLSv1.2",
    }
}

/// Origins that stand in for each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginGroup {
    /// Its id, by which behaviors name it.
    pub id: String,
    /// The ids of its origins, the first of which is asked first.
    pub members: Vec<String>,
}

/// Whose a bucket is that an origin means (`HeadBucket`, or the listing of the account's own, the first that tells).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginBucket {
    /// This account's.
    Own,
    /// Another account's.
    Foreign,
    /// Nobody's: whoever makes a bucket of that name answers for the origin.
    Missing,
}
fact!(OriginBucket, "s3:ListBucket");
