//! A policy document as it was written (IAM User Guide, "Grammar of the IAM JSON policy language").

use std::fmt;
use std::sync::Arc;

use crate::condition::Condition;
use crate::glob::Glob;
use crate::names::Key;
use crate::principal::Principals;
use crate::template::Template;

/// The language version; only the later one has variables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, also meant when none is written.
    #[default]
    V2008,
    /// `2012-10-17`.
    V2012,
}

/// What a statement does with the requests that it speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Grants them, unless denied elsewhere.
    Allow,
    /// Denies them, whatever else allows them.
    Deny,
}

/// An element or its `Not…` form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope<T> {
    /// What matches one of these.
    In(Vec<T>),
    /// What matches none of these.
    NotIn(Vec<T>),
}

impl<T> Scope<T> {
    /// The values, whichever way they are meant.
    pub fn values(&self) -> &[T] {
        let (Self::In(values) | Self::NotIn(values)) = self;
        values
    }

    /// Whether this is the `Not…` form.
    pub fn is_negated(&self) -> bool {
        matches!(self, Self::NotIn(_))
    }
}

/// A pattern of action names, compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionPattern {
    text: String,
    glob: Glob,
}

impl ActionPattern {
    /// The pattern of this text.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), glob: Glob::wild(&text.to_lowercase()) }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pattern over action names in lower case.
    pub fn glob(&self) -> &Glob {
        &self.glob
    }
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What the policy is called where several are judged together ([`Policy::named`]).
    pub policy: Option<Arc<str>>,
    /// Its place in the document, from zero.
    pub index: usize,
    /// `Sid`.
    pub sid: Option<String>,
    /// `Effect`.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`; identity policies have neither.
    pub principals: Option<Principals>,
    /// `Action` or `NotAction`.
    pub actions: Scope<ActionPattern>,
    /// `Resource` or `NotResource`; trust policies have neither.
    pub resources: Option<Scope<Template>>,
    /// `Condition`; all must hold.
    pub conditions: Vec<Condition>,
    /// What this crate did not understand. Answers that touch the statement are unknown.
    pub unsupported: Vec<String>,
}

impl Statement {
    /// How to point at the statement.
    pub fn reference(&self) -> StatementRef {
        StatementRef {
            policy: self.policy.as_deref().map(str::to_owned),
            index: self.index,
            sid: self.sid.clone(),
        }
    }

    /// Whether it is an `Allow`.
    pub fn allows(&self) -> bool {
        self.effect == Effect::Allow
    }

    /// The keys that stand as variables in it.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &Key> {
        let resources = self.resources.iter().flat_map(Scope::values);
        resources
            .chain(self.conditions.iter().flat_map(Condition::templates))
            .flat_map(Template::variables)
    }
}

/// A statement by its place and name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct StatementRef {
    /// What its policy is called, where several were judged together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// Its place in the document, from zero.
    pub index: usize,
    /// `Sid`, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
}

impl fmt::Display for StatementRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sid {
            Some(sid) => f.write_str(sid),
            None => write!(f, "statement {}", self.index + 1),
        }
    }
}

/// A policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// `Version`.
    pub version: Version,
    /// `Id`.
    pub id: Option<String>,
    /// `Statement`.
    pub statements: Vec<Statement>,
}

impl Policy {
    /// The policy with a name, which every reference to one of its statements will carry.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        let name: Arc<str> = name.into();
        for statement in &mut self.statements {
            statement.policy = Some(Arc::clone(&name));
        }
        self
    }

    /// The statements that allow.
    pub fn allows(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.allows())
    }

    /// The statements that deny.
    pub fn denies(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| !statement.allows())
    }

    /// What was not understood, with the statement it stands in.
    pub fn unsupported(&self) -> impl Iterator<Item = String> {
        self.statements.iter().flat_map(|statement| {
            statement.unsupported.iter().map(|what| format!("{}: {what}", statement.reference()))
        })
    }
}
