//! Whose credentials they are, and what there is to say where nobody knows.

use std::time::Duration;

use super::{
    account::{caller, usual},
    stub::{Answer, Stub, error, ok, status},
};
use crate::SessionError;

/// What opening a session comes to if STS answers this.
async fn refusal(answer: Answer) -> SessionError {
    let stub = Stub::new(move |_| answer.clone()).limits(1, Duration::from_millis(20));
    stub.open().await.unwrap_err()
}

#[tokio::test]
async fn the_account_is_the_callers() {
    let account = Stub::new(usual).open().await.unwrap().account;
    assert_eq!(account.arn.as_str(), "arn:aws:iam::111122223333:root");
    assert_eq!((account.id.as_str(), account.partition.as_str()), ("111122223333", "aws"));
}

#[tokio::test]
async fn credentials_that_sts_does_not_take_are_no_credentials() {
    for code in [
        "AccessDenied",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "MissingAuthenticationToken",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    ] {
        let error = refusal(error(403, code)).await;
        assert!(matches!(error, SessionError::Credentials(_)), "{error}");
        assert_eq!(error.to_string(), format!("no usable credentials: {code}: It says {code}."));
    }
}

#[tokio::test]
async fn any_other_answer_leaves_the_account_untold() {
    let prefix = "cannot tell whose account this is: sts:GetCallerIdentity: ";
    for (answer, why) in [
        (error(500, "InternalFailure"), "InternalFailure: It says InternalFailure."),
        (
            error(403, "RegionDisabledException"),
            "RegionDisabledException: It says RegionDisabledException.",
        ),
        (error(400, "Throttling"), "Throttling: It says Throttling."),
        (Answer::Unreachable, "connection refused"),
        (Answer::Silence, "no answer within 0.02 s"),
        (Answer::Trickle, "no answer within 0.02 s"),
        (caller("", "111122223333"), "its `Arn`: `` is not an ARN"),
        (caller("arn:aws:iam", "111122223333"), "its `Arn`: `arn:aws:iam` is not an ARN"),
        (
            caller("arn:aws:iam::1:root", "1234"),
            "its `Account`: `1234` is not an account id of twelve digits",
        ),
        (
            caller("arn:aws:iam::1:root", ""),
            "its `Account`: `` is not an account id of twelve digits",
        ),
        (
            caller("arn:mine:iam::1:root", "111122223333"),
            "its `Account`: `mine` is not a partition such as `aws`",
        ),
        (status(403), "HTTP 403"),
        (status(502), "HTTP 502"),
        (
            ok("<GetCallerIdentityResponse><GetCallerIdentityResult>"),
            "the answer ends before its document does",
        ),
    ] {
        let error = refusal(answer).await;
        assert!(matches!(error, SessionError::Identity(_)), "{error}");
        assert_eq!(error.to_string(), format!("{prefix}{why}"));
    }
}

#[tokio::test]
async fn whatever_comes_back_is_told_in_one_line() {
    for body in ["", "{}", "<html>\n<body>\nLog in first.\n</body>\n</html>", "\u{1b}[2J\n"] {
        for http in [200, 302, 400, 404] {
            let answer = Answer::Http { status: http, headers: vec![], body: body.to_owned() };
            let error = refusal(answer).await;
            assert!(matches!(error, SessionError::Identity(_)), "{error}");
            let text = error.to_string();
            assert!(text.len() < 250 && !text.contains(char::is_control), "{text:?}");
        }
    }
}

#[tokio::test]
async fn a_long_message_of_aws_is_told_in_one_line_as_well() {
    let body = "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>It does not match.\n\n\
        The Canonical String for this request should have been\n'POST\n/</Message></Error>\
        </ErrorResponse>";
    let answer = Answer::Http { status: 403, headers: vec![], body: body.to_owned() };
    let text = refusal(answer).await.to_string();
    assert_eq!(text, "no usable credentials: SignatureDoesNotMatch: It does not match.");
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_reached_is_named() {
    let stub = Stub::new(|_| Answer::Unreachable).endpoint_url("http://localhost:5000");
    let error = stub.open().await.unwrap_err().to_string();
    assert!(error.ends_with("connection refused (http://localhost:5000)"), "{error}");
}
