//! DynamoDB end to end: the binary against a fake AWS.

#![expect(
    clippy::indexing_slicing,
    reason = "what a test is about and is not there should stop it"
)]

mod denied;
mod every_rule;
mod found;
mod recovery;
mod scale;
mod world;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
