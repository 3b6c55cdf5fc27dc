//! Whose credentials these are.

use aws_config::SdkConfig;
use aws_sdk_sts::error::{ProvideErrorMetadata as _, SdkError};
use awspect_inventory::{Account, Arn, InvalidId};

use super::SessionError;
use crate::{
    http::NameOperation,
    reason::{code, innermost, line},
};

/// Asks STS for the account.
pub(super) async fn account(sdk: &SdkConfig) -> Result<Account, SessionError> {
    let config = aws_sdk_sts::config::Builder::from(sdk).interceptor(NameOperation);
    let client = aws_sdk_sts::Client::from_conf(config.build());
    let answer = client.get_caller_identity().send().await.map_err(|error| match &error {
        SdkError::ServiceError(_) if refused(error.code()) => {
            SessionError::Credentials(words(code(&error), error.message()))
        }
        SdkError::ServiceError(_) => SessionError::Identity(words(code(&error), error.message())),
        SdkError::DispatchFailure(failure) => {
            let place = sdk.endpoint_url().map(|url| format!(" ({url})")).unwrap_or_default();
            let why = failure.as_connector_error().map_or_else(
                || "the request could not be sent".to_owned(),
                |error| innermost(error),
            );
            SessionError::Identity(format!("{why}{place}"))
        }
        _ => SessionError::Identity(innermost(&error)),
    })?;
    let caller: Arn = answer
        .arn()
        .unwrap_or_default()
        .parse()
        .map_err(|error| SessionError::Identity(format!("its `Arn`: {error}")))?;
    of_caller(&caller, answer.account().unwrap_or_default())
        .map_err(|error| SessionError::Identity(format!("its `Account`: {error}")))
}

fn of_caller(caller: &Arn, id: &str) -> Result<Account, InvalidId> {
    let (partition, id) = (caller.partition()?, id.parse()?);
    let arn = Arn::new(&partition, "iam", None, Some(&id), "root")?;
    Ok(Account { arn, id, partition })
}

/// The codes by which STS says that the credentials themselves are no good (STS API reference, "Common Errors").
fn refused(code: Option<&str>) -> bool {
    matches!(
        code,
        Some(
            "AccessDenied"
                | "ExpiredToken"
                | "ExpiredTokenException"
                | "IncompleteSignature"
                | "InvalidClientTokenId"
                | "MissingAuthenticationToken"
                | "RequestExpired"
                | "SignatureDoesNotMatch"
                | "UnrecognizedClientException"
        )
    )
}

fn words(code: Option<String>, message: Option<&str>) -> String {
    match (code, message.map(line)) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(word), None) | (None, Some(word)) => word,
        (None, None) => "an answer of no use".to_owned(),
    }
}
