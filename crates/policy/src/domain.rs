//! What a condition key can hold in a cell of requests.

use crate::condition::Test;
use crate::glob::Glob;

/// What a key can hold in a cell of requests.
#[derive(Clone, Debug)]
pub(crate) struct Domain {
    /// Whether requests without the key exist, and with it.
    pub(crate) missing: bool,
    pub(crate) present: bool,
    /// Whether the key may hold several values.
    pub(crate) many: bool,
    /// What every value passes, or fails.
    pub(crate) within: Vec<(Test, bool)>,
    /// Values to try first, for a witness that reads well.
    pub(crate) hints: Vec<String>,
}

impl Domain {
    pub(crate) fn absent() -> Self {
        Self { missing: true, present: false, many: false, within: Vec::new(), hints: Vec::new() }
    }

    pub(crate) fn any() -> Self {
        Self { present: true, hints: vec!["x".to_owned()], ..Self::absent() }
    }

    pub(crate) fn exactly(value: &str) -> Self {
        Self::one_of(&[value]).always()
    }

    /// The value of a token's claim; how somebody signed in is told by several.
    pub(crate) fn claim(key: &str, value: &str) -> Self {
        let domain = Self::exactly(value);
        if key.ends_with(":amr") { domain.many() } else { domain }
    }

    /// Missing, or one of these.
    pub(crate) fn one_of(values: &[&str]) -> Self {
        let globs = values.iter().map(|value| Glob::literal(value)).collect();
        let hints = values.iter().map(|value| (*value).to_owned()).collect();
        Self { present: true, within: vec![(Test::Text(globs), true)], hints, ..Self::absent() }
    }

    /// Missing, or a match of one of these patterns.
    pub(crate) fn like(patterns: &[&str]) -> Self {
        let globs: Vec<Glob> = patterns.iter().map(|pattern| Glob::wild(pattern)).collect();
        let hints = globs.iter().map(Glob::example).collect();
        Self { present: true, within: vec![(Test::Text(globs), true)], hints, ..Self::absent() }
    }

    /// Missing, or an ARN that matches one of these, component by component.
    pub(crate) fn arn(patterns: &[&str]) -> Self {
        let globs: Vec<Glob> =
            patterns.iter().map(|pattern| Glob::wild(pattern).as_arn()).collect();
        Self { within: vec![(Test::Text(globs), true)], ..Self::like(patterns) }
    }

    pub(crate) fn always(self) -> Self {
        Self { missing: false, ..self }
    }

    pub(crate) fn many(self) -> Self {
        Self { many: true, ..self }
    }

    pub(crate) fn except(mut self, patterns: impl IntoIterator<Item = Glob>) -> Self {
        let globs: Vec<Glob> = patterns.into_iter().collect();
        if !globs.is_empty() {
            self.within.push((Test::Text(globs), false));
        }
        self
    }

    pub(crate) fn hinted(mut self, hint: &str) -> Self {
        self.hints.insert(0, hint.to_owned());
        self
    }

    /// The one value that the key has in the whole cell; `None` for a key that varies.
    #[expect(clippy::option_option, reason = "a key that the whole cell lacks is settled too")]
    pub(crate) fn settled(&self) -> Option<Option<&str>> {
        match (self.missing, self.present, self.within.as_slice(), self.hints.as_slice()) {
            (true, false, _, _) => Some(None),
            (false, true, [(Test::Text(globs), true)], [only])
                if globs.len() == 1
                    && globs
                        .first()
                        .is_some_and(|glob| glob.as_literal().as_ref() == Some(only)) =>
            {
                Some(Some(only))
            }
            _ => None,
        }
    }
}
