//! The words of an answer: rule document, severity, verdict, evidence, finding, fingerprint.

mod document;
mod finding;
mod remedy;
mod severity;

pub use document::{Document, DocumentError, Facts};
pub use finding::{Decision, Evidence, Finding, ResourceRef, Status, Verdict};
pub use remedy::{Remediation, fill};
pub use severity::{Severity, UnknownSeverity};
