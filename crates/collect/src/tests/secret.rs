//! Secrets as tests plant and find them.

use serde_json::Value;

/// A word of every secret that is planted.
pub(super) const PLANTED: &str = "Winter2031";

/// The places and kinds of the secrets in a list.
pub(super) fn found(secrets: &Value) -> Vec<(&str, &str)> {
    let secrets = secrets.as_array().unwrap().iter();
    secrets.map(|it| (it["place"].as_str().unwrap(), it["kind"].as_str().unwrap())).collect()
}
