//! The harness of the end-to-end tests: a fake AWS in a Python environment of its own, both made on first use.
//!
//! ```no_run
//! use awspect_fakeaws::FakeAws;
//! use awspect_tests::moto::Moto;
//!
//! let moto = Moto::shared();
//! let fake = FakeAws::start(moto.address());
//! // Seed at `moto.endpoint()`, run the binary at `fake.endpoint()`, both with `moto.keys("111111111111")`.
//! ```

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test support: a broken harness should stop the test at once and say what to do"
)]

pub mod apigateway;
pub mod cloudformation;
pub mod cloudfront;
pub mod cognito;
pub mod demo;
pub mod denied;
pub mod dynamodb;
pub mod ec2;
pub mod fixtures;
pub mod http;
pub mod iam;
pub mod json;
pub mod lambda;
pub mod moto;
pub mod python;
pub mod report;
pub mod rules;
pub mod run;
pub mod s3;
pub mod seed;
pub mod wafv2;
