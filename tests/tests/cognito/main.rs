//! Cognito end to end: the binary against a fake AWS.

mod clients;
mod denied;
mod every_rule;
mod text_messages;
mod world;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
