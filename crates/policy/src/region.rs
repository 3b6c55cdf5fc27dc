//! Sets of requests that differ in action, resource and context, and the search for one outside of every clause.
//!
//! A region is a product of axes. Taking a clause away from it leaves one region for each conjunct of the clause: the conjunct
//! fails and those before it hold. Only clauses that hold for the region's present example are taken away, so a hundred denies
//! that do not touch it cost a hundred matches and no split; and a clause that leaves nothing, or one part, goes first.

use std::rc::Rc;

use crate::budget::Budget;
use crate::clause::{Clause, Words};
use crate::condition::Check;
use crate::domain::Domain;
use crate::glob::Glob;
use crate::names::Key;
use crate::strings::{Automata, StringSets};
use crate::values::{Held, Undecided, solve};

/// A key and what it can hold.
pub(crate) type Axes = Vec<(Key, Domain)>;

/// Action names or resource ARNs: those on which each condition comes out as wanted.
#[derive(Clone, Debug)]
struct TextAxis<'a> {
    wanted: Vec<(&'a Words, bool)>,
    example: Rc<str>,
}

#[derive(Clone, Debug)]
struct KeyAxis<'a> {
    wanted: Vec<(&'a Check, bool)>,
    example: Rc<Held>,
}

/// A non-empty set of requests, with an example.
#[derive(Clone, Debug)]
pub(crate) struct Region<'a> {
    action: TextAxis<'a>,
    resource: TextAxis<'a>,
    keys: Vec<KeyAxis<'a>>,
}

/// A conjunct of a clause.
#[derive(Clone, Copy, Debug)]
enum Conjunct<'a> {
    Action(&'a Words),
    Resource(&'a Words),
    /// With the place of its key among the axes.
    Check(usize, &'a Check),
}

/// A clause with its keys looked up.
#[derive(Clone, Debug)]
pub(crate) struct Conjunction<'a>(Vec<Conjunct<'a>>);

/// What the search runs in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Space<'a> {
    pub(crate) axes: &'a Axes,
    pub(crate) actions: &'a [String],
    pub(crate) resources: &'a [String],
    pub(crate) budget: &'a Budget,
}

impl<'a> Space<'a> {
    /// The clause over these axes. A key that is no axis is never present.
    pub(crate) fn conjunction(&self, clause: &'a Clause) -> Conjunction<'a> {
        let place =
            |key: &Key| self.axes.binary_search_by(|(own, _)| own.cmp(key)).unwrap_or(usize::MAX);
        let mut conjuncts = vec![Conjunct::Action(&clause.action)];
        conjuncts.extend(clause.resource.as_ref().map(Conjunct::Resource));
        conjuncts
            .extend(clause.checks.iter().map(|check| Conjunct::Check(place(&check.key), check)));
        // What says nothing splits nothing.
        let everything =
            |words: &Words| !words.negated && words.globs.iter().any(Glob::is_everything);
        conjuncts.retain(|conjunct| {
            !matches!(conjunct, Conjunct::Action(words) | Conjunct::Resource(words) if everything(words))
        });
        Conjunction(conjuncts)
    }

    /// All requests of the cell.
    pub(crate) fn everything(&self) -> Result<Option<Region<'a>>, Undecided> {
        let mut keys = Vec::with_capacity(self.axes.len());
        for (key, domain) in self.axes {
            let Some(example) = solve(key, domain, &[], self.budget)? else { return Ok(None) };
            keys.push(KeyAxis { wanted: Vec::new(), example: Rc::new(example) });
        }
        let first = |hints: &[String]| {
            hints.first().map_or_else(|| Rc::from("x"), |hint| Rc::from(hint.as_str()))
        };
        Ok(Some(Region {
            action: TextAxis { wanted: Vec::new(), example: first(self.actions) },
            resource: TextAxis { wanted: Vec::new(), example: first(self.resources) },
            keys,
        }))
    }

