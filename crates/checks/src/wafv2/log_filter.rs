//! What the filter of a log leaves of the requests that were blocked.

use awspect_inventory::{
    Fact as _, Reason, Unknown,
    wafv2::{LogBehavior, LogCondition, LogFilter, LogFilterRule, LogRequirement, WebAclLogging},
};
use serde_json::{Value, json};

use crate::engine::unknown_value;

/// What becomes of blocked requests, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// None is in the log.
    Dropped,
    /// Some are, by their labels or by what other rules did with them.
    KeptSometimes,
    /// All are, or all but some.
    Kept,
}

impl Fate {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::KeptSometimes => "dropped, unless other rules met them as well",
            Self::Kept => "kept",
        }
    }
}

/// What becomes of the requests that were blocked.
pub(super) fn of_blocked(filter: Option<&LogFilter>) -> Result<Fate, Unknown> {
    let Some(filter) = filter else { return Ok(Fate::Kept) };
    filter.rules.iter().rev().fold(by(&filter.otherwise), |rest, rule| before(rule, rest))
}

/// What becomes of them where a rule is asked before others, of which it is known what becomes of the rest.
fn before(rule: &LogFilterRule, rest: Result<Fate, Unknown>) -> Result<Fate, Unknown> {
    let meets = match meets(rule) {
        Ok(Meets::Never) => return rest,
        Ok(Meets::Always) => return by(&rule.behavior),
        Ok(Meets::Sometimes) => Ok(()),
        Err(unknown) => Err(unknown),
    };
    let rest = rest?;
    match (meets, by(&rule.behavior)) {
        // What meets none of the rules counts most.
        (Ok(()), _) if rest == Fate::Kept => Ok(rest),
        (Ok(()), Ok(Fate::Dropped)) => Ok(rest),
        (Ok(()), Ok(_)) => Ok(Fate::KeptSometimes),
        (Err(_), Ok(fate)) if fate == rest => Ok(rest),
        (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
    }
}

fn by(behavior: &LogBehavior) -> Result<Fate, Unknown> {
    match behavior {
        LogBehavior::Keep => Ok(Fate::Kept),
        LogBehavior::Drop => Ok(Fate::Dropped),
        LogBehavior::Other(other) => Err(unknown_value::<WebAclLogging>(other)),
    }
}

/// Which of the blocked requests meet something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meets {
    Always,
    Sometimes,
    Never,
}

fn meets(rule: &LogFilterRule) -> Result<Meets, Unknown> {
    let (decides, otherwise) = match &rule.requirement {
        LogRequirement::All => (Meets::Never, Meets::Always),
        LogRequirement::Any => (Meets::Always, Meets::Never),
        LogRequirement::Other(other) => return Err(unknown_value::<WebAclLogging>(other)),
    };
    let all: Vec<_> = rule.conditions.iter().map(condition).collect();
    if all.contains(&Ok(decides)) {
        return Ok(decides);
    }
    let all = all.into_iter().collect::<Result<Vec<Meets>, _>>()?;
    Ok(if all.contains(&Meets::Sometimes) { Meets::Sometimes } else { otherwise })
}

/// A blocked request may have been counted, or solved a puzzle, on its way; it was not allowed.
fn condition(condition: &LogCondition) -> Result<Meets, Unknown> {
    match condition {
        LogCondition::Action(action) => Ok(match action.as_str() {
            "BLOCK" => Meets::Always,
            "ALLOW" => Meets::Never,
            _ => Meets::Sometimes,
        }),
        LogCondition::Label(_) => Ok(Meets::Sometimes),
        LogCondition::Other => Err(Unknown::new(WebAclLogging::ACTION, Reason::Undecided)
            .because("this version does not know a condition of the filter")),
    }
}

/// A filter as the answer has it.
pub(super) fn shown(filter: &LogFilter) -> Value {
    let condition = |condition: &LogCondition| match condition {
        LogCondition::Action(action) => json!({ "ActionCondition": action }),
        LogCondition::Label(label) => json!({ "LabelNameCondition": label }),
        LogCondition::Other => json!("not known"),
    };
    let rules = filter.rules.iter().map(|rule| {
        let conditions: Vec<Value> = rule.conditions.iter().map(condition).collect();
        json!({ "Behavior": rule.behavior.as_str(), "Requirement": rule.requirement.as_str(),
            "Conditions": conditions })
    });
    json!({ "Filters": rules.collect::<Vec<_>>(), "DefaultBehavior": filter.otherwise.as_str() })
}
