//! A stand-in between awspect and a fake AWS.
//!
//! A fake AWS is honest and patient: it has no throttling, refuses little and pages less. [`FakeAws`] is a reverse
//! proxy in front of it that knows the service and the operation of each request. It passes requests on, and as a test
//! asks, it refuses, replaces, pages, delays or cuts the answers. It keeps a record of every call.
//!
//! ```no_run
//! use awspect_fakeaws::FakeAws;
//!
//! let fake = FakeAws::start("127.0.0.1:5000".parse().unwrap());
//! fake.refuse("s3", "GetBucketPolicy");
//! fake.on("s3", "GetBucketAcl").only("logs").times(2).error(503, "SlowDown", "Please reduce your request rate.");
//! // … run the binary with `--endpoint-url` set to `fake.endpoint()` …
//! assert_eq!(fake.count("s3", "ListBuckets"), 1);
//! ```

#![expect(
    clippy::expect_used,
    reason = "test support: a broken stand-in should stop the test at once"
)]

mod amend;
mod buckets;
pub mod ec2;
mod errors;
mod fake;
pub mod iam;
mod proxy;
mod recognise;
mod record;
mod request;
mod routes;
mod rules;

pub use fake::FakeAws;
pub use recognise::Protocol;
pub use record::{Call, most_in_flight};
pub use request::{Request, Response};
pub use rules::{Memory, On, RuleId};
