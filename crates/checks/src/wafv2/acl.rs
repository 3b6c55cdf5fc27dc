//! Web ACLs as rules see them: their settings, and all that is asked of a request in turn.

use awspect_findings::{Decision, Evidence};
use awspect_inventory::{
    Fact, Listed, Place, Reason, Unknown,
    wafv2::{
        DefaultAction, FirewallManagerGroup, OverrideAction, Rule, RuleAction, Statement,
        Visibility, WebAcl, WebAclSettings,
    },
};

use crate::{
    Scan,
    engine::{Judged, Subject, concerned, unknown_value},
};

/// Puts the web ACLs that a rule concerns to the rule.
pub(super) fn each_acl<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a WebAcl) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    concerned(&scan.inventory.wafv2.web_acls, move |acl| decide(acl).transpose())
}

/// The settings of a web ACL, which every one has.
pub(super) fn settings(acl: &WebAcl) -> Result<&WebAclSettings, Unknown> {
    let without = || Unknown::new(WebAclSettings::ACTION, Reason::Malformed);
    acl.settings.known()?.ok_or_else(without)
}

/// Whether a request that no rule ends goes through.
pub(super) fn allows_by_default(settings: &WebAclSettings) -> Result<bool, Unknown> {
    match &settings.default_action {
        DefaultAction::Allow => Ok(true),
        DefaultAction::Block => Ok(false),
        DefaultAction::Other(other) => Err(unknown_value::<WebAclSettings>(other)),
    }
}

/// Why something of AWS WAF that lives in a place may have gone unseen.
pub(super) fn unseen<'a, T>(listed: &'a Listed<T>, place: Place<'_>) -> Option<&'a Unknown> {
    // What no listing was made for may be anywhere.
    let gap = listed.gaps.iter().find(|gap| gap.arn == "*" || gap.place() == place);
    gap.map(|gap| &gap.unknown)
}

/// A rule of a web ACL, or a group that Firewall Manager put into it.
pub(super) struct Entry<'a> {
    /// Where the answer has it.
    list: &'static str,
    pub(super) name: &'a str,
    pub(super) statement: &'a Statement,
    pub(super) action: Option<&'a RuleAction>,
    override_action: Option<&'a OverrideAction>,
    pub(super) visibility: &'a Visibility,
}

/// All that a web ACL asks of requests, in turn.
pub(super) fn entries(settings: &WebAclSettings) -> Vec<Entry<'_>> {
    let own = settings.rules.iter().map(Entry::own);
    let first = "PreProcessFirewallManagerRuleGroups";
    let last = "PostProcessFirewallManagerRuleGroups";
    let before = settings.first_groups.iter().map(|group| Entry::firewall_manager(first, group));
    let behind = settings.last_groups.iter().map(|group| Entry::firewall_manager(last, group));
    before.chain(own).chain(behind).collect()
}

impl<'a> Entry<'a> {
    fn own(rule: &'a Rule) -> Self {
        Self {
            list: "Rules",
            name: &rule.name,
            statement: &rule.statement,
            action: rule.action.as_ref(),
            override_action: rule.override_action.as_ref(),
            visibility: &rule.visibility,
        }
    }

    fn firewall_manager(list: &'static str, group: &'a FirewallManagerGroup) -> Self {
        Self {
            list,
            name: &group.name,
            statement: &group.statement,
            action: None,
            override_action: group.override_action.as_ref(),
            visibility: &group.visibility,
        }
    }

    /// The field of the answer that it stands in.
    pub(super) fn field(&self, field: &str) -> String {
        format!("WebACL.{}.{field} of {}", self.list, self.name)
    }

    /// Whether all actions of a group are overridden to count.
    pub(super) fn counts_only(&self) -> Result<bool, Unknown> {
        match self.override_action {
            Some(OverrideAction::Count) => Ok(true),
            Some(OverrideAction::None) => Ok(false),
            Some(OverrideAction::Other(other)) => Err(unknown_value::<WebAclSettings>(other)),
            None => Err(self.without("OverrideAction")),
        }
    }

    /// A group whose actions are overridden to count, as a whole.
    pub(super) fn counting(&self, expected: &'static str) -> Evidence {
        Evidence::of::<WebAclSettings>(self.field("OverrideAction"), "Count", expected)
    }

    /// The answer lacks what a rule of this kind must have.
    pub(super) fn without(&self, field: &str) -> Unknown {
        Unknown::new(WebAclSettings::ACTION, Reason::Malformed)
            .because(format!("the rule `{}` has no usable `{field}`", self.name))
    }
}

/// A rule takes requests in a way that this version does not know.
pub(super) fn unknown_statement<F: Fact>(rule: &str) -> Unknown {
    Unknown::new(F::ACTION, Reason::Undecided)
        .because(format!("this version does not know the statement of the rule `{rule}`"))
}

/// An action as the answer spells it, which is by the name of a member: `Block`.
pub(super) fn spelled(action: &str) -> String {
    let mut letters = action.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    first + &letters.as_str().to_ascii_lowercase()
}
