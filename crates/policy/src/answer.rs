//! Answers.

use std::collections::BTreeSet;

use crate::policy::StatementRef;
use crate::prover::{Found, Open};
use crate::request::Request;

/// A request that shows a yes, and the statements that let it through.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Witness {
    /// The request.
    pub request: Request,
    /// The statements that allow it, by their place in the policy.
    pub statements: Vec<StatementRef>,
}

impl From<Found<'_>> for Witness {
    fn from(found: Found<'_>) -> Self {
        let statements = found.statements.iter().map(|statement| statement.reference()).collect();
        Self { request: found.request, statements }
    }
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Yes. The witness shows it where one request can.
    Yes(Option<Box<Witness>>),
    /// No. Where the question was whether every request is covered, the witness is one that is not.
    No(Option<Box<Witness>>),
    /// It depends on facts that are not in the policies.
    Depends(BTreeSet<String>),
    /// Not decided, and why: never to be taken for a pass.
    Unknown(Vec<String>),
}

impl Answer {
    /// Whether a request gets through.
    pub(crate) fn exists(outcome: Result<Option<Found<'_>>, Open>) -> Self {
        match outcome {
            Ok(Some(found)) => Self::Yes(Some(Box::new(found.into()))),
            Ok(None) => Self::No(None),
            Err(open) => Self::Unknown(vec![open.to_string()]),
        }
    }

    /// Whether no request gets through.
    pub(crate) fn none(outcome: Result<Option<Found<'_>>, Open>) -> Self {
        match Self::exists(outcome) {
            Self::Yes(witness) => Self::No(witness),
            Self::No(witness) => Self::Yes(witness),
            open => open,
        }
    }

    /// Whether the answer is a certain yes.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(_))
    }

    /// Whether the answer is a certain no.
    pub fn is_no(&self) -> bool {
        matches!(self, Self::No(_))
    }

    /// The request that shows the answer.
    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Self::Yes(witness) | Self::No(witness) => witness.as_deref(),
            Self::Depends(_) | Self::Unknown(_) => None,
        }
    }
}
