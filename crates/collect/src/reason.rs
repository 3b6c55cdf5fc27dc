//! An error of the SDK as the reason why nobody knows.

use std::error::Error;

use aws_smithy_runtime_api::{
    client::{
        orchestrator::HttpResponse,
        result::{DispatchFailure, SdkError},
    },
    http::StatusCode,
};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use awspect_inventory::{Action, Reason, Unknown};

use crate::{http::Interrupted, xml::CutShort};

/// Why nobody knows what the answer to this action would have told.
pub(crate) fn unknown<E>(action: Action, error: &SdkError<E, HttpResponse>) -> Unknown
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let status = error.raw_response().map(HttpResponse::status);
    let reason = match error {
        SdkError::ServiceError(_) if is_unknown_stack(error) => Reason::Gone,
        SdkError::ServiceError(_) => by_code(error.code(), status),
        SdkError::TimeoutError(_) => Reason::Timeout,
        SdkError::DispatchFailure(failure) => undelivered(failure),
        SdkError::ResponseError(_) => by_code(None, status),
        _ => Reason::Failed,
    };
    let code = code(error);
    let message = match error.message() {
        Some(message) => Some(message.to_owned()),
        // The status says it all, and the body was no answer of AWS's.
        None if code.is_some() => None,
        None => Some(innermost(error)),
    };
    tracing::info!(%action, %reason, code, "not known");
    Unknown { action, reason, code, message }
}

/// AWS's code for an error, or the bare status of the answer.
pub(crate) fn code<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<String> {
    let status = || error.raw_response().map(HttpResponse::status);
    let refused = || status().filter(|status| !status.is_success());
    error
        .code()
        .map(str::to_owned)
        .or_else(|| refused().map(|status| format!("HTTP {}", status.as_u16())))
}

/// The meaning of AWS's common error codes (each API reference, "Common Errors"), and of the bare status where there is none.
fn by_code(code: Option<&str>, status: Option<StatusCode>) -> Reason {
    match code.unwrap_or_default() {
        "AccessDenied"
        | "AccessDeniedException"
        | "AllAccessDisabled"
        | "AuthorizationError"
        | "NotAuthorizedException"
        | "UnauthorizedOperation"
        | "UnauthorizedAccess" => Reason::AccessDenied,
        "BandwidthLimitExceeded"
        | "EC2ThrottledException"
        | "LimitExceeded"
        | "LimitExceededException"
        | "PriorRequestNotComplete"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "RequestThrottledException"
        | "SlowDown"
        | "Throttled"
        | "ThrottledException"
        | "Throttling"
        | "ThrottlingException"
        | "TooManyRequestsException" => Reason::Throttled,
        "RequestTimeout" | "RequestTimeoutException" => Reason::Timeout,
        // EC2 knows no credentials in a region that the account has not enabled, and STS did know them.
        "AuthFailure" | "OptInRequired" | "RegionDisabledException" => Reason::RegionDisabled,
        "InvalidAction"
        | "MethodNotAllowed"
        | "NotImplemented"
        | "UnknownOperationException"
        | "UnsupportedOperation" => Reason::NotSupported,
        // `NotFound` is the SDK's word where S3 answers 404 and nothing else, as to `HeadBucket`.
        "ExportNotFoundException"
        | "NoSuchAccessPoint"
        | "NoSuchBucket"
        | "NoSuchEntity"
        | "NotFound"
        | "ResourceNotFoundException"
        | "TableNotFoundException" => Reason::Gone,
        // EC2 has a code for each kind, `InvalidPrefixListID.NotFound` (EC2 API reference, "Error codes").
        gone if gone.starts_with("Invalid") && gone.contains(".NotFound") => Reason::Gone,
        _ => match (code, status.map(StatusCode::as_u16)) {
            (None, Some(401 | 403)) => Reason::AccessDenied,
            (_, Some(429)) => Reason::Throttled,
            (None, Some(501)) => Reason::NotSupported,
            (None, Some(200..300)) => Reason::Malformed,
            _ => Reason::Failed,
        },
    }
}

/// CloudFormation has one code for all that it cannot make sense of, and says in words which stack it does not know.
fn is_unknown_stack<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    error.code() == Some("ValidationError")
        && error.message().is_some_and(|message| {
            message.starts_with("Stack")
                && message.trim_end_matches('.').ends_with("does not exist")
        })
}

fn undelivered(failure: &DispatchFailure) -> Reason {
    match failure.as_connector_error() {
        Some(error) if chain(error).any(<dyn Error>::is::<Interrupted>) => Reason::Interrupted,
        Some(error) if chain(error).any(<dyn Error>::is::<CutShort>) => Reason::Malformed,
        Some(error) if error.is_timeout() => Reason::Timeout,
        Some(error) if error.is_io() => Reason::Unreachable,
        _ => Reason::Failed,
    }
}

/// What lies at the bottom of an error, in one line: `Connection refused`.
pub(crate) fn innermost(error: &(dyn Error + 'static)) -> String {
    line(&chain(error).last().unwrap_or(error).to_string())
}

/// The first line of a text, fit for a terminal.
pub(crate) fn line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut plain = line.chars().filter(|c| !c.is_control());
    let start: String = plain.by_ref().take(LINE).collect();
    if plain.next().is_some() { start + "…" } else { start }
}

/// Some errors print whole documents.
const LINE: usize = 160;

/// An error and what caused it, outermost first.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        next = error.source();
        Some(error)
    })
}
