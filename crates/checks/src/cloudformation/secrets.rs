//! Secrets that a stack shows: in its outputs, its parameters and its template.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact,
    cloudformation::{Stack, StackOutputs, StackParameters, Template},
    secret::{Secret, SecretKind},
};
use serde_json::json;

use crate::Scan;

/// So many other places of a secret are shown.
const SHOWN: usize = 10;

/// Secrets as faults, and whether the form of one of them says what it is.
#[derive(Default)]
struct Found {
    evidence: Vec<Evidence>,
    by_form: bool,
}

/// No output is a secret.
pub(super) fn outputs(scan: Scan<'_>, stack: &Stack) -> Decision {
    let outputs = stack.outputs.known()?.map(|outputs| outputs.secrets.as_slice());
    let mut found = Found::default();
    found.add::<StackOutputs>(scan, stack, outputs.unwrap_or_default());
    Ok(found.verdict(Severity::Critical))
}

/// No parameter that is shown is a secret, and no default is one.
pub(super) fn parameters(scan: Scan<'_>, stack: &Stack) -> Decision {
    let mut found = Found::default();
    let Some(parameters) = stack.parameters.known()?.filter(|all| !all.names.is_empty()) else {
        return Ok(Verdict::Pass(vec![]));
    };
    found.add::<StackParameters>(scan, stack, &parameters.secrets);
    match stack.template.known() {
        Ok(Some(template)) => found.add::<Template>(scan, stack, &template.default_secrets),
        Err(unknown) if found.evidence.is_empty() => return Err(unknown),
        Ok(None) | Err(_) => {}
    }
    Ok(found.verdict(Severity::High))
}

/// No literal of the template is a secret; the defaults of its parameters are another rule's.
pub(super) fn template(scan: Scan<'_>, stack: &Stack) -> Option<Decision> {
    let template = match stack.template.known() {
        Ok(template) => template?,
        Err(unknown) => return Some(Err(unknown)),
    };
    let mut found = Found::default();
    found.add::<Template>(scan, stack, &template.secrets);
    Some(Ok(found.verdict(Severity::High)))
}

impl Found {
    fn add<F: Fact>(&mut self, scan: Scan<'_>, stack: &Stack, secrets: &[Secret]) {
        for secret in secrets {
            let mut observed = json!({ "kind": secret.kind.as_str() });
            let elsewhere = elsewhere(scan, stack, secret);
            if let (Some(fields), false) = (observed.as_object_mut(), elsewhere.is_empty()) {
                fields.insert("the same in".to_owned(), json!(elsewhere));
            }
            let expected = "no secret, but what points to one, as the ARN of a secret does";
            self.evidence.push(Evidence::of::<F>(secret.place.clone(), observed, expected));
            // An id opens nothing by itself.
            self.by_form |= !matches!(secret.kind, SecretKind::Named | SecretKind::AwsAccessKeyId);
        }
    }

    fn verdict(self, by_form: Severity) -> Verdict {
        let severity = if self.by_form { by_form } else { Severity::Medium };
        Verdict::faults(self.evidence).severity(severity)
    }
}

/// Where else the same secret stands, by stack and place.
fn elsewhere(scan: Scan<'_>, here: &Stack, secret: &Secret) -> Vec<String> {
    let stacks = scan.inventory.cloudformation.stacks.found.iter();
    let places = stacks.flat_map(|stack| all(stack).map(move |own| (stack, own)));
    let same = places.filter(|(stack, own)| {
        own.digest == secret.digest && (stack.arn != here.arn || own.place != secret.place)
    });
    same.take(SHOWN).map(|(stack, own)| format!("{}: {}", stack.name, own.place)).collect()
}

/// All secrets that a stack shows.
fn all(stack: &Stack) -> impl Iterator<Item = &Secret> {
    let outputs = stack.outputs.set().map(|own| own.secrets.as_slice());
    let parameters = stack.parameters.set().map(|own| own.secrets.as_slice());
    let template = stack.template.set();
    let defaults = template.map(|own| own.default_secrets.as_slice());
    let literals = template.map(|own| own.secrets.as_slice());
    [outputs, parameters, defaults, literals].into_iter().flatten().flatten()
}
