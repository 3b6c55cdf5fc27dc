//! cloudfront for the fake AWS.
