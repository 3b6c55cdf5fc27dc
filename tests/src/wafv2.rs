//! wafv2 for the fake AWS.
