//! lambda for the fake AWS.
