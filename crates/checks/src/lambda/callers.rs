//! Who may call functions, versions and aliases, and use layers, by the policies that each of them has.

use awspect_findings::{Decision, Severity, Verdict};
use awspect_inventory::{
    Fact, Listed, Observed, Resource, Unknown,
    lambda::{FunctionPolicy, LayerVersion, LayerVersionPolicy},
};
use awspect_policy::{Answer, Budget, Scope, Way};

use crate::{
    Scan,
    engine::{Judged, Subject, each, gaps},
    policy::{Document, request, undecided},
};

const FUNCTION: &str = "lambda-function";
const EXPECTED: &str = "no such request of a stranger's";

/// What shows code and settings and changes nothing.
const READS: [&str; 2] = ["lambda:Get*", "lambda:List*"];

/// Puts the policy of each function, published version and alias to a rule that some do not concern.
pub(super) fn each_policy<'a>(
    scan: Scan<'a>,
    decide: impl Fn(Option<&Document>) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    let one = |resource: &'a dyn Resource, policy: &Observed<FunctionPolicy>| {
        let document = of_function(scan, resource.arn().as_str(), policy);
        let judged = document.and_then(|document| decide(document.as_ref()));
        judged.transpose().map(|decision| (Subject::Resource(resource), decision))
    };
    let functions = &scan.inventory.lambda.functions;
    let mut judged = vec![];
    for function in &functions.found {
        judged.extend(one(function, &function.policy));
        judged.extend(function.versions.found.iter().filter_map(|it| one(it, &it.policy)));
        judged.extend(function.aliases.found.iter().filter_map(|it| one(it, &it.policy)));
        judged.extend(gaps(&function.versions).chain(gaps(&function.aliases)));
    }
    judged.extend(gaps(functions));
    judged
}

/// A function's policy, if it has one.
pub(super) fn of_function(
    scan: Scan<'_>,
    arn: &str,
    policy: &Observed<FunctionPolicy>,
) -> Result<Option<Document>, Unknown> {
    let read = |FunctionPolicy(text): &FunctionPolicy| {
        Document::read::<FunctionPolicy>(scan, text, FUNCTION, arn)
    };
    policy.known()?.map(read).transpose()
}

/// No stranger gets in by Lambda's API.
pub(super) fn public(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let mut judged = each_policy(scan, |document| invoked(document).map(Some));
    let layers: &Listed<LayerVersion> = &scan.inventory.lambda.layer_versions;
    judged.extend(each(layers, move |layer| used(scan, layer)));
    judged
}

fn invoked(document: Option<&Document>) -> Decision {
    let Some(document) = document else { return Ok(Verdict::Pass(vec![])) };
    let reads = READS.to_vec();
    let questions =
        [(Scope::NotIn(reads.clone()), Severity::Critical), (Scope::In(reads), Severity::High)];
    strangers::<FunctionPolicy>(document, questions)
}

fn used(scan: Scan<'_>, layer: &LayerVersion) -> Decision {
    let Some(LayerVersionPolicy(text)) = layer.policy.known()? else {
        return Ok(Verdict::Pass(vec![]));
    };
    let arn = layer.arn.as_str();
    let document = Document::read::<LayerVersionPolicy>(scan, text, "lambda-layer", arn)?;
    let questions = [(Scope::In(vec!["lambda:*"]), Severity::Medium)];
    strangers::<LayerVersionPolicy>(&document, questions)
}

/// Asks for strangers' requests, the worst first.
fn strangers<F: Fact>(
    document: &Document,
    questions: impl IntoIterator<Item = (Scope<&'static str>, Severity)>,
) -> Decision {
    let mut open = None;
    for (actions, severity) in questions {
        match document.subject().strangers_call(Way::Api, &actions, &Budget::default()) {
            Answer::No(_) => {}
            Answer::Yes(witness) => {
                let evidence = vec![request::<F>(witness.as_deref(), EXPECTED)];
                return Ok(Verdict::faults(evidence).severity(severity));
            }
            other => {
                open.get_or_insert(undecided::<F>(other));
            }
        }
    }
    open.map_or(Ok(Verdict::Pass(vec![])), Err)
}
