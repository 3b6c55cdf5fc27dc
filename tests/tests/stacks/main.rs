//! CloudFormation end to end: the binary against a fake AWS.

mod canary;
mod denied;
mod every_rule;
mod protection;
mod scale;
mod world;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
