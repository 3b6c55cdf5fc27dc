//! What comes back, or does not.

use std::{
    pin::Pin,
    sync::atomic::{AtomicUsize, Ordering},
    task::{Context, Poll},
    time::Duration,
};

use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::ConnectorError};
use aws_smithy_types::body::SdkBody;

use super::Call;

/// What comes back.
#[derive(Clone, Debug)]
pub(in crate::tests) enum Answer {
    Http {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// A body that is no text.
    Binary(u16, Vec<u8>),
    /// An error as the service words it.
    Error(u16, String),
    /// The same, but not at once.
    Later(Duration, Box<Answer>),
    /// Never anything.
    Silence,
    /// The status, and then a body that never ends.
    Trickle,
    /// No connection.
    Unreachable,
}

pub(in crate::tests) fn status(status: u16) -> Answer {
    Answer::Http { status, headers: vec![], body: String::new() }
}

pub(in crate::tests) fn ok(body: impl Into<String>) -> Answer {
    Answer::Http { status: 200, headers: vec![], body: body.into() }
}

pub(in crate::tests) fn error(status: u16, code: &str) -> Answer {
    Answer::Error(status, code.to_owned())
}

/// These answers one after the other, and the last for good.
pub(in crate::tests) fn in_turn<const N: usize>(
    answers: [Answer; N],
) -> impl Fn() -> Answer + Send + Sync {
    let calls = AtomicUsize::new(0);
    move || answers[calls.fetch_add(1, Ordering::Relaxed).min(N - 1)].clone()
}

impl Answer {
    pub(in crate::tests) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Http { headers, .. } = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }

    /// S3 names an error at the root of the document, S3 Control, CloudFormation, SNS, STS and IAM one element further in,
    /// EC2 two, others in JSON, and CloudWatch in CBOR.
    pub(super) fn worded_for(self, call: &Call) -> Self {
        let Self::Error(status, code) = self else { return self };
        let body = format!("<Error><Code>{code}</Code><Message>It says {code}.</Message></Error>");
        let body = match call.service() {
            "s3" => body,
            "cloudwatch" => {
                let message = format!("It says {code}.");
                let mut cbor = aws_smithy_cbor::Encoder::new(vec![]);
                cbor.map(2).str("__type").str(&code).str("message").str(&message);
                return Self::Binary(status, cbor.into_writer());
            }
            "cloudformation" | "s3control" | "sns" | "sts" | "iam" => {
                format!("<ErrorResponse>{body}</ErrorResponse>")
            }
            "ec2" => format!("<Response><Errors>{body}</Errors></Response>"),
            _ => format!("{{\"__type\":\"{code}\",\"message\":\"It says {code}.\"}}"),
        };
        Self::Http { status, headers: vec![], body }
    }

    pub(super) async fn into_response(self) -> Result<HttpResponse, ConnectorError> {
        match self {
            Self::Http { status, headers, body } => {
                let body = SdkBody::from(body);
                let mut response = HttpResponse::new(status.try_into().unwrap(), body);
                for (name, value) in headers {
                    response.headers_mut().insert(name, value);
                }
                Ok(response)
            }
            Self::Binary(status, body) => {
                Ok(HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body)))
            }
            Self::Later(pause, answer) => {
                tokio::time::sleep(pause).await;
                Box::pin(answer.into_response()).await
            }
            Self::Error(..) | Self::Silence => std::future::pending().await,
            Self::Trickle => {
                let body = SdkBody::from_body_1_x(Endless);
                Ok(HttpResponse::new(200.try_into().unwrap(), body))
            }
            Self::Unreachable => Err(ConnectorError::io("connection refused".into())),
        }
    }
}

struct Endless;

impl http_body::Body for Endless {
    type Data = bytes::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        Poll::Pending
    }
}
