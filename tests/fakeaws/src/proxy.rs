//! The HTTP side: takes requests in, does what the rules say, and passes the rest on.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Frame, Incoming};
use hyper::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use crate::amend::amend;
use crate::buckets::{self, Page};
use crate::record::Record;
use crate::request::{Request, Response};
use crate::rules::{Memory, Rules};

/// Headers that belong to one connection and are made anew for the next.
const OF_THE_CONNECTION: [&str; 5] =
    ["connection", "keep-alive", "transfer-encoding", "expect", "content-length"];

/// What the connections share with the test.
pub(crate) struct Shared {
    pub(crate) upstream: SocketAddr,
    pub(crate) rules: Rules,
    pub(crate) record: Record,
}

/// Serves until it is dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        // A connection that could not be taken is the caller's trouble, and the next may do.
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| handle(Arc::clone(&shared), request));
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service);
        // A connection ends in an error when the caller leaves or an answer is cut; neither is news here.
        connections.spawn(async move { drop(connection.await) });
        while connections.try_join_next().is_some() {}
    }
}

async fn handle(
    shared: Arc<Shared>,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<Answer>, hyper::Error> {
    let (head, body) = incoming.into_parts();
    let body = body.collect().await?.to_bytes().to_vec();
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    let request = Request::new(head.method.as_str(), target, texts(&head.headers), body);

    let mut in_flight = shared.record.arrive(&request);
    let plan = shared.rules.plan(&request);
    if !plan.delay.is_zero() {
        tokio::time::sleep(plan.delay).await;
    }
    if plan.hang {
        std::future::pending::<Infallible>().await;
    }
    let mut response = match (plan.answer, plan.page, plan.memory) {
        (Some(answer), ..) => answer(&request),
        (None, Some(size), _) => page_of_buckets(&shared, &request, size).await,
        (None, None, Some(memory)) => remembered(&shared, &request, &memory).await,
        (None, None, None) => pass_on(&shared, &request).await,
    };
    for rewrite in plan.rewrites {
        response = rewrite(&request, response);
    }
    in_flight.status = Some(response.status);
    Ok(answer(&request, response, plan.cut))
}

async fn remembered(shared: &Shared, request: &Request, memory: &Memory) -> Response {
    if let Some(known) = memory.recall() {
        return known;
    }
    let answer = pass_on(shared, request).await;
    if answer.status == 200 {
        memory.keep(&answer);
    }
    answer
}

/// Asks the fake AWS; if it is out of reach, the answer says so.
async fn pass_on(shared: &Shared, request: &Request) -> Response {
    match ask(shared.upstream, request).await {
        Ok(response) => amend(request, response),
        Err(error) => Response::new(
            502,
            "text/plain",
            format!("the stand-in got no answer from the fake AWS: {error}"),
        ),
    }
}

async fn ask(
    upstream: SocketAddr,
    request: &Request,
) -> Result<Response, Box<dyn std::error::Error + Send + Sync>> {
    let stream = TcpStream::connect(upstream).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let mut outgoing =
        hyper::Request::builder().method(request.method.as_str()).uri(request.target());
    for (name, value) in passed_on(&request.headers) {
        outgoing = outgoing.header(name, value);
    }
    let outgoing = outgoing
        .header("connection", "close")
        .body(Full::new(Bytes::from(request.body.clone())))?;
    let driver = tokio::spawn(connection);
    let (head, body) = sender.send_request(outgoing).await?.into_parts();
    let body = body.collect().await?.to_bytes().to_vec();
    driver.abort();
    let mut headers = texts(&head.headers);
    if request.method != "HEAD" {
        headers.retain(|(name, _)| name != "content-length");
    }
    Ok(Response { status: head.status.as_u16(), headers, body })
}

async fn page_of_buckets(shared: &Shared, request: &Request, size: usize) -> Response {
    let whole = pass_on(shared, &buckets::whole_list(request)).await;
    let Some(mut page) = Page::of(request, &whole.text(), size) else { return whole };
    if page.tells_regions {
        for bucket in page.names() {
            let location = pass_on(shared, &buckets::location_of(&bucket, request)).await;
            if let Some(region) = buckets::region_in(&location) {
                page.tell_region(&bucket, &region);
            }
        }
    }
    page.write(whole)
}

fn answer(request: &Request, response: Response, is_cut: bool) -> hyper::Response<Answer> {
    let is_head = request.method == "HEAD";
    let mut answer = hyper::Response::new(Answer::whole(Bytes::new()));
    *answer.status_mut() =
        hyper::StatusCode::from_u16(response.status).expect("a rule answers with an HTTP status");
    for (name, value) in &response.headers {
        let is_own =
            OF_THE_CONNECTION.contains(&name.as_str()) && !(is_head && name == "content-length");
        if !is_own {
            let name = HeaderName::try_from(name).expect("a rule answers with HTTP headers");
            answer.headers_mut().append(
                name,
                HeaderValue::try_from(value).expect("a rule answers with HTTP headers"),
            );
        }
    }
    if !is_head {
        let length = if is_cut { response.body.len().max(1) } else { response.body.len() };
        let body = Bytes::from(response.body);
        *answer.body_mut() = if is_cut { Answer::cut(&body) } else { Answer::whole(body) };
        answer.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    answer
}

/// The body of an answer: all that there is, and then the end or the cut.
struct Answer {
    rest: Option<Bytes>,
    is_cut: bool,
    was_flushed: bool,
}

impl Answer {
    fn whole(body: Bytes) -> Self {
        Self { rest: Some(body).filter(|body| !body.is_empty()), is_cut: false, was_flushed: true }
    }

    fn cut(body: &Bytes) -> Self {
        let half = body.slice(..body.len() / 2);
        Self { rest: Some(half).filter(|half| !half.is_empty()), is_cut: true, was_flushed: false }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(rest) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        if !self.is_cut {
            return Poll::Ready(None);
        }
        // An error drops what is not yet written: wait a turn, in which the half is sent.
        if !self.was_flushed {
            self.was_flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other("the answer is cut"))))
    }
}

fn passed_on(headers: &[(String, String)]) -> impl Iterator<Item = &(String, String)> {
    headers.iter().filter(|(name, _)| !OF_THE_CONNECTION.contains(&name.as_str()))
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}