    /// The part of the region where the conjunct comes out as wanted, if there is any.
    fn narrow(
        &self,
        region: &Region<'a>,
        conjunct: Conjunct<'a>,
        want: bool,
    ) -> Result<Option<Region<'a>>, Undecided> {
        let mut region = region.clone();
        let done = match conjunct {
            Conjunct::Action(words) => {
                self.narrow_text(&mut region.action, words, want, self.actions)?
            }
            Conjunct::Resource(words) => {
                self.narrow_text(&mut region.resource, words, want, self.resources)?
            }
            Conjunct::Check(place, check) => {
                match (self.axes.get(place), region.keys.get_mut(place)) {
                    (Some((key, domain)), Some(axis)) => {
                        axis.wanted.push((check, want));
                        if check.holds(axis.example.as_deref()) != want {
                            match solve(key, domain, &axis.wanted, self.budget)? {
                                Some(example) => axis.example = Rc::new(example),
                                None => return Ok(None),
                            }
                        }
                        true
                    }
                    _ => check.holds_missing() == want,
                }
            }
        };
        Ok(done.then_some(region))
    }

    fn narrow_text(
        &self,
        axis: &mut TextAxis<'a>,
        words: &'a Words,
        want: bool,
        hints: &[String],
    ) -> Result<bool, Undecided> {
        axis.wanted.push((words, want));
        if words.matches(&axis.example) == want {
            return Ok(true);
        }
        let fits =
            |text: &str| axis.wanted.iter().all(|(words, want)| words.matches(text) == *want);
        self.budget.spend((1 + hints.len()) as u64)?;
        if let Some(hint) = hints.iter().find(|hint| fits(hint)) {
            axis.example = Rc::from(hint.as_str());
            return Ok(true);
        }
        let inside = |(words, want): &&(&Words, bool)| words.negated != *want;
        let must: Vec<&[Glob]> =
            axis.wanted.iter().filter(inside).map(|(words, _)| words.globs.as_slice()).collect();
        let must_not: Vec<&Glob> = axis
            .wanted
            .iter()
            .filter(|wanted| !inside(wanted))
            .flat_map(|(words, _)| &words.globs)
            .collect();
        let found = Automata.find(&must, &must_not, self.budget)?;
        let any = found.is_some();
        if let Some(found) = found {
            axis.example = Rc::from(found.as_str());
        }
        Ok(any)
    }

    /// The part of the region where the whole clause holds.
    pub(crate) fn within(
        &self,
        region: &Region<'a>,
        clause: &Conjunction<'a>,
    ) -> Result<Option<Region<'a>>, Undecided> {
        let mut region = region.clone();
        for conjunct in &clause.0 {
            match self.narrow(&region, *conjunct, true)? {
                Some(part) => region = part,
                None => return Ok(None),
            }
        }
        Ok(Some(region))
    }

    /// The parts of the region where the clause fails.
    fn without(
        &self,
        region: &Region<'a>,
        clause: &Conjunction<'a>,
    ) -> Result<Vec<Region<'a>>, Undecided> {
        let mut parts = Vec::new();
        let mut held = region.clone();
        for conjunct in &clause.0 {
            parts.extend(self.narrow(&held, *conjunct, false)?);
            match self.narrow(&held, *conjunct, true)? {
                Some(part) => held = part,
                None => break,
            }
        }
        Ok(parts)
    }

    /// A part of the region, with its example, that is outside of every clause.
    pub(crate) fn outside(
        &self,
        region: Region<'a>,
        clauses: &[Conjunction<'a>],
    ) -> Result<Option<Region<'a>>, Undecided> {
        let mut open = vec![region];
        while let Some(region) = open.pop() {
            self.budget.spend(4 * (1 + clauses.len() as u64))?;
            let mut holding: Vec<_> =
                clauses.iter().filter(|clause| region.example_in(clause)).collect();
            if holding.is_empty() {
                return Ok(Some(region));
            }
            holding.sort_by_key(|clause| clause.0.len());
            let mut best: Option<Vec<Region<'a>>> = None;
            for clause in holding.into_iter().take(4) {
                let parts = self.without(&region, clause)?;
                if best.as_ref().is_none_or(|best| parts.len() < best.len()) {
                    best = Some(parts);
                }
                if best.as_ref().is_some_and(|best| best.len() < 2) {
                    break;
                }
            }
            open.extend(best.unwrap_or_default().into_iter().rev());
        }
        Ok(None)
    }
}

impl Region<'_> {
    fn example_in(&self, clause: &Conjunction<'_>) -> bool {
        clause.0.iter().all(|conjunct| match conjunct {
            Conjunct::Action(words) => words.matches(&self.action.example),
            Conjunct::Resource(words) => words.matches(&self.resource.example),
            Conjunct::Check(place, check) => match self.keys.get(*place) {
                Some(axis) => check.holds(axis.example.as_deref()),
                None => check.holds_missing(),
            },
        })
    }

    /// The example's action and resource.
    pub(crate) fn example(&self) -> (&str, &str) {
        (&self.action.example, &self.resource.example)
    }

    /// The example's context.
    pub(crate) fn context<'k>(
        &'k self,
        axes: &'k Axes,
    ) -> impl Iterator<Item = (&'k Key, &'k [String])> {
        axes.iter()
            .zip(&self.keys)
            .filter_map(|((key, _), axis)| Some((key, axis.example.as_deref()?)))
    }
}
