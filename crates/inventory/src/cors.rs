//! What browsers may do from other origins.

use serde::{Deserialize, Serialize};

/// Cross-origin resource sharing, as an HTTP API and a function URL have it. What is not configured is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cors {
    /// Whether browsers may send what tells who the user is; nothing is that they may not.
    pub allow_credentials: Option<bool>,
    /// From where, `https://example.com` or `*`.
    pub allow_origins: Vec<String>,
    /// By which methods.
    pub allow_methods: Vec<String>,
    /// With which headers.
    pub allow_headers: Vec<String>,
    /// Which headers of the answer scripts may see.
    pub expose_headers: Vec<String>,
    /// Seconds for which a browser need not ask again.
    pub max_age: Option<i32>,
}
