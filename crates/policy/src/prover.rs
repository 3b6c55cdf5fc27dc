//! Is there a request in a cell that these policies let through? Yes comes with the request, replayed; no is a proof.

use std::collections::BTreeMap;

use crate::budget::Budget;
use crate::cell::{Cell, Facts, Who};
use crate::clause::Clause;
use crate::domain::Domain;
use crate::evaluate::{applies, granting};
use crate::keys::domain;
use crate::mentions::Mentions;
use crate::names::Key;
use crate::policy::{Policy, Statement};
use crate::principal::Caller;
use crate::region::{Axes, Conjunction, Region, Space};
use crate::request::Request;
use crate::universe::{Universe, bounds};
use crate::values::{Undecided, solve};

/// A question about policies.
#[derive(Clone, Debug)]
pub(crate) struct Prover<'a> {
    /// Each layer must allow, by one of its policies; without layers everything is allowed that is not denied.
    pub(crate) layers: Vec<Vec<&'a Policy>>,
    /// Policies whose denies count.
    pub(crate) denying: Vec<&'a Policy>,
    pub(crate) facts: &'a Facts,
    pub(crate) mentions: Mentions,
    pub(crate) budget: &'a Budget,
}

/// A request that gets through, with the statements that allow it.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) request: Request,
    pub(crate) statements: Vec<&'a Statement>,
}

/// The outcome for a cell.
pub(crate) type Outcome<'a> = Result<Option<Found<'a>>, Open>;

/// Why a cell stays open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Open {
    #[error(transparent)]
    Undecided(#[from] Undecided),
    #[error("{}", .0.join(", "))]
    Unsupported(Vec<String>),
    #[error("the value of {0} in the request decides")]
    Variable(String),
    #[error("the request found does not pass the evaluator")]
    Replay,
}

/// How statements with variables and with elements that are not understood are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reading {
    /// Whether to let through all that might pass, instead of what must.
    wider_unsupported: bool,
    /// Whether variables are approximated, instead of replaced by the cell's values.
    approximate: bool,
}

/// Domains of keys by name.
type Domains = BTreeMap<Key, Domain>;

impl<'a> Prover<'a> {
    /// Over layers whose denies count as well.
    pub(crate) fn new(layers: Vec<Vec<&'a Policy>>, facts: &'a Facts, budget: &'a Budget) -> Self {
        let denying: Vec<_> = layers.iter().flatten().copied().collect();
        Self { mentions: Mentions::of(denying.iter().copied()), denying, layers, facts, budget }
    }

    /// Lets the denies of more policies count.
    pub(crate) fn deny(&mut self, policies: impl IntoIterator<Item = &'a Policy>) {
        self.denying.extend(policies);
        self.mentions = Mentions::of(self.denying.iter().copied());
    }

    /// What is not denied, whether allowed or not.
    pub(crate) fn undenied(policy: &'a Policy, facts: &'a Facts, budget: &'a Budget) -> Self {
        Self { layers: Vec::new(), ..Self::new(vec![vec![policy]], facts, budget) }
    }

