//! Which requests a rule takes.

use serde::{Deserialize, Serialize};

use super::RuleAction;
use crate::{Arn, macros::open_enum};

/// Which requests a rule takes. The texts that it looks for stay with AWS, for they may be secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// Those that look like something.
    Match(MatchKind),
    /// Those that all of these take.
    And(Vec<Statement>),
    /// Those that any of these takes.
    Or(Vec<Statement>),
    /// Those that this does not take.
    Not(Box<Statement>),
    /// Those that come too often.
    RateBased(RateBased),
    /// What a group of AWS's or of a vendor's takes.
    ManagedRuleGroup(ManagedRuleGroup),
    /// What a group of the account's own takes, or one that it may use.
    RuleGroup(RuleGroupReference),
    /// A kind that this version does not know.
    Other,
}

impl Statement {
    /// This statement and all within it.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(statement) = all.get(next).copied() {
            all.extend(statement.parts());
            next += 1;
        }
        all
    }

    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().collect(),
            Self::Not(part) => vec![part],
            Self::RateBased(rate) => rate.scope_down.iter().map(AsRef::as_ref).collect(),
            Self::ManagedRuleGroup(group) => group.scope_down.iter().map(AsRef::as_ref).collect(),
            Self::Match(_) | Self::RuleGroup(_) | Self::Other => vec![],
        }
    }
}

open_enum! {
    /// What a request looks like, by the name of the statement.
    MatchKind {
        /// A text is in it.
        ByteMatch = "ByteMatchStatement",
        /// SQL is in it.
        Sqli = "SqliMatchStatement",
        /// A script is in it.
        Xss = "XssMatchStatement",
        /// It is large or small.
        Size = "SizeConstraintStatement",
        /// It comes from a country.
        Geo = "GeoMatchStatement",
        /// It comes from an address of a set.
        IpSet = "IPSetReferenceStatement",
        /// A regular expression of a set finds something in it.
        RegexPatternSet = "RegexPatternSetReferenceStatement",
        /// A regular expression finds something in it.
        Regex = "RegexMatchStatement",
        /// An earlier rule gave it a label.
        Label = "LabelMatchStatement",
        /// It comes from a network, by its number.
        Asn = "AsnMatchStatement",
    }
}

/// Which requests come too often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateBased {
    /// How many are not too often.
    pub limit: u64,
    /// In how many seconds; nothing where AWS does not say, which is 300.
    pub window: Option<u64>,
    /// What they are counted by.
    pub aggregate: AggregateKey,
    /// Which requests are counted at all; nothing for all.
    pub scope_down: Option<Box<Statement>>,
}

open_enum! {
    /// What requests are counted by (`AggregateKeyType`).
    AggregateKey {
        /// All together.
        Constant = "CONSTANT",
        /// By parts of them.
        CustomKeys = "CUSTOM_KEYS",
        /// By the address in a header.
        ForwardedIp = "FORWARDED_IP",
        /// By the address that they come from.
        Ip = "IP",
    }
}

/// A group of AWS's or of a vendor's, as a rule uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManagedRuleGroup {
    /// `AWS`, or who sells it.
    pub vendor: String,
    /// Its name, `AWSManagedRulesCommonRuleSet`.
    pub name: String,
    /// Its version; nothing for the one that the vendor calls the default.
    pub version: Option<String>,
    /// The names of its rules that only count (`ExcludedRules`, the old way).
    pub excluded: Vec<String>,
    /// The actions of its rules that are others here.
    pub overrides: Vec<RuleOverride>,
    /// Which requests it sees at all; nothing for all.
    pub scope_down: Option<Box<Statement>>,
}

/// A rule group with an ARN, as a rule uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleGroupReference {
    /// The group, which may be another account's.
    pub arn: Arn,
    /// The names of its rules that only count (`ExcludedRules`, the old way).
    pub excluded: Vec<String>,
    /// The actions of its rules that are others here.
    pub overrides: Vec<RuleOverride>,
}

/// The action of a group's rule that is another here (`RuleActionOverride`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleOverride {
    /// The name of the rule.
    pub rule: String,
    /// What it does here.
    pub action: RuleAction,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_statements_are_found_however_deep() {
        let leaf = || Statement::Match(MatchKind::Geo);
        let rate = Statement::RateBased(RateBased {
            limit: 100,
            window: None,
            aggregate: AggregateKey::Ip,
            scope_down: Some(Box::new(Statement::Not(Box::new(leaf())))),
        });
        let all = Statement::And(vec![Statement::Or(vec![leaf(), Statement::Other]), rate]);
        assert_eq!(all.all().len(), 7);
        assert_eq!(leaf().all(), [&leaf()]);
    }
}
