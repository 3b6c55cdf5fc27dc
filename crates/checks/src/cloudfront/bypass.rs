//! APIs and load balancers that can be asked around a distribution.

mod api;
mod closed;

use awspect_findings::Severity;
use awspect_inventory::cloudfront::{
    Distribution, EdgeFunction, GeoRestrictionKind, Origin, OriginKind,
};
use serde_json::json;

use super::{concern::Judged, faults::Faults, names::of_origin};
use crate::Scan;

/// No API or load balancer answers those who come around the distribution.
pub(super) fn closed(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    let severity = if protects(distribution) { Severity::Medium } else { Severity::Low };
    let mut faults = Faults::default();
    let mut looked_at = false;
    for origin in &distribution.origins {
        if let OriginKind::Vpc { id, .. } = &origin.kind {
            looked_at = true;
            let expected = "an address in the VPC alone";
            faults.good(of_origin(origin, "VpcOriginConfig.VpcOriginId", id.as_str(), expected));
        } else if is_load_balancer(&origin.domain) {
            // What it asks for of what CloudFront brings cannot be seen.
            if brings_nothing(distribution, origin) {
                looked_at = true;
                let observed = json!({ "DomainName": origin.domain, "HeaderNames": [] });
                let expected = "a VPC origin, or a header that the load balancer asks for";
                faults.bad(severity, of_origin(origin, "CustomHeaders", observed, expected));
            }
        } else {
            for found in api::behind(scan, origin) {
                looked_at = true;
                match found
                    .and_then(|behind| closed::is_closed(scan, distribution, origin, &behind))
                {
                    Ok((true, evidence)) => faults.good(evidence),
                    Ok((false, evidence)) => faults.bad(severity, evidence),
                    Err(unknown) => faults.open(unknown),
                }
            }
        }
    }
    if looked_at { faults.verdict().map(Some) } else { Ok(None) }
}

/// Whether there is something to go around.
fn protects(distribution: &Distribution) -> bool {
    let restriction = distribution.geo_restriction.as_ref();
    distribution.web_acl.is_some()
        || restriction.is_some_and(|it| it.kind != GeoRestrictionKind::None)
        || distribution.all_behaviors().any(|behavior| behavior.signed)
}

/// Whether a name is one that Elastic Load Balancing gives: `<name>.<region>.elb.amazonaws.com`, or for Network Load
/// Balancers `<name>.elb.<region>.amazonaws.com`.
fn is_load_balancer(domain: &str) -> bool {
    let host = domain.trim_end_matches('.').to_ascii_lowercase();
    let host = host.strip_suffix(".cn").unwrap_or(&host);
    host.strip_suffix(".amazonaws.com")
        .is_some_and(|rest| rest.rsplit('.').take(2).any(|label| label == "elb"))
}

/// Whether nothing in CloudFront's requests tells them from anybody's.
fn brings_nothing(distribution: &Distribution, origin: &Origin) -> bool {
    let presents = matches!(&origin.kind, OriginKind::Custom(server) if server.mtls);
    origin.header_names.is_empty() && !presents && functions(distribution, origin).next().is_none()
}

/// The functions that may put something into the requests to an origin.
fn functions<'a>(
    distribution: &'a Distribution,
    origin: &'a Origin,
) -> impl Iterator<Item = &'a EdgeFunction> {
    distribution.behaviors_of(origin).flat_map(|behavior| &behavior.functions)
}

#[cfg(test)]
mod tests {
    use super::is_load_balancer;

    #[test]
    fn load_balancers_are_told_by_their_names() {
        for name in [
            "web-1234567890.eu-west-1.elb.amazonaws.com",
            "Web-1234567890.eu-west-1.ELB.amazonaws.com.",
            "net-0123456789abcdef.elb.eu-west-1.amazonaws.com",
            "web-1234567890.cn-north-1.elb.amazonaws.com.cn",
        ] {
            assert!(is_load_balancer(name), "{name}");
        }
        for name in ["elb.example.com", "elb.s3.eu-west-1.amazonaws.com", "app.example.com"] {
            assert!(!is_load_balancer(name), "{name}");
        }
    }
}
