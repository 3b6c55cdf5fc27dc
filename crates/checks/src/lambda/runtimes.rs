//! What functions run on, and until when AWS looks after it.

use std::{collections::BTreeMap, sync::LazyLock};

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    lambda::{Function, FunctionConfiguration, PackageType},
};
use serde_json::json;
use time::{Date, Month};

use super::running::running;
use crate::{
    Scan,
    engine::{Judged, Subject, cells, document, gaps, unknown_value},
};

/// The dates of deprecation in the rule's document.
static DEPRECATIONS: LazyLock<BTreeMap<&str, Date>> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/lambda/runtime-deprecated.md");
    let rows = document(text).rationale.lines().filter_map(cells);
    rows.filter_map(|[runtime, day]| Some((runtime.trim_matches('`'), date(day)?))).collect()
});

/// Reads `2026-10-31`.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// Puts each function that has a runtime of Lambda's to the rule.
pub(super) fn deprecated(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let functions = &scan.inventory.lambda.functions;
    let today = scan.inventory.collected_at.date();
    let judged = functions.found.iter().filter_map(|function| {
        Some((Subject::Resource(function as _), supported(function, today).transpose()?))
    });
    judged.chain(gaps(functions)).collect()
}

fn supported(function: &Function, today: Date) -> Judged {
    let running = running(function);
    let mut open = running.unread;
    let (mut past, mut ahead) = (vec![], vec![]);
    for (version, configuration) in running.configurations {
        match deprecation(configuration) {
            Ok(None) => {}
            Ok(Some((runtime, date))) => {
                let observed = json!({ "Version": version, "Runtime": runtime,
                    "deprecation": date.to_string() });
                let expected = format!("a runtime whose deprecation is after {today}");
                let evidence = Evidence::of::<FunctionConfiguration>(
                    "Functions[].Runtime",
                    observed,
                    expected,
                );
                if date <= today { past.push(evidence) } else { ahead.push(evidence) }
            }
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    match open {
        _ if !past.is_empty() => Ok(Some(Verdict::faults(past))),
        Some(unknown) => Err(unknown),
        None if ahead.is_empty() => Ok(None),
        None => Ok(Some(Verdict::Pass(ahead))),
    }
}

/// The runtime with its date; nothing for an image, which brings its own.
fn deprecation(configuration: &FunctionConfiguration) -> Result<Option<(&str, Date)>, Unknown> {
    let Some(runtime) = configuration.runtime.as_deref() else {
        return match &configuration.package {
            PackageType::Image => Ok(None),
            PackageType::Zip => Err(Unknown::new(FunctionConfiguration::ACTION, Reason::Malformed)),
            PackageType::Other(other) => Err(unknown_value::<FunctionConfiguration>(other)),
        };
    };
    let date = DEPRECATIONS.get(runtime);
    let date = date.ok_or_else(|| unknown_value::<FunctionConfiguration>(runtime))?;
    Ok(Some((runtime, *date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("../../../../rules/lambda/runtime-deprecated.md")
            .lines()
            .filter(|line| line.starts_with("| `"))
            .count();
        assert_eq!(DEPRECATIONS.len(), rows);
        assert_eq!(
            DEPRECATIONS.get("python3.9").map(Date::to_string).as_deref(),
            Some("2025-12-15")
        );
    }
}
