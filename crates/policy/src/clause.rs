//! A statement without its principal and its variables: a conjunction over action, resource and condition keys.

use crate::condition::Check;
use crate::glob::Glob;
use crate::names::Key;
use crate::policy::Statement;
use crate::request::Request;

/// A set of strings, or what is outside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) globs: Vec<Glob>,
    pub(crate) negated: bool,
}

impl Words {
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.globs.iter().any(|glob| glob.matches(text)) != self.negated
    }
}

/// The conjunction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clause {
    /// Over action names in lower case.
    pub(crate) action: Words,
    pub(crate) resource: Option<Words>,
    pub(crate) checks: Vec<Check>,
}

impl Clause {
    /// The clause for a request, or a cell of requests, in which `lookup` gives the variables' values.
    pub(crate) fn for_request(
        statement: &Statement,
        lookup: &dyn Fn(&Key) -> Option<String>,
    ) -> Self {
        Self {
            action: actions(statement),
            resource: statement.resources.as_ref().map(|scope| Words {
                globs: scope
                    .values()
                    .iter()
                    .filter_map(|template| template.resolve(lookup))
                    .collect(),
                negated: scope.is_negated(),
            }),
            checks: statement
                .conditions
                .iter()
                .map(|condition| condition.resolve(lookup))
                .collect(),
        }
    }

    /// A clause without variables that holds wherever the statement may (`wider`), or only where it must.
    pub(crate) fn approximate(statement: &Statement, wider: bool) -> Self {
        let resource = statement.resources.as_ref().map(|scope| {
            let star = wider != scope.is_negated();
            let kept = scope
                .values()
                .iter()
                .filter(|template| star || template.variables().next().is_none());
            Words {
                globs: kept.map(|template| template.widened().clone()).collect(),
                negated: scope.is_negated(),
            }
        });
        let checks =
            statement.conditions.iter().map(|condition| condition.approximate(wider)).collect();
        Self { action: actions(statement), resource, checks }
    }

    pub(crate) fn matches(&self, request: &Request) -> bool {
        self.action.matches(&request.action.to_lowercase())
            && self.resource.as_ref().is_none_or(|resource| resource.matches(&request.resource))
            && self.checks.iter().all(|check| check.holds(request.values(&check.key)))
    }
}

fn actions(statement: &Statement) -> Words {
    Words {
        globs: statement.actions.values().iter().map(|pattern| pattern.glob().clone()).collect(),
        negated: statement.actions.is_negated(),
    }
}
