//! CloudFormation end to end: the binary against a fake AWS.

#![expect(
    clippy::indexing_slicing,
    reason = "what a test is about and is not there should stop it"
)]

mod canary;
mod denied;
mod every_rule;
mod protection;
mod scale;
mod world;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
