//! The edges: how one principal takes another's rights.

use awspect_inventory::Unknown;
use awspect_policy::{Answer, Budget, Escalation, Gain, Identity, Witness};

use super::{Step, graph::Graph, node::Node, undecided};
use crate::policy;

impl Graph<'_> {
    /// How one can take the other's rights, if it can.
    pub(super) fn edge(&self, from: &Node<'_>, to: &Node<'_>) -> Result<Option<Step>, Unknown> {
        let identity = from.rights.identity(&self.identities.facts);
        let mut open = None;
        let ways = from.ways.iter().map(|way| self.take(&identity, way, from, to));
        for taken in std::iter::once_with(|| assume(&identity, from, to)).chain(ways) {
            match taken {
                Ok(None) => {}
                Ok(step) => return Ok(step),
                Err(unknown) => open = open.or(Some(unknown)),
            }
        }
        open.map_or(Ok(None), Err)
    }

    /// How a way of one's own gives the other's rights, if it does.
    fn take(
        &self,
        identity: &Identity<'_>,
        way: &Escalation,
        from: &Node<'_>,
        to: &Node<'_>,
    ) -> Result<Option<Step>, Unknown> {
        match way.gain {
            Gain::Everything | Gain::Assumed => Ok(None),
            Gain::User | Gain::Joined | Gain::Retrusted => {
                let suits = match way.gain {
                    Gain::Joined => to.is_group,
                    Gain::Retrusted => to.trust.is_some(),
                    _ => to.trust.is_none() && !to.is_group,
                };
                let Some(first) = way.steps.first().filter(|_| suits) else { return Ok(None) };
                let answer = identity.can(&first.request.action, to.arn, &[], &Budget::default());
                taken(answer, way.path, &[], from, to)
            }
            Gain::Passed(services) => {
                let Some((services, certain)) = takers(to, services) else { return Ok(None) };
                let context = [("iam:passedtoservice", services.as_slice())];
                let answer = identity.can("iam:PassRole", to.arn, &context, &Budget::default());
                let rest = way.steps.get(1..).unwrap_or_default();
                if_certain(certain, to, taken(answer, way.path, rest, from, to)?)
            }
            Gain::Running(services) => {
                let Some((_, certain)) = takers(to, services) else { return Ok(None) };
                if !self.things.controlled(identity, way, to)? {
                    return Ok(None);
                }
                let step = from.step(Some(to.arn), way.path, way.steps.clone());
                if_certain(certain, to, Some(step))
            }
        }
    }
}

fn assume(
    identity: &Identity<'_>,
    from: &Node<'_>,
    to: &Node<'_>,
) -> Result<Option<Step>, Unknown> {
    let Some(trust) = &to.trust else { return Ok(None) };
    let name = from.arn.rsplit('/').next().filter(|_| from.trust.is_some());
    let sessions = name.and_then(|name| trust.sessions.get(name));
    if !trust.account && !trust.names.contains(from.arn) && sessions.is_none() {
        return Ok(None);
    }
    let document = match trust.policy {
        Ok(document) => document,
        Err(unknown) if identity.speaks_of("sts:AssumeRole") => return Err(unknown.clone()),
        Err(_) => return Ok(None),
    };
    // A role's sessions are called what whoever takes it calls them.
    let all = std::iter::once(from.arn).chain(sessions.into_iter().flatten().copied());
    let mut open = None;
    for arn in all {
        let identity = Identity { arn: Some(arn), ..identity.clone() };
        let answer = identity.can_assume(document, to.arn, &Budget::default());
        match taken(answer, "assume-role", &[], from, to) {
            Ok(None) => {}
            Ok(step) => return Ok(step),
            Err(unknown) => open = open.or(Some(unknown)),
        }
    }
    open.map_or(Ok(None), Err)
}

/// An answer as a step, with the requests that it needs beside the one that was found.
fn taken(
    answer: Answer,
    path: &'static str,
    rest: &[Witness],
    from: &Node<'_>,
    to: &Node<'_>,
) -> Result<Option<Step>, Unknown> {
    match answer {
        Answer::Yes(first) => {
            let requests = first.into_iter().map(|first| *first).chain(rest.iter().cloned());
            Ok(Some(from.step(Some(to.arn), path, requests.collect())))
        }
        Answer::No(_) => Ok(None),
        open => Err(policy::undecided::<super::PolicyDocument>(open)),
    }
}

/// The services of the list that may take the role, those that certainly may before those that perhaps may.
fn takers(role: &Node<'_>, services: &[&'static str]) -> Option<(Vec<&'static str>, bool)> {
    let trust = role.trust.as_ref()?;
    let known: Vec<(&'static str, bool)> = services
        .iter()
        .filter_map(|service| Some((*service, *trust.services.get(*service)?)))
        .collect();
    let certain = known.iter().any(|(_, certain)| *certain);
    let names: Vec<_> =
        known.into_iter().filter(|(_, own)| *own == certain).map(|(name, _)| name).collect();
    (!names.is_empty()).then_some((names, certain))
}

fn if_certain(certain: bool, role: &Node<'_>, step: Option<Step>) -> Result<Option<Step>, Unknown> {
    match step {
        Some(_) if !certain => Err(undecided(format!("which services may take {}", role.arn))),
        step => Ok(step),
    }
}
