//! Secrets in the variables of stages.

use awspect_findings::{Decision, Severity};
use awspect_inventory::{
    Arn, Observed,
    apigateway::{ApiStage, RestStage, StageVariables},
    secret::Secret,
};

use super::stages::{each_api_stage, each_stage};
use crate::{
    Scan,
    engine::Subject,
    secrets::{Found, Places},
};

/// No variable of a stage or of its canary is a secret.
pub(super) fn secrets(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let places = places(scan);
    let mut judged =
        each_stage(scan, |_, stage| no_secret(&places, &stage.arn, of_rest(stage)).map(Some));
    judged.extend(each_api_stage(scan, |stage| no_secret(&places, &stage.arn, of_api(stage))));
    judged
}

fn no_secret<'a>(
    places: &Places<'_>,
    stage: &Arn,
    variables: impl Iterator<Item = &'a Observed<StageVariables>>,
) -> Decision {
    let mut found = Found::new(places, stage);
    let mut open = None;
    for variables in variables {
        match variables.known() {
            Ok(variables) => {
                for secret in variables.iter().flat_map(|StageVariables(all)| &all.secrets) {
                    found.add::<StageVariables>(secret, None);
                }
            }
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    match open {
        Some(unknown) if found.is_empty() => Err(unknown),
        _ => Ok(found.verdict(Severity::High)),
    }
}

/// Its own, and those of its canary.
fn of_rest(stage: &RestStage) -> impl Iterator<Item = &Observed<StageVariables>> {
    [&stage.variables].into_iter().chain(stage.canary.as_ref().map(|canary| &canary.variables))
}

fn of_api(stage: &ApiStage) -> impl Iterator<Item = &Observed<StageVariables>> {
    [&stage.variables].into_iter()
}

/// Where the secrets of all stages stand.
fn places(scan: Scan<'_>) -> Places<'_> {
    let facts = &scan.inventory.apigateway;
    let rest = facts.rest_apis.found.iter().flat_map(|api| &api.stages.found);
    let rest = rest.flat_map(|stage| of_rest(stage).flat_map(move |own| all(&stage.arn, own)));
    let others = facts.apis.found.iter().flat_map(|api| &api.stages.found);
    let others = others.flat_map(|stage| of_api(stage).flat_map(move |own| all(&stage.arn, own)));
    Places::of(rest.chain(others))
}

/// The secrets of a stage, which is called by its path, for many APIs have a `prod`.
fn all<'a>(
    stage: &'a Arn,
    variables: &'a Observed<StageVariables>,
) -> impl Iterator<Item = (&'a Arn, &'a str, &'a Secret)> {
    let secrets = variables.set().into_iter().flat_map(|StageVariables(own)| &own.secrets);
    secrets.map(move |secret| (stage, stage.resource(), secret))
}
