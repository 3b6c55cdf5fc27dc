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

#[cfg(test)]
mod tests {
    use awspect_inventory::Inventory;

    use super::*;
    use crate::{Derived, Settings, ec2::Network};

    /// What is said of the web ACL that these facts hold at `arn`.
    fn said(inventory: &Inventory, arn: &str) -> Result<bool, (Reason, String)> {
        let (settings, derived) = (Settings::default(), Derived::default());
        let network = Network::new(&inventory.ec2);
        let scan = Scan { inventory, settings: &settings, derived: &derived, network: &network };
        let acl = named(scan, &arn.parse().unwrap());
        match acl.and_then(|acl| filtering(scan, acl)) {
            Ok(filtering) => Ok(matches!(filtering, Filtering::Something(_))),
            Err(unknown) => Err((unknown.reason, unknown.action.as_str().to_owned())),
        }
    }

    #[test]
    fn a_web_acl_filters_what_it_can_stop() {
        let text = include_str!("../../../../fixtures/wafv2/web-acl-count-only.json");
        let inventory = Inventory::read(text.as_bytes()).unwrap();
        let arn = |region: &str, account: &str, scope: &str, name: &str| {
            format!("arn:aws:wafv2:{region}:{account}:{scope}/webacl/{name}/{name}")
        };
        let here =
            |name: &str| said(&inventory, &arn("eu-west-1", "111122223333", "regional", name));
        let unknown = |reason, action: &str| Err((reason, action.to_owned()));
        for (name, filters) in [
            ("pass-block", Ok(true)),
            ("none-blocks-by-default", Ok(true)),
            ("none-without-rules", Ok(false)),
            ("fail-count", Ok(false)),
            ("unknown-denied", unknown(Reason::AccessDenied, "wafv2:GetWebACL")),
            ("unknown-group-denied", unknown(Reason::AccessDenied, "wafv2:GetRuleGroup")),
            ("not-there", unknown(Reason::Gone, "wafv2:ListWebACLs")),
        ] {
            assert_eq!(here(name), filters, "{name}");
        }
        for (region, account, scope, reason) in [
            ("eu-west-2", "111122223333", "regional", Reason::AccessDenied),
            ("eu-west-3", "111122223333", "regional", Reason::NotAsked),
            ("us-east-1", "111122223333", "global", Reason::Gone),
            ("eu-west-1", "444455556666", "regional", Reason::Undecided),
        ] {
            let said = said(&inventory, &arn(region, account, scope, "not-there"));
            assert_eq!(said, unknown(reason, "wafv2:ListWebACLs"), "{region} {account}");
        }
        let classic = "arn:aws:waf-regional:eu-west-1:111122223333:webacl/a";
        assert_eq!(said(&inventory, classic), unknown(Reason::Undecided, "wafv2:ListWebACLs"));
    }

    #[test]
    fn classic_web_acls_are_told_by_their_names() {
        for (named, classic) in [
            ("2b4d6f80-1a3c-4e5f-8a9b-0c1d2e3f4a5b", true),
            ("arn:aws:waf::111122223333:webacl/a", true),
            ("arn:aws:waf-regional:eu-west-1:111122223333:webacl/a", true),
            ("arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b", false),
        ] {
            assert_eq!(is_classic(named), classic, "{named}");
        }
    }
}
