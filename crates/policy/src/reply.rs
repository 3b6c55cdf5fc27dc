//! Answers as text.

use crate::answer::{Answer, Witness};
use crate::evaluate::Decision;
use crate::exposure::{Exposed, Exposure};
use crate::policy::{Policy, Statement, StatementRef};
use crate::request::Request;

/// An answer as the command line prints it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Reply {
    /// `yes`, `no`, `depends`, `unknown`, `allowed`, `denied`, `public`, `cross-account` or `private`.
    pub answer: &'static str,
    /// A request that shows the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Request>,
    /// The statements that are responsible.
    pub statements: Vec<StatementRef>,
    /// The reason in a clause.
    pub why: String,
}

impl Reply {
    fn new(answer: &'static str, witness: Option<Witness>, why: &str) -> Self {
        let (witness, statements) =
            witness.map_or((None, Vec::new()), |found| (Some(found.request), found.statements));
        Self { answer, witness, statements, why: why.to_owned() }
    }

    pub(crate) fn of(answer: Answer) -> Self {
        match answer {
            Answer::Yes(Some(witness)) => {
                Self::new("yes", Some(*witness), "the request in the witness gets through")
            }
            Answer::Yes(None) => Self::new("yes", None, "proven for every request"),
            Answer::No(Some(witness)) => {
                Self::new("no", Some(*witness), "the request in the witness is the exception")
            }
            Answer::No(None) => Self::new("no", None, "proven that there is no such request"),
            Answer::Depends(keys) => {
                let keys: Vec<_> = keys.into_iter().collect();
                Self::new("depends", None, &format!("depends on {}", keys.join(", ")))
            }
            Answer::Unknown(why) => Self::new("unknown", None, &why.join("; ")),
        }
    }

    pub(crate) fn exposed(exposed: Exposed) -> Self {
        match exposed {
            Exposed::To(Exposure::Public, witness) => {
                Self::new("public", witness.map(|w| *w), "an outsider gets in")
            }
            Exposed::To(Exposure::CrossAccount, witness) => Self::new(
                "cross-account",
                witness.map(|w| *w),
                "somebody named gets in from outside of the account",
            ),
            Exposed::To(Exposure::Private, witness) => Self::new(
                "private",
                witness.map(|w| *w),
                "nobody gets in from outside of the account",
            ),
            Exposed::Unknown(why) => Self::new("unknown", None, &why.join("; ")),
        }
    }

    pub(crate) fn bpa(statements: Vec<StatementRef>) -> Self {
        if statements.is_empty() {
            return Self::new("no", None, "every grant is limited to fixed values");
        }
        Self {
            statements,
            ..Self::new("yes", None, "these grants are not limited to fixed values")
        }
    }

    pub(crate) fn decided(decision: &Decision<'_>, request: Request) -> Self {
        let (answer, statements, why) = match decision {
            Decision::Allowed(by) => {
                ("allowed", by.as_slice(), "allowed and not denied".to_owned())
            }
            Decision::ExplicitDeny(by) => ("denied", by.as_slice(), "explicitly denied".to_owned()),
            Decision::ImplicitDeny(layer) => {
                ("denied", [].as_slice(), format!("no {layer} allows it"))
            }
        };
        let statements = statements.iter().map(|statement| statement.reference()).collect();
        Self { answer, witness: Some(request), statements, why }
    }

    /// Names the denies that make a no.
    pub(crate) fn blocked(mut self, blockers: impl FnOnce() -> Vec<StatementRef>) -> Self {
        if self.answer == "no" {
            self.statements = blockers();
        }
        self
    }

    /// Names the denies that a yes rests on.
    pub(crate) fn resting_on(mut self, policy: &Policy) -> Self {
        if self.answer == "yes" {
            self.statements = policy.denies().map(Statement::reference).collect();
        }
        self
    }
}
