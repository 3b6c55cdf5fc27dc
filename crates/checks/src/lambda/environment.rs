//! Secrets in the environment of functions.

use std::{cmp::Reverse, collections::BTreeSet};

use awspect_findings::{Decision, Severity};
use awspect_inventory::{
    Observed, Unknown,
    lambda::{Environment, Function},
    secret::Secret,
};

use super::running::LATEST;
use crate::{
    Scan,
    engine::{Subject, each},
    secrets::{Found, Places},
};

/// No environment variable of a function or of one of its versions is a secret.
pub(super) fn secrets(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let functions = &scan.inventory.lambda.functions;
    let places = Places::of(functions.found.iter().flat_map(|function| {
        let own = newest(function).into_iter();
        own.map(move |(_, secret)| (&function.arn, function.name.as_str(), secret))
    }));
    each(functions, |function| no_secret(&places, function))
}

fn no_secret(places: &Places<'_>, function: &Function) -> Decision {
    let mut found = Found::new(places, &function.arn);
    for (version, secret) in newest(function) {
        found.add::<Environment>(secret, Some(version));
    }
    match unread(function) {
        Some(unknown) if found.is_empty() => Err(unknown),
        _ => Ok(found.verdict(Severity::High)),
    }
}

/// Each secret of a function with the newest version that has it. The same in another variable is another.
fn newest(function: &Function) -> Vec<(&str, &Secret)> {
    let mut seen = BTreeSet::new();
    let all = environments(function).into_iter();
    let all = all.filter_map(|(version, own)| Some((version, own.set()?)));
    all.flat_map(|(version, Environment(own))| own.secrets.iter().map(move |it| (version, it)))
        .filter(|(_, secret)| seen.insert(*secret))
        .collect()
}

/// Why there may be more.
fn unread(function: &Function) -> Option<Unknown> {
    let mut environments = environments(function).into_iter();
    let unread = environments.find_map(|(_, own)| own.known().err());
    unread.or_else(|| function.versions.gaps.first().map(|gap| gap.unknown.clone()))
}

/// The environments of a function and its versions, newest first.
fn environments(function: &Function) -> Vec<(&str, &Observed<Environment>)> {
    let mut versions: Vec<_> = function.versions.found.iter().collect();
    versions.sort_by_key(|own| Reverse(own.version.parse::<u64>().ok()));
    let versions = versions.into_iter().map(|own| (own.version.as_str(), &own.environment));
    [(LATEST, &function.environment)].into_iter().chain(versions).collect()
}
