//! An HTTP client that asks a closure instead of the network.

mod answer;

use std::{
    collections::BTreeSet,
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use aws_config::{BehaviorVersion, ConfigLoader, retry::RetryConfig};
use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::{
    http::{
        HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
        SharedHttpConnector,
    },
    orchestrator::HttpRequest,
    runtime_components::RuntimeComponents,
};
use awspect_inventory::{Action, Inventory};
use time::OffsetDateTime;

pub(super) use answer::{Answer, error, in_turn, ok, status};

use crate::{Limits, Options, Salt, Session, SessionError, Stop, http::Operation};

/// A call as it would go out.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// `s3:GetBucketAcl`
    pub(super) operation: String,
    pub(super) host: String,
    /// `GET /?acl`
    pub(super) request: String,
    /// The region of the signature.
    pub(super) region: String,
    pub(super) body: String,
}

impl Call {
    fn of(request: &HttpRequest) -> Self {
        let url = request.uri().split_once("://").map_or("", |(_, rest)| rest);
        let (host, path) = url.split_once('/').unwrap_or((url, ""));
        let signature = request.headers().get("authorization").unwrap_or_default();
        Self {
            operation: request.extension::<Operation>().unwrap().to_string(),
            host: host.to_owned(),
            request: format!("{} /{path}", request.method()),
            region: signature.split('/').nth(2).unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned(),
        }
    }

    /// The service alone, `s3`.
    pub(super) fn service(&self) -> &str {
        self.operation.split_once(':').unwrap().0
    }

    /// The operation alone, `GetBucketAcl`.
    pub(super) fn name(&self) -> &str {
        self.operation.split_once(':').unwrap().1
    }

    /// A parameter of the query protocol, as in the body, or nothing.
    pub(super) fn parameter(&self, name: &str) -> &str {
        let pairs = self.body.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    /// A member of the JSON that was sent, or nothing.
    pub(super) fn member(&self, name: &str) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        body[name].as_str().unwrap_or_default().to_owned()
    }

    /// The bucket, which stands before S3's own host.
    pub(super) fn bucket(&self) -> &str {
        self.host.split_once(".s3.").map_or("", |(bucket, _)| bucket)
    }
}

/// An AWS, and how a session with it is set up.
#[derive(Clone)]
pub(super) struct Stub {
    answer: Arc<dyn Fn(&Call) -> Answer + Send + Sync>,
    seen: Arc<Seen>,
    regions: Vec<&'static str>,
    limits: Limits,
    retries: RetryConfig,
    endpoint_url: Option<&'static str>,
    only: Option<BTreeSet<Action>>,
    last_accessed: bool,
    predictable_names: bool,
    sample_objects: bool,
    stop: Stop,
}

#[derive(Debug, Default)]
struct Seen {
    calls: Mutex<Vec<Call>>,
    at_once: AtomicUsize,
    most: AtomicUsize,
}

impl Stub {
    /// One that is asked once for each thing, in all regions, from us-east-1.
    pub(super) fn new(answer: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Self {
        Self {
            answer: Arc::new(answer),
            seen: Arc::default(),
            regions: vec![],
            limits: Limits { pause: Duration::from_millis(1), ..Limits::default() },
            retries: RetryConfig::standard().with_max_attempts(1),
            endpoint_url: None,
            only: None,
            last_accessed: false,
            predictable_names: false,
            sample_objects: false,
            stop: crate::stop().1,
        }
    }

    /// The same, with other answers to some calls.
    pub(super) fn instead(
        self,
        other: impl Fn(&Call) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        let usual = Arc::clone(&self.answer);
        Self { answer: Arc::new(move |call| other(call).unwrap_or_else(|| usual(call))), ..self }
    }

    pub(super) fn regions<const N: usize>(self, regions: [&'static str; N]) -> Self {
        Self { regions: regions.to_vec(), ..self }
    }

    pub(super) fn limits(self, in_flight: usize, attempt: Duration) -> Self {
        Self { limits: Limits { in_flight, attempt, ..self.limits }, ..self }
    }

    /// Asks up to three times, with pauses of this length at most.
    pub(super) fn retries(self, pause: Duration) -> Self {
        let retries = RetryConfig::standard().with_max_attempts(3).with_max_backoff(pause);
        Self { retries: retries.with_initial_backoff(pause), ..self }
    }

    pub(super) fn endpoint_url(self, url: &'static str) -> Self {
        Self { endpoint_url: Some(url), ..self }
    }

    pub(super) fn only<const N: usize>(self, actions: [&'static str; N]) -> Self {
        Self { only: Some(actions.map(Action::new).into()), ..self }
    }

    pub(super) fn last_accessed(self) -> Self {
        Self { last_accessed: true, ..self }
    }

    pub(super) fn predictable_names(self) -> Self {
        Self { predictable_names: true, ..self }
    }

    pub(super) fn sample_objects(self) -> Self {
        Self { sample_objects: true, ..self }
    }

    /// With a first pause of this length while AWS makes something.
    pub(super) fn pause(self, pause: Duration) -> Self {
        Self { limits: Limits { pause, ..self.limits }, ..self }
    }

    pub(super) fn stop(self, stop: Stop) -> Self {
        Self { stop, ..self }
    }

    /// A session that nothing on this machine has a say in.
    pub(super) async fn open(&self) -> Result<Session, SessionError> {
        let key = Credentials::new("AKIAEXAMPLE", "secret", None, None, "test");
        let settings: ConfigLoader = aws_config::defaults(BehaviorVersion::latest())
            .empty_test_environment()
            .credentials_provider(key)
            .retry_config(self.retries.clone())
            .region("us-east-1");
        let options = Options {
            profile: None,
            regions: self.regions.iter().map(|region| region.parse().unwrap()).collect(),
            endpoint_url: self.endpoint_url.map(str::to_owned),
            ca_bundle: None,
            only: self.only.clone(),
            last_accessed: self.last_accessed,
            predictable_names: self.predictable_names,
            sample_objects: self.sample_objects,
            salt: Some(Salt::of([0; 32])),
            limits: self.limits,
            stop: self.stop.clone(),
        };
        Session::over(SharedHttpClient::new(self.clone()), settings, options).await
    }

    /// All that a session collects.
    pub(super) async fn collect(&self) -> Inventory {
        // In boxes, for a test that collects several times has all of them on its stack.
        let session = Box::pin(self.open()).await.unwrap();
        Box::pin(crate::collect(&session, OffsetDateTime::UNIX_EPOCH)).await
    }

    /// The calls of one operation that arrived.
    pub(super) fn calls(&self, operation: &str) -> Vec<Call> {
        let calls = self.seen.calls.lock().unwrap();
        calls.iter().filter(|call| call.operation == operation).cloned().collect()
    }

    /// How many calls were under way at once, at most.
    pub(super) fn most_at_once(&self) -> usize {
        self.seen.most.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for Stub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stub")
    }
}

impl HttpClient for Stub {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Stub {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let call = Call::of(&request);
        let answer = (self.answer)(&call).worded_for(&call);
        let seen = Arc::clone(&self.seen);
        seen.calls.lock().unwrap().push(call);
        let at_once = seen.at_once.fetch_add(1, Ordering::Relaxed) + 1;
        seen.most.fetch_max(at_once, Ordering::Relaxed);
        HttpConnectorFuture::new(async move {
            let response = answer.into_response().await;
            seen.at_once.fetch_sub(1, Ordering::Relaxed);
            response
        })
    }
}
