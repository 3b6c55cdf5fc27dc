//! Headers by which browsers protect a site, or open it to others.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::cloudfront::{
    CacheBehavior, ResponseCors, ResponseHeadersPolicy, SecurityHeaders,
};
use serde_json::json;

use super::{
    concern::{Judged, unseen},
    faults::Faults,
    names::of_behavior,
};
use crate::Scan;

/// 180 days in seconds, the least that HSTS should last.
const LEAST: u32 = 15_552_000;

/// A policy of AWS's own, for where the listing is refused; none lets other sites act with a visitor's cookies.
struct Managed {
    id: &'static str,
    name: &'static str,
    /// Whether it adds all that this rule asks for.
    protects: bool,
}

/// CloudFront developer guide, "Use managed response headers policies".
const MANAGED: [Managed; 5] = [
    Managed {
        id: "67f7725c-6f97-4210-82d7-5512b31e9d03",
        name: "SecurityHeadersPolicy",
        protects: true,
    },
    Managed {
        id: "e61eb60c-9c35-4d20-a928-2b84e02af89c",
        name: "CORS-and-SecurityHeadersPolicy",
        protects: true,
    },
    Managed {
        id: "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
        name: "CORS-with-preflight-and-SecurityHeadersPolicy",
        protects: true,
    },
    Managed { id: "60669652-455b-4ae9-85a4-c4c02393f86c", name: "SimpleCORS", protects: false },
    Managed {
        id: "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
        name: "CORS-With-Preflight",
        protects: false,
    },
];

/// Browsers are told to protect visitors, and no other site may act for them.
pub(super) fn security(scan: Scan<'_>, behavior: &CacheBehavior) -> Judged {
    let expected = "a policy with security headers";
    let shown = |observed| of_behavior(behavior, "ResponseHeadersPolicyId", observed, expected);
    let Some(id) = &behavior.response_headers_policy else {
        return Ok(Some(Verdict::faults(vec![shown(json!(null))])));
    };
    let policies = &scan.inventory.cloudfront.response_headers_policies;
    let Some(policy) = policies.found.iter().find(|policy| policy.id == *id) else {
        return match MANAGED.iter().find(|policy| policy.id == id) {
            Some(policy) => {
                let observed = json!({ "Id": policy.id, "Name": policy.name });
                Ok(Some(Verdict::holds(policy.protects, shown(observed))))
            }
            None => Err(unseen(policies, &format!("the response headers policy `{id}`"))),
        };
    };
    let mut faults = Faults::default();
    if let Some(cors) = &policy.cors {
        credentials(policy, cors, &mut faults);
    }
    protection(policy, &policy.security, &mut faults);
    faults.good(shown(json!({ "Id": policy.id, "Name": policy.name })));
    faults.verdict().map(Some)
}

/// Which other sites read what a visitor sees who is signed in.
fn credentials(policy: &ResponseHeadersPolicy, cors: &ResponseCors, faults: &mut Faults) {
    if !cors.credentials {
        return;
    }
    let mut fault = |severity, origins: Vec<&String>, expected| {
        if !origins.is_empty() {
            let observed = json!({ "AccessControlAllowCredentials": true, "AccessControlAllowOrigins": origins });
            faults.bad(severity, of_policy(policy, "CorsConfig", observed, expected));
        }
    };
    let (any, single): (Vec<_>, Vec<_>) = cors.origins.iter().partition(|it| is_any(it));
    fault(Severity::Medium, any, "the sites that need it, or no credentials");
    let in_clear = single.into_iter().filter(|it| it.starts_with("http://")).collect();
    fault(Severity::Low, in_clear, "sites on https://");
}

/// Whether an origin is no single site: its host is `*`, or a `*` before what many sites end with.
fn is_any(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.split([':', '/']).next().unwrap_or_default();
    match host.strip_prefix('*') {
        Some(suffix) => !suffix.trim_start_matches('.').contains('.'),
        None => false,
    }
}

fn protection(policy: &ResponseHeadersPolicy, headers: &SecurityHeaders, faults: &mut Faults) {
    let max_age = headers.hsts.map(|hsts| hsts.max_age);
    if max_age.is_none_or(|seconds| seconds < LEAST) {
        let field = "SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec";
        let expected = "15552000 or more";
        faults.bad(Severity::Low, of_policy(policy, field, json!(max_age), expected));
        return;
    }
    if !headers.content_type_options {
        let field = "SecurityHeadersConfig.ContentTypeOptions";
        faults.bad(Severity::Info, of_policy(policy, field, json!(null), "nosniff"));
    }
    let framed = headers.content_security_policy.as_ref();
    let framed = framed.is_some_and(|it| it.to_ascii_lowercase().contains("frame-ancestors"));
    if headers.frame_options.is_none() && !framed {
        let field = "SecurityHeadersConfig.FrameOptions";
        let expected = "DENY or SAMEORIGIN, or frame-ancestors in the content security policy";
        faults.bad(Severity::Info, of_policy(policy, field, json!(null), expected));
    }
}

fn of_policy(
    policy: &ResponseHeadersPolicy,
    field: &str,
    observed: serde_json::Value,
    expected: &'static str,
) -> Evidence {
    let field = format!("{field} of {}", policy.name);
    Evidence::of::<ResponseHeadersPolicy>(field, observed, expected)
}

#[cfg(test)]
mod tests {
    use super::is_any;

    #[test]
    fn an_origin_is_any_site_unless_somebody_owns_its_end() {
        for origin in ["*", "https://*", "http://*:8080", "https://*.com", "*.com", "*com"] {
            assert!(is_any(origin), "{origin}");
        }
        for origin in ["https://*.example.com", "https://example.com", "*.example.com", "null"] {
            assert!(!is_any(origin), "{origin}");
        }
    }
}
