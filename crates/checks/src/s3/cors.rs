//! Cross-origin resource sharing: which pages may read a bucket with their visitor's browser.
//!
//! S3 user guide, "Elements of a CORS configuration": an origin has at most one `*`, which stands for any text.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::s3::{Bucket, Cors, CorsRule};
use serde_json::json;

use crate::cors::{EXPECTED, any_open};

/// No rule lets in origins that anybody can have, or that travel in clear text.
pub(super) fn wildcard_origin(bucket: &Bucket) -> Decision {
    let rules = bucket.cors.known()?.map(|cors| cors.rules.as_slice()).unwrap_or_default();
    let open: Vec<(usize, &CorsRule)> =
        rules.iter().enumerate().filter(|(_, rule)| any_open(&rule.origins)).collect();
    let writes = open.iter().any(|(_, rule)| {
        rule.methods.iter().any(|method| ["PUT", "POST", "DELETE"].contains(&method.as_str()))
    });
    let faults = open.into_iter().map(|(index, rule)| {
        Evidence::of::<Cors>(
            format!("CORSRules[{index}]"),
            json!({ "AllowedOrigins": rule.origins, "AllowedMethods": rule.methods }),
            EXPECTED,
        )
    });
    let severity = if writes { Severity::Medium } else { Severity::Low };
    Ok(Verdict::faults(faults.collect()).severity(severity))
}
