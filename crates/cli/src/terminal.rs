//! What the terminal can show, and what is said to people beside the report.

use std::io::{self, IsTerminal as _, Write as _};

use awspect_report::Screen;

use crate::{args::Color, exit::Failure};

/// A file is no terminal.
pub(crate) const FILE: Screen = Screen { width: 100, color: false };

/// What stdout is.
pub(crate) fn stdout(color: Color) -> Screen {
    let width = terminal_size::terminal_size()
        .map_or(FILE.width, |(terminal_size::Width(width), _)| width.max(40));
    Screen { width, color: wanted(color, io::stdout().is_terminal()) }
}

fn wanted(color: Color, is_terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb(),
    }
}

/// <https://no-color.org>: set and not empty.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Says on stderr why there is no report.
pub(crate) fn complain(failure: &Failure, color: Color) {
    let mut stderr = io::stderr().lock();
    let message: String = failure
        .to_string()
        .chars()
        .map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() })
        .collect();
    let _ = if wanted(color, stderr.is_terminal()) {
        writeln!(stderr, "\u{1b}[1;31merror:\u{1b}[0m {message}")
    } else {
        writeln!(stderr, "error: {message}")
    };
}

/// Writes what happens to stderr, as much as was asked for.
///
/// Never at the level of traces: there the SDK writes whole requests and answers, with the session's token and with what
/// is secret in them.
pub(crate) fn log(verbose: u8) {
    use tracing_subscriber::filter::LevelFilter;
    let level = match verbose {
        0 => return,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).init();
}
