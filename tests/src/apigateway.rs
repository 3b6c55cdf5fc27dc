//! apigateway for the fake AWS.
