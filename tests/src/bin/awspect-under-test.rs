//! The binary, built by the package that tests it: Cargo gives a test the path of its own package's binaries only.

use std::process::ExitCode;

fn main() -> ExitCode {
    awspect::main()
}
