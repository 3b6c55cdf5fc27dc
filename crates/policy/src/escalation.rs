//! `privilege_escalation`: does an identity hold all permissions of a known path, on resources that suit it?

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Answer, Witness};
use crate::budget::Budget;
use crate::cell::{Cell, Kind, Who};
use crate::clause::Words;
use crate::domain::Domain;
use crate::identity::Identity;
use crate::paths::{PATHS, Path, Step, Target};
use crate::policy::Scope;
use crate::prover::{Found, Open, Prover};
use crate::universe::Universe;

/// A path that an identity can take.
#[derive(Clone, Debug, PartialEq)]
pub struct Escalation {
    /// The path's name.
    pub path: &'static str,
    /// What it leads to.
    pub gain: Gain,
    /// One request for each permission.
    pub steps: Vec<Witness>,
    /// Resources on whose own privileges it depends whether anything is gained; empty if any will do.
    pub depends_on: BTreeSet<String>,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gain {
    /// Any right: the identity writes the policies itself.
    Everything,
    /// The rights of a user whose credentials it makes.
    User,
    /// The rights of a group that it puts a user into.
    Joined,
    /// The rights of a role that it makes trust itself.
    Retrusted,
    /// The rights of a role that it assumes.
    Assumed,
    /// The rights of a role that it hands to one of these services.
    Passed(&'static [&'static str]),
    /// The rights of a role that something which it controls runs with, in one of these services.
    Running(&'static [&'static str]),
}

impl Path {
    fn gain(&self) -> Gain {
        let has = |target| self.steps.iter().any(|step| step.target == target);
        if has(Target::PassedRole) {
            Gain::Passed(self.services)
        } else if has(Target::Workload) {
            Gain::Running(self.services)
        } else if has(Target::AssumedRole) {
            Gain::Assumed
        } else if has(Target::JoinedGroup) {
            Gain::Joined
        } else if has(Target::RetrustedRole) {
            Gain::Retrusted
        } else if has(Target::OtherUser) {
            Gain::User
        } else {
            Gain::Everything
        }
    }
}

/// The paths found, and why others stayed open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Escalations {
    /// The paths found.
    pub found: Vec<Escalation>,
    /// Paths that could not be decided, and why.
    pub open: Vec<(&'static str, String)>,
}

/// Attached by somebody who may choose: policies of AWS's that give what was not there, beside one of the account's own that nobody names.
const GAINFUL: [&str; 3] = ["AdministratorAccess", "IAMFullAccess", "PowerUserAccess"];

/// The name of the caller where it matters that the caller is not somebody else.
const CALLER: &str = "awspect-caller";

/// Roles that AWS keeps for its services: they can be neither changed nor passed.
const SERVICE_ROLES: &str = "arn:*:iam::*:role/aws-service-role/*";

impl Identity<'_> {
    /// Every known path that the identity can take.
    pub fn escalations(&self, budget: &Budget) -> Escalations {
        let mut search = Search::new(self, budget);
        let mut escalations = Escalations::default();
        for path in PATHS {
            match search.escalation(path) {
                Ok(None) => {}
                Ok(Some(found)) => escalations.found.push(found),
                Err(open) => escalations.open.push((path.id, open.to_string())),
            }
        }
        escalations
    }

    /// Whether the identity can take any known path.
    pub fn privilege_escalation(&self, budget: &Budget) -> Answer {
        let mut search = Search::new(self, budget);
        let mut depends = BTreeSet::new();
        let mut open = BTreeSet::new();
        for path in PATHS {
            match search.escalation(path) {
                Ok(None) => {}
                Ok(Some(mut found)) if found.depends_on.is_empty() => {
                    let statements = found.steps.iter().flat_map(|step| step.statements.clone());
                    let statements: BTreeSet<_> = statements.collect();
                    let witness = found.steps.swap_remove(0);
                    let statements = statements.into_iter().collect();
                    return Answer::Yes(Some(Box::new(Witness { statements, ..witness })));
                }
                Ok(Some(found)) => depends.extend(found.depends_on),
                Err(why) => {
                    open.insert(why.to_string());
                }
            }
        }
        if !open.is_empty() {
            Answer::Unknown(open.into_iter().collect())
        } else if depends.is_empty() {
            Answer::No(None)
        } else {
            Answer::Depends(depends)
        }
    }
}

