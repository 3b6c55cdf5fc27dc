//! What could not be decided, by the fact that was missing.

use std::{collections::BTreeMap, io};

use awspect_findings::{Finding, Status};
use awspect_inventory::{Reason, Unknown};
use comfy_table::Color;

use super::{
    canvas::{Canvas, Lines},
    plural,
};
use crate::escape::shorten;

/// The longest code or message that is shown whole, in characters.
const DETAIL: usize = 120;

/// Writes the part, where there is something to say.
pub(super) fn unknowns(listed: &[&Finding], canvas: &mut Canvas<impl io::Write>) -> io::Result<()> {
    let mut count = 0_usize;
    let mut missing: BTreeMap<_, BTreeMap<&str, usize>> = BTreeMap::new();
    for finding in listed.iter().filter(|finding| finding.status == Status::Unknown) {
        count += 1;
        let fact = finding.reason.as_ref().map(|it| (it.action.as_str(), it.reason, detail(it)));
        *missing.entry(fact).or_default().entry(finding.rule).or_default() += 1;
    }
    if count == 0 {
        return Ok(());
    }
    canvas.heading(&format!("UNKNOWN ({count})"), Color::Magenta)?;
    let rows = missing.into_iter().map(|(fact, rules)| {
        let (action, why) = match fact {
            Some((action, reason, detail)) => (action, why(action, reason, detail)),
            None => ("", vec!["no reason given".to_owned()]),
        };
        [vec![action.to_owned()], why, undecided(&rules)]
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

fn undecided(rules: &BTreeMap<&str, usize>) -> Lines {
    let mut lines = vec![plural(rules.values().sum(), "finding")];
    if let [(rule, _)] = rules.iter().collect::<Vec<_>>()[..] {
        lines.push((*rule).to_owned());
    } else {
        lines.extend(rules.iter().map(|(rule, count)| format!("{rule} ({count})")));
    }
    lines
}
