//! The risk configurations of a user pool that are in force: its own, and those of app clients.

use awspect_findings::{Evidence, Verdict};
use awspect_inventory::{
    Unknown,
    cognito::{RiskConfiguration, TakeoverAction, TakeoverResponse, UserPool, UserPoolClient},
};

use super::{concern::client_settings, people::is_for_machines};

/// A configuration that is in force: the pool's, or that of an app client for people that has one of its own.
pub(super) struct InForce<'a> {
    client: Option<&'a UserPoolClient>,
    /// Nothing where nothing was ever set.
    pub(super) risk: Option<&'a RiskConfiguration>,
}

impl<'a> InForce<'a> {
    /// What is done with sign-ins at a low, medium and high risk.
    pub(super) fn actions(&self) -> [Option<&'a TakeoverAction>; 3] {
        let takeover = self.risk.and_then(|risk| risk.account_takeover.as_ref());
        let action = |level: Option<&'a TakeoverResponse>| level.map(|response| &response.action);
        takeover.map_or([None; 3], |it| {
            [it.low.as_ref(), it.medium.as_ref(), it.high.as_ref()].map(action)
        })
    }

    /// The field of the answer, which is one answer for each client that has its own.
    pub(super) fn field(&self, field: &str) -> String {
        match self.client {
            Some(client) => format!("RiskConfiguration.{field} of app client {}", client.id),
            None => format!("RiskConfiguration.{field}"),
        }
    }
}

/// Everything that is in force for people, and what nobody knows of it.
pub(super) fn in_force(pool: &UserPool) -> (Vec<InForce<'_>>, Option<Unknown>) {
    let mut known = vec![];
    let mut open = pool.clients.gaps.first().map(|gap| gap.unknown.clone());
    let mut keep = |unknown| _ = open.get_or_insert(unknown);
    match pool.risk.known() {
        Ok(risk) => known.push(InForce { client: None, risk }),
        Err(unknown) => keep(unknown),
    }
    for client in &pool.clients.found {
        let risk = match client.risk.known() {
            Ok(None) => continue,
            risk => risk,
        };
        match (client_settings(client).and_then(is_for_machines), risk) {
            (Ok(true), _) => {}
            (Ok(false), Ok(risk)) => known.push(InForce { client: Some(client), risk }),
            (Err(unknown), _) | (_, Err(unknown)) => keep(unknown),
        }
    }
    (known, open)
}

/// Puts every configuration that is in force to a question, which answers with evidence, for good or ill. One that fails
/// decides; otherwise all have to be known.
pub(super) fn all_in_force(
    pool: &UserPool,
    judge: impl Fn(&InForce<'_>) -> Result<(bool, Evidence), Unknown>,
) -> Result<Stopped, Unknown> {
    let (known, mut open) = in_force(pool);
    let (mut good, mut bad) = (vec![], vec![]);
    for one in &known {
        match judge(one) {
            Ok((true, evidence)) => good.push(evidence),
            Ok((false, evidence)) => bad.push(evidence),
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    match open {
        _ if !bad.is_empty() => Ok(Stopped::No(bad)),
        Some(unknown) => Err(unknown),
        None => Ok(Stopped::Yes(good)),
    }
}

/// Whether something is stopped everywhere, and what shows it.
pub(super) enum Stopped {
    /// It is.
    Yes(Vec<Evidence>),
    /// It is not, at the places shown.
    No(Vec<Evidence>),
}

impl Stopped {
    pub(super) fn verdict(self) -> Verdict {
        match self {
            Self::Yes(evidence) => Verdict::Pass(evidence),
            Self::No(evidence) => Verdict::faults(evidence),
        }
    }
}
