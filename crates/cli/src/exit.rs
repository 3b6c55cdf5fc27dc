//! Exit codes: a promise to scripts.

use std::process::ExitCode;

use thiserror::Error;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The gate passed, or there was none.
    Passed = 0,
    /// A fault of awspect's own.
    Internal = 1,
    /// Arguments, configuration, or a file that cannot be read or written.
    Usage = 2,
    /// A finding at or above `--fail-on`.
    Findings = 3,
    /// No such finding, but a fact is missing that could be one.
    Incomplete = 4,
    /// No credentials, or none that AWS takes.
    Credentials = 5,
    /// Interrupted; the report is partial.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a run came to nothing: one line for people, a code for scripts.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct Failure {
    /// The code.
    pub exit: Exit,
    /// One clause, lowercase, no full stop.
    pub message: String,
}

impl Failure {
    /// The user has to change something.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into() }
    }

    /// A file or stream that refuses.
    pub fn file(doing: &str, path: &std::path::Path, error: &dyn std::error::Error) -> Self {
        Self::usage(format!("cannot {doing} `{}`: {error}", path.display()))
    }
}
