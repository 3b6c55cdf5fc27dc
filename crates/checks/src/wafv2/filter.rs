//! Whether a web ACL filters anything, for the rules on what stands behind it.

use awspect_findings::Evidence;
use awspect_inventory::{
    Arn, Fact as _, Reason, Region, Unknown,
    wafv2::{Scope, WebAcl, WebAclSettings},
};
use serde_json::json;

use super::{
    acl::{allows_by_default, entries, settings, unseen},
    stopping::stopping,
};
use crate::Scan;

/// Whether a web ACL keeps any request from what is behind it, and what shows it.
pub(crate) enum Filtering {
    /// It can stop some.
    Something(Vec<Evidence>),
    /// It lets all through: it has no rules, or they only count.
    Nothing(Vec<Evidence>),
}

/// Whether what names its web ACL so means one of AWS WAF Classic: by an ARN of that service, or by a bare id.
pub(crate) fn is_classic(named: &str) -> bool {
    named.parse::<Arn>().map_or(true, |arn| ["waf", "waf-regional"].contains(&arn.service()))
}

/// The web ACL of this ARN, by which what stands behind it names it.
#[expect(dead_code, reason = "for the rules of services that stand behind web ACLs")]
pub(crate) fn named<'a>(scan: Scan<'a>, arn: &Arn) -> Result<&'a WebAcl, Unknown> {
    let acls = &scan.inventory.wafv2.web_acls;
    if let Some(acl) = acls.found.iter().find(|acl| acl.arn == *arn) {
        return Ok(acl);
    }
    let because = |reason, why: &str| {
        Unknown::new(WebAcl::ACTION, reason).because(format!("the web ACL `{arn}` {why}"))
    };
    if is_classic(arn.as_str()) {
        let why = "is one of AWS WAF Classic, whose rules are not asked for";
        return Err(because(Reason::Undecided, why));
    }
    if arn.account().is_some_and(|owner| owner != scan.inventory.account.id) {
        return Err(because(Reason::Undecided, "is another account's"));
    }
    let is_edge = arn.resource().starts_with("global/");
    let scope = if is_edge { Scope::CloudFront } else { Scope::Regional };
    let unlisted = because(Reason::Gone, "is not among those listed");
    let Ok(region) = arn.region().parse::<Region>() else { return Err(unlisted) };
    if let Some(unknown) = unseen(acls, scope.place(&region)) {
        return Err(unknown.clone());
    }
    if is_edge || scan.inventory.regions.contains(&region) {
        return Err(unlisted);
    }
    Err(because(Reason::NotAsked, "is in a region that was not looked at"))
}

/// Whether a web ACL stops any request, by its default action and its rules.
pub(crate) fn filtering(scan: Scan<'_>, acl: &WebAcl) -> Result<Filtering, Unknown> {
    if let Some(empty) = emptiness(acl)? {
        return Ok(Filtering::Nothing(vec![empty]));
    }
    let settings = settings(acl)?;
    let stopping = stopping(scan, acl, &entries(settings));
    if let Ok((true, evidence)) = stopping {
        return Ok(Filtering::Something(evidence));
    }
    if !allows_by_default(settings)? {
        let expected = "any, since what no rule allows is stopped";
        let default = Evidence::of::<WebAclSettings>("WebACL.DefaultAction", "Block", expected);
        return Ok(Filtering::Something(vec![default]));
    }
    stopping.map(|(_, evidence)| Filtering::Nothing(evidence))
}

/// What shows that a web ACL lets everything through for want of rules, if it does.
pub(crate) fn emptiness(acl: &WebAcl) -> Result<Option<Evidence>, Unknown> {
    let settings = settings(acl)?;
    if !entries(settings).is_empty() || !allows_by_default(settings)? {
        return Ok(None);
    }
    let observed = json!({ "DefaultAction": "Allow", "Rules": [] });
    let expected = "a rule or rule group at least, or the default action Block";
    Ok(Some(Evidence::of::<WebAclSettings>("WebACL", observed, expected)))
}
