//! One condition key: is there a set of values, or none at all, that all these conditions agree with?

use std::net::IpAddr;

use ipnet::IpNet;

use crate::budget::{Budget, Spent};
use crate::condition::{Check, Test};
use crate::domain::Domain;
use crate::glob::Glob;
use crate::instant::Instant;
use crate::names::Key;
use crate::strings::{Automata, StringSets};

/// Why a question stays open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Undecided {
    #[error(transparent)]
    Spent(#[from] Spent),
    #[error("`{0}` is compared both as text and as another type")]
    Mixed(Key),
}

/// What a key holds in one request.
pub(crate) type Held = Option<Vec<String>>;

/// A test, and whether it must pass.
type Wanted<'a> = (&'a Test, bool);

/// What the key may hold so that each check comes out as wanted; nothing if no value will do.
pub(crate) fn solve(
    key: &Key,
    domain: &Domain,
    checks: &[(&Check, bool)],
    budget: &Budget,
) -> Result<Option<Held>, Undecided> {
    budget.spend(1 + checks.len() as u64)?;
    if domain.missing && checks.iter().all(|(check, want)| check.holds_missing() == *want) {
        return Ok(Some(None));
    }
    if !domain.present {
        return Ok(None);
    }
    let mut every: Vec<Wanted<'_>> =
        domain.within.iter().map(|(test, want)| (test, *want)).collect();
    let mut some: Vec<Wanted<'_>> = Vec::new();
    for (check, want) in checks {
        if let Test::Null { present, .. } = check.test {
            if present != *want {
                return Ok(None);
            }
            continue;
        }
        // "Not all pass" is "some fails", so a refused check changes its quantifier.
        let passes = check.negated != *want;
        if check.is_universal() == *want || !domain.many { &mut every } else { &mut some }
            .push((&check.test, passes));
    }
    if some.is_empty() {
        return Ok(value(key, &every, domain, budget)?.map(|value| Some(vec![value])));
    }
    let mut values = Vec::new();
    for wanted in some {
        let mut wanted = vec![wanted];
        wanted.extend(&every);
        match value(key, &wanted, domain, budget)? {
            Some(value) if values.contains(&value) => {}
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    Ok(Some(Some(values)))
}

/// One value on which every test comes out as wanted.
fn value(
    key: &Key,
    wanted: &[Wanted<'_>],
    domain: &Domain,
    budget: &Budget,
) -> Result<Option<String>, Undecided> {
    let fits = |value: &str| wanted.iter().all(|(test, want)| test.matches(value) == *want);
    budget.spend((domain.hints.len() * wanted.len()) as u64)?;
    if let Some(hint) = domain.hints.iter().find(|hint| fits(hint)) {
        return Ok(Some(hint.clone()));
    }
    let mut must: Vec<&[Glob]> = Vec::new();
    let mut must_not: Vec<&Glob> = Vec::new();
    let mut typed = false;
    for (test, want) in wanted {
        match (test, want) {
            (Test::Text(globs), true) => must.push(globs),
            (Test::Text(globs), false) => must_not.extend(globs),
            _ => typed = true,
        }
    }
    if !typed {
        return Ok(Automata.find(&must, &must_not, budget)?);
    }
    let points = points(wanted);
    budget.spend((points.len() * wanted.len()) as u64)?;
    if let Some(point) = points.into_iter().find(|point| fits(point)) {
        return Ok(Some(point));
    }
    // Between two points no test changes its mind, so none is left, unless a wildcard speaks of the spelling as well.
    let spelt = must
        .iter()
        .copied()
        .flatten()
        .chain(must_not.iter().copied())
        .any(|glob| glob.as_literal().is_none());
    if spelt {
        // The text alone may already be contradictory.
        return match Automata.find(&must, &must_not, budget)? {
            None => Ok(None),
            Some(text) if fits(&text) => Ok(Some(text)),
            Some(_) => Err(Undecided::Mixed(key.clone())),
        };
    }
    Ok(None)
}

/// Values at and on either side of every bound that the tests name, and one that is of no type.
fn points(wanted: &[Wanted<'_>]) -> Vec<String> {
    let mut numbers: Vec<f64> = Vec::new();
    let mut dates: Vec<i64> = Vec::new();
    let mut points: Vec<String> = Vec::new();
    for (test, _) in wanted {
        match test {
            Test::Text(globs) => points.extend(globs.iter().map(Glob::example)),
            Test::Number(_, own) => numbers.extend(own),
            Test::Date(_, own) => dates.extend(own.iter().map(|Instant(millis)| millis)),
            Test::Ip(nets) => {
                points.extend(nets.iter().flat_map(around).map(|address| address.to_string()));
            }
            Test::Null { .. } => {}
        }
    }
    numbers.sort_unstable_by(f64::total_cmp);
    numbers.dedup();
    points.extend(between(&numbers, 1.0).iter().map(f64::to_string));
    dates.sort_unstable();
    dates.dedup();
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this era fit a double exactly")]
    let millis: Vec<f64> = dates.iter().map(|millis| *millis as f64).collect();
    for instant in between(&millis, 86_400_000.0) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a point between two integers of this era"
        )]
        let instant = Instant(instant as i64);
        points.push(instant.text());
        points.push((instant.0.div_euclid(1000)).to_string());
    }
    points.push("x".to_owned());
    points
}

/// The bounds, the middles between them, and a point beyond each end.
fn between(bounds: &[f64], beyond: f64) -> Vec<f64> {
    let mut points = Vec::new();
    points.extend(bounds.first().map(|first| first - beyond));
    points.extend(bounds.last().map(|last| last + beyond));
    points.extend(bounds);
    points.extend(bounds.array_windows().map(|[a, b]| {
        let middle = f64::midpoint(*a, *b);
        if middle.floor() > *a { middle.floor() } else { middle }
    }));
    points
}

/// The first and last address of a network, and its neighbours.
fn around(net: &IpNet) -> Vec<IpAddr> {
    let (first, last) = (net.network(), net.broadcast());
    let mut addresses = vec![first, last];
    match (first, last) {
        (IpAddr::V4(first), IpAddr::V4(last)) => {
            addresses.extend(first.to_bits().checked_sub(1).map(|bits| IpAddr::V4(bits.into())));
            addresses.extend(last.to_bits().checked_add(1).map(|bits| IpAddr::V4(bits.into())));
        }
        (IpAddr::V6(first), IpAddr::V6(last)) => {
            addresses.extend(first.to_bits().checked_sub(1).map(|bits| IpAddr::V6(bits.into())));
            addresses.extend(last.to_bits().checked_add(1).map(|bits| IpAddr::V6(bits.into())));
        }
        _ => {}
    }
    addresses
}
