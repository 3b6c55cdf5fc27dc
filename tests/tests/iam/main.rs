//! IAM end to end: the binary against a fake AWS.

mod every_rule;
mod world;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
