//! Services that invoke functions, and on whose behalf.

use std::collections::BTreeSet;

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{Unknown, lambda::FunctionPolicy};
use awspect_policy::{
    AccountId, Answer, Budget, Condition, Outsider, Policy, Principal, Principals, Statement,
    Subject,
};
use serde_json::json;

use crate::{
    Scan,
    engine::Judged,
    policy::{Document, granted, only, place, request, undecided, zone},
};

const API_GATEWAY: &str = "apigateway.amazonaws.com";
const SOURCE_ARN: &str = "aws:sourcearn";

/// Services act for whom the policy names.
pub(super) fn deputies(document: Option<&Document>) -> Judged {
    let Some(document) = document else { return Ok(None) };
    let services: BTreeSet<&str> = document.policy.admitted().filter_map(service).collect();
    if services.is_empty() {
        return Ok(None);
    }
    let (mut evidence, mut worst, mut open) = (vec![], None, None);
    for name in &services {
        match for_strangers(document, name) {
            Ok(None) => {}
            Ok(Some((fault, severity))) => {
                evidence.push(fault);
                worst = worst.max(Some(severity));
            }
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    match (worst, open) {
        (Some(severity), _) => Ok(Some(Verdict::faults(evidence).severity(severity))),
        (None, Some(unknown)) => Err(unknown),
        (None, None) => {
            let field = "Statement[].Principal.Service";
            let expected = "services that act for an account or organization that is named";
            let shown = Evidence::of::<FunctionPolicy>(field, json!(services), expected);
            Ok(Some(Verdict::Pass(vec![shown])))
        }
    }
}

fn service(principal: &Principal) -> Option<&str> {
    match principal {
        Principal::Service(name) => Some(name),
        _ => None,
    }
}

/// A request of the service for an account that nobody named, if one gets in, and how bad that is.
fn for_strangers(document: &Document, name: &str) -> Result<Option<(Evidence, Severity)>, Unknown> {
    let part = only(&document.policy, |principal| service(principal) == Some(name));
    let subject = Subject { policy: &part, ..document.subject() };
    let budget = Budget::default();
    let witness = match subject.acts_for_strangers(name, true, &budget) {
        Answer::Yes(witness) => witness,
        Answer::No(_) => return Ok(None),
        other => return Err(undecided::<FunctionPolicy>(other)),
    };
    let expected = "aws:SourceArn with an account in it, aws:SourceAccount or aws:SourceOrgID";
    let evidence = request::<FunctionPolicy>(witness.as_deref(), expected);
    let severity = match subject.acts_for_strangers(name, false, &budget) {
        _ if name == API_GATEWAY => Severity::High,
        // Only who gets a name that was given up, such as a bucket's.
        Answer::No(_) => Severity::Low,
        _ => Severity::Medium,
    };
    Ok(Some((evidence, severity)))
}

/// Only APIs that the policy names by their ids, of accounts of the user's own.
pub(super) fn apis(scan: Scan<'_>, document: Option<&Document>) -> Judged {
    let Some(document) = document else { return Ok(None) };
    let all = &document.policy;
    let bound: Vec<&Statement> = all.allows().filter(|own| names_apis(own)).collect();
    if bound.is_empty() {
        return Ok(None);
    }
    let statements = bound.iter().copied().chain(all.denies()).cloned().collect();
    let part = only(&Policy { statements, ..all.clone() }, |principal| {
        service(principal) == Some(API_GATEWAY)
    });
    let subject = Subject { policy: &part, ..document.subject() };
    let (budget, zone) = (Budget::default(), zone(scan));
    let outside = subject.outside_grants(&zone, &budget);
    let foreign = outside
        .grants
        .iter()
        .filter(|grant| matches!(&grant.who, Outsider::Service(name, _) if name == API_GATEWAY));
    let mut evidence: Vec<Evidence> = foreign.map(granted::<FunctionPolicy>).collect();
    let severity = if evidence.is_empty() { Severity::Low } else { Severity::Medium };
    let mut open = outside
        .open
        .first()
        .map(|why| undecided::<FunctionPolicy>(Answer::Unknown(vec![why.clone()])));
    let own: BTreeSet<AccountId> =
        zone.accounts.iter().copied().chain([document.facts.owner]).collect();
    for account in own {
        match subject.admits_unnamed_api(account, &budget) {
            Answer::No(_) => {}
            Answer::Yes(witness) => {
                let expected = "aws:SourceArn with the id of an API in it";
                evidence.push(request::<FunctionPolicy>(witness.as_deref(), expected));
            }
            other => {
                open.get_or_insert(undecided::<FunctionPolicy>(other));
            }
        }
    }
    match open {
        Some(unknown) if evidence.is_empty() => Err(unknown),
        _ if evidence.is_empty() => Ok(Some(Verdict::Pass(bound.into_iter().map(named).collect()))),
        _ => Ok(Some(Verdict::faults(evidence).severity(severity))),
    }
}

/// Whether a statement lets API Gateway in, and binds it to some of its APIs.
fn names_apis(statement: &Statement) -> bool {
    let is_asked = matches!(&statement.principals,
        Some(Principals::Of(named)) if named.iter().any(|own| service(own) == Some(API_GATEWAY)));
    is_asked && sources(statement).any(is_api)
}

/// The patterns that a statement binds the source to.
fn sources(statement: &Statement) -> impl Iterator<Item = &str> {
    let bound = |own: &&Condition| own.key.as_str() == SOURCE_ARN && !own.operator.negated;
    statement.conditions.iter().filter(bound).flat_map(Condition::texts)
}

fn is_api(pattern: &str) -> bool {
    let service = pattern.split(':').nth(2);
    service.is_some_and(|own| own == "execute-api" || own.contains(['*', '?']))
}

fn named(statement: &Statement) -> Evidence {
    let field = format!("{}.Condition.aws:SourceArn", place(&statement.reference()));
    let sources: Vec<&str> = sources(statement).collect();
    Evidence::of::<FunctionPolicy>(field, json!(sources), "APIs by their ids")
}
