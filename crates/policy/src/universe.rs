//! The actions and resources that a question is about.

use crate::clause::{Clause, Words};
use crate::glob::Glob;
use crate::policy::Statement;

/// The actions and resources that a question is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Universe {
    /// A string must be in each.
    pub(crate) actions: Vec<Words>,
    pub(crate) resources: Vec<Words>,
    /// Examples that a person knows, tried first. Spelt as IAM spells them.
    pub(crate) action_hints: Vec<String>,
    pub(crate) resource_hints: Vec<String>,
}

impl Words {
    pub(crate) fn of<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        Self { globs: patterns.into_iter().map(Glob::wild).collect(), negated: false }
    }

    pub(crate) fn but<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        Self { negated: true, ..Self::of(patterns) }
    }
}

impl Universe {
    /// Whether the statement speaks of any of the actions, as far as the names show it.
    pub(crate) fn concerns(&self, statement: &Statement) -> bool {
        self.actions.iter().filter(|words| !words.negated).all(|words| {
            let Some(names) = words.globs.iter().map(Glob::as_literal).collect::<Option<Vec<_>>>()
            else {
                return true;
            };
            names.iter().any(|name| {
                let listed =
                    statement.actions.values().iter().any(|pattern| pattern.glob().matches(name));
                listed != statement.actions.is_negated()
            })
        })
    }
}

/// The universe as clauses.
pub(crate) fn bounds(universe: &Universe) -> Vec<Clause> {
    let everything = || Words::of(["*"]);
    let actions = universe.actions.iter().map(|words| Clause {
        action: words.clone(),
        resource: None,
        checks: Vec::new(),
    });
    let resources = universe.resources.iter().map(|words| Clause {
        action: everything(),
        resource: Some(words.clone()),
        checks: Vec::new(),
    });
    actions.chain(resources).collect()
}
