//! Which rules a user means.

use std::collections::BTreeSet;

use awspect_checks::{NAMES_RULE, Rule};
use awspect_inventory::Action;
use wildmatch::WildMatch;

use crate::exit::Failure;

/// The rules that any of the patterns takes, of services that any of the others takes; no pattern takes all.
///
/// A pattern that takes nothing is a slip of the pen, and a gate must not pass for one.
pub(crate) fn rules(services: &[String], ids: &[String]) -> Result<Vec<&'static Rule>, Failure> {
    let known: Vec<&'static Rule> = awspect_checks::all().collect();
    check("service", services, known.iter().map(|rule| rule.service()).collect())?;
    check("rule", ids, known.iter().map(|rule| rule.id).collect())?;
    let selected: Vec<_> = known
        .into_iter()
        .filter(|rule| takes(services, rule.service()) && takes(ids, rule.id))
        .collect();
    if selected.is_empty() {
        return Err(Failure::usage("no rule is of both the services and the ids asked for"));
    }
    Ok(selected)
}

/// What is to be collected.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// The actions whose answers are needed; without it whatever there is.
    pub(crate) only: Option<BTreeSet<Action>>,
    /// Whether the names of buckets are needed that everybody can compute. No action tells, for other facts share theirs.
    pub(crate) predictable_names: bool,
}

impl Wanted {
    pub(crate) const ALL: Self = Self { only: None, predictable_names: true };
}

/// What some rules need; for all rules whatever there is.
pub(crate) fn wanted(rules: &[&Rule]) -> Wanted {
    if rules.len() == awspect_checks::all().count() {
        return Wanted::ALL;
    }
    let actions = rules.iter().flat_map(|rule| &rule.document().facts.actions);
    Wanted {
        only: Some(actions.map(|it| Action::named(it)).collect()),
        predictable_names: rules.iter().any(|rule| rule.id == NAMES_RULE),
    }
}

fn takes(patterns: &[String], name: &str) -> bool {
    patterns.is_empty() || patterns.iter().any(|pattern| WildMatch::new(pattern).matches(name))
}

/// The likeness from which on a name may be what was meant: half of its letters are right, in their places.
const NEAR: f64 = 0.5;

fn check(kind: &str, patterns: &[String], mut names: Vec<&'static str>) -> Result<(), Failure> {
    names.dedup();
    for pattern in patterns {
        let glob = WildMatch::new(pattern);
        if names.iter().any(|name| glob.matches(name)) {
            continue;
        }
        let pattern = pattern.escape_default();
        let nearest = names
            .iter()
            .map(|name| (strsim::normalized_damerau_levenshtein(&pattern.to_string(), name), name))
            .filter(|(likeness, _)| *likeness >= NEAR)
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        let hint = match nearest {
            Some((_, name)) => format!("did you mean `{name}`?"),
            None => "`awspect rules list` shows all".to_owned(),
        };
        return Err(Failure::usage(format!("no {kind} `{pattern}`; {hint}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::rules;

    fn ids(services: &[&str], ids: &[&str]) -> Result<Vec<&'static str>, String> {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        rules(&owned(services), &owned(ids))
            .map(|rules| rules.into_iter().map(|rule| rule.id).collect())
            .map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_pattern_takes_all_that_match_it() {
        let acl = ids(&[], &["s3/bucket-acl-*"]).unwrap();
        assert_eq!(acl.len(), 4);
        assert!(acl.iter().all(|id| id.starts_with("s3/bucket-acl-")));
        assert_eq!(ids(&["s3"], &[]), ids(&[], &["s3/*"]));
        assert_eq!(ids(&["s?"], &["s3/bucket-versioning"]).unwrap(), ["s3/bucket-versioning"]);
    }

    #[test]
    fn a_slip_of_the_pen_is_named_with_what_was_meant() {
        assert_eq!(
            ids(&[], &["s3/bucket-verisoning"]).unwrap_err(),
            "no rule `s3/bucket-verisoning`; did you mean `s3/bucket-versioning`?"
        );
        assert_eq!(
            ids(&["zz"], &[]).unwrap_err(),
            "no service `zz`; `awspect rules list` shows all"
        );
    }
}
