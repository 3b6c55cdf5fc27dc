//! Runs the binary in an environment that holds nothing of the caller's.

use std::{
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

use crate::moto::Keys;

/// How a run ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The exit code.
    pub code: i32,
    /// All of stdout.
    pub stdout: String,
    /// All of stderr.
    pub stderr: String,
}

impl Outcome {
    /// stdout as JSON.
    ///
    /// # Panics
    ///
    /// If it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.stdout, self.stderr))
    }
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The binary with nothing but a search path: no credentials, no profile, no home, no instance to ask.
#[expect(clippy::disallowed_methods, reason = "programs are found through the search path")]
pub fn command(binary: &str) -> Command {
    let mut command = Command::new(binary);
    command.env_clear();
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
        .env("HOME", Path::new("/nonexistent"))
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_CONFIG_FILE", "/nonexistent/config")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials");
    command
}

/// Runs the binary with an account's keys, or with none.
///
/// # Panics
///
/// If it cannot be started.
pub fn run(binary: &str, keys: Option<&Keys>, args: &[&str]) -> Outcome {
    let mut command = command(binary);
    if let Some(keys) = keys {
        command.envs(keys.variables());
    }
    command.args(args).output().expect("the binary should start").into()
}

/// Scans an account behind an endpoint, and asks for all findings as JSON.
///
/// # Panics
///
/// If the binary cannot be started.
pub fn scan(binary: &str, keys: &Keys, endpoint: &str, more: &[&str]) -> Outcome {
    let all = ["--format", "json", "--severity", "info", "--status", "all"];
    run(binary, Some(keys), &[&["scan", "--endpoint-url", endpoint], &all[..], more].concat())
}

/// The findings of a report.
pub fn findings(report: &Value) -> &[Value] {
    report.get("findings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