    /// The first request found in any of the cells; open only if no cell has one.
    pub(crate) fn find_any<'u>(
        &self,
        questions: impl IntoIterator<Item = (Cell, &'u Universe)>,
    ) -> Outcome<'a> {
        let split = |(cell, universe): (Cell, &'u Universe)| {
            cell.split(&self.mentions).into_iter().map(move |cell| (cell, universe))
        };
        self.find_first(questions.into_iter().flat_map(split))
    }

    /// The same in cells that are split already.
    pub(crate) fn find_first<'u>(
        &self,
        questions: impl IntoIterator<Item = (Cell, &'u Universe)>,
    ) -> Outcome<'a> {
        let mut open = None;
        for (cell, universe) in questions {
            match self.find(&cell, universe) {
                Ok(None) => {}
                Ok(Some(found)) => return Ok(Some(found)),
                Err(why) => open = open.or(Some(why)),
            }
        }
        open.map_or(Ok(None), Err)
    }

    /// A request of the cell that gets through.
    pub(crate) fn find(&self, cell: &Cell, universe: &Universe) -> Outcome<'a> {
        let domains: Domains = self
            .mentions
            .keys
            .keys()
            .chain(cell.held.keys())
            .map(|key| (key.clone(), domain(key, cell, &self.mentions, self.facts)))
            .collect();
        let mut reading = Reading { wider_unsupported: false, approximate: false };
        if let Some(found) = self.find_with_variables(cell, universe, &domains, reading)? {
            return Ok(Some(found));
        }
        let unsupported: Vec<String> = self
            .layers
            .iter()
            .flatten()
            .chain(&self.denying)
            .flat_map(|policy| policy.unsupported())
            .collect();
        if !unsupported.is_empty() {
            reading.wider_unsupported = true;
            if self.find_with_variables(cell, universe, &domains, reading)?.is_some() {
                let mut unsupported = unsupported;
                unsupported.sort_unstable();
                unsupported.dedup();
                return Err(Open::Unsupported(unsupported));
            }
        }
        Ok(None)
    }

    /// Tries values for the keys that stand as variables; if none will do, all of them at once.
    fn find_with_variables(
        &self,
        cell: &Cell,
        universe: &Universe,
        domains: &Domains,
        reading: Reading,
    ) -> Outcome<'a> {
        let caller = cell.caller(None);
        let mut free: Vec<Key> = self
            .statements(&caller, reading)
            .filter(|statement| universe.concerns(statement))
            .flat_map(Statement::variables)
            .filter(|key| domains.get(*key).is_none_or(|domain| domain.settled().is_none()))
            .cloned()
            .collect();
        free.sort_unstable();
        free.dedup();
        if free.is_empty() {
            return self.find_settled(cell, universe, domains, reading);
        }
        let wide = Reading { approximate: true, ..reading };
        if self.search(cell, universe, domains, wide)?.is_none() {
            return Ok(None);
        }
        let mut trials: Vec<Domains> = vec![domains.clone()];
        for key in &free {
            let values = self.candidates(key, domains)?;
            let with = |domains: &Domains, value: &Option<String>| {
                let mut domains = domains.clone();
                let domain = value.as_deref().map_or_else(Domain::absent, Domain::exactly);
                domains.insert(key.clone(), domain);
                domains
            };
            trials = trials
                .iter()
                .flat_map(|own| values.iter().map(move |value| with(own, value)))
                .take(64)
                .collect();
        }
        for domains in &trials {
            if let Some(found) = self.find_settled(cell, universe, domains, reading)? {
                return Ok(Some(found));
            }
        }
        let names: Vec<String> = free.iter().map(|key| format!("`{key}`")).collect();
        Err(Open::Variable(names.join(", ")))
    }

    /// Values for a key that stands as a variable: one of its own, those it is compared to, and none.
    fn candidates(&self, key: &Key, domains: &Domains) -> Result<Vec<Option<String>>, Open> {
        let any = Domain::any();
        let domain = domains.get(key).unwrap_or(&any);
        let within = Domain { missing: false, ..domain.clone() };
        let mut values = Vec::new();
        if within.present
            && let Some(Some(own)) = solve(key, &within, &[], self.budget)?
        {
            values.extend(own.into_iter().map(Some));
            let partners = self.mentions.compared.get(key).into_iter().flatten();
            let partners = partners.flat_map(|partner| {
                let hints =
                    domains.get(partner).map(|domain| domain.hints.clone()).unwrap_or_default();
                hints.into_iter().take(2).chain(self.mentions.fixed(partner.as_str()))
            });
            let compared = self
                .mentions
                .templates(key.as_str())
                .iter()
                .map(|template| template.widened().example());
            let compared = partners.chain(compared);
            let fits = |value: &String| {
                domain.within.iter().all(|(test, want)| test.matches(value) == *want)
            };
            values.extend(compared.filter(fits).take(8).map(Some));
        }
        if domain.missing {
            values.push(None);
        }
        let mut seen = std::collections::BTreeSet::new();
        values.retain(|value| seen.insert(value.clone()));
        Ok(values)
    }

    fn find_settled(
        &self,
        cell: &Cell,
        universe: &Universe,
        domains: &Domains,
        reading: Reading,
    ) -> Outcome<'a> {
        let Some(request) = self.search(cell, universe, domains, reading)? else { return Ok(None) };
        if reading.wider_unsupported {
            return Ok(Some(Found { request, statements: Vec::new() }));
        }
        match self.replay(&request) {
            Some(statements) => Ok(Some(Found { request, statements })),
            None => Err(Open::Replay),
        }
    }

    /// The evaluator's own opinion.
    fn replay(&self, request: &Request) -> Option<Vec<&'a Statement>> {
        let denied =
            |policy: &&Policy| policy.denies().any(|statement| applies(statement, request));
        if self.denying.iter().any(denied) {
            return None;
        }
        let mut statements = Vec::new();
        for layer in &self.layers {
            let granted: Vec<_> =
                layer.iter().flat_map(|policy| granting(policy, request)).collect();
            if granted.is_empty() {
                return None;
            }
            statements.extend(granted);
        }
        Some(statements)
    }

    /// The statements that speak of the caller, in a reading.
    fn statements(&self, caller: &Caller, reading: Reading) -> impl Iterator<Item = &'a Statement> {
        let allows = self.layers.iter().flatten().flat_map(|policy| policy.allows());
        let denies = self.denying.iter().flat_map(|policy| policy.denies());
        let caller = caller.clone();
        allows.chain(denies).filter(move |statement| concerns(statement, &caller, reading))
    }

    fn search(
        &self,
        cell: &Cell,
        universe: &Universe,
        domains: &Domains,
        reading: Reading,
    ) -> Result<Option<Request>, Open> {
        let caller = cell.caller(None);
        let lookup = |key: &Key| domains.get(key)?.settled()?.map(str::to_owned);
        let clause = |statement: &Statement| {
            if reading.approximate {
                Clause::approximate(statement, statement.allows())
            } else {
                Clause::for_request(statement, &lookup)
            }
        };
        let layers: Vec<Vec<Clause>> = self
            .layers
            .iter()
            .map(|layer| {
                let allows = layer.iter().flat_map(|policy| policy.allows());
                let allows = allows.filter(|statement| universe.concerns(statement));
                allows
                    .filter(|statement| concerns(statement, &caller, reading))
                    .map(clause)
                    .collect()
            })
            .collect();
        if layers.iter().any(Vec::is_empty) {
            return Ok(None);
        }
        let denies: Vec<Clause> = self
            .denying
            .iter()
            .flat_map(|policy| policy.denies())
            .filter(|statement| {
                universe.concerns(statement) && concerns(statement, &caller, reading)
            })
            .map(clause)
            .collect();
        let bounds = bounds(universe);
        let clauses = layers.iter().flatten().chain(&denies).chain(&bounds);
        let mut keys: Vec<&Key> =
            clauses.flat_map(|clause| &clause.checks).map(|check| &check.key).collect();
        keys.sort_unstable();
        keys.dedup();
        let axes: Axes = keys
            .into_iter()
            .map(|key| (key.clone(), domains.get(key).cloned().unwrap_or_else(Domain::any)))
            .collect();
        let actions: Vec<String> =
            universe.action_hints.iter().map(|hint| hint.to_lowercase()).collect();
        let space = Space {
            axes: &axes,
            actions: &actions,
            resources: &universe.resource_hints,
            budget: self.budget,
        };
        let denies: Vec<Conjunction<'_>> =
            denies.iter().map(|clause| space.conjunction(clause)).collect();
        let layers: Vec<Vec<Conjunction<'_>>> = layers
            .iter()
            .map(|layer| layer.iter().map(|clause| space.conjunction(clause)).collect())
            .collect();
        let Some(mut region) = space.everything()? else { return Ok(None) };
        for bound in &bounds {
            match space.within(&region, &space.conjunction(bound))? {
                Some(part) => region = part,
                None => return Ok(None),
            }
        }
        let found = through(&space, region, &layers, &denies)?;
        Ok(found.map(|region| request(cell, universe, domains, &axes, &region)))
    }
}

