//! `awspect`: arguments, wiring, gate, exit code.

mod args;
mod destination;
pub mod exit;
mod gate;
mod policy;
mod rules;
mod scan;
mod select;
mod source;
mod terminal;

use std::{io, process::ExitCode};

use clap::Parser as _;

use args::{Args, Command};
use exit::{Exit, Failure};

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are answers, the rest is usage.
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Passed };
            let _ = error.print();
            return code.into();
        }
    };
    terminal::log(args.verbose);
    match run(&args) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            terminal::complain(&failure, args.color);
            failure.exit.into()
        }
    }
}

fn run(args: &Args) -> Result<Exit, Failure> {
    match &args.command {
        Command::Scan(scan) => scan::scan(scan, args.color),
        Command::Collect(collect) => scan::collect(collect),
        Command::Policy(ask) => policy::run(ask),
        Command::Rules(command) => rules::run(command).map(|()| Exit::Passed),
    }
}

/// A reader that has seen enough is no failure.
fn closed_pipe_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
