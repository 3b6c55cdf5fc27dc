//! Reads IAM and resource policies and proves what they allow.
//!
//! A [`Policy`] is parsed losslessly; [`Policies::decide`] says what AWS does with one request; [`Subject`] (a policy on a resource) and
//! [`Identity`] (the policies of a user or role) answer questions about all requests. A yes carries a request that was replayed through
//! the evaluator, a no is a proof, and what is not understood or takes more than the [`Budget`] is unknown and says so.
//! [`ask`] puts the same questions in text.

mod actions;
mod admin;
mod admits;
mod answer;
pub mod ask;
mod bpa;
mod budget;
mod cell;
mod clause;
mod condition;
mod coverage;
mod domain;
mod endpoint;
mod errand;
mod escalation;
mod evaluate;
mod exposure;
mod function;
mod gateway;
mod glob;
mod grants;
mod identity;
mod idp;
mod instant;
mod keys;
mod mentions;
mod names;
mod node;
mod operator;
#[cfg(test)]
mod oracle;
mod parse;
mod paths;
mod policy;
mod principal;
mod prover;
mod reach;
mod reading;
mod region;
mod reply;
mod request;
mod resource_types;
mod strings;
mod subject;
mod template;
mod universe;
mod values;
mod wide;

pub use actions::{AccessLevel, Action};
pub use admits::{Asker, Behalf};
pub use answer::{Answer, Witness};
pub use bpa::{BpaScope, s3_bpa_public};
pub use budget::{Budget, Spent};
pub use cell::Facts;
pub use condition::{Condition, Values};
pub use endpoint::Endpoint;
pub use errand::Errand;
pub use escalation::{Escalation, Escalations, Gain};
pub use evaluate::{Decision, Policies, applies};
pub use exposure::{Exposed, Exposure};
pub use function::Way;
pub use gateway::{Gateway, Methods, Sender};
pub use glob::{Glob, Token};
pub use grants::{OutsideGrant, OutsideGrants, Outsider, WholeService, Zone};
pub use identity::Identity;
pub use instant::Instant;
pub use names::{AccountId, Arn, Key};
pub use operator::{Family, Operator, Order, Quantifier};
pub use parse::{Place, PolicyError, percent_decode};
pub use policy::{ActionPattern, Effect, Policy, Scope, Statement, StatementRef, Version};
pub use principal::{Caller, Principal, Principals};
pub use reading::{AskError, CaseReply, cases};
pub use request::Request;
pub use strings::{Automata, StringSets};
pub use subject::{PolicyKind, Subject};
pub use template::{Piece, Reading, Template};
