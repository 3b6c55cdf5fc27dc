//! Who can become an administrator: a graph whose edges are "can take the rights of", searched backwards from the administrators, so
//! that each principal's way is a shortest one.

mod edge;
mod graph;
mod node;
mod search;
mod things;

use awspect_inventory::{Fact as _, Reason, Unknown, iam::PolicyDocument};
use awspect_policy::{Escalation, Witness};

use crate::Scan;
use graph::Graph;

/// How far each user and role gets, in the order of the inventory.
#[derive(Debug)]
pub(crate) struct Becoming {
    pub(crate) users: Vec<Reach>,
    pub(crate) roles: Vec<Reach>,
}

/// How far a principal gets.
#[derive(Clone, Debug)]
pub(crate) enum Reach {
    /// It is an administrator.
    Admin,
    /// It can become one, by these steps.
    Steps(Vec<Step>),
    /// It can take the rights of whomever it likes, and nobody has more today.
    Holds(Vec<Escalation>),
    /// It cannot.
    Never,
    /// A fact is missing that decides.
    Unknown(Unknown),
}

/// One step on the way.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Who takes it.
    pub(crate) from: String,
    /// Whose rights it gives; nothing where it gives all.
    pub(crate) to: Option<String>,
    /// The name of the way.
    pub(crate) path: &'static str,
    /// The requests that it takes.
    pub(crate) requests: Vec<Witness>,
}

impl Becoming {
    pub(crate) fn of(scan: Scan<'_>) -> Self {
        let mut reached = search::all(&Graph::new(scan));
        let mut roles = reached.split_off(scan.inventory.iam.users.found.len());
        roles.truncate(scan.inventory.iam.roles.found.len());
        Self { users: reached, roles }
    }
}

fn undecided(why: impl Into<String>) -> Unknown {
    Unknown::new(PolicyDocument::ACTION, Reason::Undecided).because(why)
}
