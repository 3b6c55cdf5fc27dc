//! API Gateway and Lambda end to end: the binary against a fake AWS.

#![expect(
    clippy::indexing_slicing,
    reason = "what a test is about and is not there should stop it"
)]

mod denied;
mod every_rule;
mod functions;
mod gateways;
mod scale;
mod world;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