/// One identity's steps, each looked for once: many paths share them.
struct Search<'i, 'a> {
    identity: &'i Identity<'a>,
    prover: Prover<'a>,
    /// Resources that the policies name without a wildcard.
    named: Vec<String>,
    steps: BTreeMap<(&'static str, Target, &'static [&'static str]), Taken>,
    /// The actions that some allow statement speaks of.
    spoken: BTreeMap<&'static str, bool>,
}

/// A request for a step, and whether it is tied to resources that the policies name one by one.
type Taken = Result<Option<(Witness, bool)>, Open>;

impl<'i, 'a> Search<'i, 'a> {
    fn new(identity: &'i Identity<'a>, budget: &'a Budget) -> Self {
        Self {
            identity,
            prover: Prover::new(identity.layers(), identity.facts, budget),
            named: identity.named_resources(),
            steps: BTreeMap::new(),
            spoken: BTreeMap::new(),
        }
    }

    fn escalation(&mut self, path: &'static Path) -> Result<Option<Escalation>, Open> {
        let mut escalation = Escalation {
            path: path.id,
            gain: path.gain(),
            steps: Vec::new(),
            depends_on: BTreeSet::new(),
        };
        // The cheap refusal first: an action that no statement allows.
        if !path.steps.iter().all(|step| self.is_spoken(step.action)) {
            return Ok(None);
        }
        for step in path.steps {
            let services = match step.target {
                Target::PassedRole if self.prover.mentions.has("iam:passedtoservice") => {
                    path.services
                }
                _ => &[],
            };
            let key = (step.action, step.target, services);
            if !self.steps.contains_key(&key) {
                let taken = self.look(path, step);
                self.steps.insert(key, taken);
            }
            let taken = self.steps.get(&key).cloned();
            let Some((witness, tied)) = taken.transpose()?.flatten() else { return Ok(None) };
            if tied {
                escalation.depends_on.insert(witness.request.resource.clone());
            }
            escalation.steps.push(witness);
        }
        Ok(Some(escalation))
    }

    fn is_spoken(&mut self, action: &'static str) -> bool {
        let identity = self.identity;
        *self.spoken.entry(action).or_insert_with(|| identity.speaks_of(action))
    }

    fn look(&self, path: &Path, step: &Step) -> Taken {
        if let Some(found) = self.take(path, step, true)? {
            return Ok(Some((found.into(), false)));
        }
        Ok(self.take(path, step, false)?.map(|found| (found.into(), true)))
    }

    /// A request for a step; `freely` if it may not be tied to resources that the policies name one by one, whose privileges are unknown.
    fn take(&self, path: &Path, step: &Step, freely: bool) -> Result<Option<Found<'a>>, Open> {
        let (identity, prover) = (self.identity, &self.prover);
        let owner = identity.facts.owner;
        let partition = &identity.facts.partition;
        let iam = |kind: &str| format!("arn:{partition}:iam::{owner}:{kind}/*");
        let pattern = match step.target {
            Target::Any | Target::Workload => "*".to_owned(),
            Target::User | Target::OtherUser => iam("user"),
            Target::Group | Target::JoinedGroup => iam("group"),
            Target::Role | Target::RetrustedRole | Target::PassedRole | Target::AssumedRole => {
                iam("role")
            }
            Target::ManagedPolicy => iam("policy"),
        };
        let tied = matches!(
            step.target,
            Target::PassedRole
                | Target::AssumedRole
                | Target::RetrustedRole
                | Target::JoinedGroup
                | Target::Workload
        );
        if !freely && !tied {
            return Ok(None);
        }
        let mut resources = vec![Words::of([pattern.as_str()]), Words::but([SERVICE_ROLES])];
        if freely && tied {
            resources.push(Words::but(self.named.iter().map(String::as_str)));
        }
        let own_credentials =
            step.target == Target::OtherUser && !prover.mentions.has("aws:principalarn");
        if own_credentials {
            let own = match identity.arn {
                Some(arn) => vec![arn.to_owned()],
                None => vec![
                    format!("arn:{partition}:iam::{owner}:user/{CALLER}"),
                    format!("arn:{partition}:iam::{owner}:user/*/{CALLER}"),
                ],
            };
            resources.push(Words::but(own.iter().map(String::as_str)));
        }
        let universe = Universe {
            actions: vec![Words::of([step.action.to_lowercase().as_str()])],
            resources,
            action_hints: vec![step.action.to_owned()],
            // Where any resource will do, so does the star that calls without one are checked against.
            resource_hints: vec![if pattern == "*" { pattern } else { pattern.replace('*', "x") }],
        };
        let mut cells = match identity.arn {
            // What a caller does to its own credentials gains nothing.
            None if own_credentials => [(Kind::User, "user"), (Kind::Role, "role")]
                .map(|(kind, name)| {
                    let arn = Some(format!("arn:{partition}:iam::{owner}:{name}/{CALLER}"));
                    Cell::new(Who::Aws { account: owner, kind, arn })
                })
                .to_vec(),
            Some(_) | None => vec![Cell::new(identity.who())],
        };
        if step.target == Target::PassedRole && prover.mentions.has("iam:passedtoservice") {
            cells = vary(&cells, "iam:passedtoservice", path.services);
        }
        if step.action.starts_with("iam:Attach") && prover.mentions.has("iam:policyarn") {
            let own = format!("arn:{partition}:iam::{owner}:policy/awspect-unnamed");
            let policies: Vec<String> = GAINFUL
                .iter()
                .map(|name| format!("arn:{partition}:iam::aws:policy/{name}"))
                .chain([own])
                .collect();
            cells = vary(&cells, "iam:policyarn", &policies);
        }
        if prover.mentions.has("iam:permissionsboundary") {
            // Whoever stays under the boundary that the policy demands has gained nothing.
            cells = cells
                .iter()
                .map(|cell| cell.with("iam:permissionsboundary", Domain::absent()))
                .collect();
        }
        prover.find_any(cells.into_iter().map(|cell| (cell, &universe)))
    }
}

impl Identity<'_> {
    /// Resources that the policies name without a wildcard.
    fn named_resources(&self) -> Vec<String> {
        let statements = self.policies.iter().flat_map(|policy| policy.allows());
        let templates =
            statements.filter_map(|statement| statement.resources.as_ref()).flat_map(Scope::values);
        templates
            .filter_map(crate::template::Template::as_fixed)
            .filter(|text| text != "*")
            .collect()
    }
}

fn vary<T: AsRef<str>>(cells: &[Cell], key: &str, values: &[T]) -> Vec<Cell> {
    let with = |cell: &Cell| {
        let with = |value: &T| cell.with(key, Domain::exactly(value.as_ref()));
        values.iter().map(with).collect::<Vec<_>>()
    };
    cells.iter().flat_map(with).collect()
}
