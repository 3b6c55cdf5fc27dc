//! cloudformation for the fake AWS.
