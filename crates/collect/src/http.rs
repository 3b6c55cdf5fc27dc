//! The one layer under all clients: what every call to AWS shares, and no collector knows of.
//!
//! It wraps the SDK's own HTTP client, so retries, signing and credentials stay the SDK's. A permit is
//! taken here, inside an attempt, so that waiting for one does not count against the attempt's time.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        http::{
            HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings,
            SharedHttpClient, SharedHttpConnector,
        },
        interceptors::{Intercept, context::BeforeTransmitInterceptorContextMut},
        orchestrator::{HttpRequest, HttpResponse, Metadata},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{
    body::SdkBody, byte_stream::ByteStream, config_bag::ConfigBag, retry::ErrorKind,
};
use tokio::sync::Semaphore;

use crate::{
    stop::Stop,
    xml::{CutShort, is_cut_short},
};

/// What the layer allows.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Calls in flight at once, over all services and regions.
    pub in_flight: usize,
    /// How long one attempt of one call may take, from its first byte out to its last byte in.
    pub attempt: Duration,
    /// The first pause while AWS makes something that was asked for, as a report; later ones are longer.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { in_flight: 64, attempt: Duration::from_secs(15), pause: Duration::from_secs(1) }
    }
}

/// The HTTP client that every service client shares.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    inner: SharedHttpClient,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    permits: Semaphore,
    attempt: Duration,
    stop: Stop,
    calls: Mutex<BTreeMap<Operation, u64>>,
}

/// A call by the name of its operation, `s3:ListBuckets`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Operation {
    service: String,
    name: String,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.name)
    }
}

impl Http {
    pub(crate) fn new(inner: SharedHttpClient, limits: Limits, stop: Stop) -> Self {
        let shared = Shared {
            permits: Semaphore::new(limits.in_flight.max(1)),
            attempt: limits.attempt,
            stop,
            calls: Mutex::default(),
        };
        Self { inner, shared: Arc::new(shared) }
    }

    /// How often each operation was sent, retries included.
    pub(crate) fn calls(&self) -> BTreeMap<String, u64> {
        let calls = self.shared.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.iter().map(|(operation, count)| (operation.to_string(), *count)).collect()
    }
}

impl HttpClient for Http {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Connector { inner, shared: Arc::clone(&self.shared) })
    }
}

#[derive(Debug)]
struct Connector {
    inner: SharedHttpConnector,
    shared: Arc<Shared>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let inner = self.inner.clone();
        let shared = Arc::clone(&self.shared);
        HttpConnectorFuture::new(async move {
            tokio::select! {
                biased;
                () = shared.stop.requested() => Err(ConnectorError::user(Box::new(Interrupted))),
                answer = shared.attempt(&inner, request) => answer,
            }
        })
    }
}

impl Shared {
    async fn attempt(
        &self,
        inner: &SharedHttpConnector,
        request: HttpRequest,
    ) -> Result<HttpResponse, ConnectorError> {
        let _permit = self
            .permits
            .acquire()
            .await
            .map_err(|closed| ConnectorError::user(Box::new(closed)))?;
        if let Some(operation) = request.extension::<Operation>() {
            let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
            *calls.entry(operation.clone()).or_default() += 1;
        }
        match tokio::time::timeout(self.attempt, whole_answer(inner, request)).await {
            Ok(answer) => answer,
            Err(_) => Err(ConnectorError::timeout(Box::new(TimedOut(self.attempt)))),
        }
    }
}

/// An answer with its body read: no answer that a scan asks for is large, and a body that trickles
/// is as slow a call as a header that does.
async fn whole_answer(
    inner: &SharedHttpConnector,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let mut response = inner.call(request).await?;
    let body = std::mem::replace(response.body_mut(), SdkBody::empty());
    let body =
        ByteStream::new(body).collect().await.map_err(|cut| ConnectorError::io(cut.into()))?;
    let body = body.into_bytes();
    if response.status().is_success() && is_cut_short(&body) {
        return Err(ConnectorError::other(Box::new(CutShort), Some(ErrorKind::TransientError)));
    }
    *response.body_mut() = SdkBody::from(body);
    Ok(response)
}

/// Writes the operation's name on each request, where the layer below can read it.
#[derive(Debug)]
pub(crate) struct NameOperation;

impl Intercept for NameOperation {
    fn name(&self) -> &'static str {
        "NameOperation"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(metadata) = config.load::<Metadata>() {
            let service = metadata.service().to_ascii_lowercase().replace(' ', "");
            let name = metadata.name().to_owned();
            context.request_mut().add_extension(Operation { service, name });
        }
        Ok(())
    }
}

/// The scan was told to stop.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted before the answer came")
    }
}

impl Error for Interrupted {}

#[derive(Debug)]
struct TimedOut(Duration);

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no answer within {} s", self.0.as_secs_f32())
    }
}

impl Error for TimedOut {}
