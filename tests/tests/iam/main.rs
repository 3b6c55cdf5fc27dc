//! IAM end to end: the binary against a fake AWS.

mod calls;
mod contacts;
mod credentials;
mod denied;
mod every_rule;
mod found;
mod rights;
mod trusts;
mod world;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
