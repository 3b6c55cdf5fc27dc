//! What of a function runs: it as it is edited, and the published versions that an alias stands for.

use awspect_inventory::{
    Fact as _, Reason, Unknown,
    lambda::{Function, FunctionConfiguration, FunctionVersion},
};

/// The version that is edited.
pub(super) const LATEST: &str = "$LATEST";

/// What runs, by version, as far as it is known, and why there may be more.
pub(super) struct Running<'a> {
    pub(super) configurations: Vec<(&'a str, &'a FunctionConfiguration)>,
    pub(super) unread: Option<Unknown>,
}

/// What of a function runs.
pub(super) fn running(function: &Function) -> Running<'_> {
    let unread = function.aliases.gaps.first().map(|gap| gap.unknown.clone());
    let mut running = Running { configurations: vec![], unread };
    running.take(LATEST, function.configuration.known());
    let aliases = function.aliases.found.iter();
    let mut versions: Vec<&str> = aliases
        .flat_map(|alias| [Some(&alias.version), alias.other_version.as_ref()])
        .flatten()
        .map(String::as_str)
        .filter(|version| *version != LATEST)
        .collect();
    versions.sort_unstable();
    versions.dedup();
    for version in versions {
        let published = function.versions.found.iter().find(|own| own.version == version);
        let gap = || function.versions.gaps.first().map(|gap| gap.unknown.clone());
        let lost = || Unknown::new(FunctionVersion::ACTION, Reason::NotCollected);
        let own = match published {
            Some(own) => own.configuration.known(),
            None => Err(gap().unwrap_or_else(lost)),
        };
        running.take(version, own);
    }
    running
}

impl<'a> Running<'a> {
    fn take(&mut self, version: &'a str, own: Result<Option<&'a FunctionConfiguration>, Unknown>) {
        let own = own.and_then(|own| {
            own.ok_or_else(|| Unknown::new(FunctionConfiguration::ACTION, Reason::Malformed))
        });
        match own {
            Ok(own) => self.configurations.push((version, own)),
            Err(unknown) => {
                self.unread.get_or_insert(unknown);
            }
        }
    }
}
