//! Secrets that a stack shows: in its outputs, its parameters and its template.

use awspect_findings::{Decision, Severity, Verdict};
use awspect_inventory::{
    Fact,
    cloudformation::{Stack, StackOutputs, StackParameters, Template},
    secret::Secret,
};

use crate::{
    Scan,
    engine::{Subject, concerned, each},
    secrets::{Found, Places},
};

/// No output is a secret.
pub(super) fn outputs(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let places = places(scan);
    each(&scan.inventory.cloudformation.stacks, |stack| {
        let outputs = stack.outputs.known()?.map(|outputs| outputs.secrets.as_slice());
        let mut found = Found::new(&places, &stack.arn);
        add::<StackOutputs>(&mut found, outputs.unwrap_or_default());
        Ok(found.verdict(Severity::Critical))
    })
}

/// No parameter that is shown is a secret, and no default is one.
pub(super) fn parameters(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let places = places(scan);
    each(&scan.inventory.cloudformation.stacks, |stack| of_parameters(&places, stack))
}

fn of_parameters(places: &Places<'_>, stack: &Stack) -> Decision {
    let mut found = Found::new(places, &stack.arn);
    let parameters = stack.parameters.known()?.map(|StackParameters(all)| all);
    let Some(parameters) = parameters.filter(|all| !all.names.is_empty()) else {
        return Ok(Verdict::Pass(vec![]));
    };
    add::<StackParameters>(&mut found, &parameters.secrets);
    match stack.template.known() {
        Ok(Some(template)) => add::<Template>(&mut found, &template.default_secrets),
        Err(unknown) if found.is_empty() => return Err(unknown),
        Ok(None) | Err(_) => {}
    }
    Ok(found.verdict(Severity::High))
}

/// No literal of the template is a secret; the defaults of its parameters are another rule's.
pub(super) fn template(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let places = places(scan);
    concerned(&scan.inventory.cloudformation.stacks, |stack| {
        let template = match stack.template.known() {
            Ok(template) => template?,
            Err(unknown) => return Some(Err(unknown)),
        };
        let mut found = Found::new(&places, &stack.arn);
        add::<Template>(&mut found, &template.secrets);
        Some(Ok(found.verdict(Severity::High)))
    })
}

fn add<F: Fact>(found: &mut Found<'_>, secrets: &[Secret]) {
    for secret in secrets {
        found.add::<F>(secret, None);
    }
}

/// Where the secrets of all stacks stand.
fn places(scan: Scan<'_>) -> Places<'_> {
    let stacks = scan.inventory.cloudformation.stacks.found.iter();
    Places::of(
        stacks.flat_map(|stack| {
            all(stack).map(move |secret| (&stack.arn, stack.name.as_str(), secret))
        }),
    )
}

/// All secrets that a stack shows.
fn all(stack: &Stack) -> impl Iterator<Item = &Secret> {
    let outputs = stack.outputs.set().map(|own| own.secrets.as_slice());
    let parameters = stack.parameters.set().map(|StackParameters(own)| own.secrets.as_slice());
    let template = stack.template.set();
    let defaults = template.map(|own| own.default_secrets.as_slice());
    let literals = template.map(|own| own.secrets.as_slice());
    [outputs, parameters, defaults, literals].into_iter().flatten().flatten()
}