/// The region's example as a request.
fn request(
    cell: &Cell,
    universe: &Universe,
    domains: &Domains,
    axes: &Axes,
    region: &Region<'_>,
) -> Request {
    let (action, resource) = region.example();
    let spelt = universe.action_hints.iter().find(|hint| hint.eq_ignore_ascii_case(action));
    let mut context: BTreeMap<Key, Vec<String>> =
        region.context(axes).map(|(key, values)| (key.clone(), values.to_vec())).collect();
    // A variable may be read from a key that no condition names.
    for (key, domain) in domains {
        if let Some(Some(value)) = domain.settled() {
            context.entry(key.clone()).or_insert_with(|| vec![value.to_owned()]);
        }
    }
    let arn = context.get(&Key::new("aws:principalarn")).and_then(|values| values.first());
    let caller = cell.caller(arn.map(String::as_str));
    if let (Who::Aws { .. }, Caller::Aws { account, .. }) = (&cell.who, &caller) {
        context
            .entry(Key::new("aws:principalaccount"))
            .or_insert_with(|| vec![account.to_string()]);
    }
    let action = spelt.cloned().unwrap_or_else(|| action.to_owned());
    Request { caller, action, resource: resource.to_owned(), context }
}

/// A part of the region that every layer allows and no deny holds.
fn through<'c>(
    space: &Space<'c>,
    region: Region<'c>,
    layers: &[Vec<Conjunction<'c>>],
    denies: &[Conjunction<'c>],
) -> Result<Option<Region<'c>>, Undecided> {
    let Some((layer, rest)) = layers.split_first() else {
        return space.outside(region, denies);
    };
    for allow in layer {
        if let Some(part) = space.within(&region, allow)?
            && let Some(found) = through(space, part, rest, denies)?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Whether a statement counts for a caller. What is not understood in it makes an allow void and a deny total; in the wider reading
/// the other way round.
fn concerns(statement: &Statement, caller: &Caller, reading: Reading) -> bool {
    let understood = statement.unsupported.is_empty();
    if !understood && statement.allows() != reading.wider_unsupported {
        return false;
    }
    if statement.unsupported.iter().any(|what| what.starts_with("principal ")) {
        return true;
    }
    statement
        .principals
        .as_ref()
        .is_none_or(|principals| principals.include(caller, statement.allows()))
}
