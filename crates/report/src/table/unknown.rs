//! What could not be decided, by the fact that was missing.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use awspect_findings::{Finding, Status};
use awspect_inventory::{Reason, Unknown};

use super::{
    canvas::{Canvas, Color, Lines},
    plural,
};
use crate::escape::shorten;

/// The longest code or message that is shown whole, in characters.
const DETAIL: usize = 120;
/// How many resources are named for one fact.
const PLACES: usize = 3;

/// Writes the part, where there is something to say.
pub(super) fn unknowns(listed: &[&Finding], canvas: &mut Canvas<impl io::Write>) -> io::Result<()> {
    let mut count = 0_usize;
    let mut missing: BTreeMap<_, Undecided<'_>> = BTreeMap::new();
    for finding in listed.iter().filter(|finding| finding.status == Status::Unknown) {
        count += 1;
        let fact = finding.reason.as_ref().map(|it| (it.action.as_str(), it.reason, detail(it)));
        let undecided = missing.entry(fact).or_default();
        undecided.places.insert(&finding.resource.name);
        *undecided.rules.entry(finding.rule).or_default() += 1;
    }
    if count == 0 {
        return Ok(());
    }
    canvas.heading(&format!("UNKNOWN ({count})"), Color::Magenta)?;
    let rows = missing.into_iter().map(|(fact, undecided)| {
        let (action, why) = match fact {
            Some((action, reason, detail)) => (action, why(action, reason, detail)),
            None => ("", vec!["no reason given".to_owned()]),
        };
        [vec![action.to_owned()], why, undecided.lines()]
    });
    canvas.table(["Could not be read", "Why", "So nobody knows"], rows)
}

/// AWS's code, or what stands in its place.
fn detail(unknown: &Unknown) -> Option<&str> {
    unknown.code.as_deref().or(unknown.message.as_deref())
}

fn why(action: &str, reason: Reason, detail: Option<&str>) -> Lines {
    let cause = reason.as_str().replace('_', " ");
    let cause = match detail {
        Some(detail) => format!("{cause}: {}", shorten(detail, DETAIL)),
        None => cause,
    };
    if reason == Reason::AccessDenied {
        vec![cause, format!("grant {action}")]
    } else {
        vec![cause]
    }
}

/// What would have been known.
#[derive(Default)]
struct Undecided<'a> {
    /// By the names of resources.
    places: BTreeSet<&'a str>,
    /// Findings by rule.
    rules: BTreeMap<&'a str, usize>,
}

impl Undecided<'_> {
    fn lines(&self) -> Lines {
        let mut places: Vec<_> =
            self.places.iter().take(PLACES).map(|name| shorten(name, DETAIL)).collect();
        if self.places.len() > PLACES {
            places.push(format!("… and {} more", self.places.len() - PLACES).into());
        }
        let findings = plural(self.rules.values().sum(), "finding");
        let mut lines = vec![format!("{findings} on {}", places.join(", "))];
        if let [(rule, _)] = self.rules.iter().collect::<Vec<_>>()[..] {
            lines.push((*rule).to_owned());
        } else {
            lines.extend(self.rules.iter().map(|(rule, count)| format!("{rule} ({count})")));
        }
        lines
    }
}
