//! CloudFront and AWS WAF end to end: the binary against a fake AWS.

mod buckets;
mod classic;
mod denied;
mod every_rule;
mod listing;
mod places;
mod readers;
mod world;

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");
