//! dynamodb for the fake AWS.
