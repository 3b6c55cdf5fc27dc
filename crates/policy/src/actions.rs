//! The names and access levels of IAM's actions (Service Authorization Reference). Exposure never asks this table: an action that it
//! does not know exists all the same. It serves to list what a policy grants.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::glob::Glob;

/// What an action does, as AWS classes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessLevel {
    /// Names what there is.
    List,
    /// Reads.
    Read,
    /// Changes tags only.
    Tagging,
    /// Creates, changes, deletes.
    Write,
    /// Grants permissions.
    PermissionsManagement,
}

impl fmt::Display for AccessLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "list",
            Self::Read => "read",
            Self::Tagging => "tagging",
            Self::Write => "write",
            Self::PermissionsManagement => "permissions management",
        })
    }
}

/// An action of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Action {
    /// The service's prefix.
    pub service: &'static str,
    /// The name, as IAM spells it.
    pub name: &'static str,
    /// Its level.
    pub level: AccessLevel,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.name)
    }
}

/// By name in lower case.
static ACTIONS: LazyLock<BTreeMap<String, Action>> = LazyLock::new(|| {
    let mut actions = BTreeMap::new();
    for line in include_str!("../data/actions.txt").lines() {
        let mut words = line.split(' ');
        let Some(service) = words.next() else { continue };
        let mut level = AccessLevel::Write;
        for word in words {
            match word {
                "L" => level = AccessLevel::List,
                "P" => level = AccessLevel::PermissionsManagement,
                "R" => level = AccessLevel::Read,
                "T" => level = AccessLevel::Tagging,
                "W" => level = AccessLevel::Write,
                name => {
                    actions.insert(
                        format!("{service}:{}", name.to_lowercase()),
                        Action { service, name, level },
                    );
                }
            }
        }
    }
    actions
});

impl Action {
    /// The action of this name, if the table has it.
    pub fn find(name: &str) -> Option<Self> {
        ACTIONS.get(&name.to_lowercase()).copied()
    }

    /// Every action of the table with its name in lower case.
    pub(crate) fn all() -> impl Iterator<Item = (&'static str, Self)> {
        ACTIONS.iter().map(|(name, action)| (name.as_str(), *action))
    }

    /// The prefixes of all services of the table.
    pub fn services() -> impl Iterator<Item = &'static str> {
        static SERVICES: LazyLock<std::collections::BTreeSet<&'static str>> =
            LazyLock::new(|| ACTIONS.values().map(|action| action.service).collect());
        SERVICES.iter().copied()
    }

    /// The actions of a service; of all for `*`.
    pub fn of_service(service: &str) -> impl Iterator<Item = Self> {
        ACTIONS.values().filter(move |own| service == "*" || own.service == service).copied()
    }

    /// The actions that a pattern over lower-case names matches.
    pub fn matching(pattern: &Glob) -> impl Iterator<Item = Self> + '_ {
        Self::all().filter(|(name, _)| pattern.matches(name)).map(|(_, action)| action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_knows_levels() {
        let level = |name: &str| Action::find(name).map(|action| action.level);
        assert_eq!(level("S3:getobject"), Some(AccessLevel::Read));
        assert_eq!(level("s3:PutBucketPolicy"), Some(AccessLevel::PermissionsManagement));
        assert_eq!(level("iam:ListUsers"), Some(AccessLevel::List));
        assert_eq!(level("s3:Nothing"), None);
        assert!(Action::all().count() > 20_000);
        assert!(Action::matching(&Glob::wild("s3:*")).count() > 100);
    }

    #[test]
    fn every_action_of_the_escalation_paths_exists() {
        // Services that AWS has closed since leave the source, not the policies.
        let closed = |name: &str| name.starts_with("codestar:");
        for step in crate::paths::PATHS
            .iter()
            .flat_map(|path| path.steps)
            .filter(|step| !closed(step.action))
        {
            assert!(Action::find(step.action).is_some(), "{}", step.action);
        }
    }

    #[test]
    fn every_action_of_the_write_set_exists() {
        for action in crate::resource_types::WRITE_ACTIONS {
            assert!(Action::find(action).is_some(), "{action}");
        }
    }
}
