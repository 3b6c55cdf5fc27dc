//! The web ACL in front of a distribution.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudfront::{Distribution, S3EndpointKind},
};
use serde_json::Value;

use super::{concern::Judged, viewer::is_template};
use crate::{
    Scan,
    wafv2::filter::{emptiness, named},
};

/// Methods that change nothing.
const SAFE: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// A web ACL that has rules stands in front of the distribution.
pub(super) fn web_acl(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    let Some(acl) = &distribution.web_acl else {
        if is_template(distribution)? {
            return Err(Unknown::new(Distribution::ACTION, Reason::Undecided)
                .because("tenants may have web ACLs of their own, which are not read"));
        }
        let none = Evidence::of::<Distribution>(
            "WebACLId",
            Value::Null,
            "the ARN of a web ACL with rules",
        );
        let verdict = Verdict::faults(vec![none]);
        let little = has_little_to_filter(distribution);
        return Ok(Some(if little { verdict.severity(Severity::Low) } else { verdict }));
    };
    let shown = |expected| Evidence::of::<Distribution>("WebACLId", acl.as_str(), expected);
    let Some(arn) = distribution.web_acl_arn() else {
        let classic = shown("a web ACL of AWS WAF in place of AWS WAF Classic");
        return Ok(Some(Verdict::faults(vec![classic]).severity(Severity::Low)));
    };
    let expected = "a web ACL with rules";
    Ok(Some(match emptiness(named(scan, &arn)?)? {
        None => Verdict::Pass(vec![shown(expected)]),
        Some(empty) => Verdict::faults(vec![shown(expected), empty]),
    }))
}

/// Whether only buckets are read, and nothing is written.
fn has_little_to_filter(distribution: &Distribution) -> bool {
    let is_bucket = |kind: S3EndpointKind| {
        matches!(kind, S3EndpointKind::Rest | S3EndpointKind::Website | S3EndpointKind::AccessPoint)
    };
    let reads = |methods: &Vec<String>| methods.iter().all(|it| SAFE.contains(&it.as_str()));
    distribution.origins.iter().all(|it| it.s3().is_some_and(|it| is_bucket(it.kind)))
        && distribution.all_behaviors().all(|it| it.allowed_methods.as_ref().is_some_and(reads))
}
