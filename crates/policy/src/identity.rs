//! The policies of one identity: its own, which add up, and those that limit it.

use crate::answer::Answer;
use crate::budget::Budget;
use crate::cell::{Cell, Facts};
use crate::coverage::denies_without_mfa;
use crate::domain::Domain;
use crate::evaluate::{Decision, Policies};
use crate::mentions::Mentions;
use crate::policy::Policy;
use crate::request::Request;

/// The policies of a user, a group or a role.
#[derive(Clone, Debug)]
pub struct Identity<'a> {
    /// Inline and attached policies.
    pub policies: Vec<&'a Policy>,
    /// The permissions boundary.
    pub boundary: Option<&'a Policy>,
    /// Session policies.
    pub session: Option<Vec<&'a Policy>>,
    /// Service control policies by level.
    pub scps: Vec<Vec<&'a Policy>>,
    /// Resource control policies by level.
    pub rcps: Vec<Vec<&'a Policy>>,
    /// The user or role whose policies they are, if it is one and known.
    pub arn: Option<&'a str>,
    /// Keys that all its requests carry, each with its value: claims of the token that its session began with.
    pub carries: Vec<(&'a str, &'a str)>,
    /// What is known beside them.
    pub facts: &'a Facts,
}

impl<'a> Identity<'a> {
    /// An identity with these policies and no limits.
    pub fn new(policies: Vec<&'a Policy>, facts: &'a Facts) -> Self {
        Self {
            policies,
            boundary: None,
            session: None,
            scps: Vec::new(),
            rcps: Vec::new(),
            arn: None,
            carries: Vec::new(),
            facts,
        }
    }

    /// The layers that must all allow.
    pub(crate) fn layers(&self) -> Vec<Vec<&'a Policy>> {
        let own = std::iter::once(self.policies.clone());
        let limits =
            self.boundary.map(|boundary| vec![boundary]).into_iter().chain(self.session.clone());
        own.chain(limits)
            .chain(self.scps.iter().cloned())
            .chain(self.rcps.iter().cloned())
            .collect()
    }

    /// Any of its requests, with what they carry of the keys that matter.
    pub(crate) fn cell(&self, mentions: &Mentions) -> Cell {
        let carried = self.carries.iter().filter(|(key, _)| mentions.has(key));
        carried.fold(Cell::new(self.who()), |cell, (key, value)| {
            cell.with(key, Domain::claim(key, value))
        })
    }

    /// Decides one request by these policies alone.
    pub fn decide(&self, request: &Request) -> Decision<'a> {
        let policies = Policies {
            identity: Some(self.policies.clone()),
            boundary: self.boundary,
            session: self.session.clone(),
            scps: self.scps.clone(),
            rcps: self.rcps.clone(),
            ..Policies::default()
        };
        policies.decide(request)
    }

    /// Whether `iam:CreateUser` is denied to every caller without MFA.
    pub fn denies_without_mfa(&self, budget: &Budget) -> Answer {
        let layers = self.layers();
        let all: Vec<_> = layers.iter().flatten().copied().collect();
        denies_without_mfa(&all, self.facts, budget)
    }
}
