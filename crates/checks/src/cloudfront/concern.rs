//! Puts distributions, their cache behaviors and their origins to rules, and leaves out those that a rule does not concern.

use awspect_findings::{Decision, Verdict};
use awspect_inventory::{
    Fact, Listed, Reason, Unknown,
    cloudfront::{CacheBehavior, Distribution, Origin},
};

use super::names::path;
use crate::{
    Scan,
    engine::{Subject, gaps},
};

/// What a rule decides about something that it may not concern; then it is nothing.
pub(super) type Judged = Result<Option<Verdict>, Unknown>;

/// Puts each distribution to a rule.
pub(super) fn whole<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Distribution) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    let distributions = &scan.inventory.cloudfront.distributions;
    let judged = distributions.found.iter().filter_map(|distribution| {
        let decision = decide(distribution).transpose()?;
        Some((Subject::Resource(distribution as _), decision))
    });
    judged.chain(gaps(distributions)).collect()
}

/// Puts each distribution that takes requests to a rule.
pub(super) fn enabled<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Distribution) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    whole(scan, |distribution| if distribution.enabled { decide(distribution) } else { Ok(None) })
}

/// Puts each cache behavior of a distribution that takes requests to a rule.
pub(super) fn each_behavior<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Distribution, &'a CacheBehavior) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    parts(scan, |distribution| {
        let all = distribution.all_behaviors();
        all.map(|behavior| (path(behavior), decide(distribution, behavior))).collect()
    })
}

/// Puts each origin of a distribution that takes requests to a rule.
pub(super) fn each_origin<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Distribution, &'a Origin) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    parts(scan, |distribution| {
        let all = distribution.origins.iter();
        all.map(|origin| (origin.id.as_str(), decide(distribution, origin))).collect()
    })
}

fn parts<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Distribution) -> Vec<(&'a str, Judged)>,
) -> Vec<(Subject<'a>, Decision)> {
    let distributions = &scan.inventory.cloudfront.distributions;
    let mut judged = vec![];
    for distribution in distributions.found.iter().filter(|it| it.enabled) {
        judged.extend(decide(distribution).into_iter().filter_map(|(part, decision)| {
            Some((Subject::Part(distribution as _, part.to_owned()), decision.transpose()?))
        }));
    }
    judged.extend(gaps(distributions));
    judged
}

/// Why something that a distribution names is not among those listed.
pub(super) fn unseen<F: Fact>(listed: &Listed<F>, what: &str) -> Unknown {
    match listed.gaps.first() {
        Some(gap) => gap.unknown.clone(),
        None => Unknown::new(F::ACTION, Reason::NotAsked)
            .because(format!("{what} is not among those listed")),
    }
}
