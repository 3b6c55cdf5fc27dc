//! Cross-origin resource sharing: which pages may read a bucket with their visitor's browser.
//!
//! S3 user guide, "Elements of a CORS configuration": an origin has at most one `*`, which stands for any text.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::s3::{Bucket, Cors, CorsRule};
use serde_json::json;

/// No rule lets in origins that anybody can have, or that travel in clear text.
pub(super) fn wildcard_origin(bucket: &Bucket) -> Decision {
    let rules = bucket.cors.known()?.map(|cors| cors.rules.as_slice()).unwrap_or_default();
    let open: Vec<(usize, &CorsRule)> = rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.origins.iter().any(|origin| is_open(origin)))
        .collect();
    let writes = open.iter().any(|(_, rule)| {
        rule.methods.iter().any(|method| ["PUT", "POST", "DELETE"].contains(&method.as_str()))
    });
    let faults = open.into_iter().map(|(index, rule)| {
        Evidence::of::<Cors>(
            format!("CORSRules[{index}]"),
            json!({ "AllowedOrigins": rule.origins, "AllowedMethods": rule.methods }),
            "https origins below domains of your own",
        )
    });
    let severity = if writes { Severity::Medium } else { Severity::Low };
    Ok(Verdict::faults(faults.collect()).severity(severity))
}

/// Whether an attacker can serve a page from an origin that the pattern matches: on a domain of their own,
/// or on a clear-text connection that they can change.
fn is_open(pattern: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    if pattern.starts_with("http://") {
        return true;
    }
    let Some((before, after)) = pattern.split_once('*') else {
        return false;
    };
    match before.split_once("://") {
        // `https://*.example.com`: any host that ends in a fixed domain. `https://example.com:*`: any port.
        Some((_, host)) => !(host.contains(':') || ends_in_a_domain(after)),
        // The wildcard may stand for `http://` and whatever comes after it.
        None => true,
    }
}

/// `.example.com` has an owner; `.com`, `example.com` (think of `evilexample.com`) and nothing have not.
fn ends_in_a_domain(suffix: &str) -> bool {
    let host = suffix.split(':').next().unwrap_or_default();
    host.strip_prefix('.').is_some_and(|domain| domain.trim_end_matches('.').contains('.'))
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn an_origin_is_open_if_anybody_can_have_it() {
        for pattern in [
            "*",
            "http*",
            "https://*",
            "https://*.com",
            "https://*example.com",
            "https://example.*",
            "*.example.com",
            "http://app.example.com",
            "HTTP://APP.EXAMPLE.COM",
        ] {
            assert!(is_open(pattern), "{pattern}");
        }
    }

    #[test]
    fn an_origin_below_a_fixed_domain_is_not() {
        for pattern in [
            "https://app.example.com",
            "https://*.example.com",
            "https://app-*.example.com",
            "https://*.example.com:8443",
            "https://app.example.com:*",
            "null-origin",
        ] {
            assert!(!is_open(pattern), "{pattern}");
        }
    }
}
