//! What policies name: the values of each key, accounts, organizations. An outsider is whoever is none of these.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use crate::condition::Values;
use crate::names::{AccountId, Arn, Key};
use crate::operator::Quantifier;
use crate::policy::Policy;
use crate::principal::Principal;
use crate::template::Template;

/// What stands in a set of policies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mentions {
    /// Every key that a condition or a variable names, with the texts it is compared to.
    pub(crate) keys: BTreeMap<Key, Vec<Template>>,
    /// The networks that a key is compared to.
    pub(crate) nets: BTreeMap<Key, Vec<IpNet>>,
    /// The keys that some condition treats as holding several values.
    pub(crate) many: BTreeSet<Key>,
    /// For each variable, the keys whose values it is compared with.
    pub(crate) compared: BTreeMap<Key, BTreeSet<Key>>,
    /// Every principal named.
    pub(crate) principals: BTreeSet<Principal>,
    /// Accounts named by a principal or in a condition's value.
    pub(crate) accounts: BTreeSet<AccountId>,
}

impl Mentions {
    pub(crate) fn of<'a>(policies: impl IntoIterator<Item = &'a Policy>) -> Self {
        let mut mentions = Self::default();
        for statement in policies.into_iter().flat_map(|policy| &policy.statements) {
            for condition in &statement.conditions {
                if condition.operator.quantifier != Quantifier::One {
                    mentions.many.insert(condition.key.clone());
                }
                for variable in condition.templates().iter().flat_map(Template::variables) {
                    mentions
                        .compared
                        .entry(variable.clone())
                        .or_default()
                        .insert(condition.key.clone());
                }
                let texts = mentions.keys.entry(condition.key.clone()).or_default();
                match &condition.values {
                    Values::Text(templates) => {
                        let accounts = templates
                            .iter()
                            .flat_map(|template| AccountId::mentioned(template.text()));
                        mentions.accounts.extend(accounts);
                        texts.extend_from_slice(templates);
                    }
                    Values::Ip(nets) => {
                        mentions
                            .nets
                            .entry(condition.key.clone())
                            .or_default()
                            .extend_from_slice(nets);
                    }
                    _ => {}
                }
            }
            for key in statement.variables() {
                mentions.keys.entry(key.clone()).or_default();
            }
            let named = statement.principals.iter().flat_map(super::principal::Principals::named);
            mentions.principals.extend(named.cloned());
        }
        mentions.accounts.extend(mentions.principals.iter().filter_map(Principal::account));
        mentions
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(&Key::new(key))
    }

    pub(crate) fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    pub(crate) fn templates(&self, key: &str) -> &[Template] {
        self.keys.get(&Key::new(key)).map_or(&[], Vec::as_slice)
    }

    /// The values without wildcard or variable that a key is compared to.
    pub(crate) fn fixed(&self, key: &str) -> Vec<String> {
        self.templates(key).iter().filter_map(Template::as_fixed).collect()
    }

    /// The fixed beginnings of a key's values, up to and with `end`, if that comes before any wildcard.
    pub(crate) fn heads(&self, key: &str, end: char) -> Vec<String> {
        let head = |template: &Template| {
            let prefix = template.fixed_prefix();
            prefix.find(end).and_then(|at| prefix.get(..=at).map(str::to_owned))
        };
        self.templates(key).iter().filter_map(head).collect()
    }

    /// The organizations named, by id or as the beginning of a path.
    pub(crate) fn organizations(&self) -> BTreeSet<String> {
        let ids = ["aws:principalorgid", "aws:sourceorgid", "aws:vpceorgid"];
        let paths = ["aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths"];
        let ids = ids.into_iter().flat_map(|key| self.fixed(key));
        let heads = paths.into_iter().flat_map(|key| self.heads(key, '/'));
        ids.chain(heads.map(|head| head.trim_end_matches('/').to_owned())).collect()
    }

    /// The networks of a key that are no wider than what a person could own (`/8`, in IPv6 `/32`), joined first.
    pub(crate) fn fixed_nets(&self, key: &str) -> Vec<IpNet> {
        let nets = self.nets.get(&Key::new(key)).cloned().unwrap_or_default();
        IpNet::aggregate(&nets).into_iter().filter(|net| !is_wide(net)).collect()
    }

    /// An account that nobody named, and one for each pattern of accounts.
    pub(crate) fn strangers(&self, owner: AccountId) -> Vec<AccountId> {
        let named = |account: &AccountId| *account == owner || self.accounts.contains(account);
        let mut strangers: Vec<AccountId> = (0..1000u64)
            .filter_map(|n| AccountId::parse(&format!("{:012}", 999_988_887_777 - n * 1_111)))
            .find(|account| !named(account))
            .into_iter()
            .collect();
        for (key, templates) in &self.keys {
            let name = key.as_str();
            for template in
                templates.iter().filter(|_| name.ends_with("account") || name.ends_with("arn"))
            {
                let text = template.text();
                let pattern = Arn::parse(text).map_or(text, |arn| arn.account);
                if pattern.contains(['*', '?']) && pattern.contains(|c: char| c.is_ascii_digit()) {
                    strangers.extend(
                        ['0', '7']
                            .iter()
                            .filter_map(|fill| fit(pattern, *fill))
                            .find(|own| !named(own)),
                    );
                }
            }
        }
        strangers.sort_unstable();
        strangers.dedup();
        strangers.reverse();
        strangers.truncate(4);
        strangers
    }
}

/// An account number that matches the pattern, stars filled up with one digit.
fn fit(pattern: &str, fill: char) -> Option<AccountId> {
    let lack = 12usize.checked_sub(pattern.chars().filter(|c| *c != '*').count())?;
    let mut lack = Some(lack);
    let mut text = String::new();
    for c in pattern.chars() {
        match c {
            '*' => text.extend(std::iter::repeat_n(fill, lack.take().unwrap_or(0))),
            '?' => text.push(fill),
            c => text.push(c),
        }
    }
    AccountId::parse(&text)
}

/// Wider than the widest network that S3 Block Public Access takes for a fixed one.
pub(crate) fn is_wide(net: &IpNet) -> bool {
    net.prefix_len() < if net.addr().is_ipv4() { 8 } else { 32 }
}
