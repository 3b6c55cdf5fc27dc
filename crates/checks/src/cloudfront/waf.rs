//! The web ACL in front of a distribution.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudfront::{Distribution, S3EndpointKind},
    wafv2::{DefaultAction, WebAcl, WebAclSettings},
};
use serde_json::{Value, json};

use super::{
    concern::{Judged, unseen},
    viewer::is_template,
};
use crate::{Scan, engine::unknown_value};

/// Methods that change nothing.
const SAFE: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// A web ACL that has rules stands in front of the distribution.
pub(super) fn web_acl(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    let Some(named) = &distribution.web_acl else {
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
    let shown = |expected| Evidence::of::<Distribution>("WebACLId", named.as_str(), expected);
    let Some(arn) = distribution.web_acl_arn() else {
        let classic = shown("a web ACL of AWS WAF in place of AWS WAF Classic");
        return Ok(Some(Verdict::faults(vec![classic]).severity(Severity::Low)));
    };
    let acls = &scan.inventory.wafv2.web_acls;
    let acl = acls.found.iter().find(|acl| acl.arn == arn);
    let acl = acl.ok_or_else(|| unseen(acls, &format!("the web ACL `{arn}`")))?;
    let expected = "a web ACL with rules";
    Ok(Some(match emptiness(acl)? {
        None => Verdict::Pass(vec![shown(expected)]),
        Some(empty) => Verdict::faults(vec![shown(expected), empty]),
    }))
}

/// What shows that a web ACL lets everything through, if it does.
fn emptiness(acl: &WebAcl) -> Result<Option<Evidence>, Unknown> {
    let settings = acl
        .settings
        .known()?
        .ok_or_else(|| Unknown::new(WebAclSettings::ACTION, Reason::Malformed))?;
    if !settings.rules.is_empty() || settings.firewall_manager_groups().next().is_some() {
        return Ok(None);
    }
    match &settings.default_action {
        DefaultAction::Block => Ok(None),
        DefaultAction::Other(other) => Err(unknown_value::<WebAclSettings>(other)),
        DefaultAction::Allow => {
            let observed = json!({ "DefaultAction": "Allow", "Rules": [] });
            let expected = "rules, or the default action Block";
            Ok(Some(Evidence::of::<WebAclSettings>("WebACL", observed, expected)))
        }
    }
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
