//! The handle that a test holds.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::proxy::{Shared, serve};
use crate::record::{self, Call, Record};
use crate::request::{Request, Response};
use crate::rules::{On, RuleId, Rules};

/// A running stand-in. It has a thread and a runtime of its own, so that plain tests can hold it, and it ends when it
/// is dropped. Services and operations are names, or the beginning of one and an asterisk: `("s3", "GetBucket*")`.
pub struct FakeAws {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl FakeAws {
    /// Starts on a free loopback port, in front of the fake AWS at `upstream`.
    ///
    /// # Panics
    ///
    /// If there is no port to listen on.
    pub fn start(upstream: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free loopback port");
        listener.set_nonblocking(true).expect("a socket that does not block");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared { upstream, rules: Rules::default(), record: Record::new() });
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || run(listener, shared, stopped)
        });
        Self { shared, address, stop: Some(stop), thread: Some(thread) }
    }

    /// The endpoint for the program under test. A host name, so that S3's buckets and S3 Control's accounts can stand
    /// before it.
    pub fn endpoint(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// The address behind the endpoint.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Begins a rule for an operation of a service.
    pub fn on(&self, service: &str, operation: &str) -> On<'_> {
        On::new(&self.shared.rules, service, operation)
    }

    /// Refuses an operation as real AWS does.
    pub fn refuse(&self, service: &str, operation: &str) -> RuleId {
        self.on(service, operation).refuse()
    }

    /// Answers an operation with a recorded answer.
    pub fn answer(
        &self,
        service: &str,
        operation: &str,
        status: u16,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> RuleId {
        self.on(service, operation).answer(status, headers, body)
    }

    /// Gives what a function makes of the fake AWS's answers.
    pub fn rewrite(
        &self,
        service: &str,
        operation: &str,
        rewrite: impl Fn(&Request, Response) -> Response + Send + Sync + 'static,
    ) -> RuleId {
        self.on(service, operation).rewrite(rewrite)
    }

    /// Waits before the answers of an operation.
    pub fn delay(&self, service: &str, operation: &str, delay: Duration) -> RuleId {
        self.on(service, operation).delay(delay)
    }

    /// Never answers an operation.
    pub fn hang(&self, service: &str, operation: &str) -> RuleId {
        self.on(service, operation).hang()
    }

    /// Cuts the answers of an operation in the middle.
    pub fn cut(&self, service: &str, operation: &str) -> RuleId {
        self.on(service, operation).cut()
    }

    /// Pages S3's list of buckets: at most `size` a page, less if the caller asks for less. As in S3, the buckets tell
    /// their regions if the request has a parameter of the operation. The regions come from `GetBucketLocation` calls
    /// to the fake AWS, which are not in the record.
    ///
    /// # Panics
    ///
    /// If `size` is zero.
    pub fn page_buckets(&self, size: usize) -> RuleId {
        assert!(size > 0, "a page has at least one bucket");
        self.on("s3", "ListBuckets").page(size)
    }

    /// Clears one rule.
    pub fn clear(&self, rule: RuleId) {
        self.shared.rules.clear(rule);
    }

    /// Clears all rules.
    pub fn clear_all(&self) {
        self.shared.rules.clear_all();
    }

    /// Every call so far, in the order of arrival.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.record.calls()
    }

    /// The calls of one operation so far.
    pub fn count(&self, service: &str, operation: &str) -> usize {
        self.counts().get(&(service.to_owned(), operation.to_owned())).copied().unwrap_or(0)
    }

    /// The number of calls by service and operation.
    pub fn counts(&self) -> BTreeMap<(String, String), usize> {
        self.shared.record.counts()
    }

    /// The most calls that were in flight at one time.
    pub fn most_in_flight(&self) -> usize {
        record::most_in_flight(&self.calls())
    }

    /// Starts the record anew.
    pub fn forget_calls(&self) {
        self.shared.record.forget();
    }
}

impl Drop for FakeAws {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn run(listener: TcpListener, shared: Arc<Shared>, stopped: oneshot::Receiver<()>) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener =
            tokio::net::TcpListener::from_std(listener).expect("a listener that does not block");
        let server = tokio::spawn(serve(listener, shared));
        // The sender is dropped with the handle.
        drop(stopped.await);
        server.abort();
    });
}
