//! cdn end to end: the binary against a fake AWS.

#[expect(dead_code, reason = "the first test will use it")]
const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
