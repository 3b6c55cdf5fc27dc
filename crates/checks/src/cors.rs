//! Cross-origin resource sharing: which pages may read an answer with their visitor's browser.
//!
//! Fetch standard, "CORS protocol": a browser sends the origin of the page, `scheme://host:port`, or `null` for a page that has none.
//! What a `*` inside of an origin stands for is up to each service; here it is any text.

use awspect_findings::Evidence;
use awspect_inventory::{Cors, Fact};
use serde_json::json;

use crate::web::is_in_clear;

/// What an origin should be.
pub(crate) const EXPECTED: &str = "https origins below domains of your own";

/// The settings of an HTTP API or a function URL, as both spell them.
pub(crate) fn shown<F: Fact>(field: &'static str, cors: &Cors) -> Evidence {
    let observed = json!({ "AllowOrigins": cors.allow_origins, "AllowMethods": cors.allow_methods,
        "AllowHeaders": cors.allow_headers, "AllowCredentials": allows_credentials(cors) });
    Evidence::of::<F>(field, observed, EXPECTED)
}

/// Whether browsers send what tells who the visitor is.
pub(crate) fn allows_credentials(cors: &Cors) -> bool {
    cors.allow_credentials == Some(true)
}

/// Whether one of the origins is open.
pub(crate) fn any_open(origins: &[String]) -> bool {
    origins.iter().any(|origin| is_open(origin))
}

/// Whether an attacker can serve a page from an origin that the pattern matches: on a domain of their own, in a frame that has no
/// origin, or on a clear-text connection that they can change.
pub(crate) fn is_open(pattern: &str) -> bool {
    let pattern = pattern.trim().to_ascii_lowercase();
    if pattern == "null" || is_in_clear(&pattern) {
        return true;
    }
    if !pattern.contains('*') {
        return false;
    }
    let Some((scheme, rest)) = pattern.split_once("://") else {
        // The wildcard may stand for `http://` and whatever comes after it.
        return true;
    };
    let host = rest.split(':').next().unwrap_or_default();
    match host.rsplit_once('*') {
        // `https://*.example.com`: any host that ends in a fixed domain. `https://example.com:*`: any port.
        Some((_, after)) => scheme.contains('*') || !ends_in_a_domain(after),
        None => scheme.contains('*'),
    }
}

/// `.example.com` has an owner; `.com`, `example.com` (think of `evilexample.com`) and nothing have not.
fn ends_in_a_domain(suffix: &str) -> bool {
    suffix.strip_prefix('.').is_some_and(|domain| domain.trim_end_matches('.').contains('.'))
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn an_origin_is_open_if_anybody_can_have_it() {
        for pattern in [
            "*",
            "null",
            "http*",
            "https://*",
            "http*://app.example.com",
            "https://*.com",
            "https://*example.com",
            "https://example.*",
            "https://*.example.*",
            "https://*:8443",
            "*.example.com",
            "http://app.example.com",
            "HTTP://APP.EXAMPLE.COM",
            "http://localhost*",
            "http://127.0.0.1.example.com",
        ] {
            assert!(is_open(pattern), "{pattern}");
        }
    }

    #[test]
    fn an_origin_below_a_fixed_domain_or_on_the_visitors_machine_is_not() {
        for pattern in [
            "https://app.example.com",
            "https://*.example.com",
            "https://app-*.example.com",
            "https://*.example.com:8443",
            "https://app.example.com:*",
            "null-origin",
            "http://localhost",
            "http://localhost:3000",
            "http://localhost:*",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
        ] {
            assert!(!is_open(pattern), "{pattern}");
        }
    }
}
